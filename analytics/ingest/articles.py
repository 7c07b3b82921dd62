"""From input files to articles: every record comes back, as an article or as a rejected record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from ..article import Article
from ..errors import InputError
from .budget import beyond_repair, over_budget
from .columns import (
    EXCERPTS,
    candidates,
    checked_overrides,
    column_key,
    did_you_mean,
    find_column,
    is_of_labels,
    listed,
    map_columns,
    no_text_column,
)
from .dates import ORDERS, DateOrder, Order, day_month_order, read_date
from .files import Inputs, find_files
from .languages import in_another_language
from .markup import without_markup
from .metadata import outlet_of, unwritten
from .normalise import normalise
from .opening import opened, unreadable
from .placeholders import is_cut_off, placeholder
from .plain import split_inline_date
from .records import (
    BrokenRecord,
    Record,
    RejectedRecord,
    Source,
    UnreadableValueError,
    printable,
    text_of,
)
from .roles import label_column, with_roles

_SHAPES_OF_RECORDS = 1024  # sets of JSON keys whose mapping is kept
_DATE_CHARACTERS = 40
_NO_TEXT = "no text: a list or an object stands in its place"
# Doubts that an article takes along.
_MARKUP, _CUT_OFF = "HTML removed", "text cut off by its source"
_EXCERPT = "only a lead paragraph of the article"
_HARDLY_ANY, _FEWEST_WORDS = "hardly any text", 3


def read_articles(
    inputs: Inputs, *, columns: Mapping[str, str] | None = None, date_order: DateOrder | None = None
) -> Iterator[Article | RejectedRecord]:
    """Articles and rejected records of files and folders, in order, streamed.

    Reads tables (CSV and its relatives, Excel, OpenDocument, Parquet), JSON (lines, lists, lists in
    wrappers), documents (plain text, DOCX, ODT, RTF, PDF with text, saved web pages: one file, one
    article), exports of LexisNexis, Factiva and ProQuest in any of these, web archives (WARC), and ZIP,
    GZIP and Zstandard files of all of them. What a file is, its encoding, delimiter and columns are found
    out; `columns` (field → column name) overrides. Text, title, outlet and author are normalised; HTML in
    them is removed, and the article's `flags` say so. A placeholder such as "[Removed]", a notice to the
    browser and a text that is certainly in another language than English are rejected records. An outlet
    that is an address becomes its domain. What is missing stays None. A date that is there but cannot be
    trusted gives ``published=None`` and ``date_source="unreadable: 31/02/2022"`` or
    ``"ambiguous: 03/04/2022"``; `date_order` ("dmy", "mdy" or "ymd") settles the latter where the other
    dates of its column do not. Otherwise date_source is "column", "page" for a web page's own date, or
    "inline" where the date stood in the text itself. No file is unpacked or read beyond the limits that
    docs/security.md lists.

    `article_id` is a hash of url, outlet, title and text; further articles with the same content in
    one run get "-2", "-3" ….

    Raises InputError, at once, for an input that does not exist or a column that no input has; and
    after the last record where there was no article at all.

    >>> _ = Path("news.csv").write_text("headline,Artikel,date\\nThe dam,It may hold.,2031-01-06\\nThe bridge,,\\n")
    >>> dam, bridge = read_articles("news.csv", columns={"text": "Artikel"})
    >>> dam.title, dam.text, str(dam.published), dam.source_row
    ('The dam', 'It may hold.', '2031-01-06 00:00:00+00:00', 1)
    >>> bridge
    RejectedRecord(source_file='news.csv', source_row=2, reason='empty text', preview='The bridge')
    """
    files, overrides = find_files(inputs), checked_overrides(columns)
    told = checked_order(date_order)
    require_columns(files, overrides)
    return _read_files(files, overrides, told)


def checked_order(date_order: str | None) -> Order | None:
    """The order of day, month and year that somebody gave. Raises InputError for one that is none."""
    if date_order is None:
        return None
    if date_order not in ORDERS:
        raise InputError(f"no order of dates {date_order!r}; the orders are: {', '.join(ORDERS)}")
    return ORDERS[date_order]


def read_source(
    source: Source, overrides: Mapping[str, str], ids: ArticleIds, *, told: Order | None = None
) -> Iterator[Article | RejectedRecord]:
    """The articles and rejected records of one opened file. Nothing that a file holds raises here."""
    overrides = with_roles(source, overrides)
    if reason := unfit(source, overrides):
        yield RejectedRecord(source_file=source.file, source_row=None, reason=reason)
        return
    builder, record = _Builder(source, overrides, ids, told), None
    try:
        for record in source.records(builder.wanted):
            yield builder.rejected(record) if isinstance(record, BrokenRecord) else _article(builder, record)
    except Exception as error:  # whatever a reader of this format stumbles over: the other files are read
        yield RejectedRecord(source_file=source.file, source_row=None, reason=unreadable(error))
    else:
        if record is None:
            yield RejectedRecord(source_file=source.file, source_row=None, reason="holds no records")


def unfit(source: Source, overrides: Mapping[str, str]) -> str | None:
    """Why a table holds no articles, by its columns; None where it may, and for what names no columns."""
    if not source.columns:
        return None
    text = map_columns(source.columns, overrides).get("text")
    if text is None:
        return no_text_column(source.columns)
    if "text" in overrides:
        return None
    if is_of_labels(source.columns) or label_column(source, text):
        return (
            f"no article: a table of labels by its columns ({listed(source.columns)}); name a text: --column text=NAME"
        )
    return None


def require_columns(files: Sequence[Path], overrides: Mapping[str, str]) -> None:
    """Raise InputError for a column name that no table among the files has."""
    missing, found = dict(overrides), dict[str, None]()
    for source in chain.from_iterable(map(opened, files if missing else ())):
        if isinstance(source, Source) and source.is_table:
            found |= dict.fromkeys(source.columns)
            missing = {field: name for field, name in missing.items() if find_column(source.columns, name) is None}
        if not missing:
            return
    for name in missing.values():
        raise InputError(f"no column {name!r}{did_you_mean(name, found)}; found: {listed(found) or 'no table'}")


class ArticleIds:
    """Hands out article ids; equal content gets the same id with a number, in the order of reading."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._copies: Counter[int] = Counter()

    def new(self, *parts: str | None) -> str:
        digest = blake2b("\x1f".join(part or "" for part in parts).encode(), digest_size=6).digest()
        key = int.from_bytes(digest, "big")
        if key not in self._seen:
            self._seen.add(key)
            return digest.hex()
        self._copies[key] += 1
        return f"{digest.hex()}-{self._copies[key] + 1}"


