"""Kills runs at every step that changes a results folder and at random moments, and looks at what is left.

After each kill the folder opens with the earlier results or the new ones, row for row, or says that it holds none
where there were none; and `--resume` completes it to the very tables of a run that nobody killed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import psutil

from ...errors import StoreError
from ...results.schemas import TABLES
from ...results.store import open_store
from .plain_runs import in_child, score_plainly, write_articles
from .trials import Trial, tally

ARTICLES = 40  # two parts
_STEPS = ("replace", "rename", "unlink", "rmdir")  # of the module os, by which files of a results folder change
_PATIENCE = 120  # seconds for a whole run of the real command


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a results folder: the how-manieth, what it does, and to what."""

    number: int
    name: str
    path: str

    @property
    def kind(self) -> str:
        if self.name == "replace":
            return "publishing" if self.path.endswith("manifest.json") else "writing a part"
        return "publishing" if self.name == "rename" else "removing"


def evaluate(*, at_steps: int = 60, at_moments: int = 16, seed: int = 0) -> pd.DataFrame:
    """Kill runs; one row per kind of kill: kind, tried, failed, and an example of what failed.

    `at_steps` runs are killed just before or after a renaming or removal (those of publishing all of them, twice: over
    an earlier result and in an empty folder), `at_moments` runs of the real command at random moments, half of them in
    the main process and half in a worker. Takes about ten seconds each. Not on Windows.
    """
    rng = random.Random(seed)
    with TemporaryDirectory() as folder:
        rows = [*_at_steps(Path(folder), at_steps, rng), *_at_moments(Path(folder), at_moments, rng)]
    return tally(rows)


