"""A run that is killed leaves the earlier results or the new ones, and can be resumed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.evaluation.robustness.killing import Step, kill_at_step, read_steps, score_to_step, tables_in
from analytics.evaluation.robustness.plain_runs import in_child

KILLS = [
    ("replace", "manifest.json", False),
    ("replace", "manifest.json", True),
    ("rename", "tables-", True),
    ("unlink", "scores.parquet", True),
]


@pytest.fixture(scope="module")
def steps(two: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Step], Path]:
    """All steps of a run over an earlier result, and the folder it made."""
    folder = tmp_path_factory.mktemp("steps")
    out = shutil.copytree(two[0], folder / "out")
    assert in_child(score_to_step, two[0].parent / "second.csv", out, steps_file=folder / "steps") == 0
    return read_steps(folder / "steps"), out


@pytest.mark.parametrize(("name", "of", "after"), KILLS)
def test_a_killed_run_leaves_no_mixture_and_is_resumed(
    two: tuple[Path, Path], steps: tuple[list[Step], Path], tmp_path: Path, name: str, of: str, after: bool
) -> None:
    step = next(s for s in steps[0] if s.name == name and of in s.path)
    out = shutil.copytree(two[0], tmp_path / "out")
    before, expected = tables_in(two[0]), tables_in(steps[1])
    inputs = two[0].parent / "second.csv"
    assert kill_at_step(inputs, out, step, after=after, before=before, expected=expected) is None


def test_a_first_run_that_is_killed_leaves_nothing_that_opens(
    two: tuple[Path, Path], steps: tuple[list[Step], Path], tmp_path: Path
) -> None:
    step = next(s for s in steps[0] if s.name == "replace" and s.path.endswith("manifest.json"))
    expected, inputs = tables_in(two[1]), two[0].parent / "second.csv"
    assert kill_at_step(inputs, tmp_path / "out", step, after=False, before=None, expected=expected) is None
