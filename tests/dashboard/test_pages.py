"""Every page, run without a browser on the synthetic store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from page_reading import said, widget
from streamlit.testing.v1 import AppTest
from synthetic_store import ACTORS, HOSTILE_OUTLET, OUTLETS

from analytics.results.store import Selection, open_store
from analytics.vocabulary import UNKNOWN

OVER_TIME = {"tab": "Over time", "measure": "Hedges"}
PAGES = ["home", "explore", "articles", "methods"]


def test_the_first_page_says_what_this_is_and_what_is_in_it(open_page) -> None:
    app = open_page()
    assert not app.exception
    assert app.title[0].value == "Tellings"
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Articles"] == "62"
    assert metrics["Articles without a date"] == "6"
    assert metrics["Records rejected"] == "3"
    assert "no text (2)" in said(app)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_runs(open_page, name: str) -> None:
    app = open_page(name)
    assert not app.exception
    assert "62 articles · 5 outlets" in said(app)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_narrows_to_the_filter(open_page, name: str) -> None:
    app = open_page(name)
    widget(app, "outlet").set_value([OUTLETS[0]])
    widget(app, "from").set_value(date(2031, 2, 1))
    app.run()
    assert not app.exception
    assert "13 articles · 1 outlet" in said(app)
    assert "2 articles without a date left out" in said(app)


@pytest.mark.parametrize("name", ["home", "explore", "articles"])
def test_a_filter_that_keeps_nothing_says_so(open_page, name: str) -> None:
    app = open_page(name)
    widget(app, "outlet").set_value([UNKNOWN])
    widget(app, "from").set_value(date(2031, 4, 1))
    app.run()
    assert not app.exception
    assert "No article matches this filter" in said(app)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("voices", [["Reported"], ["Outlet", "Quoted", "Reported"]])
def test_every_page_runs_for_other_voices(open_page, name: str, voices: list[str]) -> None:
    app = open_page(name, voice=voices)
    assert not app.exception


def test_the_filter_is_read_from_the_address(open_page) -> None:
    app = open_page("explore", outlet=OUTLETS[1], actor="Mara Quill", voice="Quoted")
    assert widget(app, "outlet").value == [OUTLETS[1]]
    assert widget(app, "actor").value == ["Mara Quill"]
    assert "Only quoted words count." in said(app)


def test_what_an_address_asks_for_in_vain_is_named(open_page) -> None:
    app = open_page("explore", outlet=[OUTLETS[1], "The *Nowhere* Times"], voice="quoted")
    assert [warning.value for warning in app.warning] == [
        "The address asks for The \\*Nowhere\\* Times, which is not there; it is left out of the filter.",
        "The address asks for voice quoted, which is not there; it is left out of the filter.",
    ]
    assert not open_page("explore", outlet=OUTLETS[1], voice="Quoted").warning


def test_clear_takes_the_filter_away(open_page) -> None:
    app = open_page(outlet=OUTLETS[1], actor="Mara Quill", voice="Quoted", to="2031-03-01")
    assert "62 articles" not in said(app)
    next(button for button in app.button if button.label == "Clear").click()
    app.run()
    assert "62 articles" in said(app)


def test_an_actor_is_found_by_an_alias_and_an_unknown_one_is_named(open_page) -> None:
    app = open_page("articles", actor=["tash", "Nobody *at* all"])
    assert not app.exception
    assert "Nobody \\*at\\* all" in app.sidebar.warning[0].value
    n = open_page("articles", actor="Oren Tash").dataframe[0].value
    pd.testing.assert_frame_equal(app.dataframe[0].value, n)


def test_the_table_under_a_chart_has_a_row_per_outlet_and_its_n(open_page, store_folder: Path) -> None:
    app = open_page("explore", measure="Hedges")
    rows = app.dataframe[0].value.set_index("outlet")
    store = open_store(store_folder)
    for outlet in OUTLETS:
        where = Selection(outlets=(outlet,), voices=("outlet",))
        condition, parameters = store.where("scores", where)
        sql = f"SELECT 1000 * sum(numerator) / sum(denominator) FROM scores t WHERE score = 'hedging' AND {condition}"
        assert rows.loc[outlet, "value"] == pytest.approx(store.scalar(sql, parameters))
    assert rows.loc[UNKNOWN, "note"].startswith("too few articles")
    assert pd.isna(rows.loc[UNKNOWN, "value"])


@pytest.mark.parametrize("actor", [None, "Mara Quill"])
def test_as_many_findings_open_as_the_number_counts(open_page, store_folder: Path, actor: str | None) -> None:
    address = {"actor": actor} if actor else {}
    app = open_page("explore", measure="Hedges", rates_pick=OUTLETS[1], **address)
    store = open_store(store_folder)
    actors = tuple(each for each, (name, *_) in ACTORS.items() if name == actor)
    condition, parameters = store.where("scores", Selection(outlets=(OUTLETS[1],), voices=("outlet",), actors=actors))
    counted = int(
        store.scalar(f"SELECT sum(numerator) FROM scores t WHERE score = 'hedging' AND {condition}", parameters)
    )
    assert f"of {counted} findings" in said(app)
    assert sum('<mark class="cue">' in str(html.value) for html in app.html) == min(20, counted)


@pytest.mark.parametrize(
    ("measure", "score"),
    [
        ("Stance toward the actor, in so many words", "stance"),
        ("Tone around the actor (VADER baseline)", "sentiment_vader"),
        ("Agency", "agency"),
    ],
)
def test_findings_of_an_actor_are_as_many_as_its_denominator(
    open_page, store_folder: Path, measure: str, score: str
) -> None:
    app = open_page("explore", measure=measure, actor="Mara Quill", rates_pick=OUTLETS[0])
    store = open_store(store_folder)
    sql = """SELECT sum(denominator) FROM scores
        WHERE score = ? AND outlet = ? AND voice = 'outlet' AND actor_id = 'person:mara_quill'"""
    assert f"of {int(store.scalar(sql, [score, OUTLETS[0]]))} findings" in said(app)


def test_a_measure_of_whole_articles_says_that_voices_do_not_apply(open_page) -> None:
    app = open_page("explore", measure="Conflict frame", voice="Quoted", rates_pick=OUTLETS[0])
    assert not app.exception
    assert "the choice of voices does not apply" in said(app)
    assert "findings" in said(app)


def test_a_chart_says_what_its_number_cannot_show(open_page) -> None:
    for tab in ("Outlets", "Over time"):
        app = open_page("explore", measure="Hedges", tab=tab)
        assert "What this number cannot show" in [expander.label for expander in app.expander]
        assert "Would and should are never hedges" in said(app)


def test_lines_say_what_a_gap_is_and_what_they_leave_out(open_page) -> None:
    app = open_page("explore", tab="Over time", measure="Hedges")
    assert "A gap: no article with this number, or fewer than 5." in said(app)
    assert "6 articles without a date left out." in said(app)
    assert "Compare outlets only where both have a line." in said(app)
    assert "cover the whole span" in said(open_page("explore", tab="Over time", measure="Hedges", together="true"))


def test_periods_that_all_have_too_few_articles_are_no_empty_chart(open_page) -> None:
    app = open_page("explore", tab="Over time", measure="Hedges", period="Day")
    assert not app.exception
    assert "In every day there are too few articles for a number." in said(app)


def test_a_name_that_is_typed_selects_that_one_only(open_page) -> None:
    app = open_page()
    for key in ("outlet", "actor"):
        proto = widget(app, key).proto
        assert (proto.select_all, proto.filter_mode) == (0, 1)  # no "Select 29 matches"; by what the name contains


def test_sentences_of_a_frame_stand_with_the_p_of_their_article(open_page) -> None:
    app = open_page("explore", measure="Conflict frame", rates_pick=OUTLETS[0])
    assert "the five sentences nearest to this frame" in said(app)
    assert "the article's p 0" in said(app).replace("\\", "")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("home", {"coverage_pick": f"{OUTLETS[0]} · undated"}),
        ("home", {"voices_pick": f"{OUTLETS[0]} · quoted words"}),
        ("explore", {"measure": "Share of words by voice", "rates_pick": OUTLETS[0]}),
        ("explore", {"measure": "Hedges", "reference": OUTLETS[0], "differences_pick": OUTLETS[1]}),
        ("explore", {"tab": "Actors", "actor": "Oren Tash", "mentions_pick": OUTLETS[0]}),
        ("explore", {"tab": "Actors", "space_pick": OUTLETS[0]}),
        ("explore", {"tab": "Actors", "across_pick": f"{OUTLETS[0]} · Mara Quill"}),
        ("explore", {"tab": "Actors", "speakers_pick": "Mara Quill"}),
        (
            "explore",
            {
                "tab": "Over time",
                "measure": "Hedges",
                "period": "Quarter",
                "trend_pick": f"{OUTLETS[0]} · 2031-01-01 to 2031-03-31",
            },
        ),
        (
            "explore",
            {
                "tab": "Over time",
                "measure": "Hedges",
                "period": "Month",
                "together": "true",
                "trend_pick": "2031-01-01 to 2031-01-31",
            },
        ),
    ],
)
def test_a_link_opens_the_evidence_of_every_chart(open_page, name: str, address: dict[str, str]) -> None:
    app = open_page(name, **address)
    assert not app.exception
    assert "Showing 1–" in said(app)


def test_search_finds_words_of_the_text(open_page) -> None:
    app = open_page("articles")
    widget(app, "q").set_value("ITS <b>TOLL</b>")
    app.run()
    assert list(app.dataframe[0].value["outlet"]) == [HOSTILE_OUTLET]
    widget(app, "q").set_value("no such words")
    app.run()
    assert "No article matches this search" in said(app)


def test_the_list_of_articles_is_paged(open_page) -> None:
    first, last = open_page("articles"), open_page("articles", page="3")
    assert len(first.dataframe[0].value) == 25
    assert len(last.dataframe[0].value) == 12
    assert "Showing 51–62 of 62 articles" in said(last)


def test_an_article_shows_its_marks_and_numbers(open_page) -> None:
    app = open_page("articles", article="a000")
    assert not app.exception
    text = "".join(str(html.value) for html in app.html)
    assert 'data-label="quoted · Oren Tash"' in text
    assert '<mark class="hedge"' in text
    assert set(app.dataframe[0].value["score"]) > {"Hedges", "Agency"}
    widget(app, "show").set_value(["Actors"])
    app.run()
    assert '<mark class="hedge"' not in "".join(str(html.value) for html in app.html)


def test_an_article_that_is_not_there_says_so(open_page) -> None:
    app = open_page("articles", article="<b>none</b>")
    assert "no such article" in said(app)


def test_hostile_text_shows_as_text(open_page) -> None:
    app = open_page("articles", article="a061")
    assert not app.exception
    text = "".join(str(html.value) for html in app.html)
    assert "<script" not in text
    assert "&lt;script&gt;window.pwned" in text
    assert not app.link_button  # its address is no web address
    assert "javascript:" not in said(app)


def test_methods_declares_every_measure_and_lists_what_was_rejected(open_page) -> None:
    app = open_page("methods")
    labels = " ".join(expander.label for expander in app.expander)
    assert "Hedges" in labels and "Agency" in labels
    reasons = app.dataframe[1].value
    assert dict(zip(reasons["reason"], reasons["records"], strict=True)) == {"no text": 2, "not UTF-8": 1}


def test_where_results_are_damaged_the_page_says_which_command_to_run(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("")
    monkeypatch.setenv("TELLINGS_STORE", str(tmp_path))
    app = AppTest.from_file(str(Path(__file__).parents[2] / "dashboard.py"), default_timeout=30).run()
    assert not app.exception
    assert app.code[0].value == "tellings demo"


def test_a_page_that_is_no_longer_there_is_not_an_error(open_page) -> None:
    beyond = open_page("articles", page="9")
    assert not beyond.exception
    assert len(beyond.dataframe[0].value) == 25
    app = open_page("articles", page="3")
    widget(app, "outlet").set_value(list(OUTLETS[:2]))
    app.run()
    assert not app.exception
    assert len(app.dataframe[0].value) > 0


@pytest.mark.parametrize(
    "evil", ["(a+)+$", "(.*a){30}", "[a-z]", "%%", "__", "\\", "'; DROP TABLE texts; --", ".*", "a" * 200]
)
def test_what_is_searched_for_is_words_and_no_pattern(open_page, evil: str) -> None:
    app = open_page("articles")
    widget(app, "q").set_value(evil)
    app.run()
    assert not app.exception and "No article matches this search" in said(app)
