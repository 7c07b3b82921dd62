"""Rates over time: lines that break where nothing is known."""

from __future__ import annotations

from html import escape
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..compare.trends import FREQUENCY, Period, Trends
from .labels import LONGEST, Names, axis_title, counted, direction, lines, plain, rate_in_words, shown
from .rates import Bounds, whiskers
from .theme import COLOURS, QUIET, SYMBOLS, headed, nothing, styled, zero_line

MOST = len(COLOURS)  # groups in one panel; more get a panel each
ACROSS = 3  # panels side by side
PANEL = 28  # characters of a name above a panel
TOO_FEW = "too few articles"
DODGE = 0.06  # of a period between groups in one panel, so that intervals do not hide each other
FORMATS: dict[Period, str] = {"day": "%-d %b\n%Y", "week": "%-d %b\n%Y", "month": "%b\n%Y", "quarter": "Q%q\n%Y"}
DAY = 86_400_000  # milliseconds, Plotly's unit of time


def trend_chart(
    trends: Trends,
    *,
    label: str,
    unit: str,
    higher_means: str = "",
    bounds: Bounds | None = None,
    names: Names | None = None,
) -> go.Figure:
    """A line per group with the 95 % interval at each period; more than five groups get a panel each.

    A line breaks where a period has no or too few articles, and ends where the group's coverage
    ends. The words above say the period and how many articles have no date. Each mark's
    customdata is [group, first day, last day] of its period (without group where there is one line).
    """
    if trends.rows.empty:
        return nothing("No dated articles in this selection")
    groups = _groups(trends)
    panels = len(groups) > MOST
    figure = _panels([_title(*group, names, longest=PANEL) for group in groups.items()]) if panels else go.Figure()
    for i, (name, rows) in enumerate(groups.items()):
        line = _line(name, rows, trends, i=0 if panels else i, of=1 if panels else len(groups), names=names)
        if panels:
            line.update(marker_size=6, error_y_width=0)
        hover = [_in_words(row, name, trends, label=label, unit=unit, names=names) for row in rows]
        line.update(hovertext=hover, showlegend=not panels and len(groups) > 1)
        figure.add_trace(line, **(_place(i) if panels else {}))
        if panels and _never_shown(rows):
            _say_too_few(figure, i)
    styled(figure, height=140 + 170 * ceil(len(groups) / ACROSS) if panels else 480)
    figure.update_xaxes(**_ticks(trends, most=4 if panels else 10))
    figure.update_yaxes(rangemode="tozero")
    if panels:
        _share_axes(figure, len(groups))
        figure.update_yaxes(title_text=escape(unit), title_font_size=11, col=1)
    else:
        figure.update_yaxes(title_text=axis_title(label, unit))
    words = [axis_title(label, unit)] if panels else []
    words += [*([direction(higher_means)] if higher_means else []), _left_out(trends)]
    headed(figure, words)
    return zero_line(figure, vertical=False) if bounds and bounds[0] < 0 else figure


def _groups(trends: Trends) -> dict[str, list[Any]]:
    if trends.by is None:
        return {"": list(trends.rows.itertuples(index=False))}
    return {str(name): list(rows.itertuples(index=False)) for name, rows in trends.rows.groupby(trends.by, sort=False)}


def _line(name: str, rows: list[Any], trends: Trends, *, i: int, of: int, names: Names | None) -> go.Scatter:
    shift = (i - (of - 1) / 2) * DODGE
    return go.Scatter(
        x=[row.period + shift * (_last_day(row.period, trends.period) - row.period) for row in rows],
        y=[plain(row.value) for row in rows],
        error_y={**whiskers(rows, "value", colour=COLOURS[i]), "thickness": 1.2, "width": 3},
        mode="lines+markers",
        connectgaps=False,
        line={"color": COLOURS[i], "width": 2},
        marker={"symbol": SYMBOLS[i], "size": 9},
        name=_title(name, rows, names) + (f": {TOO_FEW}" if _never_shown(rows) else ""),
        customdata=[_keys(name, row, trends) for row in rows],
        hoverinfo="text",
    )


def _keys(name: str, row: Any, trends: Trends) -> list[str]:
    days = [row.period.strftime("%Y-%m-%d"), _last_day(row.period, trends.period).strftime("%Y-%m-%d")]
    return [name, *days] if trends.by else days


def _last_day(start: pd.Timestamp, period: Period) -> pd.Timestamp:
    return pd.Period(start, FREQUENCY[period]).end_time.normalize()


def _in_words(row: Any, name: str, trends: Trends, *, label: str, unit: str, names: Names | None) -> str:
    first, last = row.period, _last_day(row.period, trends.period)
    days = f"{first:%-d %B %Y}" if trends.period == "day" else f"{first:%-d %b} to {last:%-d %b %Y}"
    title = lines(shown(name, names=names, longest=None), days) if name else days
    return rate_in_words(row, name=title, label=label, unit=unit)


def _title(name: str, rows: list[Any], names: Names | None, *, longest: int = LONGEST) -> str:
    return f"{shown(name, names=names, longest=longest)} (n = {sum(int(row.n_articles) for row in rows):,})"


def _never_shown(rows: list[Any]) -> bool:
    return all(pd.isna(row.value) for row in rows)


def _panels(titles: list[str]) -> go.Figure:
    rows = ceil(len(titles) / ACROSS)
    figure = make_subplots(
        rows=rows,
        cols=ACROSS,
        subplot_titles=titles,
        shared_xaxes=True,
        shared_yaxes=True,
        horizontal_spacing=0.03,
        vertical_spacing=0.3 / rows,
    )
    return figure.update_annotations(font_size=13)


def _place(i: int) -> dict[str, int]:
    return {"row": i // ACROSS + 1, "col": i % ACROSS + 1}


def _say_too_few(figure: go.Figure, i: int) -> None:
    """Grey words in the middle of a panel, in place of a line."""
    middle = {"x": 0.5, "y": 0.5, "xref": "x domain", "yref": "y domain"}
    figure.add_annotation(text=TOO_FEW, showarrow=False, font={"color": QUIET, "size": 13}, **middle, **_place(i))


def _share_axes(figure: go.Figure, panels: int) -> None:
    """One scale for all panels; dates under the lowest panel of each column."""
    figure.update_xaxes(matches="x", showticklabels=False).update_yaxes(matches="y")
    for i in range(max(0, panels - ACROSS), panels):
        figure.update_xaxes(showticklabels=True, **_place(i))


def _ticks(trends: Trends, *, most: int) -> dict[str, Any]:
    """Ticks on the first days of periods, not more than about `most`."""
    first, last = trends.rows["period"].min(), trends.rows["period"].max()
    every = ceil(len(pd.period_range(first, last, freq=FREQUENCY[trends.period])) / most)
    steps = {"day": every * DAY, "week": 7 * every * DAY, "month": f"M{every}", "quarter": f"M{3 * every}"}
    return {
        "tick0": first.strftime("%Y-%m-%d"),
        "dtick": steps[trends.period],
        "tickformat": FORMATS[trends.period],
        "hoverformat": "%-d %b %Y",
    }


def _left_out(trends: Trends) -> str:
    """In grey, what the lines leave out."""
    undated = f"{counted(trends.undated)} without a date left out" if trends.undated else ""
    aside = "; ".join(filter(None, [f"by {trends.period}; a gap: no or too few articles", undated]))
    return f'<span style="font-size:0.9em;color:{QUIET}">{escape(aside)}</span>'
