"""Parquet, batch by batch, only the columns that matter."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .records import BrokenRecord, Record, Source, UnreadableError, is_undecodable, name_of, printable

_BATCH_ROWS = 64
_TICKS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}  # a second
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FROM, _TO = ((datetime(year, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(seconds=1) for year in (1, 9999))  # seconds


class _Unreadable(str):
    """Why a value is none that Python can hold."""


def open_parquet(path: Path) -> Source:
    """A Parquet file as a source. Raises UnreadableError where it is damaged."""
    try:
        with pq.ParquetFile(path) as file:
            names, n_rows = tuple(file.schema_arrow.names), file.metadata.num_rows
    except pa.ArrowException as error:
        raise UnreadableError(f"is a damaged Parquet file ({printable(str(error))})") from error
    return Source(
        file=name_of(path),
        format="parquet",
        records=partial(_records, path),
        count=lambda: n_rows,
        columns=names,
    )


def _records(path: Path, wanted: Collection[str]) -> Iterator[Record | BrokenRecord]:
    number = 0
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=list(wanted)):
            # of two columns of one name the first counts
            columns = [_values(batch.column(batch.schema.names.index(name))) for name in wanted]
            for row in range(batch.num_rows):
                number += 1
                yield _record(number, {name: column[row] for name, column in zip(wanted, columns, strict=True)})


def _record(number: int, values: dict[str, object]) -> Record | BrokenRecord:
    for name, value in values.items():
        if isinstance(value, _Unreadable):
            return BrokenRecord(number, f"{value} in column {printable(name)}", "")
        if isinstance(value, bytes) and is_undecodable(value.decode("utf-8", "surrogateescape")):
            return BrokenRecord(
                number, f"undecodable bytes: not utf-8 in column {printable(name)}", printable(repr(value[:80]))
            )
    return Record(number, values)


def _values(column: pa.Array) -> list[object]:
    """A column's values; where some of them cannot be had as Python values, the others and why."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        ticks: list[int | None] = column.cast(pa.int64()).to_pylist()
        zone = UTC if column.type.tz else None  # whatever the zone is, Parquet keeps the moment in UTC
        return [None if tick is None else _moment(tick, column.type.unit, zone) for tick in ticks]
    try:
        values: list[object] = column.to_pylist()
        return values
    except Exception:  # one of them; which one, and why, only each by itself can tell
        return [_value(scalar) for scalar in column]


def _moment(tick: int, unit: str, zone: tzinfo | None) -> datetime | str:
    """A timestamp; as text where no calendar reaches so far."""
    seconds, rest = divmod(tick, _TICKS[unit])
    if not _FROM <= seconds < _TO:
        return f"{tick} {unit} from 1970"
    moment = _EPOCH + timedelta(seconds=seconds, microseconds=rest * 10**6 // _TICKS[unit])
    return moment.replace(tzinfo=zone)


def _value(scalar: Any) -> object:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return _Unreadable("undecodable bytes: not utf-8")
    except (ValueError, OverflowError) as error:
        if pa.types.is_date(scalar.type):
            return f"{scalar.value} {'days' if pa.types.is_date32(scalar.type) else 'ms'} from 1970"
        return _Unreadable(f"value out of range: {printable(str(error))}")
    except Exception as error:
        return _Unreadable(f"value cannot be read: {type(error).__name__}: {printable(str(error))}")
