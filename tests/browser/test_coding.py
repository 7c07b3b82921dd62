"""Coding with the keyboard alone, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dashboard_server import started
from playwright.sync_api import Page, sync_playwright
from synthetic_store import write_store

from analytics.coding import draw_sample, open_sample
from analytics.results.store import open_store


@pytest.fixture
def coding_room(tmp_path: Path, chromium: str) -> Iterator[tuple[Path, Page]]:
    folder = write_store(tmp_path / "results", per_outlet=4)
    draw_sample(open_store(folder), "hedging", n=12)
    with started(folder, log=tmp_path / "server.log") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        page.set_default_timeout(30_000)
        yield folder, page
        browser.close()


@pytest.mark.browser
def test_keys_code_and_a_reload_goes_on(coding_room: tuple[Path, Page]) -> None:
    folder, page = coding_room
    page.goto("/coding")
    page.get_by_label("Your name").fill("ada")
    page.keyboard.press("Enter")
    page.get_by_text("0 of 12 coded by ada").wait_for()
    page.wait_for_function("document.activeElement.tagName !== 'INPUT'")  # no key is typed into a field
    for key, then in (("0", "1 of 12"), ("2", "2 of 12"), ("x", "3 of 12"), ("u", "2 of 12"), ("1", "3 of 12")):
        page.keyboard.press(key)
        page.get_by_text(f"{then} coded by ada").wait_for()
    page.reload()
    page.get_by_text("3 of 12 coded by ada").wait_for()
    log = open_sample(folder).log()
    assert log.in_force["code"].tolist() == [0, 2, 1] and len(log.lines) == 5  # each key pressed one button
