"""Odd Parquet files: every type in the place of a date and of a text, dates beyond the calendar, damage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from .inputs import OddInput, written

_FAR = 2**63 - 1
_ZONES = (None, "UTC", "Europe/Kyiv", "Nowhere/Invented", "+25:99", "")


def odd_columns(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    """Tables of the honest texts with one odd column, and damaged files."""
    n = len(texts)
    for what, dates in _dates(n):
        table = pa.table({"text": list(texts), "date": dates})
        yield _of("Parquet dates", what, partial(_write, table), n, n, scored="levels" in what or "Nowhere" in what)
    for what, column, articles in _texts(texts):
        yield _of("Parquet texts", what, partial(_write, pa.table({"text": column})), len(column), articles)
    yield from _shapes(texts)
    yield from _damaged(random, texts)


def _dates(n: int) -> Iterator[tuple[str, pa.Array]]:
    for unit in ("ms", "us", "ns"):
        for zone in _ZONES:
            for tick in (0, _FAR, -_FAR):
                kind = pa.timestamp(unit, zone)
                yield f"a moment, {unit}, zone {zone!r}, {tick}", pa.array([tick] * n, pa.int64()).view(kind)
    for days in (0, 2**31 - 1, -(2**31)):
        yield f"a day, {days}", pa.array([days] * n, pa.int32()).view(pa.date32())
    yield "a day in milliseconds, far", pa.array([2**31 * 86_400_000] * n, pa.int64()).view(pa.date64())
    values: dict[str, pa.Array] = {
        "nothing": pa.nulls(n),
        "yes and no": pa.array([True] * n),
        "a whole number": pa.array([_FAR] * n),
        "an endless number": pa.array([float("inf")] * n),
        "no number": pa.array([float("nan")] * n),
        "a duration": pa.array([_FAR] * n, pa.duration("us")),
        "a time of day": pa.array([1] * n, pa.time64("us")),
        "bytes": pa.array([b"\xff\x00"] * n).cast(pa.binary()),
        "a list of moments": pa.array([[0]] * n, pa.list_(pa.timestamp("us", "UTC"))),
        "an object": pa.array([{"day": "2024-05-31"}] * n),
        "a category": pa.array(["2024-05-31"] * n).dictionary_encode(),
    }
    yield from ((what, column) for what, column in values.items() if what != "bytes")


def _texts(texts: Sequence[str]) -> Iterator[tuple[str, pa.Array, int]]:
    n, plain = len(texts), pa.array(list(texts))
    deep: object = "x"
    kind = pa.string()
    for _ in range(60):
        deep, kind = [deep], pa.list_(kind)
    yield "long strings", plain.cast(pa.large_string()), n
    yield "bytes", plain.cast(pa.binary()), n
    yield "categories", plain.dictionary_encode(), n
    yield "lists of paragraphs", pa.array([[text, text] for text in texts]), n
    yield "objects with a name", pa.array([{"name": text} for text in texts]), n
    yield "objects without one", pa.array([{"html": text} for text in texts]), 0
    yield "a text 60 lists deep", pa.array([deep], kind), 0
    yield "nothing", pa.nulls(n, pa.string()), 0
    yield "undecodable bytes", pa.array([b"\xff\xfe", *(t.encode() for t in texts)]).view(pa.binary()), n
    yield "undecodable strings", pa.array([b"\xff\xfe", *(t.encode() for t in texts)]).view(pa.string()), n
    yield "numbers", pa.array([1, 2, 3]), 3
    yield "pairs", pa.array([[("a", "b")]], pa.map_(pa.string(), pa.string())), 1


def _shapes(texts: Sequence[str]) -> Iterator[OddInput]:
    n, plain = len(texts), list(texts)
    tables: dict[str, tuple[pa.Table, int]] = {
        "no rows": (pa.table({"text": pa.array([], pa.string())}), 1),
        "no columns": (pa.table({}), 1),
        "two columns of one name": (pa.table([plain, ["x"] * n], names=["text", "text"]), n),
        "names with dots": (pa.table({"text": plain, "text.x": plain, "a.b.c": plain}), n),
        "a nameless column": (pa.table({"": plain, "text": plain}), n),
        "1,000 columns": (pa.table({"text": plain} | {f"c{i}": [0] * n for i in range(1_000)}), n),
        "20,000 rows": (pa.table({"text": ["The wall stands."] * 20_000}), 20_000),
        "a text of a megabyte": (pa.table({"text": [*plain, "The wall 7 stands. " * 50_000]}), n + 1),
    }
    for what, (table, records) in tables.items():
        yield _of("Parquet shapes", what, partial(_write, table), records, None)
    for codec in ("gzip", "zstd", "brotli", "none"):
        write = partial(_write, pa.table({"text": plain}), compression=codec, row_group_size=1)
        yield _of("Parquet shapes", f"packed by {codec}, a group each", write, n, n)


def _damaged(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    buffer = BytesIO()
    pq.write_table(pa.table({"text": list(texts) * 20}), buffer, row_group_size=8)
    whole = buffer.getvalue()
    for number in range(12):
        cut = whole[: random.randrange(4, len(whole))]
        yield _of("Parquet damage", f"cut off, {number}", written(cut), 1, 0)
        flipped = bytearray(whole)
        for _ in range(3):
            flipped[random.randrange(4, len(whole))] ^= 1 << random.randrange(8)
        yield _of("Parquet damage", f"bits changed, {number}", written(bytes(flipped)), None, None)


def _write(table: pa.Table, path: Path, **options: object) -> None:
    pq.write_table(table, path, **options)


def _of(
    kind: str,
    what: str,
    write: Callable[[Path], object],
    records: int | None,
    articles: int | None,
    *,
    scored: bool = False,
) -> OddInput:
    return OddInput(
        kind=kind, what=what, name="news.parquet", write=write, records=records, articles=articles, scored=scored
    )