def tables_in(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables of a results folder."""
    store = open_store(folder)
    try:
        return {name: store.select(name) for name in TABLES}
    finally:
        store.close()


def same_tables(left: dict[str, pd.DataFrame], right: dict[str, pd.DataFrame]) -> bool:
    return all(left[name].equals(right[name]) for name in TABLES)


# --- At every step ----------------------------------------------------------------------------------


def _at_steps(folder: Path, n: int, rng: random.Random) -> Iterator[Trial]:
    old, new = (write_articles(folder / f"{edition}.csv", ARTICLES, edition=edition) for edition in ("first", "second"))
    _must(in_child(score_plainly, old, folder / "old"))
    _must(in_child(score_plainly, new, folder / "alone"))
    shutil.copytree(folder / "old", folder / "over")
    _must(in_child(score_to_step, new, folder / "over", steps_file=folder / "steps"))
    before, over, alone = (tables_in(folder / name) for name in ("old", "over", "alone"))
    steps = read_steps(folder / "steps")
    for step, after, earlier in _chosen(steps, n, rng):
        out = folder / "killed"
        if earlier:
            shutil.copytree(folder / "old", out)
        known = {"before": before, "expected": over} if earlier else {"before": None, "expected": alone}
        problem = kill_at_step(new, out, step, after=after, **known)
        yield f"{step.kind}, {'over an earlier result' if earlier else 'in an empty folder'}", problem
        shutil.rmtree(out)


def _chosen(steps: Sequence[Step], n: int, rng: random.Random) -> Iterator[tuple[Step, bool, bool]]:
    """Steps, whether to kill after them rather than before, and whether there is an earlier result."""
    every = [(s, after, earlier) for s in steps for after in (False, True) for earlier in (False, True)]
    publishing = [each for each in every if each[0].kind == "publishing"]
    others = [each for each in every if each[0].kind != "publishing"]
    yield from publishing
    yield from rng.sample(others, max(0, min(n - len(publishing), len(others))))


def kill_at_step(
    inputs: Path,
    out: Path,
    step: Step,
    *,
    after: bool,
    before: dict[str, pd.DataFrame] | None,
    expected: dict[str, pd.DataFrame],
) -> str | None:
    """Kill a run at a step and resume it; returns what went wrong, or None."""
    status = in_child(score_to_step, inputs, out, kill=step.number, after=after)
    if status not in (-signal.SIGKILL, 0):  # in an empty folder there are fewer steps
        return f"step {step.number}: ended with {status}"
    return left_behind(out, before, expected) or resumed(
        out, expected, in_child(score_plainly, inputs, out, resume=True)
    )


def left_behind(out: Path, before: dict[str, pd.DataFrame] | None, expected: dict[str, pd.DataFrame]) -> str | None:
    """What is wrong with a folder in which a run was killed, or None."""
    try:
        found = tables_in(out)
    except StoreError as error:
        return None if before is None and "holds no Tellings results" in str(error) else f"does not open: {error}"
    except Exception as error:  # whatever it is, it is what we are looking for
        return f"raw error: {type(error).__name__}: {error}"
    if any(same_tables(found, known) for known in (before, expected) if known is not None):
        return None
    return "opens with neither the earlier results nor the new ones"


def resumed(out: Path, expected: dict[str, pd.DataFrame], status: int | None) -> str | None:
    """What is wrong with a folder in which a killed run was resumed, or None."""
    if status != 0:
        return f"--resume ended with {status}"
    if not same_tables(tables_in(out), expected):
        return "--resume gave other tables"
    left = [path.name for path in out.iterdir() if path.name.startswith((".staging", "tables-", ".results.holder"))]
    return None if len(left) == 1 else f"--resume left {', '.join(sorted(left))}"


def score_to_step(
    inputs: Path, out: Path, *, kill: int | None = None, after: bool = False, steps_file: Path | None = None
) -> None:
    """Score, in a child, up to a step, and end there as by SIGKILL; or write all steps to a file.

    The steps are seen by standing in for functions of the module os, in this process alone.
    """
    steps: list[Step] = []
    for name in _STEPS:
        setattr(os, name, _watched(getattr(os, name), name, out, steps, kill, after))
    score_plainly(inputs, out)
    if steps_file:
        steps_file.write_text("".join(f"{s.number}\t{s.name}\t{s.path}\n" for s in steps), encoding="utf-8")


def _watched(
    real: Callable[..., Any], name: str, out: Path, steps: list[Step], kill: int | None, after: bool
) -> Callable[..., Any]:
    def step(*arguments: Any, **options: Any) -> Any:
        target = str(arguments[1] if name in ("replace", "rename") else arguments[0])
        if not (target.startswith(str(out)) or "dir_fd" in options):
            return real(*arguments, **options)
        steps.append(Step(len(steps), name, target))
        mine = kill == len(steps) - 1
        if mine and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*arguments, **options)
        if mine:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return step


def read_steps(file: Path) -> list[Step]:
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return [Step(int(number), name, path) for number, name, path in rows]


def _must(status: int | None) -> None:
    if status != 0:
        raise RuntimeError(f"a run that nobody killed ended with {status}")


# --- At random moments ------------------------------------------------------------------------------


def _at_moments(folder: Path, n: int, rng: random.Random) -> Iterator[Trial]:
    """Kill the real command, with its models and two workers, over an earlier result."""
    if not n:
        return
    old, new = folder / "first.csv", folder / "second.csv"
    write_articles(old, ARTICLES, edition="first")
    write_articles(new, 3 * ARTICLES, edition="second")
    _must(_command(old, folder / "earlier").wait(_PATIENCE))
    shutil.copytree(folder / "earlier", folder / "whole")
    began = time.monotonic()
    _must(_command(new, folder / "whole").wait(_PATIENCE))
    length = time.monotonic() - began
    before, expected = tables_in(folder / "earlier"), tables_in(folder / "whole")
    for i in range(n):
        out = folder / "killed"
        shutil.copytree(folder / "earlier", out)
        victim = "worker" if i % 2 else "main process"
        problem = kill_at_moment(new, out, rng.uniform(0.1, 0.95) * length, worker=bool(i % 2))
        problem = problem or left_behind(out, before, expected)
        yield (
            f"at a random moment, {victim}",
            problem or resumed(out, expected, _command(new, out, "--resume").wait(_PATIENCE)),
        )
        shutil.rmtree(out)


def kill_at_moment(inputs: Path, out: Path, delay: float, *, worker: bool) -> str | None:
    """Kill a run of the command after a delay (a worker: as soon as there is one); returns what went wrong, or None."""
    run = _command(inputs, out)
    time.sleep(delay)
    if not worker:
        run.kill()
        run.communicate(timeout=_PATIENCE)
        return None
    while run.poll() is None:
        workers = [child for child in _children(run.pid) if "spawn_main" in " ".join(_arguments(child))]
        if workers:
            workers[0].kill()
            break
        time.sleep(0.02)
    said = run.communicate(timeout=_PATIENCE)[1].strip()
    last = said.splitlines()[-1] if said else ""
    if run.returncode == 0 or (run.returncode == 1 and "--resume" in last and "Traceback" not in said):
        return None
    return f"after a worker died: status {run.returncode}, {last}"


def _children(pid: int) -> list[psutil.Process]:
    try:
        return list(psutil.Process(pid).children())
    except psutil.NoSuchProcess:
        return []


def _arguments(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def _command(inputs: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "analytics", "score", str(inputs), "--out", str(out), "--jobs", "2", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
