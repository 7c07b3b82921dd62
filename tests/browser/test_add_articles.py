"""Articles added in a real browser: pasted texts, a messy table, and two people who see only their own."""

from __future__ import annotations

import csv
import io
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from dashboard_server import started
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from analytics.evaluation.robustness import made_files as made

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.timeout(1_200)]
PATIENCE = 90_000  # milliseconds before something counts as hung
WITHIN = float(os.environ.get("TELLINGS_ADDED_WITHIN", "0"))  # seconds from paste to chart; 0: not asked
THINGS = ("dam", "bridge", "harbour", "school", "market")


def body(n: int) -> str:
    return (
        f"The council may rebuild the {THINGS[n % 5]} for {n + 3} million euros, Ada Brandt said. Critics called plan "
        f"{n * 7} reckless. “We will not wait another winter,” said Bo Lind of district {n}. It is perhaps too late "
        f"for {'the ferry' if n % 3 else 'the old mill'}, and number {n * n} of the list was left out."
    )


def text(n: int) -> str:
    outlet = ("Harbour Post", "Valley Times")[n % 2]
    day = f"2021-0{1 + n % 6}-1{n % 9}"
    return f"Title: Argument {n} over the {THINGS[n % 5]}\nOutlet: {outlet}\nDate: {day}\n\n{body(n)}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[str]:
    """A dashboard without results, which keeps collections in a folder of its own."""
    folder = tmp_path_factory.mktemp("added")
    own = {"TELLINGS_COLLECTIONS": str(folder / "collections"), "TMPDIR": str(folder)}
    with started(folder / "none", log=folder / "server.log", **own) as found:
        yield found


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(context: BrowserContext, address: str, errors: list[str]) -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    shown(page, "Add articles")
    return page


def shown(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=PATIENCE)


def settled(page: Page) -> None:
    page.wait_for_timeout(500)  # a change is on its way before the state says so
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)


def paste(page: Page, texts: str) -> None:
    page.get_by_role("radio", name="Pasted texts").click()
    page.get_by_role("textbox", name="Text", exact=True).fill(texts)
    page.get_by_role("button", name="Add this text").click()


