"""Three people's tasks from the first click to the file, in a real browser, on invented results."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from dashboard_server import started
from playwright.sync_api import Browser, Page, expect, sync_playwright
from story_store import write_story_store

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
expect.set_options(timeout=90_000)
PATIENCE = 150_000  # milliseconds: the first page of a process loads the statistics
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[str]:
    results = write_story_store(tmp_path_factory.mktemp("explored") / "results")
    with started(results, log=results.parent / "server.log", by_command=True) as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A fresh browser; the test fails if its console has an error."""
    errors: list[str] = []
    context = browser.new_context(base_url=served, viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors


def settled(page: Page) -> None:
    page.wait_for_timeout(400)  # a change is on its way before the state says so
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stException")).to_have_count(0)


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def word(page: Page, name: str) -> str:
    """What a word of the question says."""
    return page.locator(f".st-key-word_{name} button p").first.inner_text()


def set_word(page: Page, name: str, control: str, value: str) -> None:
    page.locator(f".st-key-word_{name} button").first.click()
    page.get_by_role("combobox", name=control).click()
    page.keyboard.type(value)
    page.get_by_role("option", name=value, exact=True).first.click()
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Explore").click()  # away from the menu
    settled(page)


def taken(page: Page, *, nth: int = 0) -> tuple[str, dict[str, bytes]]:
    """The files of a chart's "Download & cite", and the ZIP's name."""
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("button", name="Download & cite").nth(nth).click()
    with ZipFile(download.value.path()) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    return download.value.suggested_filename, files


def rows_of(files: dict[str, bytes]) -> list[dict[str, str]]:
    numbers = next(data for name, data in files.items() if name.endswith(".csv") and name != "codebook.csv")
    return list(csv.DictReader(io.StringIO(numbers.decode(), newline="")))


def test_a_researcher_leaves_with_differences_that_can_be_cited(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Compare outlets").click()
    expect(page.get_by_role("heading", name="Differences")).to_be_visible()
    settled(page)
    set_word(page, "measure", "Measure", "Hedges")
    assert word(page, "measure") == "Hedges" and "Hedges" in page.title()

    name, files = taken(page, nth=1)
    assert name.startswith("hedges") and name.endswith(".zip")
    rows = rows_of(files)
    assert {row["measure"] for row in rows} == {"hedging"} and {row["voices"] for row in rows} == {"outlet"}
    assert {"difference", "low", "high", "p_adjusted", "n_articles", "outlets", "from", "to"} <= set(rows[0])
    assert page.url.replace("&", "") in files["reference.bib"].decode().replace("\\&", "").replace("&", "")
    book = list(csv.DictReader(io.StringIO(files["codebook.csv"].decode(), newline="")))
    assert [row["column"] for row in book] == list(rows[0]) and all(row["meaning"] for row in book)

    drawn = unescape(files[next(file for file in files if file.endswith(".svg"))].decode())
    for row in rows:  # the figure has every outlet of the file, and the page every one of the figure
        assert row["outlet"][:20] in drawn  # a long name is shortened beside the axis


def test_a_student_finds_the_words_and_the_sentences(page: Page) -> None:
    page.goto("/explore?measure=Hedges")
    settled(page)
    page.get_by_role("tab", name="Words").click()
    expect(page.get_by_role("heading", name="Hedges: which words")).to_be_visible()
    page.get_by_role("tab", name="Sentences").click()
    expect(page.get_by_text(re.compile(r"Showing 1–\d+ of \d+ findings"))).to_be_visible()
    settled(page)
    assert "Sentences" in page.title()
    page.get_by_role("tab", name="Table").click()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download this table (CSV)").click()
    rows = list(csv.DictReader(download.value.path().open(encoding="utf-8", newline="")))
    grid = page.locator("[data-testid=stDataFrame] table[role=grid] tbody tr")
    expect(grid).to_have_count(len(rows))
    assert [row["outlet"] for row in rows] == [row.locator("td").first.inner_text() for row in grid.all()]


def test_an_editor_reaches_a_story_and_two_texts(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Check two texts").click()
    expect(page.get_by_role("textbox", name="First text")).to_be_visible()
    page.get_by_role("link", name="Stories", exact=True).click()
    expect(page.get_by_role("heading", name="Stories")).to_be_visible()
    settled(page)


def test_addresses_of_before_lead_to_the_same_view(page: Page) -> None:
    page.goto("/over_time?measure=Hedges&period=Month")
    expect(page.get_by_role("tab", name="Over time")).to_have_attribute("aria-selected", "true")
    settled(page)
    assert word(page, "measure") == "Hedges"
    expect(page.get_by_role("radio", name="Month")).to_be_checked()


def test_what_an_address_asks_for_in_vain_is_said(page: Page) -> None:
    page.goto("/explore?measure=Fame&from=2031-02-31&outlet=Nowhere+Times&colour=red")
    settled(page)
    for said in ("measure Fame", "2031-02-31, which is no date", "Nowhere Times, which is not there", "colour"):
        expect(page.get_by_text(said)).to_be_visible()
