"""What a run has done so far: each batch of records is a part, named by all that its rows depend on.

A part is tables of one batch, as Parquet files, and a marker that is written last and counts their rows. `--resume`
takes a part for done only where its name is the same and its files hold the rows that the marker counts.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from ..article import Article
from ..ingest import RejectedRecord
from ..results.schemas import STORY_TABLES, TABLES

STAGING = ".staging"
NAMES = "names"  # staged only: article-level actors with their kinds and surface texts
PART_TABLES = [name for name in TABLES if name != "actors" and name not in STORY_TABLES]

_ARTICLES = 32
_CHARACTERS = 120_000  # a batch is a few seconds of work and a few tens of megabytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Records that are scored together; `key` names them, for `--resume`."""

    key: str
    articles: tuple[Article, ...]
    rejected: tuple[RejectedRecord, ...]


def batches(records: Iterable[Article | RejectedRecord], *, salt: str) -> Iterator[Batch]:
    """Records in batches, in order. `salt` is what else the rows depend on: settings and versions."""
    articles: list[Article] = []
    rejected: list[RejectedRecord] = []
    size = number = 0
    for record in records:
        if isinstance(record, RejectedRecord):
            rejected.append(record)
        else:
            articles.append(record)
            size += len(record.text)
        if len(articles) + len(rejected) >= _ARTICLES or size >= _CHARACTERS:
            yield _batch(number, articles, rejected, salt)
            articles, rejected, size, number = [], [], 0, number + 1
    if articles or rejected:
        yield _batch(number, articles, rejected, salt)


def _batch(number: int, articles: list[Article], rejected: list[RejectedRecord], salt: str) -> Batch:
    digest = hashlib.blake2b(salt.encode(), digest_size=8)
    for record in [*articles, *rejected]:
        digest.update(repr(record).encode("utf-8", "surrogatepass"))  # every field
    return Batch(f"{number:06d}-{digest.hexdigest()}", tuple(articles), tuple(rejected))


def write_part(staging: Path, key: str, frames: Mapping[str, pd.DataFrame], names: pd.DataFrame) -> None:
    """Write one batch's tables and, once they are there, the marker that makes them count."""
    tables = {**frames, NAMES: names}
    for name, frame in tables.items():
        file = part_file(staging, name, key)
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = _temporary(file)
        frame.to_parquet(temporary, index=False)
        os.replace(temporary, file)
    marker = _marker(staging, key)
    temporary = _temporary(marker)
    temporary.write_text(json.dumps({name: len(frame) for name, frame in tables.items()}), encoding="utf-8")
    os.replace(temporary, marker)


def finished_part(staging: Path, key: str) -> dict[str, int] | None:
    """The row counts of a part that was completed and is still whole; None where it has to be made."""
    try:
        counts = json.loads(_marker(staging, key).read_text(encoding="utf-8"))
        whole = all(_rows(part_file(staging, name, key)) == counts[name] for name in [*PART_TABLES, NAMES])
    except Exception:  # missing, cut off, or of another version: in any case it is made anew
        return None
    return {str(name): int(n) for name, n in counts.items()} if whole else None


def part_file(staging: Path, table: str, key: str) -> Path:
    return staging / table / f"{key}.parquet"


def _rows(file: Path) -> int:
    with file.open("rb") as opened:
        return int(pq.read_metadata(opened).num_rows)


def _marker(staging: Path, key: str) -> Path:
    return staging / f"{key}.json"


def _temporary(file: Path) -> Path:
    """A name that only this process writes: workers of a run that was killed may live a second longer."""
    return file.with_name(f"{file.name}.{os.getpid()}.tmp")
