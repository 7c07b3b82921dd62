"""Figures drawn without a browser: every mark is there, at the right place, and texts are only text."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pandas as pd
import plotly.graph_objects as go
import pytest

from analytics.charts import heatmap
from analytics.charts.dots import dots_chart
from analytics.charts.styles import styles
from analytics.charts.svg import to_svg
from analytics.charts.svg_axes import axes_of
from analytics.compare import rates

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> & co"


def texts(drawn: str) -> list[str]:
    return ["".join(element.itertext()) for element in ET.fromstring(drawn).iter(f"{SVG}text")]


@pytest.fixture
def table() -> pd.DataFrame:
    scores = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(15)],
            "outlet": ["Harbour Post"] * 6 + [HOSTILE] * 6 + ["Daily Ferry"] * 3,
            "actor_id": "mara",
            "numerator": [0.1, 0.2, 0.0, 0.3, 0.1, 0.2, -0.6, -0.5, -0.7, -0.4, -0.6, -0.8, 0, 0, 0],
            "denominator": 1.0,
        }
    )
    return rates(scores, by=["outlet", "actor_id"], bounds=(-1, 1))


def test_a_chart_of_dots_has_its_marks_names_and_notes(table) -> None:
    figure = dots_chart(
        table, label="Sentiment", unit="mean", actors={"mara": "Mara"}, outlets=styles([HOSTILE]), bounds=(-1, 1)
    )
    drawn = to_svg(figure, title=f"What of {HOSTILE}?", above=["Outlets: all."], below=["Source: a run"])
    root = ET.fromstring(drawn)
    assert len(root.findall(f".//{SVG}circle")) == 2  # the third outlet has too few articles
    said = texts(drawn)
    assert {"Harbour Post", HOSTILE, "too few articles (3 of 5)", "Outlets: all.", "Source: a run"} <= set(said)
    assert f"What of {HOSTILE}?" in said
    assert "<script" not in drawn


def test_marks_stand_where_their_values_are(table) -> None:
    figure = go.Figure(go.Scatter(x=[-0.5, 0.5], y=[0, 1], mode="markers")).update_xaxes(range=[-1, 1])
    left, right = (float(c.get("cx", 0)) for c in ET.fromstring(to_svg(figure)).findall(f".//{SVG}circle"))
    zero = (left + right) / 2
    axis = axes_of(figure)["x"]
    assert (axis.share(-0.5), axis.share(0), axis.share(0.5)) == pytest.approx((0.25, 0.5, 0.75))
    assert left < zero < right


def test_a_gap_in_a_line_stays_a_gap() -> None:
    days = pd.date_range("2031-01-06", periods=4)
    figure = go.Figure(go.Scatter(x=days, y=[1, 2, None, 3], mode="lines+markers", line_color="#0072B2"))
    root = ET.fromstring(to_svg(figure))
    assert len([line for line in root.findall(f".//{SVG}line") if line.get("stroke") == "#0072B2"]) == 1
    assert len(root.findall(f".//{SVG}circle")) == 3


def test_bars_stack_or_stand_side_by_side() -> None:
    bars = [go.Bar(x=["2031-01-06", "2031-01-13"], y=y) for y in ([2, 3], [4, 5])]
    boxes = {}
    for mode in ("stack", "group"):
        root = ET.fromstring(to_svg(go.Figure(bars).update_layout(barmode=mode)))
        boxes[mode] = [(float(r.get("x", 0)), float(r.get("y", 0))) for r in root.findall(f".//{SVG}g/{SVG}rect")]
    assert boxes["stack"][0][0] == boxes["stack"][2][0] and boxes["stack"][0][1] > boxes["stack"][2][1]
    assert boxes["group"][0][0] < boxes["group"][2][0]


def test_a_heat_map_has_a_cell_for_each_number(table) -> None:
    figure = heatmap(table, by=("outlet", "actor_id"), label="Sentiment", unit="mean", bounds=(-1, 1))
    drawn = to_svg(figure)
    cells = ET.fromstring(drawn).findall(f"{SVG}rect")[1:]  # the first is the ground
    assert len(cells) == 2
    assert "too few" in texts(drawn)
