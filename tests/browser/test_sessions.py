"""Several readers at once: nobody sees an error, and the server's memory comes back when they leave.

How many, and how often each changes the filter: TELLINGS_SESSIONS and TELLINGS_CHANGES. With ten and ten it takes some
minutes, and the memory is checked, too; by default there are few, so that it is quick.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1_200)]
SESSIONS = int(os.environ.get("TELLINGS_SESSIONS", "3"))
CHANGES = int(os.environ.get("TELLINGS_CHANGES", "3"))
ENOUGH = 10  # sessions from which their memory can be told from the noise
VOICES = ("Quoted", "Reported", "Outlet")


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Browser, address: str, errors: list[str]) -> Page:
    page = browser.new_context().new_page()
    page.set_default_timeout(60_000)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/")
    return page


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)


def change(page: Page, number: int) -> None:
    """One more, or one less, voice in the filter."""
    settled(page)
    page.get_by_test_id("stSidebar").get_by_role("button", name=VOICES[number % len(VOICES)], exact=True).click()


def memory_of(address: str) -> float:
    """Megabytes that the server's process holds, once what went has been let go of."""
    port = f"--server.port={urlsplit(address).port}"
    (server,) = [each for each in psutil.process_iter(["cmdline"]) if port in (each.info["cmdline"] or [])]
    least = float("inf")
    for _ in range(10):
        gc.collect()
        least = min(least, server.memory_info().rss / 1e6)
        time.sleep(1)
    return least


def test_many_readers_at_once(browser: Browser, dashboard: str) -> None:
    errors: list[str] = []
    first = opened(browser, dashboard, errors)
    for number in range(max(CHANGES, len(VOICES) * 2)):  # what every filter needs is computed, and kept, once
        change(first, number)
    settled(first)
    first.context.close()
    before = memory_of(dashboard) if SESSIONS >= ENOUGH else 0.0

    pages = [opened(browser, dashboard, errors) for _ in range(SESSIONS)]
    for number in range(CHANGES):
        for page in pages:
            change(page, number)
    for page in pages:
        settled(page)
        expect(page.get_by_role("heading", name="Tellings", exact=True)).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        page.context.close()
    assert not [error for error in errors if "404" not in error], errors
    if SESSIONS >= ENOUGH:
        after = memory_of(dashboard)
        print(f"{SESSIONS} sessions, {CHANGES} changes each: {before:.0f} MB before, {after:.0f} MB after")
        assert after <= 1.2 * before
