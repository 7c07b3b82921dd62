"""Whether the dashboard bears ten people at once for minutes, and lets go of what they took, in a real browser."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import pandas as pd

from ..results.store import open_store
from .in_browser import Served, Visitor, browser, served, visit
from .page_names import PAGES

SESSIONS = 10
MINUTES = 5.0
SEED = 20310106
FORGOTTEN_AFTER = 150.0  # seconds after which the toolkit has let go of sessions that are gone
_VOICES = ("Quoted", "Reported", "Outlet")
_VISITED = tuple(PAGES[name] for name in ("home", "explore", "articles", "stories", "coding"))


def evaluate(path: Path, *, sessions: int = SESSIONS, minutes: float = MINUTES) -> pd.DataFrame:
    """What came of so many people who change pages and filters at once, on a results folder.

    One row: sessions, minutes, actions (pages and filters that were changed), median_seconds and p95_seconds (from a
    click until the page is drawn, with all of them at it), errors (shown on a page, in the browser's console, or a page
    that hung), first_error, and the server's memory in MB: mb_before (after one visitor saw every page), mb_most, and
    mb_after (once all have gone, and the toolkit has let go of them).

    Needs the extra `browser` and Chromium. Raises StoreError where the folder holds no results.
    """
    open_store(path).close()
    random, seconds, errors = Random(SEED), list[float](), list[str]()
    with TemporaryDirectory(prefix="endurance-") as home, served(path, home=Path(home)) as server, browser() as opened:
        _see_everything(first := visit(opened, server.address))
        errors += first.errors
        first.page.context.close()
        before = most = _settled_memory(server, within=FORGOTTEN_AFTER if minutes >= 1 else 0)
        visitors = [visit(opened, server.address) for _ in range(sessions)]
        until = time.monotonic() + 60 * minutes
        while time.monotonic() < until:
            for visitor in visitors:
                _act(visitor, random)
            began = time.monotonic()
            for visitor in visitors:
                visitor.settled()
                seconds.append(time.monotonic() - began)
            most = max(most, server.megabytes())
        for visitor in visitors:
            errors += visitor.errors
            visitor.page.context.close()
        after = _settled_memory(server, within=FORGOTTEN_AFTER if minutes >= 1 else 0)
    row = {
        "sessions": sessions,
        "minutes": minutes,
        "actions": len(seconds),
        "median_seconds": round(median(seconds), 2),
        "p95_seconds": round(quantiles(seconds, n=20)[-1], 2),
        "errors": len(errors),
        "first_error": errors[0] if errors else None,
        "mb_before": round(before),
        "mb_most": round(most),
        "mb_after": round(after),
    }
    return pd.DataFrame([row])


def _see_everything(visitor: Visitor) -> None:
    """Every page with every voice: what is computed once for all is then there."""
    for name in _VISITED:
        _go(visitor, name)
        visitor.settled()
        for voice in _VOICES * 2:
            _choose(visitor, voice)
            visitor.settled()


def _act(visitor: Visitor, random: Random) -> None:
    if random.random() < 0.5:
        _go(visitor, random.choice(_VISITED))
    else:
        _choose(visitor, random.choice(_VOICES))


def _go(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()


def _choose(visitor: Visitor, voice: str) -> None:
    """Switch a voice of the sidebar's filter; a page that has none there only looks at itself."""
    button = visitor.page.get_by_test_id("stSidebar").get_by_role("button", name=voice, exact=True)
    if button.count():
        button.click()


def _settled_memory(server: Served, *, within: float) -> float:
    """The least that the server holds within a time in which it has nothing to do."""
    least, until = server.megabytes(), time.monotonic() + within
    while time.monotonic() < until:
        time.sleep(1)
        least = min(least, server.megabytes())
    return least
