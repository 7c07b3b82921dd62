"""The page of stories, and the switch for copies, on the synthetic results with stories in them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from page_reading import html_of, said, widget
from story_store import BRIDGE, COPY, FERRY, write_story_store
from synthetic_store import HOSTILE_OUTLET, OUTLETS

from analytics.results.store import Selection, open_store


@pytest.fixture(scope="module")
def stories_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_story_store(tmp_path_factory.mktemp("stories"))


@pytest.fixture
def open_story_page(open_page, stories_folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TELLINGS_STORE", str(stories_folder))
    return open_page


def test_results_without_stories_say_so(open_page) -> None:
    app = open_page("stories")
    assert not app.exception
    assert "These results hold no stories" in said(app)


def test_the_list_has_a_row_per_story_with_its_figures(open_story_page, stories_folder: Path) -> None:
    app = open_story_page("stories")
    assert not app.exception
    rows = app.dataframe[0].value.set_index("story_id")
    assert list(rows.index) == [BRIDGE, FERRY]  # most outlets first
    assert list(rows["n_outlets"]) == [4, 2]
    assert list(rows["n_copies"]) == [1, 0]
    store = open_store(stories_folder)
    first, last = store.query("SELECT min(published), max(published) FROM articles WHERE story_id = ?", [FERRY]).iloc[0]
    assert rows.loc[FERRY, "spread_hours"] == (last - first).total_seconds() / 3600
    assert rows.loc[BRIDGE, "altered_quotations"] == 1
    assert pd.isna(rows.loc[FERRY, "altered_quotations"])  # nothing was paired there: not known, not zero


def test_words_apart_are_what_their_definition_says(open_story_page, stories_folder: Path) -> None:
    import re

    store = open_store(stories_folder)
    a, b = (set(re.findall(r"[^\W\d_]{4,}", store.text(i).lower())) for i in ("a001", "a021"))
    expected = 1 - len(a & b) / min(len(a), len(b))
    assert 0 < expected < 1
    rows = open_story_page("stories").dataframe[0].value.set_index("story_id")
    assert rows.loc[FERRY, "words_apart"] == pytest.approx(100 * expected)
    ordered = open_story_page("stories", story_order="Furthest apart first").dataframe[0].value
    assert list(ordered["words_apart"]) == sorted(ordered["words_apart"], reverse=True)


def test_the_filter_keeps_stories_of_which_it_keeps_an_article(open_story_page) -> None:
    app = open_story_page("stories", outlet=OUTLETS[2])
    assert list(app.dataframe[0].value["story_id"]) == [BRIDGE]
    assert list(app.dataframe[0].value["n_outlets"]) == [4]  # figures of the whole story
    app = open_story_page("stories", **{"from": "2031-02-01"})
    assert "No article of this filter belongs to a story" in said(app)


def test_a_story_is_found_by_its_headline(open_story_page) -> None:
    assert list(open_story_page("stories", story_q="day 2").dataframe[0].value["story_id"]) == [FERRY]
    assert "No story matches" in said(open_story_page("stories", story_q="<b>none</b>"))


def test_choosing_a_headline_opens_the_story_and_back_leads_to_the_list(open_story_page) -> None:
    app = open_story_page("stories")
    widget(app, "story_by_name").set_value(FERRY)
    app.run()
    assert not app.exception
    assert app.title[0].value == "The bridge\\, day 2"
    next(button for button in app.button if button.label == "Back to the list").click()
    app.run()
    assert app.title[0].value == "Stories"


def test_a_story_shows_who_told_it_when_and_what_became_of_its_quotation(open_story_page) -> None:
    app = open_story_page("stories", story=BRIDGE)
    assert not app.exception
    text = html_of(app)
    store_words = "<span class='how'>{}</span><span>{}</span>"
    assert store_words.format("earliest", OUTLETS[0]) in text
    assert store_words.format("reworded", OUTLETS[1]) in text
    assert "<span class='how'>left out</span><span>Daily Ferry</span>" in text  # the copy's outlet is not blamed
    tellings = app.dataframe[0].value
    assert list(tellings["article_id"]) == ["a000", COPY, "a020", "a040"]
    assert not app.error


def test_a_story_says_which_name_an_outlet_left_out(open_story_page, stories_folder: Path) -> None:
    app = open_story_page("stories", story=BRIDGE)
    frame = next(table.value for table in app.dataframe if "left_out" in table.value)
    store = open_store(stories_folder)
    assert "name" in set(frame["kind"])
    for row in frame[frame["kind"] == "name"].itertuples():
        sql = """SELECT DISTINCT coalesce(a.outlet, '') FROM articles a JOIN mentions m USING (article_id)
            JOIN actors n USING (actor_id)
            WHERE a.story_id = ? AND a.copy_of IS NULL AND m.form = 'name' AND n.name = ?"""
        tellers = set(store.query(sql, [BRIDGE, row.left_out]).iloc[:, 0])
        assert row.outlet not in tellers
        assert (row.told_by, row.of_others) == (len(tellers), 2)
        assert len(tellers) == 2


def test_a_story_that_is_not_there_says_so(open_story_page) -> None:
    assert "hold no such story" in said(open_story_page("stories", story="<b>none</b>"))


@pytest.mark.parametrize("name", ["home", "explore", "articles", "stories", "methods"])
def test_every_page_leaves_out_copies_when_told_to(open_story_page, name: str) -> None:
    app = open_story_page(name)
    assert not app.exception
    assert "62 articles · 5 outlets" in said(app)
    assert "1 copy of another article among them" in said(app)
    widget(app, "copies").set_value(True)
    app.run()
    assert not app.exception
    assert "61 articles · 4 outlets" in said(app)
    assert "1 copy of another article left out" in said(app)


def test_the_switch_is_in_the_address_and_clear_takes_it_away(open_story_page) -> None:
    app = open_story_page("stories", copies="true")
    assert list(app.dataframe[0].value["n_articles"]) == [3, 2]
    next(button for button in app.button if button.label == "Clear").click()
    app.run()
    assert list(app.dataframe[0].value["n_articles"]) == [4, 2]


def test_without_copies_in_the_results_there_is_no_switch(open_page) -> None:
    assert not [toggle for toggle in open_page("explore").toggle if toggle.key == "copies"]


def test_the_story_without_its_copy_has_one_outlet_less(open_story_page) -> None:
    app = open_story_page("stories", story=BRIDGE, copies="true")
    assert HOSTILE_OUTLET not in set(app.dataframe[0].value["outlet"])


@pytest.mark.parametrize("table", ["stories", "quote_pairs", "alignments", "scores", "mentions", "texts", "articles"])
def test_every_table_can_be_selected_without_copies_and_by_actor(stories_folder: Path, table: str) -> None:
    store = open_store(stories_folder)
    chosen = Selection(outlets=(OUTLETS[0], HOSTILE_OUTLET), actors=("person:mara_quill",), copies=False)
    rows = store.select(table, chosen)
    assert COPY not in set(rows.get("article_id", []))
    assert len(rows) <= store.count(table, chosen.but(copies=True)) <= store.count(table)


def test_a_selection_without_copies_says_so() -> None:
    assert Selection(copies=False).describe() == {"copies": False}
    assert Selection().describe() == {}
