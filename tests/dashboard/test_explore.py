"""The question of Explore, its tabs and what an address makes of them; Home on results that lack something."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from page_reading import said, widget
from story_store import write_story_store
from streamlit.testing.v1 import AppTest
from synthetic_store import OUTLETS, write_store

from analytics.dashboard.explore.table import decimals, rounded
from analytics.dashboard.parts.former_addresses import moved
from analytics.dashboard.parts.titles import title
from analytics.results.schemas import TABLES

TABS = ["Outlets", "Over time", "Actors", "Words", "Table", "Sentences"]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize(
    "address", [{"measure": "Hedges"}, {"measure": "Agency", "actor": ["Mara Quill", "Oren Tash"]}]
)
def test_every_tab_answers_the_same_question(open_page, tab: str, address: dict[str, str]) -> None:
    app = open_page("explore", tab=tab, **address)
    assert not app.exception
    assert not app.warning
    assert widget(app, "measure").value == address["measure"]


def test_several_actors_have_a_row_for_each_outlet(open_page) -> None:
    app = open_page("explore", tab="Table", measure="Agency", actor=["Mara Quill", "Oren Tash"])
    shown = app.dataframe[0].value
    assert set(shown["Actor"]) == {"Mara Quill", "Oren Tash"}
    outlets = list(dict.fromkeys(shown["Outlet"]))
    assert list(shown["Outlet"]) == [outlet for outlet in outlets for _ in range(2)]


def test_without_a_choice_the_foremost_actor_is_asked_about(open_page) -> None:
    app = open_page("explore", measure="Agency", tab="Table")
    assert set(app.dataframe[0].value["Actor"]) == {"Mara Quill"}
    assert "None chosen: Mara Quill" in said(app)


def test_lines_go_by_the_period_that_they_bear_and_say_so(open_page) -> None:
    app = open_page("explore", measure="Hedges", tab="Over time")
    assert "the finest period in which nearly every point has 5 articles" in said(app)
    rows = app.dataframe[0].value
    assert {"outlet", "period", "value", "n_articles", "volume"} <= set(rows.columns)
    assert (rows["volume"] == rows["n_articles"]).all()


def test_a_moving_window_makes_points_of_more_articles_than_their_bars(open_page) -> None:
    plain = open_page("explore", measure="Hedges", tab="Over time", period="Month").dataframe[0].value
    smooth = open_page("explore", measure="Hedges", tab="Over time", period="Month", smooth="true").dataframe[0].value
    assert smooth["volume"].tolist() == plain["volume"].tolist()
    assert (smooth["n_articles"] >= plain["n_articles"]).all()
    assert smooth["n_articles"].sum() > plain["n_articles"].sum()


def test_a_point_opens_the_stories_that_make_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLINGS_STORE", str(write_story_store(tmp_path / "results")))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    address = {"tab": "Over time", "measure": "Hedges", "together": "true", "period": "Month"}
    app.switch_page("analytics/dashboard/pages/explore.py")
    for key, value in (address | {"trend_pick": "2031-01-01 to 2031-01-31"}).items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    assert "The stories behind it" in [header.value for header in app.subheader]
    assert "stories told by several articles" in said(app) or "story told by several articles" in said(app)
    assert f"{OUTLETS[0]} 1" in said(app)  # an outlet's share


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({"measure": "Fame"}, "the measure Fame, which is not there"),
        ({"tab": "Weather"}, "the tab Weather, which is not there"),
        ({"period": "decade"}, "the period decade, which is not there"),
        ({"from": "2031-02-31"}, "which is no date"),
        ({"to": "1999-01-01"}, "that bound is left out"),
        ({"from": "2031-04-01", "to": "2031-02-01"}, "“From” is later than “To”"),
        ({"actor": "Nobody"}, "No actor is called Nobody"),
        ({"colour": "red"}, "a word that this page does not know: colour"),
    ],
)
def test_what_an_address_asks_for_in_vain_is_said(open_page, address: dict[str, str], told: str) -> None:
    app = open_page("explore", **address)
    assert not app.exception
    assert any(told in warning.value.replace("\\", "") for warning in app.warning)


@pytest.mark.parametrize("page", ["home", "articles", "stories"])
def test_dates_in_vain_are_said_on_every_page(open_page, page: str) -> None:
    app = open_page(page, **{"from": "yesterday"})
    assert any("no date" in warning.value for warning in app.sidebar.warning)


def test_sentences_come_newest_first_strongest_first_or_as_a_sample(open_page) -> None:
    def values(order: str) -> list[str]:
        app = open_page("explore", tab="Sentences", measure="Tone around the actor (VADER baseline)", all_order=order)
        assert not app.exception and not app.warning
        told = [caption.value.replace("\\", "") for caption in app.caption if "value " in caption.value]
        return [line.rpartition("value ")[2] for line in told if "·" in line]

    strongest = [abs(float(value.replace("−", "-"))) for value in values("Strongest first")]
    assert len(strongest) == 20 and strongest == sorted(strongest, reverse=True)
    assert values("A random sample") == values("A random sample") != values("Newest first")


def test_addresses_of_before_mean_the_same_view() -> None:
    assert moved("outlets", {"measure": ["Hedges"]}) == ("explore", {"measure": ["Hedges"], "tab": ["Outlets"]})
    name, parameters = moved("actors", {"about": ["Oren Tash"], "mentions_pick": [OUTLETS[0]]})
    assert name == "explore"
    assert parameters == {"mentions_pick": [OUTLETS[0]], "tab": ["Actors"], "actor": ["Oren Tash"]}
    assert moved("overview", {"outlet": [OUTLETS[0]]}) == ("home", {"outlet": [OUTLETS[0]]})


def test_titles_tell_tabs_of_a_browser_apart() -> None:
    assert title("Hedges", "Over time") != title("Hedges", "Table")
    assert len(title("x" * 500)) < 120


def test_numbers_have_the_digits_that_their_interval_bears() -> None:
    frame = pd.DataFrame({"value": [-0.2345, 13.456, None], "low": [-0.3, 8.0, None], "high": [-0.1, 19.0, None]})
    assert rounded(frame)["value"] == ["−0.23", "13.5", ""]
    assert decimals(0.002) == 4 and decimals(900) == 0


# Results that lack something


@pytest.fixture
def opened_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Home on the synthetic results after a change of each table."""

    def opened(change: Callable[[str, pd.DataFrame], pd.DataFrame]) -> AppTest:
        folder = write_store(tmp_path / "results", per_outlet=6)
        counts = {}
        for name in TABLES:
            table = change(name, pd.read_parquet(folder / f"{name}.parquet"))
            table.to_parquet(folder / f"{name}.parquet", index=False)
            counts[name] = len(table)
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8")) | {"counts": counts}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        monkeypatch.setenv("TELLINGS_STORE", str(folder))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
        assert not app.exception
        return app

    return opened


