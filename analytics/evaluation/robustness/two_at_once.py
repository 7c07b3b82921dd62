"""Two at once in one results folder: runs, corrections, a reader and a run."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import StoreError
from ...results import corrections
from ...results.locking import RESULTS, locked
from ...results.store import Store, open_store
from ...scoring import batch, pipeline
from .killing import same_tables, tables_in
from .plain_runs import begin_child, in_child, score_plainly, write_articles
from .trials import Trial

ARTICLES = 40  # two parts
_PATIENCE = 60.0  # seconds
_EACH = 25  # corrections


def collision_trials(folder: Path) -> Iterator[Trial]:
    """What two processes can do to each other in one folder."""
    first, second = (write_articles(folder / f"{e} news.csv", ARTICLES, edition=e) for e in ("first", "second"))
    yield "second run, afresh", second_run(first, second, folder / "two runs", resume=False)
    yield "second run, with --resume", second_run(first, second, folder / "two runs, resumed", resume=True)
    yield "run after a killed one", after_a_killed_run(first, folder / "taken over")
    yield "parts removed during a run", parts_removed(first, second, folder / "parts removed")
    yield "run while results are read", read_during_a_run(first, second, folder / "read")
    yield "corrections by two processes", corrections_at_once(folder / "read", folder / "corrected")


def second_run(first: Path, second: Path, out: Path, *, resume: bool) -> str | None:
    """While a run is under way another one begins; returns what went wrong, or None."""
    gate = out.with_name(f"{out.name} gate")
    child = begin_child(score_until_told, first, out, gate)
    try:
        if not _seen(gate):
            return "the first run did not begin"
        said = _refusal(second, out, resume=resume)
    finally:
        gate.with_suffix(".open").touch()
        child.join()
    if said is None:
        return "the second run was let in"
    if f"process {child.pid} on " not in said or "\n" in said:
        return f"the second run was refused with: {said}"
    if child.exitcode != 0:
        return f"the first run ended with {child.exitcode}"
    return None if open_store(out).count("articles") == ARTICLES else "the first run lost articles"


def after_a_killed_run(inputs: Path, out: Path) -> str | None:
    """A run that holds the lock is killed and another one begins; returns what went wrong, or None."""
    gate = out.with_name(f"{out.name} gate")
    child = begin_child(score_until_told, inputs, out, gate)
    if not _seen(gate):
        return "the first run did not begin"
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    if status := in_child(score_plainly, inputs, out):
        return f"the lock of a dead process is not free: status {status}"
    return None if open_store(out).count("articles") == ARTICLES else "articles are missing"


def parts_removed(first: Path, second: Path, out: Path) -> str | None:
    """Parts of a run vanish before it publishes; returns what went wrong, or None."""
    if status := in_child(score_plainly, first, out):
        return f"a run that nothing disturbed ended with {status}"
    before = tables_in(out)
    gate = out.with_name(f"{out.name} gate")
    child = begin_child(score_until_told, second, out, gate)
    if not _seen(gate):
        return "the run did not begin"
    shutil.rmtree(out / ".staging")
    (out / ".staging").mkdir()
    gate.with_suffix(".open").touch()
    child.join()
    if child.exitcode == 0:
        return "published without the parts that are missing"
    return None if same_tables(tables_in(out), before) else "the earlier results are gone"


def read_during_a_run(first: Path, second: Path, out: Path) -> str | None:
    """A reader stays open while a run publishes; returns what went wrong, or None."""
    if status := in_child(score_plainly, first, out):
        return f"a run that nothing disturbed ended with {status}"
    reader = open_store(out)
    before = _texts(reader)
    if status := in_child(score_plainly, second, out):
        return f"a run beside a reader ended with {status}"
    try:
        if _texts(reader) != before or _texts(open_store(out)) == before:
            return "the reader, or who opens the folder now, sees other results"
    except Exception as error:  # whatever it is, it is what we are looking for
        return f"the reader lost its results: {type(error).__name__}: {error}"
    reader.close()
    if status := in_child(score_plainly, first, out):
        return f"a run after a reader ended with {status}"
    kept = [path.name for path in out.iterdir() if path.name.startswith("tables-")]
    return None if len(kept) == 1 else f"tables that nobody reads are kept: {kept}"


def corrections_at_once(results: Path, out: Path) -> str | None:
    """Two processes write corrections to a copy of results at the same time; returns what went wrong, or None."""
    shutil.copytree(results, out)
    children = [begin_child(rename_often, out, actor) for actor in ("quill", "tash")]
    for child in children:
        child.join()
    log = corrections.read_log(out)
    whole = len(log.corrections) == len(children) * _EACH and not log.left_out
    return None if whole else f"{len(log.corrections)} corrections of {len(children) * _EACH} were kept"


def score_until_told(inputs: Path, out: Path, gate: Path) -> None:
    """Score, in a child, and before the last part wait until somebody opens the gate."""
    parts = 0

    def wait(*arguments: Any, **options: Any) -> Any:
        nonlocal parts
        parts += 1
        if parts == 2:
            gate.touch()
            _seen(gate.with_suffix(".open"))
        return batch.score_batch(*arguments, **options)

    vars(pipeline)["score_batch"] = wait
    score_plainly(inputs, out)


def rename_often(out: Path, actor: str) -> None:
    """Write many corrections, in a child."""
    for number in range(_EACH):
        corrections.rename(out, actor, f"{actor} {number}")


def _refusal(inputs: Path, out: Path, *, resume: bool) -> str | None:
    """What a run says that is refused; None where it is let in."""
    try:
        with locked(out, RESULTS):  # as a run does first; the run itself would load models
            return None
    except StoreError as error:
        refused = str(error)
    return None if in_child(score_plainly, inputs, out, resume=resume) == 0 else refused


def _texts(store: Store) -> list[str]:
    return sorted(store.select("texts")["text"])


def _seen(file: Path) -> bool:
    end = time.monotonic() + _PATIENCE
    while not file.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return file.exists()
