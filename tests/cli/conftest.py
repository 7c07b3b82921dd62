"""A results folder with enough articles of each outlet to compare them."""

from __future__ import annotations

from pathlib import Path

import pytest
from synthetic_store import write_store


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("compared"), per_outlet=8)
