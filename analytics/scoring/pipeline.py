"""The whole way from inputs to a results folder, in one place."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..annotation import model_name
from ..article import Article
from ..errors import InputError, StoreError
from ..ingest import RejectedRecord, count_records, read_articles
from ..knowledge.lexicon import KNOWLEDGE
from ..knowledge.own_actors import load_book
from ..knowledge.targets import load_propositions
from ..measures import measures_for, scores_of
from ..results.schemas import empty, frame
from ..results.store import Store, open_store
from .batch import score_batch
from .engines import run
from .publishing import STAGING, explained, finished_part, mark_part, publish, write_part

BATCH_ARTICLES = 32
BATCH_CHARACTERS = 120_000  # a batch is a few seconds of work and a few tens of megabytes


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    done: int
    total: int | None
    rejected: int
    elapsed: float  # seconds


@dataclass(frozen=True, slots=True)
class Batch:
    """Records that are scored together; `key` names them, for `--resume`."""

    key: str
    articles: tuple[Article, ...]
    rejected: tuple[RejectedRecord, ...]


def score(
    inputs: Sequence[str | Path] | str | Path,
    out: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    actors_file: str | Path | None = None,
    targets_file: str | Path | None = None,
    jobs: int | None = None,
    resume: bool = False,
    keep_boilerplate: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Store:
    """Read, annotate and measure articles, and store the tables in a results folder.

    An earlier result in `out` stays as it was until the new one is complete. `columns` maps
    fields to column names where they cannot be guessed; `actors_file` is a TOML file of one's
    own actors, `targets_file` one of statements whose supporters and opponents are to be told apart;
    `resume` goes on with a run that was stopped. Datelines, captions, credits, newsletter lines and the like are left
    out of every measure unless `keep_boilerplate` is set (docs/methods.md).

    Raises InputError where nothing can be read, StoreError where `out` cannot be written.

    `jobs` is the number of processes (one per core by default); `progress` is called after each batch. The Store that
    is returned reads the folder. An article on which scoring fails is a row of `rejected`, and the others are scored.

    >>> _ = Path("dam.txt").write_text("Outlet: Harbour Post\\n\\nThe dam may hold, Ada Brandt said.")
    >>> store = score("dam.txt", "scored", jobs=1)
    >>> store.select("cues", columns=["text", "cue_type", "voice", "speaker_id"])
      text cue_type     voice  speaker_id
    0  may    hedge  reported  ada-brandt
    """
    paths = [Path(path) for path in ([inputs] if isinstance(inputs, str | Path) else inputs)]
    folder, started = Path(out), datetime.now(UTC)
    actors = Path(actors_file) if actors_file else None
    targets = Path(targets_file) if targets_file else None
    book, propositions = load_book(actors), load_propositions(targets)
    total = count_records(paths, columns=columns)
    staging = _prepare(folder, resume=resume)
    settings = {
        "columns": dict(columns or {}),
        "actors_file": str(actors) if actors else None,
        "targets_file": str(targets) if targets else None,
        "keep_boilerplate": keep_boilerplate,
    }
    versions = _versions(actors_file=actors, targets_file=targets)
    keys: list[str] = []
    done = rejected = 0
    clock = time.monotonic()
    with explained(folder):
        batches = _batches(read_articles(paths, columns=columns), salt=json.dumps([settings, versions], sort_keys=True))
        options = {"actors_file": actors, "targets_file": targets, "keep_boilerplate": keep_boilerplate}
        work = partial(_work, staging=staging, options=options)
        jobs = jobs or os.cpu_count() or 1
        try:
            for key, counts in run(work, batches, jobs=jobs):
                keys.append(key)
                done += counts["articles"]
                rejected += counts["rejected"]
                if progress:
                    progress(Progress(done + rejected, total, rejected, time.monotonic() - clock))
        except InputError:
            if not keys:
                _leave_as_found(folder)
            raise
        manifest = {
            "tellings": version("tellings"),
            "versions": versions,
            "settings": settings,
            "targets": [{"id": p.proposition_id, "statement": p.statement} for p in propositions],
            "inputs": [_input(path) for path in _files(paths)],
            "started": started.isoformat(timespec="seconds"),
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            "articles_per_second": round(done / max(time.monotonic() - clock, 1e-9), 2),
        }
        scales = {name: score.scale for name, score in scores_of(measures_for(targets)).items()}
        publish(folder, keys, manifest, book=book, scales=scales, jobs=jobs)
    return open_store(folder)


def _prepare(folder: Path, *, resume: bool) -> Path:
    staging = folder / STAGING
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; name a folder for the results")
    with explained(folder):
        if not resume:
            shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True, exist_ok=True)
    return staging


def _leave_as_found(folder: Path) -> None:
    """Nothing was read: leave no folder behind that holds nothing."""
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    with suppress(OSError):  # it holds an earlier result
        folder.rmdir()


def _batches(records: Iterable[Article | RejectedRecord], *, salt: str) -> Iterator[Batch]:
    articles: list[Article] = []
    rejected: list[RejectedRecord] = []
    size = number = 0
    for record in records:
        if isinstance(record, RejectedRecord):
            rejected.append(record)
        else:
            articles.append(record)
            size += len(record.text)
        if len(articles) + len(rejected) >= BATCH_ARTICLES or size >= BATCH_CHARACTERS:
            yield _batch(number, articles, rejected, salt)
            articles, rejected, size, number = [], [], 0, number + 1
    if articles or rejected:
        yield _batch(number, articles, rejected, salt)


def _batch(number: int, articles: list[Article], rejected: list[RejectedRecord], salt: str) -> Batch:
    digest = hashlib.blake2b(salt.encode(), digest_size=8)
    for article in articles:
        digest.update(article.article_id.encode())
        digest.update(str(article.published).encode())
    for record in rejected:
        digest.update(repr(record).encode("utf-8", "replace"))
    return Batch(f"{number:06d}-{digest.hexdigest()}", tuple(articles), tuple(rejected))


def _work(batch: Batch, *, staging: Path, options: Mapping[str, Any]) -> tuple[str, dict[str, int]]:
    """Score one batch in a worker and write its part; only counts travel back."""
    if (counts := finished_part(staging, batch.key)) is not None:
        return batch.key, counts
    tables, names = score_batch(batch.articles, **options)
    refused = frame(
        "rejected",
        [
            {"source_file": r.source_file, "source_row": r.source_row, "reason": r.reason, "preview": r.preview}
            for r in batch.rejected
        ],
    )
    if len(refused):
        tables["rejected"] = _stacked(tables["rejected"], refused)
    counts = {"articles": len(tables["articles"]), "rejected": len(tables["rejected"])}
    with explained(staging.parent):
        write_part(staging, batch.key, tables, names)
        mark_part(staging, batch.key, counts)
    return batch.key, counts


def _stacked(first: Any, second: Any) -> Any:
    rows = [*first.to_dict("records"), *second.to_dict("records")]
    return frame("rejected", rows) if rows else empty("rejected")


def _versions(**own: Path | None) -> dict[str, str]:
    """What the numbers depend on: packages, models, lexicons, the user's own files by name."""
    model = model_name()
    packages = ("spacy", "vaderSentiment", "ftfy", "pandas", "duckdb")
    files = sorted(path for path in KNOWLEDGE.iterdir() if path.suffix in (".tsv", ".txt", ".toml"))
    found = {"python": platform.python_version(), model: version(model.replace("_", "-"))}
    found |= {name: version(name) for name in packages}
    found |= {f"knowledge/{path.name}": f"sha256:{_sha256(path)}" for path in files}
    for sums in sorted(KNOWLEDGE.glob("*/SHA256SUMS")):  # of weights; compared with the files whenever they are loaded
        for line in sums.read_text(encoding="utf-8").splitlines():
            digest, name = line.split()
            found[f"knowledge/{sums.parent.name}/{name}"] = f"sha256:{digest}"
    found |= {name: f"sha256:{_sha256(path)}" for name, path in own.items() if path}
    return found


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        below = path.rglob("*") if path.is_dir() else [path]
        yield from sorted(p for p in below if p.is_file())  # others (pipes, devices) were rejected, and may never end


def _input(path: Path) -> dict[str, object]:
    return {"file": str(path), "bytes": path.stat().st_size, "sha256": _sha256(path)}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
