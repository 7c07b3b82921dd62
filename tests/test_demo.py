"""What a wheel carries lies where an installed Tellings looks for it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from synthetic_store import write_store

from analytics import demo

ROOT = Path(__file__).parent.parent
WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
    "wheel"
]


@pytest.mark.parametrize("path", [demo.DASHBOARD, demo.SAMPLE, demo.SAMPLE_ACTORS, demo.SEEDS])
def test_a_wheel_carries_the_file_under_the_same_path(path: Path) -> None:
    own = path.relative_to(ROOT)
    carried = {Path(source): Path(target) for source, target in WHEEL["force-include"].items()}
    source = next(each for each in (own, *own.parents) if each in carried)
    assert carried[source] / own.relative_to(source) == Path("analytics/_bundle") / own


def test_everything_a_wheel_carries_exists() -> None:
    assert [source for source in WHEEL["force-include"] if not (ROOT / source).exists()] == []


def test_the_demo_reads_the_sample_and_both_seeds() -> None:
    assert [path.name for path in demo.demo_inputs()[:1]] == ["articles.jsonl"]
    assert len(demo.demo_inputs()) == 3


def test_results_without_hashes_of_their_inputs_are_not_current(tmp_path: Path) -> None:
    assert not demo.demo_is_current(tmp_path)
    assert not demo.demo_is_current(write_store(tmp_path, per_outlet=1))
