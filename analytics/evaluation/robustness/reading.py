"""Reads odd inputs, and scores some of them, in a process that may be ended; tells what went wrong with which."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import pandas as pd

from ...article import Article
from ...errors import InputError
from ...ingest import RejectedRecord, count_records, inspect_inputs, read_articles
from .inputs import OddInput

MOST_SECONDS = 10.0  # of the processor, for an input of some megabyte
MOST_MEGABYTES = 500.0  # above what the process held before
_PATIENCE = 6 * MOST_SECONDS  # on the clock; other work may hold the processor
_LOADING = 120.0  # seconds until the process is ready, with the models loaded
_SAMPLED = 0.01  # seconds between two looks at the memory
COLUMNS = ["part", "kind", "tried", "failed", "seconds", "megabytes", "first_failure"]

Way = Literal["reading", "scoring"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one input."""

    problem: str | None = None
    records: int | None = None  # articles and rejected records
    articles: int | None = None
    seconds: float = 0.0  # of the processor
    megabytes: float = 0.0  # most that was held at a time, above what was held before


def try_inputs(inputs: Iterable[OddInput], folder: Path, *, way: Way) -> pd.DataFrame:
    """Read or score each input in a folder to work in; one row for each kind.

    An input fails where anything is raised but the error that says that no article was in it, where
    articles and rejected records are not as many as its records (as far as those are known), where a
    reason cannot be printed, where inspecting it tells other counts, and where it takes more than
    10 s of the processor or 500 MB.

    `seconds` and `megabytes` are the most that an input of the kind took.
    """
    rows: dict[str, dict[str, object]] = {}
    with _Process(way, folder) as process:
        for number, odd in enumerate(inputs):
            outcome = _tried(odd, folder / f"{way}-{number}", process)
            problem = problem_of(odd, outcome)
            row = rows.setdefault(
                odd.kind,
                dict(zip(COLUMNS, (f"inputs, {way}", odd.kind, 0, 0, 0.0, 0.0, None), strict=True)),
            )
            row["tried"] = int(str(row["tried"])) + 1
            row["failed"] = int(str(row["failed"])) + (problem is not None)
            row["seconds"] = max(float(str(row["seconds"])), round(outcome.seconds, 1))
            row["megabytes"] = max(float(str(row["megabytes"])), round(outcome.megabytes))
            row["first_failure"] = row["first_failure"] or (f"{odd.what}: {problem}" if problem else None)
    return pd.DataFrame(rows.values(), columns=COLUMNS)


def problem_of(odd: OddInput, outcome: Outcome) -> str | None:
    """What is wrong with what came of an input; None where all is as it has to be."""
    if outcome.problem:
        return outcome.problem
    if odd.records is not None and outcome.records != odd.records:
        return f"{outcome.records} articles and rejected records of {odd.records} records"
    if odd.articles is not None and outcome.articles != odd.articles:
        return f"{outcome.articles} articles where {odd.articles} can be read"
    if not outcome.records:
        return "neither an article nor a rejected record"
    if outcome.seconds > MOST_SECONDS:
        return f"{outcome.seconds:.0f} s of the processor"
    if outcome.megabytes > MOST_MEGABYTES:
        return f"{outcome.megabytes:,.0f} MB"
    return None


def read_one(path: Path) -> Outcome:
    """Read, count and inspect one input."""
    items: list[Article | RejectedRecord] = []
    try:
        for item in read_articles(path):
            items.append(item)
    except InputError as error:  # it says, after the last record, that there was no article
        if not items and "does not exist" in str(error):  # refused by its name, before anything is read
            return Outcome(records=1, articles=0)
        if not items or not str(error).startswith("no article could be read"):
            return Outcome(problem=f"{type(error).__name__}: {error}")
    articles = sum(isinstance(item, Article) for item in items)
    count_records(path)
    reports = inspect_inputs(path, limit=None)
    inspected = (sum(r.n_records for r in reports), sum(r.n_records - r.n_rejected for r in reports))
    if inspected != (len(items), articles):
        return Outcome(problem=f"inspecting tells {inspected} records and articles, reading {(len(items), articles)}")
    told = next((item for item in items if isinstance(item, RejectedRecord) and not _is_plain(item)), None)
    if told is not None:
        return Outcome(problem=f"a reason that cannot be printed: {told.reason!a}")
    unexplained = next((i.reason for i in items if isinstance(i, RejectedRecord) and _is_unexplained(i.reason)), None)
    return Outcome(problem=unexplained, records=len(items), articles=articles)


