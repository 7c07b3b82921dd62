"""What passes between the readers: raw records, broken ones, and the sources that hold them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from ..errors import TellingsError

Tabular = Literal["csv", "jsonl", "json", "parquet", "xlsx", "ods"]
Documentary = Literal["text", "docx", "odt", "rtf", "pdf", "html", "warc"]
Exported = Literal["lexis", "factiva", "proquest"]
Format = Tabular | Documentary | Exported

_SURROGATE = re.compile("[\ud800-\udfff]")
_MISSING = frozenset(("", "nan", "NaN", "NULL", "null", "None", "N/A", "NaT", "<NA>"))
_PREVIEW_CHARACTERS = 120
# Where an object keeps what it is called or says, and the parts of a body in their order.
_NAMES = (
    "name",
    "rendered",
    "main",
    "original",
    "title",
    "text",
    "#text",
    "value",
    "@value",
    "domain",
    "uri",
    "url",
    "@id",
)
_PARTS, _BODIES = ("summary", "headline", "paragraphs", "sections"), frozenset(("paragraphs", "sections"))
_DEEPEST = 50  # lists and objects inside each other; paragraphs in sections in pages are three or four


class UnreadableError(TellingsError):
    """A file as a whole cannot be read; the message completes "this file …"."""


class MissingExtraError(UnreadableError):
    """A file needs a package that is not installed; the message names the command that installs it."""

    def __init__(self, what: str, *, extra: str) -> None:
        super().__init__(f"{what}, which needs the extra {extra}: pip install 'tellings[{extra}]'")


class UnreadableValueError(TellingsError):
    """A value of one record cannot be read; the message is the reason for which the record is rejected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRecord:
    """An input record, or a whole file, that did not become an article, and why.

    `reason` begins with its kind; what comes after ": " is detail, so reasons can be counted by kind.

    >>> RejectedRecord(source_file="news.csv", source_row=2, reason="empty text").reason.partition(": ")[0]
    'empty text'
    """

    source_file: str
    source_row: int | None  # 1-based record number (line number in JSON Lines); None: the whole file
    reason: str
    preview: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One raw record: column name → value as the file holds it.

    >>> Record(1, {"headline": "The dam", "body": "It may hold."}).values["body"]
    'It may hold.'
    """

    row: int  # 1-based record number (line number in JSON Lines)
    values: Mapping[str, object]  # not normalised; text_of turns any of them into text
    flags: tuple[str, ...] = ()  # doubts that its reader has, for the article


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """One raw record that the file's format does not let us take apart.

    >>> BrokenRecord(3, "not a JSON object", "[1, 2]").reason
    'not a JSON object'
    """

    row: int  # 1-based record number (line number in JSON Lines)
    reason: str
    preview: str  # the record's beginning, on one line


class ExportedArticle(NamedTuple):
    """One article of an archive's export: what its lines say, by field, and the lines themselves."""

    fields: Mapping[str, str]
    lines: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """An opened input file: what it is, its columns, and ways to stream and to count its records.

    `records` takes the columns that matter, so that a columnar file reads no others; it can be called
    again. `count` is quick: of a long file it estimates from the first part.

    The reader of a format is a function that returns one, and raises UnreadableError where the file as a whole cannot
    be read. `read_source` of `analytics/ingest/articles.py` makes articles of its records: finds the columns, reads
    dates, normalises texts, hands out ids.

    >>> from analytics.ingest.articles import ArticleIds, read_source
    >>> texts = ["The dam may hold.", "The bridge is shut."]
    >>> source = Source(
    ...     file="wire.txt",
    ...     format="text",
    ...     columns=("body",),
    ...     records=lambda wanted: (Record(row, {"body": text}) for row, text in enumerate(texts, 1)),
    ...     count=lambda: len(texts),
    ... )
    >>> [(article.text, article.source_row) for article in read_source(source, {}, ArticleIds())]
    [('The dam may hold.', 1), ('The bridge is shut.', 2)]
    """

    file: str  # its path, as it is stored with the articles
    format: Format
    records: Callable[[Collection[str]], Iterator[Record | BrokenRecord]] = field(repr=False)
    count: Callable[[], int] = field(repr=False)
    columns: tuple[str, ...]  # as the file names them
    encoding: str | None = None
    delimiter: str | None = None
    notes: tuple[str, ...] = ()  # what its reader passed over, in plain words

    @property
    def is_table(self) -> bool:
        """Whether the file itself names its columns."""
        return self.format in get_args(Tabular)

    @property
    def dates_are(self) -> str:
        """Where its records' dates stand: in a column, in the text's first lines, on the page."""
        if self.format in ("html", "warc"):
            return "page"
        return "inline" if self.format in ("text", "docx", "odt", "rtf", "pdf") else "column"


def text_of(value: object, *, joint: str = ", ", depth: int = 0) -> str | None:
    """A value as text; None where it is missing. The parts of a list are joined; of an object, its name counts.

    Export formats write missing values as "nan", "NULL" or "None"; those are missing too.
    Raises UnreadableValueError for lists and objects that stand more than 50 levels inside each other.

    >>> text_of([{"@type": "Person", "name": "Ada Brandt"}, {"name": "Bo Lind"}])
    'Ada Brandt, Bo Lind'
    >>> text_of({"summary": ["A wall."], "sections": [{"headline": [], "paragraphs": ["It holds."]}]}, joint=" ")
    'A wall. It holds.'
    """
    if depth > _DEEPEST:
        raise UnreadableValueError("nested too deeply: lists or objects inside each other")
    match value:
        case None | bool():
            return None
        case str():
            return None if value.strip(" \t\r\n") in _MISSING else value
        case bytes():
            return text_of(value.decode("utf-8", "surrogateescape"), depth=depth)
        case list() | tuple():
            return joint.join(part for item in value if (part := text_of(item, joint=joint, depth=depth + 1))) or None
        case dict():
            parts = [value[name] for name in _PARTS if name in value] if value.keys() & _BODIES else []
            parts = parts or next(([value[name]] for name in _NAMES if value.get(name) is not None), [])
            return text_of(parts, joint=joint, depth=depth + 1)
    return text_of(str(value))


def is_undecodable(text: str) -> bool:
    """Whether a text, decoded with surrogates for bad bytes, holds any."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def name_of(path: Path) -> str:
    """A path as text that can be stored, also where its bytes are not UTF-8."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def printable(text: str) -> str:
    """The beginning of a text on one line, bad bytes shown as \\xNN, safe to store and to print."""
    line = " ".join(text[: 2 * _PREVIEW_CHARACTERS].split())
    line = re.sub("[\udc80-\udcff]", lambda m: f"\\x{ord(m[0]) - 0xDC00:02x}", line)
    line = re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", line)
    return line if len(line) <= _PREVIEW_CHARACTERS else line[: _PREVIEW_CHARACTERS - 1] + "…"