def measure(page: Page, n: int) -> None:
    page.get_by_role("button", name=f"Measure {n} article").click(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Tellings", exact=True)).to_be_visible(timeout=2 * PATIENCE)  # measured
    shown(page, "What is in here")


def metric(page: Page, label: str) -> str:
    found = page.get_by_test_id("stMetric").filter(has_text=re.compile(f"^{label}"))
    return found.first.get_by_test_id("stMetricValue").inner_text(timeout=PATIENCE)


def test_twenty_pasted_articles_become_charts_that_nobody_else_sees(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    errors: list[str] = []
    ada = opened(browser.new_context(), address, errors)
    bo = opened(browser.new_context(), address, errors)
    began = time.monotonic()
    paste(ada, "\n---\n".join(map(text, range(20))))
    shown(ada, "How they are read")
    bo.reload()
    shown(bo, "Add articles")
    expect(bo.get_by_role("heading", name="How they are read")).to_have_count(0)
    measure(ada, 20)
    seconds = time.monotonic() - began
    print(f"{seconds:.0f} s from twenty pasted articles to charts")
    assert not WITHIN or seconds <= WITHIN
    assert metric(ada, "Articles") == "20"
    assert "collection=my-articles-" in ada.url

    bo.reload()  # still nothing, and no way to what is Ada's but its address
    shown(bo, "Add articles")
    assert "my-articles" not in bo.content()
    bo.goto(ada.url)
    shown(bo, "What is in here")
    assert metric(bo, "Articles") == "20"

    of_coverage = ada.locator(".st-key-coverage_csv")
    ada.locator("details").filter(has=of_coverage).locator("summary").click()
    with ada.expect_download() as download:
        of_coverage.get_by_role("button", name="Download CSV").click()
    with download.value.path().open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sum(float(row["n_articles"]) for row in rows) == 20 and {row["outlet"] for row in rows} == {
        "Harbour Post",
        "Valley Times",
    }

    ada.get_by_role("link", name="Add more articles").click()
    shown(ada, "Add articles")
    paste(ada, f"{text(20)}\n---\n{text(3)}")  # one more, and one that is there
    expect(ada.get_by_text("Add to “My articles”")).to_be_visible(timeout=PATIENCE)
    measure(ada, 1)
    expect(ada.get_by_text("In view: 21 articles")).to_be_visible(timeout=PATIENCE)
    assert not [error for error in errors if "404" not in error], errors


def test_a_messy_table_is_looked_at_before_it_is_measured(browser: Browser, address: str, tmp_path: Path) -> None:
    errors: list[str] = []
    lines = ["sep=;", "Überschrift;Datum;Artikeltext;Nr"]
    lines += [f'"Argument {n}";0{1 + n % 9}/0{1 + n % 4}/2021;"{body(n)}";{n}' for n in range(12)]
    lines += ['"Nothing";01/02/2021;"";98', '"Gone";01/02/2021;"[Removed]";99']
    table, picture = tmp_path / "messy.csv", tmp_path / "picture.png"
    table.write_bytes("\r\n".join(lines).encode("cp1252"))
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    page = opened(browser.new_context(), address, errors)
    page.locator("input[type=file]").set_input_files([table, picture])
    shown(page, "How they are read")
    expect(page.get_by_text("12 articles, 2 records left out")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("it is an image (PNG)")).to_be_visible()
    page.get_by_role("button", name="Remove", exact=True).last.click()
    expect(page.get_by_text("it is an image (PNG)")).to_have_count(0, timeout=PATIENCE)
    page.get_by_role("textbox", name="Outlet of the articles that name none").fill("Harbour Post")
    page.keyboard.press("Enter")
    expect(page.get_by_text("without an outlet")).to_have_count(0, timeout=PATIENCE)
    page.get_by_text("Day first").click()
    expect(page.get_by_text(re.compile("articles? without a date"))).to_have_count(0, timeout=PATIENCE)
    assert [metric(page, label) for label in ("Articles", "Outlets", "With a date", "Left out")] == [
        "12",
        "1",
        "12",
        "2",
    ]
    page.get_by_role("textbox", name="Name of the collection").fill("Dams")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Measure 12 articles").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Stopped; nothing was added.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Measure 12 articles")).to_be_visible()
    page.context.close()
    assert not [error for error in errors if "404" not in error], errors


def a_zip_of_documents(folder: Path) -> Path:
    path = folder / "cuttings.zip"
    path.write_bytes(made.zip_of({f"{n}.docx": made.docx([f"Argument {n}", body(n), body(n + 40)]) for n in range(6)}))
    return path


def an_export(folder: Path) -> Path:
    path = folder / "nexis.txt"
    path.write_bytes((Path(__file__).parents[1] / "ingest" / "golden" / "nexis_uni.txt").read_bytes())
    return path


