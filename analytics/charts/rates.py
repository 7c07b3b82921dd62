"""Rates per group: a dot and its interval, one row each."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .labels import Names, axis_title, keys_of, rate_in_words, shown
from .theme import BLUE, FRAME, QUIET, ROW, VOICE_COLOURS, nothing, quiet_note, row_at, row_axis, styled, zero_line

Bounds = tuple[float, float | None]


def rates_chart(
    rates: pd.DataFrame,
    *,
    label: str,
    unit: str,
    by: str,
    higher_means: str = "",
    bounds: Bounds | None = None,
    names: Names | None = None,
) -> go.Figure:
    """A dot and its 95 % interval per group, highest first; `rates` is what `compare.rates` returns.

    The row's label has n. A group with too few articles has no mark: its row says so in grey.
    A score whose `bounds` reach below zero has a line at zero. Each mark's customdata is
    [group]. `names` maps groups (actor ids) to the names to show.
    """
    if rates.empty:
        return nothing()
    rows = ranked(rates, "value")
    figure = go.Figure(_dots(rows, label=label, unit=unit, by=by, names=names))
    styled(figure, height=FRAME - 24 + ROW * len(rows)).update_layout(margin_t=40)  # no legend
    row_axis(figure, [row_label(row, by, names) for row in rows])
    figure.update_xaxes(
        title_text=axis_title(label, unit, higher_means=higher_means), rangemode="tozero", autorange=True
    )
    for i, row in enumerate(rows):
        if pd.isna(row.value):
            quiet_note(figure, row.note, row=i)
    return zero_line(figure, vertical=True) if bounds and bounds[0] < 0 else figure


def ranked(table: pd.DataFrame, column: str) -> list[Any]:
    """The rows, highest first; rows without a number last, those with most articles first."""
    order = table.sort_values([column, "n_articles"], ascending=False, na_position="last", kind="stable")
    return list(order.itertuples(index=False))


def row_label(row: Any, by: str, names: Names | None) -> str:
    return f"{shown(str(getattr(row, by)), names=names)} (n = {int(row.n_articles):,})"


def whiskers(rows: list[Any], column: str, *, colour: str) -> dict[str, Any]:
    """Error bars from a value to both ends of its interval; none where there is no interval."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [_between(getattr(row, column), row.high) for row in rows],
        "arrayminus": [_between(row.low, getattr(row, column)) for row in rows],
        "color": colour,
        "thickness": 2,
        "width": 5,
    }


def no_interval(rows: list[Any], column: str) -> dict[str, Any]:
    """Words beside a mark without interval: bare, it would look like a very sure one."""
    values = [float(getattr(row, column)) for row in rows]
    middle = (min(values, default=0.0) + max(values, default=0.0)) / 2
    return {
        "text": ["  no interval  " if pd.isna(row.low) else "" for row in rows],
        "textposition": ["middle left" if value > max(middle, 0.0) else "middle right" for value in values],
        "textfont": {"color": QUIET, "size": 12},
    }


def _between(low: Any, high: Any) -> float | None:
    return None if pd.isna(low) or pd.isna(high) else float(high) - float(low)


def _dots(rows: list[Any], *, label: str, unit: str, by: str, names: Names | None) -> go.Scatter:
    marks = [(i, row) for i, row in enumerate(rows) if not pd.isna(row.value)]
    drawn = [row for _, row in marks]
    colours = [VOICE_COLOURS.get(getattr(row, by), BLUE) if by == "voice" else BLUE for row in drawn]
    return go.Scatter(
        x=[float(row.value) for row in drawn],
        y=[row_at(i) for i, _ in marks],
        error_x=whiskers(drawn, "value", colour=BLUE),
        cliponaxis=False,
        mode="markers+text",
        marker={"size": 11, "color": colours, "symbol": "circle"},
        **no_interval(drawn, "value"),
        customdata=[keys_of(row, [by]) for row in drawn],
        hovertext=[
            rate_in_words(row, name=shown(getattr(row, by), names=names, longest=None), label=label, unit=unit)
            for row in drawn
        ],
        hoverinfo="text",
        showlegend=False,
    )
