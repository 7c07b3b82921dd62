from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analytics.charts import COLOURS, SYMBOLS, trend_chart
from analytics.compare import Trends

WORDS = {"label": "Hedging", "unit": "per 1,000 words"}
MONTHS = ["2031-01-01", "2031-02-01", "2031-03-01"]


def trends_of(table: Any, groups: dict[str, list[float | None]], **fields: Any) -> Trends:
    rows = table(
        [
            (name, month, value, 9)
            for name, values in groups.items()
            for month, value in zip(MONTHS, values, strict=False)
        ],
        by=("outlet", "period"),
    )
    rows = rows.assign(period=pd.to_datetime(rows["period"]).astype("datetime64[us]"))
    return Trends(**{"rows": rows, "by": "outlet", "period": "month", "undated": 0, **fields})


def test_a_line_breaks_at_a_gap(table: Any, spec: Any) -> None:
    (line,) = spec(trend_chart(trends_of(table, {"Dawn": [1.0, None, 2.0]}), **WORDS))["data"]
    assert line["y"] == [1.0, None, 2.0]
    assert line["connectgaps"] is False
    assert line["error_y"]["array"] == [1.0, None, 1.0]
    assert "too few articles" in line["hovertext"][1]


def test_clicks_give_group_and_days(table: Any, spec: Any) -> None:
    (line,) = spec(trend_chart(trends_of(table, {"Dawn": [1.0, 2.0, 3.0]}), **WORDS))["data"]
    assert line["customdata"][1] == ["Dawn", "2031-02-01", "2031-02-28"]
    assert "1 Feb to 28 Feb 2031" in line["hovertext"][1]


def test_lines_differ_by_symbol_as_well_as_colour(table: Any, spec: Any) -> None:
    lines = spec(trend_chart(trends_of(table, {name: [1.0, 2.0] for name in "abcde"}), **WORDS))["data"]
    assert [line["line"]["color"] for line in lines] == list(COLOURS)
    assert [line["marker"]["symbol"] for line in lines] == list(SYMBOLS)
    assert len({line["x"][0] for line in lines}) == 5  # set apart, so that no interval hides another
    assert lines[0]["name"] == "a (n = 18)"


def test_more_groups_get_a_panel_each_on_one_scale(table: Any, spec: Any, words: Any) -> None:
    groups: dict[str, list[float | None]] = {name: [1.0, 2.0] for name in "abcdef"}
    figure = spec(trend_chart(trends_of(table, {**groups, "g": [None, None]}), **WORDS))
    assert len({line["yaxis"] for line in figure["data"]}) == 7
    assert figure["layout"]["yaxis7"]["matches"] == "y" and figure["layout"]["xaxis7"]["matches"] == "x"
    assert words(figure)[:7] == [f"{name} (n = 18)" for name in "abcdefg"]
    assert words(figure)[7:] == ["too few articles"]
    dated = [i for i in range(1, 8) if figure["layout"]["xaxis" if i == 1 else f"xaxis{i}"]["showticklabels"]]
    assert dated == [5, 6, 7]  # the lowest panel of each column


def test_a_group_never_shown_is_named_with_the_reason(table: Any, spec: Any) -> None:
    lines = spec(trend_chart(trends_of(table, {"Dawn": [1.0], "Dusk": [None]}), **WORDS))["data"]
    assert lines[1]["name"] == "Dusk (n = 9): too few articles"


def test_what_is_left_out_is_said(table: Any, spec: Any) -> None:
    figure = spec(trend_chart(trends_of(table, {"Dawn": [1.0]}, undated=12), higher_means="less sure", **WORDS))
    title = figure["layout"]["title"]["text"]
    assert "12 articles without a date left out" in title and "by month" in title
    assert "higher means less sure" in title
    assert figure["layout"]["yaxis"]["title"]["text"] == "Hedging (per 1,000 words)"


def test_one_line_for_all(table: Any, spec: Any) -> None:
    together = trends_of(table, {"": [1.0, 2.0]})
    (line,) = spec(
        trend_chart(Trends(rows=together.rows.drop(columns="outlet"), by=None, period="month", undated=0), **WORDS)
    )["data"]
    assert line["customdata"][0] == ["2031-01-01", "2031-01-31"]
    assert line["showlegend"] is False


@pytest.mark.parametrize(("bounds", "drawn"), [((-1, 1), True), ((0, None), False)])
def test_a_score_that_can_be_negative_has_a_zero_line(table: Any, spec: Any, bounds: Any, drawn: bool) -> None:
    figure = spec(trend_chart(trends_of(table, {"Dawn": [0.1, 0.2]}), bounds=bounds, **WORDS))
    assert figure["layout"]["yaxis"]["zeroline"] is drawn


def test_nothing_dated_is_said(table: Any, spec: Any, words: Any) -> None:
    assert words(spec(trend_chart(trends_of(table, {}), **WORDS))) == ["No dated articles in this selection"]
