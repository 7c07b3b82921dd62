"""Two pasted texts compared in a real browser, with mouse and with keys alone."""

from __future__ import annotations

import csv

import pytest
from playwright.sync_api import Page, expect

from analytics.demo import SEEDS

pytestmark = [pytest.mark.browser, pytest.mark.model]
expect.set_options(timeout=30_000)  # the first page of a process imports the statistics
PATIENCE = 90_000  # milliseconds: the first comparison of a process loads the models
AGENCY, REWRITE = (path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))


def compare(page: Page) -> None:
    page.goto("/compare_texts")
    expect(page.get_by_role("textbox", name="First text")).to_be_visible()
    page.get_by_role("textbox", name="First text").fill(AGENCY)
    page.get_by_role("textbox", name="Second text").fill(REWRITE)
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", name="The two texts")).to_be_visible(timeout=PATIENCE)


def test_pasted_texts_show_what_changed_side_by_side(page: Page) -> None:
    compare(page)
    change = page.locator(".change").filter(has_text="practically impossible").filter(has_text="extremely difficult")
    expect(change.first).to_be_visible()
    first, second = (
        change.first.get_by_text(words).last.bounding_box()
        for words in ("practically impossible", "extremely difficult")
    )
    assert first and second
    assert abs(first["y"] - second["y"]) < 4  # beside each other
    assert first["x"] < second["x"]

    change.first.locator("a.ref").click()
    row = page.locator(".row:has(:target)")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("practically impossible")
    expect(row).to_contain_text("extremely difficult")
    row.locator("a.ref").first.click()
    expect(page.locator(".change:target")).to_be_in_viewport()

    with page.expect_download() as download:
        page.get_by_role("button", name="differences (CSV)").click()
    with download.value.path().open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) >= page.locator(".change[id]").count() > 0
    with page.expect_download() as download:
        page.get_by_role("button", name="one web page (HTML)").click()
    html = download.value.path().read_text(encoding="utf-8")
    assert "extremely difficult" in html and "<script" not in html and "://" not in html


def test_a_sentence_lights_up_with_its_counterpart(page: Page) -> None:
    compare(page)
    page.get_by_role("radio", name="Each text in its own order").click()
    sentence = page.locator(".columns #a1")
    expect(sentence).to_be_visible()
    lit = "element => getComputedStyle(element).backgroundColor"
    partner = page.locator(f".columns {sentence.locator('a.jump').get_attribute('href')}")
    before = partner.evaluate(lit)
    sentence.locator("a.jump").focus()  # with keys alone
    assert partner.evaluate(lit) != before
    page.keyboard.press("Enter")
    expect(partner).to_be_in_viewport()
