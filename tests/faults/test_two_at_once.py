"""Two in one results folder: nobody loses anything, and the one who is refused knows why."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.evaluation.robustness import two_at_once
from analytics.evaluation.robustness.plain_runs import write_articles


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[Path, Path]:
    first, second = (write_articles(tmp_path / f"{e}.csv", 40, edition=e) for e in ("first", "second"))
    return first, second


def test_a_second_run_is_refused_and_the_first_complete(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    assert two_at_once.second_run(*inputs, tmp_path / "out", resume=False) is None


def test_the_lock_of_a_dead_process_is_taken_over(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    assert two_at_once.after_a_killed_run(inputs[0], tmp_path / "out") is None


def test_nothing_is_published_without_all_its_parts(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    assert two_at_once.parts_removed(*inputs, tmp_path / "out") is None


def test_a_reader_keeps_its_results(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    assert two_at_once.read_during_a_run(*inputs, tmp_path / "out") is None


def test_corrections_of_two_processes_are_all_kept(two: tuple[Path, Path], tmp_path: Path) -> None:
    assert two_at_once.corrections_at_once(two[0], tmp_path / "out") is None
