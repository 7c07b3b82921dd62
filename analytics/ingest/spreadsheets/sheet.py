"""A sheet of a workbook as a table: where its header is, and its rows as records.

Rows are read once, because a sheet may have a million empty ones, and each pass through them takes seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..delimited import is_header
from ..limits import MOST_ROWS
from ..records import Format, Record, Source, UnreadableError, name_of

Row = Sequence[object]  # None and "" are empty cells
_MOST_NOTES = 30  # rows above a header


class Sheet(NamedTuple):
    """One sheet: its name, and what opens its rows from the first on; it can be called again."""

    name: str
    rows: Callable[[], Iterable[Row]]


def sheet_sources(path: Path, format: Format, sheets: Sequence[Sheet]) -> Iterator[Source]:
    """The sheets of a workbook that hold anything, one at a time. Raises UnreadableError where none does."""
    filled = [sheet for sheet in sheets if any(True for _ in _filled(sheet))]
    if not filled:
        raise UnreadableError("is a workbook without a filled cell")
    for sheet in filled:
        rows, broken = _loaded(sheet)
        head = [_trimmed(_written(row)) for row in rows[:_MOST_NOTES]]
        above = next((n for n, row in enumerate(head) if is_header(row, whole=False)), 0)
        names = head[above] if head else []
        yield Source(
            file=name_of(path) if len(filled) == 1 else f"{name_of(path)}, sheet {sheet.name}",
            format=format,
            records=partial(_records, rows[above + 1 :], names, broken),
            count=partial(len, rows[above + 1 :]),
            columns=tuple(names),
            notes=(f"{above} rows of notes above the header were passed over",) if above else (),
        )


def _loaded(sheet: Sheet) -> tuple[list[Row], Exception | None]:
    """A sheet's filled rows, and what stopped the reading of further ones."""
    rows: list[Row] = []
    try:
        for row in _filled(sheet):
            rows.append(row)
    except Exception as error:  # whatever the library stumbles over; what stands before is read
        return rows, error
    return rows, None


def _filled(sheet: Sheet) -> Iterator[Row]:
    """The rows with anything in them."""
    for number, row in enumerate(sheet.rows()):
        if number > MOST_ROWS:
            raise UnreadableError(f"has more than {MOST_ROWS:,} rows in a sheet")
        if any(cell is not None and cell != "" for cell in row):
            yield row


def _written(row: Row) -> list[str]:
    return ["" if cell is None else str(cell).strip() for cell in row]


def _trimmed(names: Sequence[str]) -> list[str]:
    """Column names without the empty ones at the end."""
    end = max((number for number, name in enumerate(names, start=1) if name), default=0)
    return list(names[:end])


def _records(
    rows: Sequence[Row], names: Sequence[str], broken: Exception | None, wanted: Collection[str]
) -> Iterator[Record]:
    places = {name: place for place, name in reversed(list(enumerate(names)))}  # of two equal names the first counts
    for number, row in enumerate(rows, start=1):
        yield Record(number, {name: row[places[name]] if places[name] < len(row) else None for name in wanted})
    if broken is not None:
        raise broken
