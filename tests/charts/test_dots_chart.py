from __future__ import annotations

import pandas as pd
import pytest

from analytics.charts.dots import dots_chart, order
from analytics.charts.styles import styles
from analytics.compare import rates

OUTLETS = ["Daily Ferry", "Harbour Post", "Northern Ledger"]
LOOKS = styles(OUTLETS)
AXIS = {"label": "Sentiment", "unit": "mean, −1 to 1"}
ACTORS = {"mara": "Mara Quill", "oren": "Oren Tash"}


@pytest.fixture
def table() -> pd.DataFrame:
    """Two actors in three outlets; the second actor has too few articles in the first outlet, and none in the last."""
    rows = [
        {"article_id": f"{outlet}{n}", "outlet": outlet, "actor_id": actor, "numerator": x + n / 50, "denominator": 1.0}
        for outlet, level in zip(OUTLETS, (-0.2, 0.1, 0.4), strict=True)
        for actor, x, many in (("mara", level, 8), ("oren", -level, 3 if outlet == OUTLETS[0] else 8))
        for n in range(many)
        if not (actor == "oren" and outlet == OUTLETS[2])
    ]
    return rates(pd.DataFrame(rows), by=["outlet", "actor_id"], bounds=(-1, 1))


def notes(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_marks_of_one_actor_have_the_colours_of_their_outlets(table) -> None:
    one = table[table["actor_id"] == "mara"]
    figure = dots_chart(one, **AXIS, actors={"mara": "Mara Quill"}, outlets=LOOKS, bounds=(-1, 1))
    drawn = {trace.customdata[0][0]: trace.marker.color for trace in figure.data}
    assert drawn == {outlet: LOOKS[outlet].colour for outlet in OUTLETS}
    assert list(figure.layout.yaxis.ticktext) == order(one) == OUTLETS[::-1]  # highest first
    assert notes(figure).count("n = 8") == 3


def test_a_filter_changes_no_colour(table) -> None:
    kept = table[(table["actor_id"] == "mara") & (table["outlet"] == OUTLETS[2])]
    [trace] = dots_chart(kept, **AXIS, actors={"mara": "Mara Quill"}, outlets=LOOKS).data
    assert trace.marker.color == LOOKS[OUTLETS[2]].colour


@pytest.mark.parametrize("panels", [False, True])
def test_several_actors_stand_beside_each_other(table, panels: bool) -> None:
    figure = dots_chart(table, **AXIS, actors=ACTORS, outlets=LOOKS, bounds=(-1, 1), panels=panels)
    marked = {tuple(keys) for trace in figure.data for keys in (trace.customdata or ())}
    assert marked == {(outlet, "mara") for outlet in OUTLETS} | {(OUTLETS[1], "oren")}
    assert "too few articles (3 of 5)" in notes(figure)
    assert "no article with this number" in notes(figure)
    assert ("xaxis2" in figure.to_plotly_json()["layout"]) == panels
    named = {trace.name for trace in figure.data if trace.showlegend}
    assert named == (set() if panels else set(ACTORS.values()))


def test_the_axis_is_the_measure_s_and_not_the_filter_s(table) -> None:
    some = table[table["outlet"] == OUTLETS[1]]
    whole = [dots_chart(t, **AXIS, actors=ACTORS, outlets=LOOKS, bounds=(-1, 1)) for t in (table, some)]
    assert whole[0].layout.xaxis.range == whole[1].layout.xaxis.range
    assert whole[0].layout.xaxis.range[0] < -1 and whole[0].layout.xaxis.range[1] > 1
    zoomed = dots_chart(some, **AXIS, actors=ACTORS, outlets=LOOKS, bounds=(-1, 1), zoomed=True)
    assert zoomed.layout.xaxis.range[1] < 0.5