def _with(**values: object) -> Callable[[str, pd.DataFrame], pd.DataFrame]:
    def change(_: str, table: pd.DataFrame) -> pd.DataFrame:
        held = {name: value for name, value in values.items() if name in table}
        return table.assign(**{n: pd.Series([v] * len(table), dtype=table[n].dtype) for n, v in held.items()})

    return change


def test_results_without_articles_offer_a_beginning(opened_on) -> None:
    app = opened_on(lambda name, table: table if name == "rejected" else table.head(0))
    assert "hold no article" in said(app)
    assert "no text (2)" in said(app)  # why


def test_one_outlet_has_none_to_be_compared_with(opened_on) -> None:
    app = opened_on(_with(outlet="Harbour Post"))
    assert "there is none to compare it with" in said(app)
    assert "None: there is but one outlet in view." in said(app)


def test_articles_without_dates_or_outlets_say_what_can_still_be_asked(opened_on) -> None:
    assert "No article has a date" in said(opened_on(_with(published=None)))
    assert "No article here names its outlet" in said(opened_on(_with(outlet=None)))


def test_home_names_the_largest_differences_that_hold_with_n_and_interval(open_page) -> None:
    app = open_page()
    told = said(app).replace("\\", "")
    assert "comparisons hold" in told
    assert "95 % interval" in told and "n = 20 articles beside" in told


def test_where_no_difference_holds_home_says_none(opened_on) -> None:
    def same(name: str, table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(numerator=table["denominator"] * 0.5) if name == "scores" else table

    assert "None of" in said(opened_on(same))
