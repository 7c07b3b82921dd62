"""The examples in the docstrings give what they say."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from synthetic_store import write_store

import analytics

# Pages are Streamlit scripts: importing one runs it. Training needs its extra.
LEFT_OUT = ("analytics.dashboard.", "analytics.training.")
MODULES = [m.name for m in walk_packages(analytics.__path__, "analytics.") if not m.name.startswith(LEFT_OUT)]
# Examples in these annotate a text.
WITH_THE_PARSER = ("analytics.annotation", "analytics.measures.", "analytics.scoring.", "analytics.stories.")
EACH = [
    pytest.param(name, marks=[pytest.mark.model] if name.startswith(WITH_THE_PARSER) else [], id=name)
    for name in MODULES
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where examples run: a folder with invented `results`, into which they may write."""
    folder = tmp_path_factory.mktemp("examples")
    write_store(folder / "results", per_outlet=6)
    return folder


@pytest.mark.parametrize("name", EACH)
def test_examples_hold(name: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    assert doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


@pytest.mark.model
def test_the_walk_through_the_house_holds(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path(__file__).parent.parent / "docs" / "architecture.md"
    monkeypatch.chdir(place)
    walk = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
    examples = doctest.DocTestParser().get_doctest(walk, {}, page.name, str(page), 0)
    done = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples)
    assert done.failed == 0 < done.attempted


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert any(test.examples for name in MODULES for test in finder.find(import_module(name)))
