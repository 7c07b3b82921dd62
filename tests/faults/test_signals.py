"""SIGTERM and a closed terminal end a run as Ctrl-C does: one line on how to go on, and nothing left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from analytics.evaluation.robustness.plain_runs import write_articles

# A command whose run spreads naps over two workers, under the name and in the way of the real one.
PROGRAM = """
import sys, time
sys.path[:0] = sys.argv[1:]
import click
from analytics.cli.running import Commands, run, stoppable
from analytics.scoring.engines import run as spread

@click.group(cls=Commands)
def cli(): pass

@cli.command()
def naps():
    with stoppable("stopped; go on with --resume"):
        for number, _ in enumerate(spread(time.sleep, [0.05] * 2000, jobs=2)):
            if number == 3:
                print("running", flush=True)

if __name__ == "__main__":
    run(cli, ["naps"])
"""


@pytest.mark.parametrize("to_all", [False, True], ids=["to the command", "to its group"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_a_run_in_one_line(number: signal.Signals, to_all: bool) -> None:
    run = _begin([sys.executable, "-c", PROGRAM, *sys.path])
    assert run.stdout is not None and run.stdout.readline() == "running\n"
    children = psutil.Process(run.pid).children(recursive=True)
    assert len(children) >= 2
    os.killpg(run.pid, number) if to_all else run.send_signal(number)
    _, said = run.communicate(timeout=60)
    assert said == "tellings: stopped; go on with --resume\n"
    assert run.returncode == 128 + number
    _, alive = psutil.wait_procs(children, timeout=10)
    assert [child for child in alive if child.status() != psutil.STATUS_ZOMBIE] == []


@pytest.mark.model
def test_a_run_that_sigterm_ends_keeps_its_parts_and_says_how_to_go_on(tmp_path: Path) -> None:
    inputs, out = write_articles(tmp_path / "news.csv", 96), tmp_path / "out"
    command = [sys.executable, "-m", "analytics", "score", str(inputs), "--out", str(out), "--jobs", "2"]
    run = _begin(command)
    while run.poll() is None and not list(out.glob(".staging/*.json")):
        time.sleep(0.02)
    run.terminate()
    _, said = run.communicate(timeout=60)
    assert said.splitlines()[-1] == "tellings: stopped; the same command with --resume continues where it was"
    assert run.returncode == 128 + signal.SIGTERM
    assert "leaked" not in said
    assert list(out.glob(".staging/*.json")) != []


def _begin(command: list[str]) -> subprocess.Popen[str]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, start_new_session=True, **pipes)  # type: ignore[call-overload, no-any-return]
