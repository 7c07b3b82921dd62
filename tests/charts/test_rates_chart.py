from __future__ import annotations

from typing import Any

import pytest

from analytics.charts import VOICE_COLOURS, rates_chart

WORDS = {"label": "Hedging", "unit": "per 1,000 words"}


def test_dots_stand_by_value_with_interval_and_n(table: Any, spec: Any) -> None:
    figure = spec(rates_chart(table([("Dawn", 10.0, 34), ("Dusk", 12.0, 1200)]), by="outlet", **WORDS))
    (dots,) = figure["data"]
    assert dots["x"] == [12.0, 10.0]
    assert dots["y"] == [0, -1]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Dusk (n = 1,200)", "Dawn (n = 34)"]
    assert dots["error_x"]["array"] == dots["error_x"]["arrayminus"] == [1, 1]
    assert dots["customdata"] == [["Dusk"], ["Dawn"]]
    assert dots["hovertext"][1] == (
        "<b>Dawn</b><br>Hedging: 10.0 (per 1,000 words)<br>95 % interval 9.00 to 11.0<br>34 articles"
    )


def test_too_few_articles_are_words_and_no_mark(table: Any, spec: Any, words: Any) -> None:
    figure = spec(rates_chart(table([("Dawn", None, 3), ("Dusk", 12.0, 20)]), by="outlet", **WORDS))
    assert figure["data"][0]["x"] == [12.0]
    assert words(figure) == ["too few articles (3 of 5)"]
    assert figure["layout"]["annotations"][0]["y"] == -1
    assert figure["layout"]["annotations"][0]["xref"] == "x domain"
    assert figure["layout"]["yaxis"]["ticktext"][1] == "Dawn (n = 3)"


def test_all_too_few_still_names_each(table: Any, spec: Any, words: Any) -> None:
    figure = spec(rates_chart(table([("Dawn", None, 3), ("Dusk", None, 4)]), by="outlet", **WORDS))
    assert figure["data"][0]["x"] == []
    assert len(words(figure)) == 2
    assert figure["layout"]["yaxis"]["ticktext"] == ["Dusk (n = 4)", "Dawn (n = 3)"]


def test_a_value_without_interval_says_so(table: Any, spec: Any) -> None:
    rates = table([("Dawn", 0.0, 8)]).assign(low=None, high=None, note="no interval: the articles do not vary")
    (dots,) = spec(rates_chart(rates, by="outlet", **WORDS))["data"]
    assert dots["error_x"]["array"] == [None]
    assert dots["text"][0].strip() == "no interval"
    assert "do not vary" in dots["hovertext"][0]


@pytest.mark.parametrize(("bounds", "drawn"), [((-1, 1), True), ((0, None), False), (None, False)])
def test_a_score_that_can_be_negative_has_a_zero_line(table: Any, spec: Any, bounds: Any, drawn: bool) -> None:
    figure = spec(rates_chart(table([("Dawn", 0.4, 8)]), by="outlet", bounds=bounds, **WORDS))
    assert figure["layout"]["xaxis"]["zeroline"] is drawn


def test_axis_says_unit_and_direction(table: Any, spec: Any) -> None:
    figure = spec(rates_chart(table([("Dawn", 1.0, 8)]), by="outlet", higher_means="less sure", **WORDS))
    title = figure["layout"]["xaxis"]["title"]["text"]
    assert title.startswith("Hedging (per 1,000 words)") and "higher means less sure" in title


def test_names_stand_for_keys_but_clicks_give_keys(table: Any, spec: Any) -> None:
    rates = table([("q7", 1.0, 8)], by=("actor_id",))
    figure = spec(rates_chart(rates, by="actor_id", names={"q7": "Ilen <Marrow>"}, **WORDS))
    assert figure["layout"]["yaxis"]["ticktext"] == ["Ilen &lt;Marrow&gt; (n = 8)"]
    assert figure["data"][0]["customdata"] == [["q7"]]


def test_voices_keep_their_colours(table: Any, spec: Any) -> None:
    rates = table([("quoted", 2.0, 8), ("outlet", 1.0, 8)], by=("voice",))
    assert spec(rates_chart(rates, by="voice", **WORDS))["data"][0]["marker"]["color"] == [
        VOICE_COLOURS["quoted"],
        VOICE_COLOURS["outlet"],
    ]


def test_nothing_to_draw_is_said(table: Any, spec: Any, words: Any) -> None:
    assert words(spec(rates_chart(table([]), by="outlet", **WORDS))) == ["No articles in this selection"]