class _Builder:
    """Makes articles of one source's records: knows its columns and the order of day and month in them."""

    def __init__(self, source: Source, overrides: Mapping[str, str], ids: ArticleIds, told: Order | None) -> None:
        overrides = overrides if source.is_table else {}
        self._source, self._ids, self._told = source, ids, told
        # A table has one set of columns; the keys of JSON objects vary from record to record.
        self._columns = lru_cache(_SHAPES_OF_RECORDS)(lambda names: candidates(names, overrides))
        self._order = cache(self._find_order)
        self.wanted: Collection[str] = tuple(dict.fromkeys(chain.from_iterable(self._columns(source.columns).values())))

    def article(self, record: Record) -> Article | RejectedRecord:
        columns: dict[str, tuple[str, ...]] = self._columns(tuple(record.values))
        raw = {name: _first(record, columns[name]) for name in columns if name not in ("text", "outlet")}
        paragraphs = _first(record, columns.get("text", ()), joint="\n\n")
        inline_date, text = split_inline_date(paragraphs or "")
        if why := beyond_repair(text):
            return self.rejected(BrokenRecord(record.row, why, printable(text)))
        text, had_markup = without_markup(text)
        text = normalise(text)
        title, author = _one_line(raw.get("title")), _one_line(unwritten(raw.get("author")))
        if not text:
            return self.rejected(
                BrokenRecord(record.row, _no_text(record, columns, paragraphs), printable(title or ""))
            )
        why = placeholder(text) or over_budget(text) or (over_budget(title) if title else None)
        if why or (why := in_another_language(text)):
            return self.rejected(BrokenRecord(record.row, why, printable(title or text)))
        named = outlet_of(text_of(record.values[column]) for column in columns.get("outlet", ()))
        outlet = _one_line(named.name)
        url, language = _plain(raw.get("url") or named.url), _plain(raw.get("language"))
        published, date_source = self._date(record, columns.get("published", ()))
        if inline_date and published is None:
            published, date_source = self._trusted(inline_date, None, "inline")
        excerpt = any(column_key(column) in map(column_key, EXCERPTS) for column in columns["text"])
        flags = {_MARKUP: had_markup, _CUT_OFF: is_cut_off(text), _EXCERPT: excerpt, _HARDLY_ANY: _is_hardly_any(text)}
        return Article(
            article_id=self._ids.new(url, outlet, title, text),
            text=text,
            title=title,
            outlet=outlet,
            published=published,
            date_source=date_source,
            url=url,
            author=author,
            language=language,
            source_file=self._source.file,
            source_row=record.row,
            flags=(*(flag for flag, raised in flags.items() if raised), *record.flags),
        )

    def rejected(self, record: BrokenRecord) -> RejectedRecord:
        return RejectedRecord(
            source_file=self._source.file,
            source_row=record.row,
            reason=record.reason,
            preview=record.preview or None,
        )

    def _date(self, record: Record, columns: Sequence[str]) -> tuple[datetime | None, str | None]:
        for column in columns:
            value = record.values[column]
            if not isinstance(value, date):  # datetime is one
                value = text_of(value)
            if value is not None:
                order = self._order(column) if read_date(value).doubt == "ambiguous" else None
                return self._trusted(value, order, self._source.dates_are)
        return None, None

    def _trusted(self, value: object, order: Order | None, origin: str) -> tuple[datetime | None, str | None]:
        """The date and where it comes from; without a date, the doubt and the value that raised it."""
        published, doubt = read_date(value, order=order, told=self._told)
        return published, f"{doubt}: {printable(str(value))[:_DATE_CHARACTERS]}" if doubt else origin

    def _find_order(self, column: str) -> Order | None:
        return day_month_order(self._values(column))

    def _values(self, column: str) -> Iterator[object]:
        with suppress(Exception):  # where reading ends early, it does so for the articles, too, and is told there
            for record in self._source.records((column,)):
                if isinstance(record, Record):
                    yield record.values.get(column)


