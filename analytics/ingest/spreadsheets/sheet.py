"""A sheet of a workbook as a table: where its header is, and its rows as records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
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
    """The sheets of a workbook that hold anything. Raises UnreadableError where none does."""
    filled = [sheet for sheet in sheets if any(True for _ in _filled(sheet))]
    if not filled:
        raise UnreadableError("is a workbook without a filled cell")
    for sheet in filled:
        head = [_written(row) for row in islice(_filled(sheet), _MOST_NOTES)]
        above = next((n for n, row in enumerate(head) if is_header(_trimmed(row), whole=False)), 0)
        names = _trimmed(head[above])
        yield Source(
            file=name_of(path) if len(filled) == 1 else f"{name_of(path)}, sheet {sheet.name}",
            format=format,
            records=partial(_records, sheet, above, names),
            count=partial(_count, sheet, above),
            columns=tuple(names),
            notes=(f"{above} rows of notes above the header were passed over",) if above else (),
        )


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


def _records(sheet: Sheet, above: int, names: Sequence[str], wanted: Collection[str]) -> Iterator[Record]:
    places = {name: place for place, name in reversed(list(enumerate(names)))}  # of two equal names the first counts
    for number, row in enumerate(islice(_filled(sheet), above + 1, None), start=1):
        yield Record(number, {name: row[places[name]] if places[name] < len(row) else None for name in wanted})


def _count(sheet: Sheet, above: int) -> int:
    return max(sum(1 for _ in _filled(sheet)) - above - 1, 0)
