from __future__ import annotations

from typing import Any

from analytics.charts import heatmap
from analytics.vocabulary import UNKNOWN

BY = ("outlet", "actor_id")
WORDS = {"label": "Sentiment", "unit": "mean, −1 to 1"}
CELLS = [("Dawn", "q1", -0.3, 40), ("Dawn", "q2", 0.02, 9), (UNKNOWN, "q1", None, 3), ("dusk", "q2", 0.1, 50)]


def test_cells_say_value_and_n(table: Any, spec: Any) -> None:
    cells, _ = spec(heatmap(table(CELLS, by=BY), by=BY, bounds=(-1, 1), **WORDS))["data"]
    assert cells["z"] == [[0.02, -0.3], [0.1, None], [None, None]]  # q2 has more articles than q1
    assert cells["text"][0] == ["0.02<br>n = 9", "−0.30<br>n = 40"]
    assert cells["customdata"][0] == [["Dawn", "q2"], ["Dawn", "q1"]]
    assert "95 % interval" in cells["hovertext"][0][0]


def test_too_few_is_marked_and_not_coloured(table: Any, spec: Any) -> None:
    cells, marked = spec(heatmap(table(CELLS, by=BY), by=BY, **WORDS))["data"]
    assert cells["z"][2] == [None, None] and cells["text"][2] == ["", ""]
    assert marked["mode"] == "text" and marked["text"] == ["too few<br>(n = 3)"]
    assert (marked["x"], marked["y"]) == ([1], [-2])
    assert marked["customdata"] == [[UNKNOWN, "q1"]]


def test_rows_stand_by_name_with_the_unknown_last(table: Any, spec: Any) -> None:
    figure = spec(heatmap(table(CELLS, by=BY), by=BY, names={"q1": "Ilen Marrow"}, **WORDS))
    assert figure["layout"]["yaxis"]["ticktext"] == ["Dawn", "dusk", UNKNOWN]
    assert figure["layout"]["xaxis"]["ticktext"] == ["q2", "Ilen Marrow"]


def test_colours_stand_around_zero_where_a_score_can_be_negative(table: Any, spec: Any) -> None:
    cells, _ = spec(heatmap(table(CELLS, by=BY), by=BY, bounds=(-1, 1), **WORDS))["data"]
    assert (cells["zmin"], cells["zmax"]) == (-0.3, 0.3)
    cells, _ = spec(heatmap(table(CELLS, by=BY), by=BY, bounds=(0, 1), **WORDS))["data"]
    assert "zmin" not in cells


def test_direction_is_said(table: Any, spec: Any) -> None:
    figure = spec(heatmap(table(CELLS, by=BY), by=BY, higher_means="kinder words", **WORDS))
    assert "higher means kinder words" in figure["layout"]["title"]["text"]


def test_all_too_few(table: Any, spec: Any) -> None:
    cells, marked = spec(heatmap(table([("Dawn", "q1", None, 2)], by=BY), by=BY, bounds=(-1, 1), **WORDS))["data"]
    assert cells["z"] == [[None]] and len(marked["text"]) == 1


def test_nothing_to_draw_is_said(table: Any, spec: Any, words: Any) -> None:
    assert words(spec(heatmap(table([], by=BY), by=BY, **WORDS))) == ["No articles in this selection"]
