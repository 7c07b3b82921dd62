"""Parquet, batch by batch, only the columns that matter."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .records import BrokenRecord, Record, Source, UnreadableError, is_undecodable, name_of, printable

_BATCH_ROWS = 64


def open_parquet(path: Path) -> Source:
    """A Parquet file as a source. Raises UnreadableError where it is damaged."""
    try:
        with pq.ParquetFile(path) as file:
            names, n_rows = tuple(file.schema_arrow.names), file.metadata.num_rows
    except pa.ArrowException as error:
        raise UnreadableError(f"is a damaged Parquet file ({str(error).splitlines()[0]})") from error
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
            for values in _microseconds(batch).to_pylist():
                number += 1
                bad = next((name for name, value in values.items() if _is_undecodable(value)), None)
                if bad is None:
                    yield Record(number, values)
                else:
                    yield BrokenRecord(
                        number, f"undecodable bytes: not utf-8 in column {printable(bad)}", repr(values[bad])[:80]
                    )


def _is_undecodable(value: object) -> bool:
    return isinstance(value, bytes) and is_undecodable(value.decode("utf-8", "surrogateescape"))


def _microseconds(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Timestamps cut to microseconds, the finest that datetime holds."""
    for position, column in enumerate(batch.schema):
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            cut = batch.column(position).cast(pa.timestamp("us", column.type.tz), safe=False)
            batch = batch.set_column(position, column.name, cut)
    return batch
