"""Numbers as measured and as corrected by a coded sample, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .labels import axis_title, interval, number, shown
from .rates import Bounds
from .theme import BLUE, FRAME, GROUND, QUIET, nothing, quiet_note, row_axis, styled, zero_line

ROW = 52  # pixels: two marks under each other
APART = 0.17  # of a row, from its middle to either mark


def correction_chart(
    rows: pd.DataFrame, *, label: str, unit: str, higher_means: str = "", bounds: Bounds | None = None
) -> go.Figure:
    """Two marks and intervals a row: hollow as measured, filled as corrected; in the order of the rows.

    `rows` has the columns of `corrected_rates` or `corrected_contrasts` and outlet. Where there are too few codings
    the note stands in place of the corrected mark.
    """
    if rows.empty:
        return nothing("Nothing is coded yet")
    each: list[Any] = list(rows.itertuples(index=False))
    figure = go.Figure()
    figure.add_trace(_marks(each, "uncorrected", "as measured", above=True))
    figure.add_trace(_marks(each, "value", "corrected by the codes", above=False))
    styled(figure, height=FRAME + ROW * len(each))
    row_axis(figure, [f"{shown(str(row.outlet))} ({int(row.n_coded):,} coded)" for row in each])
    figure.update_xaxes(title_text=axis_title(label, unit, higher_means=higher_means), autorange=True)
    for i, row in enumerate(each):
        if pd.isna(row.value):
            quiet_note(figure, row.note, row=i)
            figure.layout.annotations[-1].y = -i - APART
    return zero_line(figure, vertical=True) if bounds is None or bounds[0] < 0 else figure


def _marks(rows: list[Any], column: str, name: str, *, above: bool) -> go.Scatter:
    low, high = ("low", "high") if column == "value" else (f"{column}_low", f"{column}_high")
    drawn = [(i, row) for i, row in enumerate(rows) if not pd.isna(getattr(row, column))]
    colour, fill = (QUIET, GROUND) if above else (BLUE, BLUE)
    values = [float(getattr(row, column)) for _, row in drawn]
    return go.Scatter(
        x=values,
        y=[-i + (APART if above else -APART) for i, _ in drawn],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [float(getattr(row, high)) - value for (_, row), value in zip(drawn, values, strict=True)],
            "arrayminus": [value - float(getattr(row, low)) for (_, row), value in zip(drawn, values, strict=True)],
            "color": colour,
            "thickness": 2,
            "width": 5,
        },
        mode="markers",
        name=name,
        marker={
            "size": 11,
            "color": fill,
            "symbol": "square" if above else "circle",
            "line": {"color": colour, "width": 2},
        },
        hovertext=[
            f"{shown(str(row.outlet), longest=None)}, {name}: {number(value)} "
            f"({interval(getattr(row, low), getattr(row, high))})"
            for (_, row), value in zip(drawn, values, strict=True)
        ],
        hoverinfo="text",
    )