def _article(builder: _Builder, record: Record) -> Article | RejectedRecord:
    """A record as an article; where that fails, whatever it is that fails, as a rejected record."""
    try:
        return builder.article(record)
    except UnreadableValueError as error:
        reason = str(error)
    except Exception as error:  # one record must never cost the others; the reason stays in view
        reason = f"cannot be read: {type(error).__name__}: {printable(str(error))}"
    return builder.rejected(BrokenRecord(record.row, reason, ""))


def _read_files(
    files: Sequence[Path], overrides: Mapping[str, str], told: Order | None
) -> Iterator[Article | RejectedRecord]:
    ids, n_articles, first_rejected = ArticleIds(), 0, None
    for source in chain.from_iterable(map(opened, files)):
        for item in (source,) if isinstance(source, RejectedRecord) else read_source(source, overrides, ids, told=told):
            if isinstance(item, Article):
                n_articles += 1
            else:
                first_rejected = first_rejected or item
            yield item
    if not n_articles:
        why = f"{first_rejected.source_file}: {first_rejected.reason}" if first_rejected else "no records"
        raise InputError(f"no article could be read ({why}); look closer with: tellings inspect")


def _first(record: Record, columns: Sequence[str], *, joint: str = ", ") -> str | None:
    """The first value among a field's columns that is not missing."""
    for column in columns:
        if (found := text_of(record.values[column], joint=joint)) is not None:
            return found
    return None


def _no_text(record: Record, columns: Mapping[str, Sequence[str]], paragraphs: str | None) -> str:
    values = [record.values[column] for column in columns.get("text", ())]
    nested = any(value and isinstance(value, dict | list) for value in values)
    return _NO_TEXT if nested and not paragraphs else "empty text"


def _is_hardly_any(text: str) -> bool:
    return len(text.split(maxsplit=_FEWEST_WORDS)) < _FEWEST_WORDS and text.isascii()


def _one_line(value: str | None) -> str | None:
    if not value:
        return None
    plain, _ = without_markup(value)
    return " ".join(normalise(plain).split()) or None


def _plain(value: str | None) -> str | None:
    """A value that must keep every character, but for those no file can hold."""
    return value.encode("utf-8", "replace").decode().strip() or None if value else None
