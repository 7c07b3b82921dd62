"""Change points and events are drawn where they are, in the panel of their group."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analytics.charts import trend_chart, with_change_points, with_events
from analytics.compare import change_points, trends


def scores(outlets: int) -> pd.DataFrame:
    random = np.random.default_rng(1)
    frames = []
    for number in range(outlets):
        week = np.repeat(np.arange(24), 8)
        frames.append(
            pd.DataFrame(
                {
                    "article_id": [f"{number}-{n}" for n in range(len(week))],
                    "outlet": f"Outlet {number}",
                    "published": pd.Timestamp("2031-01-06", tz="UTC") + pd.to_timedelta(7 * week, unit="D"),
                    "numerator": random.normal(2.0 * (week >= 12) * (number == 0), 1),
                    "denominator": 1.0,
                }
            )
        )
    return pd.concat(frames)


def figure_of(outlets: int) -> Any:
    rows = scores(outlets)
    figure = trend_chart(trends(rows, period="week"), label="Tone", unit="mean")
    return with_change_points(figure, change_points(rows), unit="mean")


def test_a_change_point_has_a_mark_with_its_days(spec: Any) -> None:
    (*_, bar, mark) = spec(figure_of(2))["data"]
    assert mark["x"] == ["2031-03-31T00:00:00"]
    assert mark["customdata"][0][0] == "Outlet 0"
    assert bar["x"][0] <= mark["x"][0] <= bar["x"][1] and bar["y"][:2] == [mark["y"][0]] * 2
    assert "95 % interval" in mark["hovertext"][0] and "Outlet 0" in mark["hovertext"][0]


def test_in_panels_the_mark_stands_in_the_panel_of_its_group(spec: Any) -> None:
    figure = spec(figure_of(7))
    lines, marks = figure["data"][:7], figure["data"][7:]
    named = [mark for mark in marks if "customdata" in mark and mark["customdata"][0][0] == "Outlet 0"]
    assert [mark["xaxis"] for mark in named] == [lines[0]["xaxis"]]
    assert "change of level" in figure["layout"]["title"]["text"]


def test_events_inside_the_span_have_a_line_and_their_label(spec: Any, words: Any) -> None:
    days = pd.to_datetime(["2030-01-01", "2031-02-01", "2031-03-01"])
    events = pd.DataFrame({"day": days, "label": ["Long ago", "Vote", "<b>Flood"]})
    figure = spec(with_events(figure_of(2), events))
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == ["2031-02-01T00:00:00", "2031-03-01T00:00:00"]
    assert words(figure)[-2:] == ["Vote", "&lt;b&gt;Flood"]


def test_in_panels_events_are_numbered_and_explained_above(spec: Any, words: Any) -> None:
    events = pd.DataFrame({"day": pd.to_datetime(["2031-02-01"]), "label": ["Vote"]})
    figure = spec(with_events(figure_of(7), events))
    assert len(figure["layout"]["shapes"]) == 7 and words(figure)[-7:] == ["1"] * 7
    assert "Events: 1 Vote" in figure["layout"]["title"]["text"]


def test_no_change_points_and_no_events_leave_the_figure_as_it_is(spec: Any) -> None:
    rows = scores(1).assign(numerator=1.0)
    figure = trend_chart(trends(rows, period="week"), label="Tone", unit="mean")
    before = spec(figure)
    nothing = pd.DataFrame({"day": pd.to_datetime([]), "label": []})
    assert spec(with_events(with_change_points(figure, change_points(rows), unit=""), nothing)) == before
