"""Batches run in order, here or in a pool, and never more are held than needed."""

import operator
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial

import pytest

from analytics.errors import TellingsError
from analytics.scoring.engines import run

# Of the standard library, as a worker cannot import a test's module where some package installs a `tests` of its own.
double = partial(operator.mul, 2)
die = os._exit


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    assert list(run(double, range(20), jobs=jobs)) == [2 * n for n in range(20)]


def test_items_are_taken_only_as_they_are_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = run(double, items(), jobs=2)
    next(results)
    assert len(taken) <= 5
    results.close()  # type: ignore[attr-defined]


def test_a_dead_worker_is_explained() -> None:
    with pytest.raises(TellingsError, match="--resume"):
        list(run(die, range(1, 4), jobs=2))


def test_workers_end_when_their_parent_is_killed() -> None:
    program = (
        "import sys, time, os; sys.path[:0] = sys.argv[1:]\n"
        "from analytics.scoring.engines import run\n"
        "if __name__ == '__main__':\n"
        "    results = run(abs, iter(range(1000)), jobs=2)\n"
        "    next(results)\n"
        "    import multiprocessing\n"
        "    print(*[p.pid for p in multiprocessing.active_children()], flush=True)\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, *sys.path], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(_alive(pid) for pid in workers):
        time.sleep(0.2)
    assert workers and not any(_alive(pid) for pid in workers)


def _alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
