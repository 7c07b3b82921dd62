"""What is checked before a results folder is read: its manifest, and of each table the end of its file.

The manifest names the folder of tables that it belongs to, so that a run replaces all tables in one step, and
says for each table how many rows it has and how its file ends. Folders of before have their tables beside it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import StoreError
from .locking import Reading, read_lock
from .manifest import MANIFEST, read_manifest
from .schemas import ADDED_COLUMNS, FORMER_COLUMNS, STORY_TABLES, TABLES

_END = b"PAR1"
_ATTEMPTS = 20  # at opening while a run replaces the tables
_KINDS = {
    "string": lambda t: pa.types.is_string(t) or pa.types.is_large_string(t) or pa.types.is_string_view(t),
    "Int64": lambda t: pa.types.is_integer(t) or pa.types.is_floating(t),  # sums were stored as floating numbers once
    "Float64": lambda t: pa.types.is_floating(t) or pa.types.is_integer(t),
    "boolean": pa.types.is_boolean,
    "datetime64": pa.types.is_timestamp,
}


@dataclass(frozen=True, slots=True)
class OpenedFolder:
    """A results folder whose tables are all there and whole."""

    manifest: dict[str, Any]
    tables: Path  # the folder that holds the Parquet files
    missing: tuple[str, ...]  # tables that the version which wrote it did not know
    reading: Reading | None

    def file(self, table: str) -> Path:
        return self.tables / f"{table}.parquet"


def open_folder(folder: Path) -> OpenedFolder:
    """Check a results folder, and hold its tables until the result is closed.

    Raises StoreError in one line: what is wrong, what still works and what to do.
    """
    for _ in range(_ATTEMPTS):
        manifest = read_manifest(folder)
        tables = tables_of(folder, manifest)
        reading = read_lock(tables)
        if read_manifest(folder) != manifest:  # replaced between reading it and holding what it names
            continue
        if reading is None and (tables / "articles.parquet").is_file():
            time.sleep(0.05)
            continue
        missing = tuple(_checked(folder, tables, manifest))
        return OpenedFolder(manifest, tables, missing, reading)
    raise StoreError(f"{folder} changes while it is opened; try again once the run that writes it has ended")


def tables_of(folder: Path, manifest: Mapping[str, Any]) -> Path:
    """The folder of tables that a manifest belongs to."""
    return folder / str(manifest["tables"]) if "tables" in manifest else folder


def _checked(folder: Path, tables: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    """The tables that need not be there and are not. Raises StoreError for any that is wrong."""
    wrong: dict[str, str] = {}
    for name in TABLES:
        path, rows = tables / f"{name}.parquet", manifest.get("counts", {}).get(name)
        if not path.is_file() and name in STORY_TABLES and not rows and tables == folder:
            yield name
        elif fault := _fault(path, name, rows, manifest.get("files", {}).get(name)):
            wrong[name] = fault
    if not wrong:
        return
    if "articles" in wrong and not tables.is_dir():
        raise StoreError(
            f"{folder} is incomplete: its {MANIFEST} belongs to {tables.name}, which is not there; put that back, "
            f"or score the articles again with: tellings score INPUT --out {folder}"
        )
    said = "; ".join(f"{name}.parquet {fault}" for name, fault in list(wrong.items())[:3])
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    rest = len(TABLES) - len(wrong)
    raise StoreError(
        f"{folder} is incomplete or damaged: {said}{more}; the other {rest} tables are whole and can be read from "
        f"{tables}; score the articles again with: tellings score INPUT --out {folder}"
    )


def _fault(path: Path, table: str, rows: int | None, end: Mapping[str, Any] | None) -> str | None:
    """What is wrong with a table's file, as far as its end tells; None where nothing is."""
    if not path.is_file():
        return "is missing"
    try:
        if end is not None and _end_of(path) != {key: end.get(key) for key in ("bytes", "footer")}:
            return "is cut off, changed or of another run"
        with path.open("rb") as file:
            metadata = pq.read_metadata(file)
            schema = metadata.schema.to_arrow_schema()
    except Exception:  # a damaged end may fail in any way
        return "is cut off or no Parquet file"
    if rows is not None and metadata.num_rows != rows:
        return f"has {metadata.num_rows:,} rows where the manifest counts {rows:,}"
    return _wrong_column(schema, table)


def _wrong_column(schema: pa.Schema, table: str) -> str | None:
    former = {new: old for old, new in FORMER_COLUMNS.get(table, {}).items()}
    for name, column in TABLES[table].to_schema().columns.items():
        at = schema.get_field_index(name)
        at = schema.get_field_index(former[name]) if at < 0 and name in former else at
        if at < 0 and name in ADDED_COLUMNS.get(table, {}) and schema.get_all_field_indices(name) == []:
            continue  # of a version that did not have it yet
        if at < 0:
            return f"has no column {name}, or has it twice"
        kind = str(column.dtype).partition("[")[0]
        found = schema.field(at).type
        if not (_KINDS[kind](found) or pa.types.is_null(found)):
            return f"has {found} in column {name}"
    return None


def described(path: Path) -> dict[str, object]:
    """What the manifest keeps of a table's file: its size, its footer's hash, which opening checks, and its own."""
    with path.open("rb") as file:
        return {**_end_of(path), "sha256": file_digest(file, "sha256").hexdigest()}


def _end_of(path: Path) -> dict[str, object]:
    """Size of a Parquet file and hash of its footer, which holds schema, row counts and where every column stands."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 8))
        tail = file.read(8)
        length = int.from_bytes(tail[:4], "little")
        if tail[4:] != _END or length + 12 > size:
            raise ValueError("no Parquet file")
        file.seek(-8 - length, os.SEEK_END)
        return {"bytes": size, "footer": blake2b(file.read(length), digest_size=8).hexdigest()}
