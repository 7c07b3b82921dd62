"""What `tellings inspect` prints: per kind of input file, what would be read and what not."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from textwrap import shorten

from ..article import Article
from ..ingest import SourceReport
from ..ingest.columns import ADDRESSES_ONLY

EXAMPLES, RECORDS, OUTLETS, UNUSED = 3, 10, 8, 20
FIELDS = ("text", "title", "published", "outlet", "url", "author", "language")


def describe_sources(reports: Iterable[SourceReport]) -> str:
    """A readable account of what was looked at; files of one format and with the same columns together."""
    ordered = sorted(reports, key=lambda report: repr(_kind(report)))
    groups = [list(group) for _, group in groupby(ordered, key=_kind)]
    return "\n\n".join("\n".join(_group(group)) for group in groups)


def _kind(report: SourceReport) -> tuple[object, ...]:
    return (report.format is None, report.format, report.delimiter, sorted(report.columns.items()), report.unused)


def _group(reports: list[SourceReport]) -> Iterator[str]:
    first = reports[0]
    n_records, n_rejected = (sum(getattr(r, name) for r in reports) for name in ("n_records", "n_rejected"))
    n_articles = n_records - n_rejected
    yield first.file if len(reports) == 1 else f"{len(reports):,} files: {first.file} … {reports[-1].file}"
    yield f"  {_format(first)}: {_counted(n_articles, 'article')}, {_counted(n_rejected, 'rejected record')}" + (
        "" if all(r.complete for r in reports) else " among the first records; the rest was not looked at"
    )
    yield from (f"  {note}" for note in dict.fromkeys(chain.from_iterable(r.notes for r in reports)))
    if first.columns:
        yield from (f"  {name:<10} ← {_columns(first, name)}" for name in FIELDS)
        if first.unused:
            more = f" and {len(first.unused) - UNUSED:,} more" if len(first.unused) > UNUSED else ""
            yield f"  not used: {', '.join(first.unused[:UNUSED])}{more}"
    if n_articles:
        yield f"  {_share(reports, 'share_dated')} have a date{_period(reports)}"
        yield f"  {_share(reports, 'share_outlet')} have an outlet, {_share(reports, 'share_title')} a title"
        yield from _outlets(reports)
        if "outlet" not in first.columns and "url" in first.columns:
            yield f"  to take it from the address: --column {shlex.quote('outlet=' + first.columns['url'])}"
    for order, count in Counter(r.date_order for r in reports if r.date_order).items():
        where = "" if len(reports) == 1 else f" ({_counted(count, 'file')})"
        yield f"  days and months as numbers: {order}{where}"
    if n_doubtful := sum(r.n_doubtful_dates for r in reports):
        examples = "; ".join([example for r in reports for example in r.doubtful_dates][:EXAMPLES])
        yield f"  {_counted(n_doubtful, 'doubtful date')}: {examples}"
        if any(example.startswith("ambiguous") for r in reports for example in r.doubtful_dates):
            yield "  to say which number is the day: --date-order dmy, mdy or ymd"
    if n_duplicates := sum(r.n_duplicates for r in reports):
        yield f"  {_counted(n_duplicates, 'article')} with the same text as one before"
    flags: Counter[str] = Counter()
    for report in reports:
        flags.update(report.flags)
    yield from (f"  {_counted(count, 'article')}: {flag}" for flag, count in flags.most_common())
    yield from _rejections(reports)
    for article in [article for r in reports for article in r.preview][:RECORDS]:
        yield f"  reads: {_headline(article)}"


def _columns(report: SourceReport, name: str) -> str:
    if name not in report.columns:
        if name == "url" and any(article.url for article in report.preview):
            return "the address in the column of the outlet"
        return "(no such column)"
    asked = [report.columns[name], *report.alternatives.get(name, ())]
    return ", else ".join(asked) + (" (by what it holds)" if name in report.by_content else "")


def _outlets(reports: list[SourceReport]) -> Iterator[str]:
    outlets: Counter[str] = Counter()
    for report in reports:
        outlets.update(report.outlets)
    if outlets:
        shown = [f"{shorten(name, 40, placeholder='…')} ({count:,})" for name, count in outlets.most_common(OUTLETS)]
        more = any(r.n_outlets > len(r.outlets) for r in reports) or len(outlets) > OUTLETS
        yield f"  outlets: {', '.join(shown)}{' …' if more else ''}"


def command_line(
    inputs: Sequence[Path],
    columns: Mapping[str, str],
    reports: Sequence[SourceReport],
    *,
    date_order: str | None = None,
) -> str:
    """The command that reads the inputs as they were looked at: columns by name where one holds a field everywhere."""
    tables = [report for report in reports if report.columns and report.n_records > report.n_rejected]
    chosen = dict(columns)
    for name in FIELDS:
        holding = [report for report in tables if name in report.columns]
        found = {(report.columns[name], *report.alternatives.get(name, ())) for report in holding}
        if len(found) == 1 and len(asked := found.pop()) == 1 and asked[0] != name:
            chosen.setdefault(name, asked[0])
    options = chain.from_iterable(("--column", f"{name}={column}") for name, column in chosen.items())
    order = ("--date-order", date_order) if date_order else ()
    return shlex.join(["tellings", "score", *map(str, inputs), "--out", "results", *options, *order])


def fetch_command(reports: Sequence[SourceReport]) -> str | None:
    """The command that gets the texts of files that only list addresses; None where there are none."""
    lists = [report.file for report in reports if any(ADDRESSES_ONLY in record.reason for record in report.rejected)]
    return shlex.join(["tellings", "fetch", *lists, "--out", "news"]) if lists else None


def _rejections(reports: list[SourceReport]) -> Iterator[str]:
    reasons: Counter[str] = Counter()
    for report in reports:
        reasons.update(report.reasons)
    for reason, count in reasons.most_common():
        yield f"  {count:,} rejected: {reason}"
    for record in list(chain.from_iterable(r.rejected for r in reports))[:EXAMPLES]:
        where = record.source_file if record.source_row is None else f"{record.source_file}, row {record.source_row}"
        yield f"    {where}: {record.reason}" + (f" [{record.preview}]" if record.preview else "")


def _format(report: SourceReport) -> str:
    if report.format is None:
        return "cannot be read"
    delimiter = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}.get(report.delimiter or "")
    return ", ".join(filter(None, [report.format, report.encoding, delimiter and f"separated by {delimiter}"]))


def _share(reports: list[SourceReport], name: str) -> str:
    """A share over several files, weighted by their articles."""
    weighted = [(r.n_records - r.n_rejected, getattr(r, name)) for r in reports if getattr(r, name) is not None]
    return f"{sum(n * share for n, share in weighted) / sum(n for n, _ in weighted):.0%}"


def _period(reports: list[SourceReport]) -> str:
    starts = [r.first_published for r in reports if r.first_published]
    ends = [r.last_published for r in reports if r.last_published]
    return f", {min(starts):%Y-%m-%d} to {max(ends):%Y-%m-%d}" if starts and ends else ""


def _headline(article: Article) -> str:
    date = f"{article.published:%Y-%m-%d}" if article.published else "undated"
    words = article.title or shorten(article.text, width=80, placeholder="…")
    return f"{date} | {article.outlet or '(no outlet)'} | {words}"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
