"""Change points and events on a chart over time."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..compare.change_points import ChangePoints, change_in_words
from .labels import Names, lines, shown
from .theme import COLOURS, GROUND, QUIET, TEXT

ALPHA = 0.05
LABELLED = 6  # events that have their labels beside their lines; more are numbered, as in several panels


def with_change_points(figure: go.Figure, changes: ChangePoints, *, unit: str, names: Names | None = None) -> go.Figure:
    """A figure of `trend_chart` with a mark for each change point, and a bar across its interval in days.

    Marks stand half-way between the two levels, in the colour of their line; a hollow one may be chance after the
    adjustment for the number of groups. Each mark's customdata is [group, first day, last day] of the interval
    (without group where there is one line).
    """
    found = changes.rows.dropna(subset=["day"])
    hidden = False  # one entry in the legend is enough
    for trace, name in _lines_of(figure, changes):
        rows = list((found if changes.by is None else found[found[changes.by] == name]).itertuples(index=False))
        if rows:
            figure.add_trace(_marks(rows, trace, changes, unit=unit, names=names).update(showlegend=not hidden))
            hidden = True
    return figure


def with_events(figure: go.Figure, events: pd.DataFrame) -> go.Figure:
    """A figure over time with a dotted line for each event (`compare.events`), and its label or its number.

    Numbers are explained in the words above the figure. Events outside the axis of time are not drawn.
    """
    first, last = _span(figure)
    if first is None or last is None:
        return figure
    inside = events[(events["day"] >= first) & (events["day"] <= last)]
    axes = sorted({str(trace.xaxis or "x") for trace in figure.data})
    numbered = len(axes) > 1 or len(inside) > LABELLED
    for number, event in enumerate(inside.itertuples(index=False), start=1):
        day = pd.Timestamp(event.day).isoformat()  # type: ignore[arg-type]
        for axis in axes:
            where = {"xref": axis, "yref": f"{axis.replace('x', 'y')} domain"}
            line = {"color": QUIET, "width": 1.5, "dash": "dot"}
            figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, line=line, layer="below", **where)
            text = str(number) if numbered else shown(str(event.label))
            figure.add_annotation(
                **where,
                **({"yanchor": "bottom"} if numbered else {"textangle": -90, "xanchor": "right", "yanchor": "top"}),
                text=text,
                x=day,
                y=1,
                showarrow=False,
                font={"color": QUIET, "size": 12},
            )
    return _explained(figure, [str(label) for label in inside["label"]]) if numbered and len(inside) else figure


def _marks(rows: list[Any], trace: go.Scatter, changes: ChangePoints, *, unit: str, names: Names | None) -> go.Scatter:
    colour = trace.line.color or COLOURS[0]
    told = [change_in_words(row._asdict(), by=None, unit=unit) for row in rows]
    name = shown(str(trace.name or ""), longest=None)
    return go.Scatter(
        x=[row.day for row in rows],
        y=[(float(row.before) + float(row.after)) / 2 for row in rows],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [_milliseconds(row.high - row.day) for row in rows],
            "arrayminus": [_milliseconds(row.day - row.low) for row in rows],
            "color": TEXT,
            "thickness": 2,
            "width": 6,
        },
        mode="markers",
        marker={
            "symbol": "diamond-tall",
            "size": 17,
            "color": [colour if row.p_adjusted < ALPHA else GROUND for row in rows],
            "line": {"color": TEXT, "width": 1.5},
        },
        name="change of level, and the days it lies in",
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
        keys = trace.customdata[0] if trace.customdata is not None and len(trace.customdata) else ()
        yield trace, str(keys[0]) if changes.by and len(keys) else ""


def _span(figure: go.Figure) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    days = [pd.Timestamp(day) for trace in figure.data for day in (trace.x if trace.x is not None else ())]
    return (min(days), max(days) + pd.Timedelta(days=7)) if days else (None, None)


def _explained(figure: go.Figure, labels: list[str]) -> go.Figure:
    """The figure with what the numbers of events stand for in the words above it."""
    told = "; ".join(f"{number} {escape(label)}" for number, label in enumerate(labels, start=1))
    added = [f'<span style="font-size:0.9em;color:{QUIET}">{line}</span>' for line in _wrapped(f"Events: {told}", 120)]
    title, margin = figure.layout.title.text, figure.layout.margin.t or 0
    return figure.update_layout(title_text=lines(title or "", *added), margin_t=margin + 20 * len(added))


def _wrapped(text: str, width: int = 72) -> list[str]:
    from textwrap import wrap

    return wrap(text, width, break_long_words=False)


def _milliseconds(length: pd.Timedelta) -> float:
    return length / pd.Timedelta(milliseconds=1)
