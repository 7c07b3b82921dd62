"""The way of a reader through the dashboard in a real browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from synthetic_store import HOSTILE_OUTLET, OUTLETS

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)  # the first page of a process imports the statistics


def settled(page: Page) -> None:
    """Wait until the page has been drawn and nothing runs: typing into a page that redraws gets lost."""
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def address(page: Page) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(page.url)
    return parts.path, parse_qs(parts.query)


def rows_on_screen(page: Page) -> list[list[str]]:
    """The cells of the open table, header first, as the grid gives them to screen readers."""
    grid = page.get_by_test_id("stDataFrame").first.locator("table[role=grid]")
    expect(grid.locator("td").first).to_be_attached()
    header = [cell.strip() for cell in grid.locator("th").all_text_contents()]
    return [header, *([*row.locator("td").all_text_contents()] for row in grid.locator("tbody tr").all())]


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def values(rows: list[list[str]]) -> list[list[float | str]]:
    """Cells with numbers as numbers: a CSV writes 854.0 where the screen shows 854."""
    number = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
    return [[float(cell) if number.fullmatch(cell) else cell for cell in row] for row in rows]


def test_filter_compare_read_and_download(page: Page) -> None:
    page.goto("/articles")
    expect(page.get_by_role("heading", name="Articles")).to_be_visible()

    settled(page)
    page.get_by_role("combobox", name="Actors").fill("Mara")
    page.get_by_role("option", name="Mara Quill").click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("actor=Mara"))
    settled(page)
    page.get_by_test_id("stDateInput").first.get_by_role("spinbutton").first.click()
    page.keyboard.type("20310201", delay=20)
    page.keyboard.press("Escape")
    expect(page.get_by_text("without a date left out")).to_be_visible()
    assert address(page) == ("/articles", {"actor": ["Mara Quill"], "from": ["2031-02-01"]})

    page.get_by_role("link", name="Explore", exact=True).click()
    expect(page.get_by_role("heading", name="Explore")).to_be_visible()
    settled(page)
    assert address(page) == ("/explore", {"actor": ["Mara Quill"], "from": ["2031-02-01"]})

    page.locator(".scatterlayer .point").first.click(force=True)
    expect(page.get_by_text(re.compile(r"Showing 1–20 of \d+ findings"))).to_be_visible()
    picked = address(page)[1]["rates_pick"][0]
    assert picked in OUTLETS
    expect(page.locator(".telling.sentence mark.cue")).to_have_count(20)

    page.get_by_text("Table", exact=True).nth(1).click()  # the first is the tab
    on_screen = rows_on_screen(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").first.click()
    assert values(rows_of(download.value.path())) == values(on_screen)
    assert {row[0] for row in on_screen[1:]} == set(OUTLETS)

    link = page.url
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_text(re.compile(r"Showing 1–20 of \d+ findings"))).to_be_visible()
    expect(page.get_by_role("combobox", name="Show the sentences behind").first).to_have_value(picked)

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Read it").first.click()
    article = opened.value
    expect(article.get_by_role("heading", level=1)).to_contain_text("The bridge, day")
    expect(article.locator(".telling mark.hedge").first).to_be_visible()


def test_the_articles_csv_holds_the_rows_of_the_list(page: Page) -> None:
    page.goto("/articles?outlet=Daily+Ferry")
    shown = rows_on_screen(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these 20 rows (CSV)").click()
    header, *rows = rows_of(download.value.path())
    titles = [row[header.index("title")] for row in rows]
    assert titles == [row[shown[0].index("Title")] for row in shown[1:]]


def test_hostile_names_and_texts_run_nothing(page: Page) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in ("/", "/explore", "/explore?tab=Actors", "/articles", "/articles?article=a061", "/methods"):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
    page.goto("/articles?article=a061")
    expect(page.locator(".telling").filter(has_text="<script>window.pwned = true</script>")).to_be_visible()
    expect(page.get_by_text(HOSTILE_OUTLET)).to_be_visible()
    assert not dialogs
    assert page.evaluate("window.pwned") is None
    assert page.locator("a[href^='javascript']").count() == 0