def a_messy_table(folder: Path) -> Path:
    path = folder / "messy.csv"
    lines = ["sep=;", "Überschrift;Datum;Zeitung;Artikeltext"]
    lines += [f'"Argument {n}";1{3 + n % 7}/0{1 + n % 4}/2031;Valley Times;"{body(n)}"' for n in range(60, 71)]
    lines += ['"Gone";13/02/2031;Valley Times;"[Removed]"']
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def test_files_of_three_kinds_become_charts_whose_downloads_say_the_same(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    errors: list[str] = []
    page = opened(browser.new_context(), address, errors)
    page.locator("input[type=file]").set_input_files(
        [a_zip_of_documents(tmp_path), an_export(tmp_path), a_messy_table(tmp_path)]
    )
    shown(page, "How they are read")
    expect(page.get_by_text("2 documents.")).to_be_visible(timeout=PATIENCE)
    page.get_by_text("The first line of each document is its headline").click()
    expect(page.get_by_role("button", name="Measure 20 articles")).to_be_visible(timeout=PATIENCE)
    assert [metric(page, label) for label in ("Articles", "Outlets", "With a date", "Left out")] == [
        "20",
        "3",
        "14",
        "1",
    ]
    measure(page, 20)
    assert metric(page, "Articles") == "20"

    page.goto(page.url.replace("?", "explore?") + "&measure=Hedges")
    shown(page, "Differences")
    settled(page)
    drawn = page.get_by_test_id("stPlotlyChart").first.inner_text().splitlines()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download & cite").first.click()
    with ZipFile(download.value.path()) as archive:
        (numbers,) = (name for name in archive.namelist() if name.endswith(".csv") and "codebook" not in name)
        rows = {row["outlet"]: row for row in csv.DictReader(io.StringIO(archive.read(numbers).decode(), newline=""))}
    assert {row["measure_label"] for row in rows.values()} == {"Hedges"}
    assert {name: float(row["n_articles"]) for name, row in rows.items()} == {
        "Valley Times": 11,
        "(unknown)": 6,
        "Valley Herald (Online)": 2,
        "The Harbour Post": 1,
    }
    assert rows["The Harbour Post"]["note"] == "too few articles (1 of 5)"
    assert set(rows) <= set(drawn)
    assert {row["note"] or f"n = {row['n_articles']}" for row in rows.values()} <= set(drawn)

    page.get_by_role("tab", name="Table").click()
    expect(page.get_by_role("button", name="Download this table (CSV)")).to_be_visible(timeout=PATIENCE)
    lines = page.locator("[data-testid=stDataFrame] table[role=grid] tbody tr")
    expect(lines).to_have_count(len(rows), timeout=PATIENCE)
    settled(page)
    told = [line.locator("td").all_inner_texts() for line in lines.all()]
    assert [(name, n, note) for name, *_, n, note in told] == [
        (name, row["n_articles"], row["note"]) for name, row in rows.items()
    ]
    assert {name for name, value, *_ in told if value} == {"Valley Times", "(unknown)"}
    for name, *values, _, _ in told:
        for value, column in zip(values, ("value", "low", "high"), strict=True):
            exact = rows[name][column]
            assert value == (f"{float(exact):.{len(value.partition('.')[2])}f}" if exact else "")
    page.context.close()
    assert not [error for error in errors if "404" not in error], errors


def write_into(page: Page, row: int, column: float, words: str) -> None:
    """Write into a cell of the table of documents, as somebody does with mouse and keys."""
    settled(page)  # what stands above the table moves it while files are read
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * column, box["y"] + 35 * (row + 1) + 17)
    page.keyboard.press("Enter")
    expect(page.locator(".gdg-input, textarea").last).to_be_visible(timeout=PATIENCE)
    page.keyboard.type(words, delay=30)
    page.keyboard.press("Enter")


def test_outlets_and_dates_of_documents_are_written_into_their_table(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    errors: list[str] = []
    files = [tmp_path / f"{n}.docx" for n in range(3)]
    for n, file in enumerate(files):
        file.write_bytes(made.docx([f"Argument {n}", body(n)]))
    page = opened(browser.new_context(viewport={"width": 1280, "height": 1800}), address, errors)
    page.locator("input[type=file]").set_input_files(files)
    shown(page, "How they are read")
    expect(page.get_by_role("button", name="Measure 3 articles")).to_be_visible(timeout=PATIENCE)
    for row, (outlet, day) in enumerate([("Harbour Post", "6 January 2031"), ("Valley Times", "03/04/2031")]):
        write_into(page, row, 0.72, outlet)
        write_into(page, row, 0.93, day)
    expect(page.get_by_text("The date 03/04/2031 of 1.docx is ambiguous")).to_be_visible(timeout=PATIENCE)
    assert [metric(page, label) for label in ("Articles", "Outlets", "With a date")] == ["3", "2", "1"]
    page.context.close()
    assert not [error for error in errors if "404" not in error], errors
