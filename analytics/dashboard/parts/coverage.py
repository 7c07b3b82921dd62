"""How many articles each outlet has over time: the first thing to know before comparing anything."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ...charts.heatmaps import SEQUENTIAL
from ...charts.labels import counted, shown
from ...charts.theme import nothing, row_at, row_axis, styled
from ...vocabulary import UNKNOWN
from ..view import View, each

MOST_COLUMNS = 16
UNDATED = "undated"
FREQUENCY = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}
PERIODS = {"day": "%-d %b %Y", "week": "%-d %b %Y", "month": "%b %Y", "quarter": "%b %Y", "year": "%Y"}


def coverage(view: View) -> tuple[pd.DataFrame, str]:
    """Articles per outlet and period (its first day, null for undated ones), and the period's name."""
    span = "SELECT min(t.published) AS first, max(t.published) AS last FROM articles t WHERE {where}"
    first, last = view.rows(span, "articles").iloc[0]
    days = 0 if pd.isna(first) else (last - first).days + 1
    lengths = {"day": 1, "week": 7, "month": 30, "quarter": 91}
    period = next((name for name, length in lengths.items() if days <= length * MOST_COLUMNS), "year")
    sql = f"""SELECT coalesce(t.outlet, '{UNKNOWN}') AS outlet,
        CAST(date_trunc('{period}', t.published) AS DATE) AS period,
        count(*) AS n_articles FROM articles t WHERE {{where}} GROUP BY ALL ORDER BY outlet, period NULLS LAST"""
    return view.rows(sql, "articles"), period


def coverage_chart(frame: pd.DataFrame, period: str) -> go.Figure:
    """A cell per outlet and period, darker where there are more articles; customdata is [outlet, period]."""
    if frame.empty:
        return nothing()
    outlets = sorted(frame["outlet"].unique(), key=lambda name: (name == UNKNOWN, name))
    names = [name_of(start, period) for start in _starts(frame["period"].dropna(), period)]
    names += [UNDATED] if frame["period"].isna().any() else []
    cells = {(row.outlet, name_of(row.period, period)): int(row.n_articles) for row in each(frame)}
    counts = [[cells.get((outlet, name)) for name in names] for outlet in outlets]
    figure = go.Figure(
        go.Heatmap(
            z=counts,
            x=list(range(len(names))),
            y=[row_at(i) for i in range(len(outlets))],
            text=[[f"{n:,}" if n else "" for n in line] for line in counts],
            texttemplate="%{text}",
            textfont={"size": 12},
            customdata=[[[outlet, name] for name in names] for outlet in outlets],
            hovertext=[[_words(outlet, name, cells) for name in names] for outlet in outlets],
            hoverinfo="text",
            hoverongaps=False,
            xgap=2,
            ygap=2,
            colorscale=SEQUENTIAL,
            zmin=0,
            showscale=False,
        )
    )
    styled(figure, height=130 + 34 * len(outlets))
    row_axis(figure, [shown(outlet) for outlet in outlets])
    figure.update_xaxes(
        tickvals=list(range(len(names))),
        ticktext=[name.replace(" ", "<br>") if period == "month" else name for name in names],
        side="top",
        showgrid=False,
    )
    return figure.update_yaxes(showgrid=False).update_layout(margin_t=70)


def _starts(days: pd.Series[Any], period: str) -> list[pd.Timestamp]:
    """First days of all periods from the first to the last: months without articles are columns too."""
    if days.empty:
        return []
    return list(pd.period_range(days.min(), days.max(), freq=FREQUENCY[period]).start_time)


def name_of(start: Any, period: str) -> str:
    """A period as it is named in the chart.

    >>> name_of(pd.Timestamp("2031-01-01"), "month"), name_of(None, "month")
    ('Jan 2031', 'undated')
    """
    return UNDATED if start is None or pd.isna(start) else pd.Timestamp(start).strftime(PERIODS[period])


def _words(outlet: str, name: str, cells: dict[tuple[str, str], int]) -> str:
    n = cells.get((outlet, name))
    return f"<b>{shown(outlet, longest=None)}</b><br>{escape(name)}<br>{counted(n)}" if n else ""
