from __future__ import annotations

import pandas as pd
import pytest

from analytics.charts.lines import days_of, lines_chart
from analytics.charts.styles import styles

LOOKS = styles([f"Outlet {n}" for n in range(7)])
AXIS = {"label": "Sentiment", "unit": "mean, −1 to 1", "bounds": (-1.0, 1.0)}
WEEKS = pd.date_range("2031-01-06", periods=3, freq="W-MON")


def rows(outlets: int = 2, actors: tuple[str, ...] = ("mara",)) -> pd.DataFrame:
    """Three weeks of each outlet and actor; the second has too few articles."""
    return pd.DataFrame(
        [
            {"actor_id": actor, "outlet": f"Outlet {n}", "period": week, "n_articles": many, "volume": many}
            | {"value": None if many < 5 else 0.1 * n, "low": None if many < 5 else -0.1, "denominator": 5.0}
            | {"high": None if many < 5 else 0.6, "note": "too few articles (2 of 5)" if many < 5 else ""}
            for actor in actors
            for n in range(outlets)
            for week, many in zip(WEEKS, (6, 2, 7), strict=True)
        ]
    ).astype({"value": "Float64", "low": "Float64", "high": "Float64"})


def test_under_every_line_stand_its_articles() -> None:
    figure = lines_chart(rows(), period="week", actors={"mara": "Mara"}, outlets=LOOKS, **AXIS)
    lines = [trace for trace in figure.data if trace.type == "scatter"]
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert [list(bar.y) for bar in bars] == [[6, 2, 7], [6, 2, 7]]
    assert [line.y[1] for line in lines] == [None, None] and not lines[0].connectgaps  # a gap, whose bar stays
    assert [line.line.color for line in lines] == [LOOKS[f"Outlet {n}"].colour for n in range(2)]
    assert list(lines[1].customdata[2]) == ["mara", "Outlet 1", *days_of(WEEKS[2], "week")]
    assert lines[0].customdata == bars[0].customdata
    assert figure.layout.yaxis2.domain[1] < figure.layout.yaxis.domain[0]


@pytest.mark.parametrize(("panels", "n"), [((), 1), (("outlet",), 7), (("actor_id",), 2)])
def test_panels_are_by_choice_and_share_their_scale(panels: tuple[str, ...], n: int) -> None:
    table, actors = rows(7, ("mara", "oren")), {"mara": "Mara", "oren": "Oren"}
    figure = lines_chart(table, period="week", actors=actors, outlets=LOOKS, panels=panels, **AXIS)
    values = {trace.yaxis for trace in figure.data if trace.type == "scatter"}
    assert len(values) == n
    axes = [figure.layout[f"yaxis{name[1:]}"] for name in values]
    assert len({tuple(axis.range) for axis in axes}) == 1
    entries = [trace.name for trace in figure.data if trace.showlegend]
    assert len(entries) == len(set(entries)) == {1: 14, 7: 2, 2: 7}[n]


def test_articles_that_mention_two_actors_are_not_stacked() -> None:
    actors = {"mara": "Mara", "oren": "Oren"}
    table = rows(1, ("mara", "oren"))
    assert lines_chart(table, period="week", actors=actors, outlets=LOOKS, **AXIS).layout.barmode == "group"
    assert lines_chart(rows(2), period="week", actors={"mara": ""}, outlets=LOOKS, **AXIS).layout.barmode == "stack"


def test_where_nothing_has_enough_articles_the_panel_says_so() -> None:
    table = rows(1).assign(value=pd.Series([None] * 3, dtype="Float64"))
    figure = lines_chart(table, period="week", actors={"mara": "Mara"}, outlets=LOOKS, **AXIS)
    assert "too few articles" in [note.text for note in figure.layout.annotations]


def test_no_rows_are_words() -> None:
    figure = lines_chart(rows().head(0), period="week", actors={}, outlets=LOOKS, **AXIS)
    assert figure.layout.annotations[0].text == "No dated articles in this selection"
