"""A rate in each cell of two groupings, such as outlets and actors."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..vocabulary import UNKNOWN
from .labels import Names, axis_title, direction, keys_of, number, plain, rate_in_words, shown, wrapped
from .rates import Bounds
from .theme import QUIET, TEXT, headed, nothing, row_at, row_axis, styled

# Told apart by colour-blind readers, and dark words are readable on both: they are grounds of words, not marks.
ORANGE, SKY = "#E69F00", "#56B4E9"
DIVERGING = [[0, ORANGE], [0.5, "#F7F7F7"], [1, SKY]]
_FEW, _WIDE, _NARROW = 6, 13, 9  # characters above a column where few, and where ten stand side by side
SEQUENTIAL = [[0, "#F3F8FC"], [1, SKY]]


def heatmap(
    rates: pd.DataFrame,
    *,
    by: tuple[str, str],
    label: str,
    unit: str,
    higher_means: str = "",
    bounds: Bounds | None = None,
    names: Names | None = None,
) -> go.Figure:
    """Rates by two groupings: `by` names the rows' column, then the columns' ("outlet", "actor_id").

    A cell has its value and n. Cells with too few articles are marked and not coloured; cells
    without a row in `rates` stay empty. Columns stand by number of articles. A score whose
    `bounds` reach below zero is coloured around zero. Each cell's customdata is [row, column].
    """
    if rates.empty:
        return nothing()
    down = sorted(
        rates[by[0]].astype(str).unique(), key=lambda name: (name == UNKNOWN, shown(name, names=names).casefold())
    )
    across = list(
        rates.groupby(by[1])["n_articles"].sum().sort_values(ascending=False, kind="stable").index.astype(str)
    )
    cells: list[Any] = list(rates.itertuples(index=False))
    figure = go.Figure([_coloured(cells, down, across, by=by, label=label, unit=unit, names=names, bounds=bounds)])
    figure.add_trace(_too_few([cell for cell in cells if pd.isna(cell.value)], down, across, by=by, names=names))
    styled(figure, height=190 + 44 * len(down))
    row_axis(figure, [shown(name, names=names) for name in down])
    width = _WIDE if len(across) <= _FEW else _NARROW
    figure.update_xaxes(
        tickvals=list(range(len(across))),
        ticktext=[wrapped(name, names=names, width=width, most=3) for name in across],
        tickfont_size=11,
        tickangle=0,
        range=[-0.5, len(across) - 0.5],
        side="top",
        showgrid=False,
    )
    figure.update_yaxes(showgrid=False)
    headed(figure, [axis_title(label, unit), *([direction(higher_means)] if higher_means else [])])
    return figure.update_layout(margin_t=figure.layout.margin.t + 34)  # names of three lines above the columns


def _coloured(
    cells: list[Any],
    down: list[str],
    across: list[str],
    *,
    by: tuple[str, str],
    label: str,
    unit: str,
    names: Names | None,
    bounds: Bounds | None,
) -> go.Heatmap:
    at = {tuple(keys_of(cell, by)): cell for cell in cells if not pd.isna(cell.value)}
    most = max((abs(float(cell.value)) for cell in at.values()), default=1.0) or 1.0
    grid = [[at.get((row, column)) for column in across] for row in down]
    hover = [
        [rate_in_words(cell, name=_pair(cell, by, names), label=label, unit=unit) if cell else "" for cell in line]
        for line in grid
    ]
    return go.Heatmap(
        z=[[plain(cell.value) if cell else None for cell in line] for line in grid],
        x=list(range(len(across))),
        y=[row_at(i) for i in range(len(down))],
        text=[[_cell_text(cell, most) for cell in line] for line in grid],
        texttemplate="%{text}",
        textfont={"size": 12, "color": TEXT},
        customdata=[[[row, column] for column in across] for row in down],
        hovertext=hover,
        hoverinfo="text",
        hoverongaps=False,
        xgap=2,
        ygap=2,
        colorbar={"title": "", "thickness": 14, "outlinewidth": 0},
        **_scale(most, bounds),
    )


def _scale(most: float, bounds: Bounds | None) -> dict[str, Any]:
    """Colours around zero for a score that can be negative, otherwise from light to dark."""
    if bounds and bounds[0] < 0:
        return {"colorscale": DIVERGING, "zmin": -most, "zmax": most}
    return {"colorscale": SEQUENTIAL}


def _too_few(
    cells: list[Any], down: list[str], across: list[str], *, by: tuple[str, str], names: Names | None
) -> go.Scatter:
    keys = [keys_of(cell, by) for cell in cells]
    return go.Scatter(
        x=[across.index(column) for _, column in keys],
        y=[row_at(down.index(row)) for row, _ in keys],
        mode="text",
        text=[f"too few<br>(n = {int(cell.n_articles)})" for cell in cells],
        textfont={"size": 11, "color": QUIET},
        customdata=keys,
        hovertext=[rate_in_words(cell, name=_pair(cell, by, names), label="", unit="") for cell in cells],
        hoverinfo="text",
        showlegend=False,
    )


def _cell_text(cell: Any | None, most: float) -> str:
    return f"{number(float(cell.value), beside=most)}<br>n = {int(cell.n_articles):,}" if cell else ""


def _pair(cell: Any, by: tuple[str, str], names: Names | None) -> str:
    return ", ".join(shown(key, names=names, longest=None) for key in keys_of(cell, by))
