"""What several tests share: results folders and gold sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from synthetic_store import write_store


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small, complete results folder. Tests only read it."""
    return write_store(tmp_path_factory.mktemp("results"), per_outlet=4)


@pytest.fixture(scope="session")
def demo_results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus and the seeds, scored by ``tellings demo`` as a user would run it. Tests only read it."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "analytics", "demo", "--no-open", "--out", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of published gold sets, one subfolder each."""
    folder = os.environ.get("TELLINGS_GOLD")
    if not folder:
        pytest.skip("set TELLINGS_GOLD to a folder of published gold sets to measure accuracy")
    return Path(folder)
