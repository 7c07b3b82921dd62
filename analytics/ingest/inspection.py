"""What would be read, and what not, before anything is scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path

from ..article import Article
from .articles import ArticleIds, checked_order, read_source, require_columns, unfit
from .columns import candidates, checked_overrides
from .dates import DateOrder, Order, order_told
from .files import Inputs, find_files
from .opening import opened
from .records import Record, RejectedRecord, Source, printable
from .roles import with_roles

EXAMPLES, PREVIEWED, OUTLETS = 3, 10, 10


@dataclass(frozen=True, kw_only=True)
class SourceReport:
    """What one input file holds. Shares are of its articles, 0 to 1; None where there are none."""

    file: str
    format: str | None = None  # None: the file cannot be read
    encoding: str | None = None
    delimiter: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)  # field → column
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # columns asked where that one is empty
    by_content: tuple[str, ...] = ()  # fields whose column was told by what it holds
    unused: tuple[str, ...] = ()  # columns that no field takes
    notes: tuple[str, ...] = ()  # what was passed over in it
    complete: bool = True  # False: the file has more records than were looked at
    n_records: int = 0  # articles and rejected records
    n_rejected: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)  # kind of reason → records, most frequent first
    rejected: tuple[RejectedRecord, ...] = ()  # the first of each kind of reason
    share_dated: float | None = None
    share_outlet: float | None = None
    share_title: float | None = None
    n_doubtful_dates: int = 0  # dates that are there, but unreadable or ambiguous
    doubtful_dates: tuple[str, ...] = ()  # the first of them, as date_source gives them
    date_order: str | None = None  # of days and months that are both numbers; None where there are no such dates
    n_duplicates: int = 0  # articles with the text of one before, in this or an earlier input
    outlets: Mapping[str, int] = field(default_factory=dict)  # the most frequent ones → articles
    n_outlets: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)  # doubt about an article → articles
    first_published: datetime | None = None
    last_published: datetime | None = None
    preview: tuple[Article, ...] = ()


def inspect_inputs(
    inputs: Inputs,
    *,
    columns: Mapping[str, str] | None = None,
    date_order: DateOrder | None = None,
    limit: int | None = 10_000,
) -> list[SourceReport]:
    """One report per input file, on its first `limit` records (None: on all). Writes nothing.

    A workbook has a report for each of its sheets, an archive for each file in it.
    Raises InputError for an input that does not exist and for a column that no input has.
    """
    files, overrides, told = find_files(inputs), checked_overrides(columns), checked_order(date_order)
    require_columns(files, overrides)
    ids, texts = ArticleIds(), set[bytes]()
    sources = chain.from_iterable(map(opened, files))
    return [_report(source, overrides, ids, texts, limit, told) for source in sources]


def count_records(inputs: Inputs, *, columns: Mapping[str, str] | None = None) -> int:
    """About how many items `read_articles` gives, for a progress bar.

    Exact for Parquet and for files up to some megabytes; projected from their first part for others.
    """
    overrides = checked_overrides(columns)
    return sum(_count(file, overrides) for file in find_files(inputs))


def _count(path: Path, overrides: Mapping[str, str]) -> int:
    return sum(_count_of(source, overrides) for source in opened(path))


def _count_of(source: Source | RejectedRecord, overrides: Mapping[str, str]) -> int:
    if isinstance(source, RejectedRecord) or unfit(source, with_roles(source, overrides)):
        return 1
    try:
        return max(source.count(), 1)
    except Exception:  # a file that cannot be counted may yet be read in part
        return 1


def _report(
    source: Source | RejectedRecord,
    overrides: Mapping[str, str],
    ids: ArticleIds,
    texts: set[bytes],
    limit: int | None,
    told: Order | None,
) -> SourceReport:
    if isinstance(source, RejectedRecord):
        return _summary(SourceReport(file=source.source_file), [source], texts)
    items = read_source(source, overrides, ids, told=told)
    report = _summary(_description(source, overrides, limit, told), islice(items, limit), texts)
    return replace(report, complete=next(items, None) is None)


def _description(source: Source, overrides: Mapping[str, str], limit: int | None, told: Order | None) -> SourceReport:
    found = with_roles(source, overrides)
    columns = candidates(source.columns, found) if source.is_table else {}
    used = set(chain.from_iterable(columns.values()))
    dates = columns.get("published", ("published",))[0]
    return SourceReport(
        file=source.file,
        format=source.format,
        encoding=source.encoding,
        delimiter=source.delimiter,
        columns={field: names[0] for field, names in columns.items()},
        alternatives={field: names[1:] for field, names in columns.items() if len(names) > 1},
        by_content=tuple(name for name in found if name not in overrides),
        unused=tuple(printable(name) for name in source.columns if name and name not in used and source.is_table),
        notes=source.notes,
        date_order=order_told(_values(source, dates, limit), told) if dates in source.columns else None,
    )


def _values(source: Source, column: str, limit: int | None) -> Iterator[object]:
    with suppress(Exception):  # where reading ends early, it does so for the articles, too, and is told there
        for record in islice(source.records((column,)), limit):
            yield record.values.get(column) if isinstance(record, Record) else None


def _summary(report: SourceReport, items: Iterable[Article | RejectedRecord], texts: set[bytes]) -> SourceReport:
    """A report completed by what its records are. Of the articles, only counts and the first few are kept."""
    counts, reasons, outlets, flags = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    examples, doubtful, preview = dict[str, RejectedRecord](), list[str](), list[Article]()
    first: datetime | None = None
    last: datetime | None = None
    for item in items:
        if isinstance(item, RejectedRecord):
            kind = item.reason.partition(":")[0]
            reasons[kind] += 1
            examples.setdefault(kind, item)
            continue
        digest = blake2b(item.text.encode(), digest_size=8).digest()
        counts.update(duplicates=digest in texts)
        texts.add(digest)
        flags.update(item.flags)
        outlets.update([item.outlet] if item.outlet else ())
        counts.update(articles=1, title=bool(item.title), outlet=bool(item.outlet), dated=bool(item.published))
        if item.published is not None:
            first, last = min(first or item.published, item.published), max(last or item.published, item.published)
        elif item.date_source is not None:
            counts["doubtful"] += 1
            doubtful += [item.date_source] if len(doubtful) < EXAMPLES else []
        preview += [item] if len(preview) < PREVIEWED else []
    n_articles = counts["articles"]
    return replace(
        report,
        n_records=n_articles + reasons.total(),
        n_rejected=reasons.total(),
        reasons=dict(reasons.most_common()),
        rejected=tuple(examples.values()),
        share_dated=counts["dated"] / n_articles if n_articles else None,
        share_outlet=counts["outlet"] / n_articles if n_articles else None,
        share_title=counts["title"] / n_articles if n_articles else None,
        n_doubtful_dates=counts["doubtful"],
        doubtful_dates=tuple(doubtful),
        n_duplicates=counts["duplicates"],
        outlets=dict(outlets.most_common(OUTLETS)),
        n_outlets=len(outlets),
        flags=dict(flags.most_common()),
        first_published=first,
        last_published=last,
        preview=tuple(preview),
    )
