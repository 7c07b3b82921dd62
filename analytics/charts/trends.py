"""Rates over time: lines that break where nothing is known."""

from __future__ import annotations

from html import escape
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..compare.trends import FREQUENCY, Period, Trends
from .rates import Bounds, whiskers
from .theme import COLOURS, QUIET, SYMBOLS, nothing, styled, zero_line
from .wording import Names, axis_title, counted, lines, plain, rate_in_words, shown

MOST = len(COLOURS)  # groups in one panel; more get a panel each
ACROSS = 3  # panels side by side
DODGE = 0.06  # of a period between groups in one panel, so that intervals do not hide each other
TICKS: dict[Period, str] = {"day": "%-d %b<br>%Y", "week": "%-d %b<br>%Y", "month": "%b<br>%Y", "quarter": "Q%q<br>%Y"}


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
    figure = _panels([_title(*group, names) for group in groups.items()]) if panels else go.Figure()
    for i, (name, rows) in enumerate(groups.items()):
        trace = _line(name, rows, trends, i=0 if panels else i, of=1 if panels else len(groups), names=names)
        hover = [_in_words(row, name, trends, label=label, unit=unit, names=names) for row in rows]
        trace.update(hovertext=hover, showlegend=not panels and len(groups) > 1)
        figure.add_trace(trace, **(_place(i) if panels else {}))
        if panels and all(pd.isna(row.value) for row in rows):
            _say_too_few(figure, i)
    styled(figure, height=90 + 190 * ceil(len(groups) / ACROSS) if panels else 460)
    figure.update_xaxes(tickformat=TICKS[trends.period], **({"matches": "x"} if panels else {}))
    figure.update_yaxes(rangemode="tozero", **({"matches": "y"} if panels else {}))
    _words(figure, trends, axis_title(label, unit, higher_means=higher_means), panels=panels)
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
        error_y={**whiskers(rows, "value"), "thickness": 1.2, "width": 3},
        mode="lines+markers",
        connectgaps=False,
        line={"color": COLOURS[i], "width": 2},
        marker={"symbol": SYMBOLS[i], "size": 9},
        name=_title(name, rows, names),
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


def _title(name: str, rows: list[Any], names: Names | None) -> str:
    return f"{shown(name, names=names)} (n = {sum(int(row.n_articles) for row in rows):,})"


def _panels(titles: list[str]) -> go.Figure:
    rows = ceil(len(titles) / ACROSS)
    figure = make_subplots(
        rows=rows,
        cols=ACROSS,
        subplot_titles=titles,
        shared_xaxes=True,
        shared_yaxes=True,
        horizontal_spacing=0.03,
        vertical_spacing=min(0.1, 0.4 / rows),
    )
    return figure.update_annotations(font_size=13)


def _place(i: int) -> dict[str, int]:
    return {"row": i // ACROSS + 1, "col": i % ACROSS + 1}


def _say_too_few(figure: go.Figure, i: int) -> None:
    figure.add_annotation(
        text="too few articles",
        x=0.5,
        y=0.5,
        xref="x domain",
        yref="y domain",
        showarrow=False,
        font={"color": QUIET, "size": 13},
        **_place(i),
    )


def _words(figure: go.Figure, trends: Trends, title: str, *, panels: bool) -> None:
    """The score's name beside the lines, or above the panels; under it what the lines leave out."""
    undated = f"{counted(trends.undated)} without a date left out" if trends.undated else ""
    aside = "; ".join(filter(None, [f"by {trends.period}; a gap: no or too few articles", undated]))
    quiet = f'<span style="font-size:0.9em;color:{QUIET}">{escape(aside)}</span>'
    if not panels:
        figure.update_yaxes(title_text=title)
    figure.update_layout(
        title={
            "text": lines(title, quiet) if panels else quiet,
            "font_size": 14,
            "x": 0,
            "xref": "container",
            "pad_l": 12,
        },
        margin_t=110 if panels else 90,
        legend_title_text="",
    )
    if not panels and trends.by is None:
        figure.update_layout(margin_t=60)
