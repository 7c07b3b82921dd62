"""Differences to a reference, around a line at zero."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..compare.groups import REST
from .labels import Names, counted, direction, interval, keys_of, lines, number, shown
from .rates import no_interval, ranked, row_label, whiskers
from .styles import Style, Styles, style_of
from .theme import FRAME, GROUND, ROW, nothing, quiet_note, row_at, row_axis, styled, zero_line

ALPHA = 0.05


def difference_chart(
    contrasts: pd.DataFrame,
    *,
    label: str,
    unit: str,
    by: str,
    higher_means: str = "",
    names: Names | None = None,
    looks: Styles | None = None,
) -> go.Figure:
    """Each group's difference to the reference with its interval; `contrasts` as `compare.contrasts` returns it.

    A filled mark has an adjusted p below 0.05, a hollow one has not. Rows with too few articles
    say so in grey and have no mark. Each mark's customdata is [group]. `looks` are colours of the groups that stay the
    same wherever they stand; say then beside the chart what filled and hollow mean.
    """
    if contrasts.empty:
        return nothing("Nothing to compare in this selection")
    rows = ranked(contrasts, "difference")
    to = _reference(str(contrasts["reference"].iloc[0]), names)
    tests = int(contrasts["p"].notna().sum())
    marks = [(i, row) for i, row in enumerate(rows) if not pd.isna(row.difference)]
    figure = go.Figure()
    for told_apart in (True, False):
        chosen = [(i, row) for i, row in marks if bool(row.p_adjusted < ALPHA) == told_apart]
        for part in [[mark] for mark in chosen] if looks else [chosen] if chosen else []:
            look = style_of(str(getattr(part[0][1], by)), looks or {})
            figure.add_trace(_marks(part, told_apart, look, unit=unit, by=by, to=to, tests=tests, names=names))
    styled(figure, height=FRAME + ROW * len(rows))
    if looks:
        figure.update_layout(showlegend=False, height=FRAME - 24 + ROW * len(rows), margin_t=40)
    row_axis(figure, [row_label(row, by, names) for row in rows])
    title = f"{escape(label)}: difference to {to} ({escape(unit)})"
    figure.update_xaxes(title_text=lines(title, direction(higher_means) if higher_means else ""), autorange=True)
    for i, row in enumerate(rows):
        if pd.isna(row.difference):
            quiet_note(figure, row.note, row=i)
    return zero_line(figure, vertical=True)


def _marks(
    marks: list[tuple[int, Any]],
    told_apart: bool,
    look: Style,
    *,
    unit: str,
    by: str,
    to: str,
    tests: int,
    names: Names | None,
) -> go.Scatter:
    rows = [row for _, row in marks]
    return go.Scatter(
        x=[float(row.difference) for row in rows],
        y=[row_at(i) for i, _ in marks],
        error_x=whiskers(rows, "difference", colour=look.colour),
        cliponaxis=False,
        mode="markers+text",
        **no_interval(rows, "difference"),
        marker={
            "size": 11,
            "color": look.colour if told_apart else GROUND,
            "line": {"color": look.colour, "width": 2},
            "symbol": "circle",
        },
        name=f"adjusted p < {ALPHA}" if told_apart else f"adjusted p ≥ {ALPHA}: may be chance",
        customdata=[keys_of(row, [by]) for row in rows],
        hovertext=[
            _in_words(row, name=shown(getattr(row, by), names=names, longest=None), unit=unit, to=to, tests=tests)
            for row in rows
        ],
        hoverinfo="text",
    )


def _in_words(row: Any, *, name: str, unit: str, to: str, tests: int) -> str:
    return lines(
        f"<b>{name}</b>: {number(float(row.value))} in {counted(int(row.n_articles))}",
        f"{to}: {number(float(row.reference_value))} in {counted(int(row.n_reference))}",
        f"difference {number(float(row.difference), signed=True)} ({escape(unit)})",
        interval(row.low, row.high, signed=True) if not row.note else row.note,
        f"effect size (Cliff's delta) {number(float(row.cliffs_delta), signed=True)}",
        f"p {_p(row.p)}; adjusted for {counted(tests, 'comparison')}: p {_p(row.p_adjusted)}",
    )


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"


def _reference(reference: str, names: Names | None) -> str:
    return "the rest" if reference == REST else shown(reference, names=names)
