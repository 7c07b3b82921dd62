from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analytics.charts import difference_chart
from analytics.charts.theme import GROUND

WORDS = {"label": "Hedging", "unit": "per 1,000 words"}


@pytest.fixture
def contrasts() -> pd.DataFrame:
    shown = {"reference": "rest", "value": 12.0, "reference_value": 10.0, "cliffs_delta": 0.2, "p": 0.0005, "note": ""}
    rows = [
        {**shown, "outlet": "Dawn", "difference": 2.0, "low": 1.0, "high": 3.5, "p_adjusted": 0.001, "n_articles": 40},
        {**shown, "outlet": "Dusk", "difference": -0.5, "low": -2.0, "high": 1.0, "p_adjusted": 0.4, "n_articles": 30},
        {"outlet": "Noon", "reference": "rest", "n_articles": 3, "note": "too few articles (3 of 5)"},
    ]
    numbers = ("value", "reference_value", "difference", "low", "high", "cliffs_delta", "p", "p_adjusted")
    return pd.DataFrame(rows).assign(n_reference=70).astype(dict.fromkeys(numbers, "Float64"))


def test_filled_marks_are_told_apart_and_hollow_ones_are_not(contrasts: pd.DataFrame, spec: Any) -> None:
    filled, hollow = spec(difference_chart(contrasts, by="outlet", **WORDS))["data"]
    assert filled["customdata"] == [["Dawn"]] and hollow["customdata"] == [["Dusk"]]
    assert hollow["marker"]["color"] == GROUND != filled["marker"]["color"]
    assert filled["name"] == "adjusted p < 0.05"
    assert filled["error_x"]["array"] == [1.5] and filled["error_x"]["arrayminus"] == [1.0]


def test_a_line_stands_at_zero(contrasts: pd.DataFrame, spec: Any) -> None:
    axis = spec(difference_chart(contrasts, by="outlet", higher_means="less sure", **WORDS))["layout"]["xaxis"]
    assert axis["zeroline"] is True and axis["rangemode"] == "tozero"
    assert axis["title"]["text"].startswith("Hedging: difference to the rest (per 1,000 words)")
    assert "higher means less sure" in axis["title"]["text"]


def test_too_few_articles_are_words_and_no_mark(contrasts: pd.DataFrame, spec: Any, words: Any) -> None:
    figure = spec(difference_chart(contrasts, by="outlet", **WORDS))
    assert sum(len(trace["x"]) for trace in figure["data"]) == 2
    assert words(figure) == ["too few articles (3 of 5)"]


def test_pointing_says_everything_in_words(contrasts: pd.DataFrame, spec: Any) -> None:
    (text,) = spec(difference_chart(contrasts, by="outlet", **WORDS))["data"][0]["hovertext"]
    assert text.split("<br>") == [
        "<b>Dawn</b>: 12.0 in 40 articles",
        "the rest: 10.0 in 70 articles",
        "difference +2.00 (per 1,000 words)",
        "95 % interval +1.00 to +3.50",
        "effect size (Cliff's delta) +0.20",
        "p < 0.001; adjusted for 2 comparisons: p = 0.001",
    ]


def test_a_named_reference_is_named(contrasts: pd.DataFrame, spec: Any) -> None:
    figure = spec(difference_chart(contrasts.assign(reference="Dawn & Co"), by="outlet", **WORDS))
    assert "difference to Dawn &amp; Co" in figure["layout"]["xaxis"]["title"]["text"]


def test_only_too_few_gives_no_mark_at_all(contrasts: pd.DataFrame, spec: Any, words: Any) -> None:
    figure = spec(difference_chart(contrasts.iloc[2:], by="outlet", **WORDS))
    assert figure["data"] == [] and len(words(figure)) == 1


def test_nothing_to_draw_is_said(contrasts: pd.DataFrame, spec: Any, words: Any) -> None:
    figure = spec(difference_chart(contrasts.iloc[:0], by="outlet", **WORDS))
    assert words(figure) == ["Nothing to compare in this selection"]
