"""Tables as files. The command line and the dashboard's download buttons both write through here.

CSV and Parquet hold the exact text. A spreadsheet may run a CSV cell that begins with ``=``, ``+``,
``-`` or ``@`` as a formula; for spreadsheets there is xlsx, in which every string is typed as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import TellingsError
from .corrections import as_records
from .store import EVERYTHING, Selection, Store

XLSX_ROWS = 1_048_576  # Excel's limits on rows (header included) and on characters in a cell
XLSX_CHARACTERS = 32_767
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class ExportError(TellingsError):
    """A table does not fit the file format asked for, or the format's package is missing."""


def to_csv_bytes(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV (RFC 4180): exactly its columns, nulls empty, times in ISO 8601.

    >>> to_csv_bytes(pd.DataFrame({"outlet": ["Gazette", None], "n": [2, 3]})).decode()
    'outlet,n\\r\\nGazette,2\\r\\n,3\\r\\n'
    """
    times = frame.select_dtypes("datetimetz").columns
    plain = frame.assign(**{c: frame[c].map(lambda time: time.isoformat(), na_action="ignore") for c in times})
    return plain.to_csv(index=False, lineterminator="\r\n").encode("utf-8")


def to_parquet_bytes(frame: pd.DataFrame) -> bytes:
    """The frame as one Parquet file, column types kept."""
    buffer = BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def to_xlsx_bytes(frame: pd.DataFrame) -> bytes:
    """The frame as one Excel sheet, strings typed as text (never formulas), times as UTC dates.

    Raises ExportError where the frame exceeds what Excel can hold.
    """
    from openpyxl import Workbook

    _check_fits_xlsx(frame)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.freeze_panes = "A2"
    for row in _xlsx_rows(frame, sheet):
        sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


WRITERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": to_csv_bytes,
    "parquet": to_parquet_bytes,
    "xlsx": to_xlsx_bytes,
}


def export_manifest(store: Store, table: str, rows: int, selection: Selection = EVERYTHING) -> dict[str, Any]:
    """Where exported rows come from: table, filter, the corrections in force, and the run that made them."""
    return {
        "table": table,
        "rows": rows,
        "selection": selection.describe(),
        "corrections": as_records(store.corrections),
        "run": store.manifest,
    }


def write_export(data: bytes, manifest: dict[str, Any], file: Path) -> Path:
    """Write an export and, beside it, ``FILE.manifest.json``; return the latter's path.

    A file of that name is replaced only once the new one is complete.
    """
    beside = file.with_name(f"{file.name}.manifest.json")
    _replace(file, data)
    _replace(beside, json.dumps(manifest, indent=2, ensure_ascii=False).encode("utf-8"))
    return beside


def _replace(file: Path, data: bytes) -> None:
    unfinished = file.with_name(f".{file.name}.part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _check_fits_xlsx(frame: pd.DataFrame) -> None:
    if len(frame) >= XLSX_ROWS:
        raise ExportError(f"Excel holds {XLSX_ROWS - 1:,} rows, this table has {len(frame):,}; use CSV or Parquet")
    for name in frame.select_dtypes(["object", "string"]):
        longest = frame[name].map(lambda value: len(value) if isinstance(value, str) else 0).max()
        if longest > XLSX_CHARACTERS:
            raise ExportError(
                f"column {name} has a text of {longest:,} characters, more than an Excel cell holds; use CSV or Parquet"
            )


def _xlsx_rows(frame: pd.DataFrame, sheet: Any) -> Iterator[list[Any]]:
    from openpyxl.cell import WriteOnlyCell

    def cell(value: Any) -> Any:
        if pd.isna(value):
            return None
        if isinstance(value, pd.Timestamp):
            return (value.tz_convert("UTC").tz_localize(None) if value.tz else value).to_pydatetime()
        if not isinstance(value, str):
            return value
        typed = WriteOnlyCell(sheet, value=_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value))
        typed.data_type = "s"  # a leading "=" would make it a formula
        return typed

    yield [cell(str(name)) for name in frame.columns]
    for row in frame.itertuples(index=False, name=None):
        yield [cell(value) for value in row]
