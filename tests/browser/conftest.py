from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # for synthetic_store

from dashboard_server import started  # noqa: E402
from synthetic_store import write_store  # noqa: E402


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path; its absence skips the test on a developer's machine and fails it in CI."""
    found = shutil.which("chromium")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("no chromium on this machine; install it (Debian: apt-get install chromium)")
    if found is None:
        pytest.skip("no chromium on this machine")
    return found


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[str]:
    """The address of a dashboard that serves the synthetic store."""
    results = write_store(tmp_path_factory.mktemp("results"))
    with started(results, log=results / "server.log") as address:
        yield address


@pytest.fixture
def page(chromium: str, dashboard: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(base_url=dashboard, viewport={"width": 1280, "height": 900})
        page.set_default_timeout(30_000)
        yield page
        browser.close()
