"""Change points and events on a chart over time."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..compare.change_points import ChangePoints, change_in_words
from .labels import Names, lines, shown
from .theme import COLOURS, GROUND, QUIET, TEXT

ALPHA = 0.05
MEANING = "change of level (line: the days it lies in; hollow: may be chance)"
LABELLED = 6  # events that have their labels beside their lines; more are numbered, as in several panels


def with_change_points(figure: go.Figure, changes: ChangePoints, *, unit: str, names: Names | None = None) -> go.Figure:
    """A figure of `trend_chart` with a mark for each change point, and a bar across its interval in days.

    Marks stand half-way between the two levels, in the colour of their line; a hollow one may be chance after the
    adjustment for the number of groups. Each mark's customdata is [group, first day, last day] of the interval
    (without group where there is one line).
    """
    found = changes.rows.dropna(subset=["day"])
    panels = len(_axes(figure)) > 1
    named = panels  # one entry in the legend is enough, and panels have no legend
    for trace, name in _lines_of(figure, changes):
        rows = list((found if changes.by is None else found[found[changes.by] == name]).itertuples(index=False))
        if rows:
            figure.add_trace(_bars(rows, trace))
            figure.add_trace(_marks(rows, trace, changes, unit=unit, names=names).update(showlegend=not named))
            named = True
    return _said_above(figure, [f"◇ {MEANING}"]) if panels and len(found) else figure


def with_events(figure: go.Figure, events: pd.DataFrame) -> go.Figure:
    """A figure over time with a dotted line for each event (`compare.events`), and its label or its number.

    Numbers are explained in the words above the figure. Events outside the axis of time are not drawn.
    """
    first, last = _span(figure)
    if first is None or last is None:
        return figure
    inside = events[(events["day"] >= first) & (events["day"] <= last)]
    axes = _axes(figure)
    numbered = len(axes) > 1 or len(inside) > LABELLED
    for number, event in enumerate(inside.itertuples(index=False), start=1):
        day = pd.Timestamp(event.day).isoformat()  # type: ignore[arg-type]
        for axis in axes:
            where = {"xref": axis, "yref": f"{axis.replace('x', 'y')} domain"}
            line = {"color": QUIET, "width": 1.5, "dash": "dot"}
            figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, line=line, layer="below", **where)
            figure.add_annotation(
                **where,
                text=str(number) if numbered else shown(str(event.label)),
                textangle=0 if numbered else -90,
                x=day,
                y=1,
                xanchor="right",
                yanchor="top",
                showarrow=False,
                font={"color": QUIET, "size": 12},
            )
    if not numbered or inside.empty:
        return figure
    told = "; ".join(f"{number} {escape(str(label))}" for number, label in enumerate(inside["label"], start=1))
    return _said_above(figure, _wrapped(f"Events: {told}", 120))


def _bars(rows: list[Any], trace: go.Scatter) -> go.Scatter:
    """A line from the first to the last day of each change point's interval."""
    middles = [(float(row.before) + float(row.after)) / 2 for row in rows]
    return go.Scatter(
        x=[day for row in rows for day in (row.low, row.high, None)],
        y=[at for middle in middles for at in (middle, middle, None)],
        mode="lines+markers",
        line={"color": TEXT, "width": 2.5},
        marker={"symbol": "line-ns", "size": 9, "line": {"color": TEXT, "width": 2}},
        xaxis=trace.xaxis,
        yaxis=trace.yaxis,
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(rows: list[Any], trace: go.Scatter, changes: ChangePoints, *, unit: str, names: Names | None) -> go.Scatter:
    colour = trace.line.color or COLOURS[0]
    told = [change_in_words(row._asdict(), by=None, unit=unit) for row in rows]
    name = shown(str(trace.name or ""), longest=None)
    return go.Scatter(
        x=[row.day for row in rows],
        y=[(float(row.before) + float(row.after)) / 2 for row in rows],
        mode="markers",
        marker={
            "symbol": "diamond-tall",
            "size": 17,
            "color": [colour if row.p_adjusted < ALPHA else GROUND for row in rows],
            "line": {"color": TEXT, "width": 1.5},
        },
        name=MEANING,
        cliponaxis=False,
        xaxis=trace.xaxis,
        yaxis=trace.yaxis,
        customdata=[_keys(row, changes) for row in rows],
        hovertext=[lines(f"<b>{name}</b>" if name else "", *_wrapped(escape(words))) for words in told],
        hoverinfo="text",
    )


def _keys(row: Any, changes: ChangePoints) -> list[str]:
    days = [f"{row.low:%Y-%m-%d}", f"{row.high:%Y-%m-%d}"]
    return [str(getattr(row, changes.by)), *days] if changes.by else days


def _lines_of(figure: go.Figure, changes: ChangePoints) -> Iterator[tuple[go.Scatter, str]]:
    """The lines of a trend chart with the group that each is of."""
    for trace in tuple(figure.data):
        keys: Any = trace.customdata[0] if trace.customdata is not None and len(trace.customdata) else ()
        yield trace, str(keys[0]) if changes.by and len(keys) else ""


def _span(figure: go.Figure) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    days = [pd.Timestamp(day) for trace in figure.data for day in (trace.x if trace.x is not None else ())]
    return (min(days), max(days) + pd.Timedelta(days=7)) if days else (None, None)


def _axes(figure: go.Figure) -> list[str]:
    """The horizontal axes of the figure's panels."""
    return list(dict.fromkeys(str(trace.xaxis or "x") for trace in figure.data))


def _said_above(figure: go.Figure, words: list[str]) -> go.Figure:
    """The figure with more words above it."""
    added = [f'<span style="font-size:0.9em;color:{QUIET}">{line}</span>' for line in words]
    title, margin = figure.layout.title.text, figure.layout.margin.t or 0
    return figure.update_layout(title_text=lines(title or "", *added), margin_t=margin + 20 * len(added))


def _wrapped(text: str, width: int = 72) -> list[str]:
    return wrap(text, width, break_long_words=False)
