"""Rates of outlets, for one actor or several: overlaid, or a panel for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from .labels import axis_title, lines, rate_in_words, shown, wrapped
from .rates import Bounds, no_interval, whiskers
from .scales import axis_range
from .styles import Style, Styles, style_of
from .theme import FRAME, QUIET, ROW, nothing, row_at, row_axis, styled, zero_line

ACROSS = 3  # panels side by side
SPREAD = 0.72  # of a row, for the marks of several actors in it


def dots_chart(
    rates: pd.DataFrame,
    *,
    label: str,
    unit: str,
    actors: Mapping[str, str],
    outlets: Styles,
    bounds: Bounds | None = None,
    panels: bool = False,
    zoomed: bool = False,
) -> go.Figure:
    """A dot and its 95 % interval for each outlet and actor; n stands at the right of each mark.

    `rates` has outlet, the columns of `compare.rates` and, where `actors` (id → name) are several, actor_id. Outlets
    stand as `order` has them. One actor, or a panel for each: colours are the outlets'; several in one panel: colours
    are the actors'. Too few articles are said in grey. Each mark's customdata is [outlet], or [outlet, actor id].
    """
    if rates.empty:
        return nothing()
    down = order(rates)
    several = len(actors) > 1
    names = list(actors) if several else [""]
    across = min(ACROSS, len(names)) if panels and several else 1
    deep = ceil(len(names) / across) if panels and several else 1
    figure = (
        make_subplots(
            rows=deep,
            cols=across,
            shared_yaxes=True,
            subplot_titles=[wrapped(actors[actor], width=40, most=1) for actor in names],
            horizontal_spacing=0.03,
            vertical_spacing=0.22 / deep,
        )
        if panels and several
        else go.Figure()
    )
    overlaid = several and not panels
    ends = axis_range(bounds, [v for c in ("value", "low", "high") for v in rates[c]], zoomed=zoomed)
    for i, actor in enumerate(names):
        rows = _rows(rates, down, actor if several else None)
        shift = SPREAD * ((len(names) - 1) / 2 - i) / len(names) if overlaid else 0.0
        place = {"row": i // across + 1, "col": i % across + 1} if panels and several else {}
        looks = [_ACTOR[i % len(_ACTOR)] if overlaid else style_of(outlet, outlets) for outlet in down]
        named = actors.get(actor, next(iter(actors.values()), "")) if actors else ""
        keys = [[outlet, actor] if several else [outlet] for outlet in down]
        for part in [range(len(down))] if overlaid else [range(at, at + 1) for at in range(len(down))]:
            marks = [(at, row) for at in part if (row := rows[at]) is not None and not pd.isna(row.value)]
            dots = _dots(marks, keys, looks, shift, label=label, unit=unit, named=named)
            dots.update(showlegend=overlaid, name=shown(named) if overlaid else shown(down[part[0]]))
            figure.add_trace(dots, **place)
        _beside(figure, rows, shift, place)
    height = ROW * len(down) * (max(1.0, 0.62 * len(names)) if overlaid else 1.0)
    styled(figure, height=int(deep * (height + 64) + FRAME - 100))
    figure.update_layout(margin_t=58 if several else 24, margin_r=36 if panels and several else 80)  # room for n
    row_axis(figure, [shown(outlet) for outlet in down])
    figure.update_xaxes(range=ends)
    figure.update_xaxes(title_text=axis_title(label, unit), **({"row": deep} if panels and several else {}))
    if panels and several:
        figure.update_xaxes(title_text=unit if across > 1 else axis_title(label, unit), title_font_size=12, row=deep)
    return zero_line(figure, vertical=True).update_xaxes(rangemode="normal") if ends[0] < 0 < ends[1] else figure


def order(rates: pd.DataFrame) -> list[str]:
    """Outlets as charts and tables list them: highest first by the mean over actors, those without a number last."""
    means = rates.assign(outlet=rates["outlet"].astype(str)).groupby("outlet", sort=True)
    table = means.agg(value=("value", "mean"), n=("n_articles", "max")).reset_index()
    ranked = table.sort_values(["value", "n"], ascending=False, na_position="last", kind="stable")
    return list(ranked["outlet"])


_ACTOR = (
    Style(colour="#0072B2", symbol="circle"),
    Style(colour="#D55E00", symbol="square"),
    Style(colour="#009E73", symbol="diamond"),
    Style(colour="#B8578F", symbol="triangle-up"),
    Style(colour="#B87A00", symbol="x"),
)


def actor_styles(actors: Sequence[str]) -> dict[str, Style]:
    """The looks of actors side by side, by their place in the question."""
    return {actor: _ACTOR[i % len(_ACTOR)] for i, actor in enumerate(actors)}


def _rows(rates: pd.DataFrame, down: list[str], actor: str | None) -> list[Any]:
    """The row of each outlet, None where the actor has none there."""
    own = rates if actor is None else rates[rates["actor_id"] == actor]
    by_outlet = {str(row.outlet): row for row in own.itertuples(index=False)}
    return [by_outlet.get(outlet) for outlet in down]


def _dots(
    marks: list[tuple[int, Any]],
    keys: list[list[str]],
    looks: list[Style],
    shift: float,
    *,
    label: str,
    unit: str,
    named: str,
) -> go.Scatter:
    """Marks of one look."""
    drawn = [row for _, row in marks]
    look = looks[marks[0][0]] if marks else looks[0]
    return go.Scatter(
        x=[float(row.value) for row in drawn],
        y=[row_at(i) + shift for i, _ in marks],
        error_x=whiskers(drawn, "value", colour=look.colour),
        cliponaxis=False,
        mode="markers+text",
        marker={"size": 11, "color": look.colour, "symbol": look.symbol},
        **no_interval(drawn, "value"),
        customdata=[keys[i] for i, _ in marks],
        hovertext=[
            rate_in_words(row, name=lines(shown(row.outlet, longest=None), shown(named)), label=label, unit=unit)
            for row in drawn
        ],
        hoverinfo="text",
    )


def _beside(figure: go.Figure, rows: list[Any], shift: float, place: dict[str, int]) -> None:
    """n at the right end of each row, or why there is no mark at its start."""
    small = {"color": QUIET, "size": 12}
    for i, row in enumerate(rows):
        at = {"y": row_at(i) + shift, "showarrow": False, "font": small, "xref": "x domain", "yref": "y", **place}
        if row is None or pd.isna(row.value):
            said = "no article with this number" if row is None else str(row.note)
            figure.add_annotation(text=said, x=0, xanchor="left", xshift=6, **at)
        else:
            inside = bool(place)
            figure.add_annotation(
                text=f"n = {int(row.n_articles):,}",
                x=1,
                xanchor="right" if inside else "left",
                xshift=-4 if inside else 6,
                yshift=9 if inside else 0,
                **at,
            )