def score_one(path: Path) -> Outcome:
    """Score one input into a results folder beside it."""
    from ...scoring.pipeline import score

    out = path.parent / "results"
    try:
        store = score(path, out, jobs=1)
    except InputError:
        outcome = read_one(path)
        return Outcome(problem=outcome.problem, records=outcome.records, articles=outcome.articles)
    counts = [int(store.query(f"SELECT count(*) AS n FROM {table}")["n"].iloc[0]) for table in ("articles", "rejected")]
    reasons = store.select("rejected")["reason"].tolist()
    raised = next((str(reason) for reason in reasons if str(reason).startswith("could not be scored")), None)
    return Outcome(problem=raised, records=sum(counts), articles=counts[0])


def _is_plain(rejected: RejectedRecord) -> bool:
    told = f"{rejected.reason}{rejected.preview or ''}{rejected.source_file}"
    with suppress(UnicodeEncodeError):
        return bool(told.encode()) and not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in rejected.reason)
    return False


def _is_unexplained(reason: str) -> bool:
    """Whether a reason is but the name of an exception that nobody foresaw."""
    return any(name in reason for name in ("RecursionError", "MemoryError", "KeyError", "IndexError", "TypeError"))


def _tried(odd: OddInput, folder: Path, process: _Process) -> Outcome:
    folder.mkdir()
    path = folder / odd.name
    try:
        odd.write(path)
        return process.ask(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Process:
    """A process that reads or scores what it is told; a new one takes its place where it gives no answer."""

    def __init__(self, way: Way, folder: Path) -> None:
        self._way, self._folder = way, folder
        self._context = multiprocessing.get_context("spawn")
        self._pipe: Connection | None = None

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def ask(self, path: Path) -> Outcome:
        pipe = self._pipe or self._begin()
        pipe.send(os.fsencode(path))
        with suppress(EOFError, ConnectionError):
            if pipe.poll(_PATIENCE):
                outcome: Outcome = pipe.recv()
                return outcome
            self._end()
            return Outcome(problem=f"no answer in {_PATIENCE:.0f} s", seconds=_PATIENCE)
        self._end()
        return Outcome(problem="the process died")

    def _begin(self) -> Connection:
        self._pipe, other = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(other, self._way, self._folder), daemon=True)
        self._process.start()
        other.close()
        if not self._pipe.poll(_LOADING):
            raise TimeoutError("the process that is to read did not begin")
        self._pipe.recv()
        return self._pipe

    def _end(self) -> None:
        if self._pipe is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._pipe = None


def _serve(pipe: Connection, way: Way, folder: Path) -> None:
    """Answer with an outcome for every path, until the other end is closed."""
    works = {"reading": read_one, "scoring": score_one}
    warm = folder / f"warm-{os.getpid()}"
    warm.mkdir()
    (warm / "a.txt").write_text("The harbour was closed, said Ada Brandt.")
    works[way](warm / "a.txt")  # what is loaded on first use
    pipe.send(None)
    with suppress(EOFError):
        while True:
            path = Path(os.fsdecode(pipe.recv()))
            pipe.send(_measured(works[way], path))


def _measured(work: Callable[[Path], Outcome], path: Path) -> Outcome:
    with _Memory() as memory:
        began = time.process_time()
        try:
            outcome: Outcome = work(path)
        except Exception as error:  # that is what is looked for
            outcome = Outcome(problem=f"{type(error).__name__}: {error}"[:300])
        seconds = time.process_time() - began
    return Outcome(
        problem=outcome.problem,
        records=outcome.records,
        articles=outcome.articles,
        seconds=seconds,
        megabytes=memory.megabytes,
    )


class _Memory:
    """How much more memory this process holds at most while a block runs."""

    def __enter__(self) -> _Memory:
        import psutil

        self._me = psutil.Process()
        self._before = self._most = self._me.memory_info().rss
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_SAMPLED):
            self._most = max(self._most, self._me.memory_info().rss)

    @property
    def megabytes(self) -> float:
        return float(self._most - self._before) / 1_000_000


def scored(inputs: Iterable[OddInput]) -> Iterator[OddInput]:
    """Those of the inputs that are to be scored, too."""
    return (odd for odd in inputs if odd.scored)
