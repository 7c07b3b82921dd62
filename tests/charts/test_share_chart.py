from __future__ import annotations

from typing import Any

from analytics.charts import VOICE_COLOURS, VOICE_PATTERNS, share_chart

BY = ("outlet", "voice")
SHARES = [
    ("Dawn", "outlet", 0.5, 20),
    ("Dawn", "quoted", 0.47, 20),
    ("Dawn", "reported", 0.03, 20),
    ("Dusk", "outlet", 0.8, 30),
    ("Dusk", "quoted", 0.1, 30),
    ("Dusk", "reported", 0.1, 30),
    ("Noon", "outlet", None, 3),
    ("Noon", "quoted", None, 3),
    ("Noon", "reported", None, 3),
]


def test_bars_are_stacked_by_voice_and_sorted_by_the_outlets_own_words(table: Any, spec: Any) -> None:
    figure = spec(share_chart(table(SHARES, by=BY)))
    assert figure["layout"]["barmode"] == "stack"
    assert [bars["x"] for bars in figure["data"]] == [[0.8, 0.5], [0.1, 0.47], [0.1, 0.03]]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Dusk (n = 30)", "Dawn (n = 20)", "Noon (n = 3)"]
    assert figure["data"][1]["customdata"] == [["Dusk", "quoted"], ["Dawn", "quoted"]]


def test_voices_differ_by_pattern_as_well_as_colour(table: Any, spec: Any) -> None:
    bars = spec(share_chart(table(SHARES, by=BY)))["data"]
    assert [each["marker"]["color"] for each in bars] == list(VOICE_COLOURS.values())
    assert [each["marker"]["pattern"]["shape"] for each in bars] == list(VOICE_PATTERNS.values())
    assert len(set(VOICE_PATTERNS.values())) == len(set(VOICE_COLOURS.values())) == 3


def test_shares_are_written_where_there_is_room(table: Any, spec: Any) -> None:
    assert [bars["text"] for bars in spec(share_chart(table(SHARES, by=BY)))["data"]] == [
        ["80 %", "50 %"],
        ["10 %", "47 %"],
        ["10 %", ""],
    ]


def test_too_few_articles_are_words_and_no_bar(table: Any, spec: Any, words: Any) -> None:
    figure = spec(share_chart(table(SHARES, by=BY)))
    assert all(-2 not in bars["y"] for bars in figure["data"])
    assert words(figure) == ["too few articles (3 of 5)"]


def test_a_share_without_interval_says_why(table: Any, spec: Any) -> None:
    rates = table(SHARES[3:6], by=BY).assign(low=None, high=None, note="no interval: the articles do not vary")
    assert "do not vary" in spec(share_chart(rates))["data"][0]["hovertext"][0]


def test_nothing_to_draw_is_said(table: Any, spec: Any, words: Any) -> None:
    assert words(spec(share_chart(table([], by=BY)))) == ["No articles in this selection"]
