"""A dashboard in a process of its own and a real browser on it, for what can only be measured there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import psutil

from ..errors import TellingsError
from .adding.collections import VARIABLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 120_000  # milliseconds before something counts as hung
_STARTS_WITHIN = 90.0
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PACKAGE_HOME = Path(__file__).parents[2]


@dataclass(frozen=True)
class Served:
    """Where a dashboard answers, and its process."""

    address: str
    process: psutil.Process

    def megabytes(self) -> float:
        """What its process holds now."""
        return float(self.process.memory_info().rss) / 1e6


@dataclass
class Visitor:
    """Somebody with a page open, and what went wrong on it."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def settled(self) -> None:
        """Wait until the page is drawn; an error that is shown on it counts."""
        app = self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
        app.wait_for(state="attached", timeout=PATIENCE)
        shown = self.page.get_by_test_id("stException")
        self.errors += [f"shown on {self.page.url}: {each}" for each in shown.all_inner_texts()]


@contextmanager
def served(folder: Path | None, *, home: Path) -> Iterator[Served]:
    """A dashboard on a results folder, or on none, that keeps what is added to it in `home`.

    Raises TellingsError where it does not start.
    """
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    shown = folder or home / "none"
    start = (
        "from pathlib import Path; from analytics.dashboard.serving import serve; "
        f"serve(Path({str(shown)!r}), port={port}, headless=True)"
    )
    paths = [str(_PACKAGE_HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
    own = {VARIABLE: str(home / "collections"), "PYTHONPATH": os.pathsep.join(paths)}
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", start], env={**os.environ, **own}, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        address = f"http://localhost:{port}"
        _wait(f"{address}/_stcore/health", process)
        yield Served(address, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(60)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError):
            urlopen(address, timeout=5).close()
            return
        time.sleep(0.2)
    raise TellingsError("the dashboard did not start")


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window. Raises TellingsError where it, or what drives it, is not installed."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise TellingsError("this needs the extra browser: pip install 'tellings[browser]'") from error
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error as error:
            raise TellingsError("this needs Chromium (Debian: apt-get install chromium)") from error
        yield opened
        opened.close()


def visit(opened: Browser, address: str) -> Visitor:
    """Open a page as somebody whom the dashboard does not know yet."""
    page = opened.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    visitor = Visitor(page)
    page.on("console", lambda said: visitor.errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: visitor.errors.append(str(error)))
    page.goto(address)
    visitor.settled()
    return visitor
