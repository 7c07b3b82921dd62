"""OpenDocument sheets (ODS): values as they are stored, not formulas; nothing that is linked is opened.

Read from the file's XML: a sheet may say of one cell that it is repeated a billion times.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element

from ..documents.odf_text import is_encrypted, text_of_element
from ..limits import MOST_COLUMNS, MOST_REPEATED, MOST_ROWS, MOST_SHEETS
from ..records import Source, UnreadableError
from ..xml_events import attribute, events, local
from ..zipped_parts import opened_part, opened_zip
from .sheet import Row, Sheet, sheet_sources


def open_ods(path: Path) -> Iterator[Source]:
    """The sheets of a workbook as sources. Raises UnreadableError where it is damaged, encrypted or far too large."""
    with opened_zip(path) as archive:
        if is_encrypted(archive):
            raise UnreadableError("is encrypted with a password; save it without one")
        with opened_part(archive, "content.xml") as content:
            sheets = list(_sheets(content))
    yield from sheet_sources(path, "ods", sheets)


def _sheets(content: IO[bytes]) -> Iterator[Sheet]:
    """All sheets with their rows: there is no way to the second but past the first."""
    rows: list[Row] = []
    number = repeated = 0
    for event, element in events(content):
        name = local(element)
        if event == "start":
            continue
        if name == "table-row":
            row, times = _cells(element), _number(attribute(element, "number-rows-repeated"), MOST_ROWS)
            times = times if row else 0
            repeated += max(times - 1, 0)
            if repeated > MOST_REPEATED or len(rows) + times > MOST_ROWS:
                raise UnreadableError(f"repeats rows with words more than {MOST_REPEATED:,} times")
            rows += [row] * times
            element.clear()
        elif name == "table":
            number += 1
            if number > MOST_SHEETS:
                raise UnreadableError(f"is a workbook of more than {MOST_SHEETS:,} sheets")
            yield Sheet(attribute(element, "name") or str(number), partial(iter, rows))
            rows = []
            element.clear()


def _cells(row: Element) -> list[object]:
    """A row's cells up to the last that is filled."""
    cells: list[object] = []
    empty = 0
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        repeated = _number(attribute(cell, "number-columns-repeated"), MOST_COLUMNS)
        value = _value(cell)
        if value is None or value == "":
            empty += repeated
            continue
        if len(cells) + empty + repeated > MOST_COLUMNS:
            raise UnreadableError(f"has more than {MOST_COLUMNS:,} columns in a sheet")
        cells += [*([None] * empty), *([value] * repeated)]
        empty = 0
    return cells


def _value(cell: Element) -> object:
    """What a cell holds: a date, else its words, else its number."""
    if attribute(cell, "value-type") == "date" and (day := attribute(cell, "date-value")):
        try:
            return datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
        except ValueError:
            return day
    written = "\n".join(text_of_element(each) for each in cell if local(each) == "p")
    stored = attribute(cell, "value") or attribute(cell, "string-value")
    return written or stored


def _number(repeated: str | None, most: int) -> int:
    if not repeated:
        return 1
    return min(int(repeated), most) if repeated.isdecimal() and len(repeated) < _DIGITS else most


_DIGITS = 12  # of a number that is read at all
