"""The whole way from inputs to a results folder, in one place."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..errors import InputError, StoreError
from ..ingest import count_records, read_articles
from ..ingest.dates import DateOrder
from ..ingest.files import find_files
from ..knowledge.own_actors import load_book
from ..knowledge.targets import load_propositions
from ..measures import measures_for, scores_of
from ..progress import Progress
from ..results.locking import RESULTS, forget, locked
from ..results.parquet_files import scan
from ..results.schemas import empty, frame
from ..results.store import Store, open_store
from .batch import score_batch
from .engines import run
from .parts import STAGING, Batch, batches, finished_part, write_part
from .provenance import changed_since, input_files, versions
from .publishing import explained, publish


def score(
    inputs: Sequence[str | Path] | str | Path,
    out: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    date_order: DateOrder | None = None,
    actors_file: str | Path | None = None,
    targets_file: str | Path | None = None,
    jobs: int | None = None,
    resume: bool = False,
    keep_boilerplate: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Store:
    """Read, annotate and measure articles, and store the tables in a results folder.

    An earlier result in `out` stays as it was until the new one is complete. `columns` maps
    fields to column names where they cannot be guessed; `date_order` ("dmy", "mdy", "ymd") is that of dates
    such as 03/04/2022 where no other date of the column settles it; `actors_file` is a TOML file of one's
    own actors, `targets_file` one of statements whose supporters and opponents are to be told apart;
    `resume` goes on with a run that was stopped. An input that goes or changes meanwhile is named in
    the manifest's `notes`. Datelines, captions, credits, newsletter lines and the like are left out of
    every measure unless `keep_boilerplate` is set (docs/methods.md).

    Raises InputError where nothing can be read, StoreError where `out` cannot be written or another
    run is writing it.

    `jobs` is the number of processes (one per core by default); `progress` is called after each batch. The Store that
    is returned reads the folder. An article on which scoring fails is a row of `rejected`, and the others are scored.

    >>> _ = Path("dam.txt").write_text("Outlet: Harbour Post\\n\\nThe dam may hold, Ada Brandt said.")
    >>> store = score("dam.txt", "scored", jobs=1)
    >>> store.select("cues", columns=["text", "cue_type", "voice", "speaker_id"])
      text cue_type     voice  speaker_id
    0  may    hedge  reported  ada-brandt
    """
    given = [Path(path) for path in ([inputs] if isinstance(inputs, str | Path) else inputs)]
    folder, started, clock = Path(out), datetime.now(UTC), time.monotonic()
    actors = Path(actors_file) if actors_file else None
    targets = Path(targets_file) if targets_file else None
    book, propositions = load_book(actors), load_propositions(targets)
    total = count_records(given, columns=columns)
    manifest: dict[str, Any] = {
        "tellings": version("tellings"),
        "versions": versions(actors_file=actors, targets_file=targets),
        "settings": {
            "columns": dict(columns or {}),
            "date_order": date_order,
            "actors_file": str(actors) if actors else None,
            "targets_file": str(targets) if targets else None,
            "keep_boilerplate": keep_boilerplate,
        },
        "targets": [{"id": p.proposition_id, "statement": p.statement} for p in propositions],
    }
    jobs = jobs or os.cpu_count() or 1
    with explained(folder), _folder_of_our_own(folder):
        staging = _prepare(folder, resume=resume)
        files = input_files(find_files(given))
        keys: list[str] = []
        done = rejected = 0
        try:
            parts = batches(
                read_articles(given, columns=columns, date_order=date_order), salt=json.dumps(manifest, sort_keys=True)
            )
            options = {"actors_file": actors, "targets_file": targets, "keep_boilerplate": keep_boilerplate}
            work = partial(_work, staging=staging, options=options)
            for key, counts in run(work, parts, jobs=jobs):
                keys.append(key)
                done += counts["articles"]
                rejected += counts["rejected"]
                if progress:
                    progress(Progress(done + rejected, total, rejected, time.monotonic() - clock))
        except InputError:
            if not (done or resume):
                _leave_as_found(folder)
            raise
        manifest |= {
            "inputs": [file.described() for file in files],
            "notes": changed_since(files),
            "started": started.isoformat(timespec="seconds"),
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            "articles_per_second": round(done / max(time.monotonic() - clock, 1e-9), 2),
        }
        scales = {name: score.scale for name, score in scores_of(measures_for(targets)).items()}
        publish(folder, keys, manifest, book=book, scales=scales, jobs=jobs)
        return open_store(folder)


@contextmanager
def _folder_of_our_own(folder: Path) -> Iterator[None]:
    """The results folder, made where it is not there, and no other run in it."""
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; name a folder for the results")
    scan(folder)  # a name that could not be read again is refused before anything is scored
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder, RESULTS):
        yield


def _prepare(folder: Path, *, resume: bool) -> Path:
    staging = folder / STAGING
    if not resume:
        shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True, exist_ok=True)
    return staging


def _leave_as_found(folder: Path) -> None:
    """Nothing was read: leave no folder behind that holds nothing."""
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    if not any(path for path in folder.iterdir() if not path.name.startswith(f".{RESULTS}.")):
        forget(folder, RESULTS)
    with suppress(OSError):  # it holds an earlier result
        folder.rmdir()


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
    with explained(staging.parent):
        write_part(staging, batch.key, tables, names)
    return batch.key, {name: len(table) for name, table in tables.items()}


def _stacked(first: Any, second: Any) -> Any:
    rows = [*first.to_dict("records"), *second.to_dict("records")]
    return frame("rejected", rows) if rows else empty("rejected")
