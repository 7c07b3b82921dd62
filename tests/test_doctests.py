"""The examples in the docstrings give what they say."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import analytics

# Pages are Streamlit scripts: importing one runs it. Training needs its extra.
LEFT_OUT = ("analytics.dashboard.", "analytics.training.")
MODULES = [m.name for m in walk_packages(analytics.__path__, "analytics.") if not m.name.startswith(LEFT_OUT)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    assert doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert any(test.examples for name in MODULES for test in finder.find(import_module(name)))
