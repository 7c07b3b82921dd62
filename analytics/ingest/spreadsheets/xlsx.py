"""Excel workbooks (XLSX, and XLSM without its macros): values, not formulas; nothing that is linked is opened."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from ..limits import (
    ALWAYS_UNPACKED_BYTES,
    MOST_COLUMNS,
    MOST_PART_BYTES,
    MOST_PART_RATIO,
    MOST_SHEET_BYTES,
    MOST_SHEETS,
)
from ..records import Source, UnreadableError, printable
from ..zipped_parts import opened_zip
from .sheet import Row, Sheet, sheet_sources

_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))


def open_xlsx(path: Path) -> Iterator[Source]:
    """The sheets of a workbook as sources. Raises UnreadableError where it is damaged or far too large."""
    with opened_zip(path) as archive:
        _refuse_too_large(archive)
    with _opened(path) as workbook:
        names = [sheet.title for sheet in workbook.worksheets]
    if len(names) > MOST_SHEETS:
        raise UnreadableError(f"is a workbook of {len(names):,} sheets, at most {MOST_SHEETS:,} are read")
    yield from sheet_sources(path, "xlsx", [Sheet(name, partial(_rows, path, name)) for name in names])


def _refuse_too_large(archive: zipfile.ZipFile) -> None:
    """What the list of parts says of sizes; a part that turns out longer than it says is an error in reading it."""
    for info in archive.infolist():
        most = MOST_SHEET_BYTES if "/worksheets/" in info.filename else MOST_PART_BYTES
        if info.flag_bits & 1:
            raise UnreadableError("is encrypted with a password; save it without one")
        if info.file_size > min(most, max(ALWAYS_UNPACKED_BYTES, MOST_PART_RATIO * info.compress_size)):
            raise UnreadableError(f"is packed beyond reason: {printable(info.filename)} has {info.file_size:,} bytes")


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    from openpyxl import load_workbook

    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and the like that it does not know
        try:
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # whatever the library stumbles over in a damaged part
            raise UnreadableError(f"is a damaged workbook ({printable(str(error) or type(error).__name__)})") from None
        try:
            yield workbook
        finally:
            workbook.close()


def _rows(path: Path, name: str) -> Iterator[Row]:
    with _opened(path) as workbook:
        sheet = workbook[name]
        sheet.reset_dimensions()  # what a sheet says of its own size may be wrong
        for row in sheet.iter_rows(values_only=True):
            if len(row) > MOST_COLUMNS:
                raise UnreadableError(f"has more than {MOST_COLUMNS:,} columns in a sheet")
            yield [None if isinstance(cell, str) and cell in _ERRORS else cell for cell in row]
