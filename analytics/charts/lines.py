"""Rates over time of outlets and actors, with the number of articles under every line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..compare.trends import FREQUENCY, Period
from .dots import actor_styles
from .labels import axis_title, counted, lines, plain, rate_in_words, shown
from .rates import Bounds, whiskers
from .scales import axis_range
from .styles import Style, Styles, style_of
from .theme import GRID, QUIET, ZERO, nothing, styled
from .trends import DAY, DODGE, FORMATS, TOO_FEW

ACROSS = 3  # panels side by side
STRIP = 0.2  # of a panel's height, for the articles
APART = 0.05  # of it, between lines and articles
ALONE, AMONG = 520, 300  # pixels of a panel


def lines_chart(
    rows: pd.DataFrame,
    *,
    period: Period,
    label: str,
    unit: str,
    actors: Mapping[str, str],
    outlets: Styles,
    panels: Sequence[str] = (),
    bounds: Bounds | None = None,
    zoomed: bool = False,
) -> go.Figure:
    """A line for each actor and outlet with its 95 % intervals, and bars of its articles under it.

    `rows` has actor_id and outlet ("" where there is but one line), period (its first day), the columns of
    `compare.rates`, and volume: the articles of the period alone. `panels` names the columns of which each value gets
    a panel; without, all lines stand in one. Lines break where a period has too few articles; its bar stays. All
    panels have one scale. Each mark's and bar's customdata is [actor_id, outlet, first day, last day].
    """
    if rows.empty:
        return nothing("No dated articles in this selection")
    groups = _panels(rows, panels)
    across = 1 if len(groups) == 1 else 2 if len(groups) in (2, 4) else ACROSS
    deep = ceil(len(groups) / across)
    figure = styled(go.Figure(), height=ALONE if len(groups) == 1 else 90 + AMONG * deep)
    look = _looks(rows, list(actors), outlets, panels)
    ends = axis_range(bounds, [v for c in ("value", "low", "high") for v in rows[c]], zoomed=zoomed)
    beside = rows["actor_id"].nunique() > 1 and "actor_id" not in panels  # an article may be in several bars
    most = _most(groups, beside=beside)
    named_lines: set[tuple[str, ...]] = set()
    for i, (keys, lines_of) in enumerate(groups.items()):
        named = " · ".join(shown(actors.get(key, key)) for key in keys)
        _axes(figure, i, across=across, deep=deep, of=len(groups), title=named)
        for j, ((actor, outlet), own) in enumerate(lines_of.items()):
            name = " · ".join(shown(part) for part in (actors.get(actor, ""), outlet) if part) or "all together"
            style, points = look(actor, outlet), list(own.itertuples(index=False))
            shift = (j - (len(lines_of) - 1) / 2) * DODGE if len(lines_of) > 1 else 0.0
            line = _line(points, period, style, shift, name=name, label=label, unit=unit, small=len(groups) > 1)
            parts = {"actor_id": actors.get(actor, ""), "outlet": outlet}
            told = tuple(part for column, part in parts.items() if column not in panels and rows[column].nunique() > 1)
            entry = " · ".join(shown(part) for part in told)
            first = bool(told) and told not in named_lines  # one entry of the legend for all panels
            named_lines.add(told)
            few = f": {TOO_FEW}" if own["value"].isna().all() and not panels else ""
            line.update(xaxis=_axis("x", i), yaxis=_axis("y", 2 * i), legendgroup=entry)
            line.update(showlegend=first, name=entry + few)
            bars = _bars(points, period, style, name=name)
            bars.update(xaxis=_axis("x", i), yaxis=_axis("y", 2 * i + 1), legendgroup=entry)
            figure.add_trace(line).add_trace(bars)
        if all(own["value"].isna().all() for own in lines_of.values()):
            _say(figure, i)
    _style_axes(figure, rows, period, groups=len(groups), across=across, ends=ends, most=most, label=label, unit=unit)
    figure.update_layout(barmode="group" if beside else "stack", bargap=0.15, margin_t=70)
    figure.update_layout(dragmode="select", selectdirection="h")
    if len(groups) > 1 and len(named_lines) > 1:  # the legend stands above the panels' titles
        figure.update_layout(legend_y=1 + 26 / figure.layout.height, margin_t=100)
    return figure


def days_of(start: pd.Timestamp, period: Period) -> tuple[str, str]:
    """First and last day of a period.

    >>> days_of(pd.Timestamp("2031-01-06"), "week")
    ('2031-01-06', '2031-01-12')
    """
    return f"{start:%Y-%m-%d}", f"{pd.Period(start, FREQUENCY[period]).end_time:%Y-%m-%d}"


_Lines = dict[tuple[str, str], pd.DataFrame]


def _panels(rows: pd.DataFrame, by: Sequence[str]) -> dict[tuple[str, ...], _Lines]:
    """The lines of each panel, in the order of the rows."""
    found: dict[tuple[str, ...], _Lines] = {}
    for (actor, outlet), own in rows.groupby(["actor_id", "outlet"], sort=False):
        line = {"actor_id": str(actor), "outlet": str(outlet)}
        found.setdefault(tuple(line[column] for column in by), {})[str(actor), str(outlet)] = own
    return found


def _looks(
    rows: pd.DataFrame, actors: list[str], outlets: Styles, panels: Sequence[str]
) -> Callable[[str, str], Style]:
    """Colours are the outlets', where lines of a panel differ by outlet; else the actors'. Dashes tell the other."""
    of_actor = actor_styles(actors)
    by_outlet = rows["outlet"].nunique() > 1 and "outlet" not in panels
    by_actor = rows["actor_id"].nunique() > 1 and "actor_id" not in panels

    def look(actor: str, outlet: str) -> Style:
        if by_actor and not by_outlet:
            return of_actor[actor]
        own = style_of(outlet, outlets)
        if by_actor and actor in of_actor:
            dash = ("solid", "dash", "dot", "dashdot", "longdash")[list(of_actor).index(actor) % 5]
            return Style(colour=own.colour, symbol=of_actor[actor].symbol, dash=dash)
        return own

    return look


def _most(groups: Mapping[tuple[str, ...], _Lines], *, beside: bool) -> float:
    """The highest bar, or stack of bars, of any panel."""
    bars = [pd.concat(list(lines_of.values())).groupby("period")["volume"] for lines_of in groups.values()]
    stacks = [each.max().max() if beside else each.sum().max() for each in bars]
    return float(max(stacks)) or 1.0


def _axis(letter: str, i: int) -> str:
    return letter if i == 0 else f"{letter}{i + 1}"


def _axes(figure: go.Figure, i: int, *, across: int, deep: int, of: int, title: str) -> None:
    """The axes of panel i: one of time, one of values above, one of articles below."""
    row, column = divmod(i, across)
    wide, gap = 1 / across, 0.045 if across > 1 else 0.0
    left, right = column * wide + gap * column / across, (column + 1) * wide - gap * (across - 1 - column) / across
    tall = 1 / deep
    room = 0.24 / deep if deep > 1 else 0.0
    top, bottom = 1 - row * tall, 1 - (row + 1) * tall + room
    edge = bottom + STRIP * (top - bottom)
    x, values, articles = (
        f"xaxis{i + 1 if i else ''}",
        f"yaxis{2 * i + 1 if i else ''}",
        f"yaxis{2 * i + 2}",
    )
    figure.update_layout(
        {
            x: {"domain": [left, right], "anchor": _axis("y", 2 * i + 1), "matches": "x" if i else None},
            values: {"domain": [edge + APART * (top - bottom), top], "anchor": _axis("x", i)},
            articles: {"domain": [bottom, edge], "anchor": _axis("x", i), "showgrid": False},
        }
    )
    if of > 1:
        middle = {"x": (left + right) / 2, "y": top, "xref": "paper", "yref": "paper"}
        figure.add_annotation(
            text=f"<b>{title}</b>", xanchor="center", yanchor="bottom", showarrow=False, font_size=13, **middle
        )


def _style_axes(
    figure: go.Figure,
    rows: pd.DataFrame,
    period: Period,
    *,
    groups: int,
    across: int,
    ends: list[float],
    most: float,
    label: str,
    unit: str,
) -> None:
    first, last = rows["period"].min(), rows["period"].max()
    every = ceil(len(pd.period_range(first, last, freq=FREQUENCY[period])) / (10 if groups == 1 else 4))
    steps = {"day": every * DAY, "week": 7 * every * DAY, "month": f"M{every}", "quarter": f"M{3 * every}"}
    ticks = {"tick0": f"{first:%Y-%m-%d}", "dtick": steps[period], "tickformat": FORMATS[period]}
    half = (pd.Period(first, FREQUENCY[period]).end_time - first) * 0.6
    common = {"gridcolor": GRID, "zeroline": False, "automargin": True}
    figure.update_xaxes(type="date", range=[first - half, last + half], **ticks, **common)
    zero = {"zeroline": True, "zerolinecolor": ZERO, "zerolinewidth": 2} if ends[0] < 0 < ends[1] else {}
    for i in range(groups):
        leftmost = i % across == 0
        values, articles = figure.layout[f"yaxis{2 * i + 1 if i else ''}"], figure.layout[f"yaxis{2 * i + 2}"]
        values.update(range=ends, showticklabels=leftmost, **{**common, **zero})
        articles.update(range=[0, 1.08 * most], showticklabels=leftmost, nticks=3, tickfont_size=11, **common)
        if leftmost:
            values.update(title={"text": axis_title(label, unit) if groups == 1 else unit, "font": {"size": 13}})
            articles.update(title={"text": "articles", "font": {"size": 11}})


def _line(
    points: list[Any], period: Period, style: Style, shift: float, *, name: str, label: str, unit: str, small: bool
) -> go.Scatter:
    length = [pd.Period(row.period, FREQUENCY[period]).end_time - row.period for row in points]
    return go.Scatter(
        x=[row.period + shift * long for row, long in zip(points, length, strict=True)],
        y=[plain(row.value) for row in points],
        error_y={**whiskers(points, "value", colour=style.colour), "thickness": 1.2, "width": 0 if small else 3},
        mode="lines+markers",
        connectgaps=False,
        line={"color": style.colour, "width": 2, "dash": style.dash},
        marker={"symbol": style.symbol, "size": 7 if small else 9, "color": style.colour},
        name=name,
        customdata=[_keys(row, period) for row in points],
        hovertext=[rate_in_words(row, name=lines(name, _when(row, period)), label=label, unit=unit) for row in points],
        hoverinfo="text",
    )


def _bars(points: list[Any], period: Period, style: Style, *, name: str) -> go.Bar:
    return go.Bar(
        x=[row.period for row in points],
        y=[int(row.volume) for row in points],
        marker={"color": style.colour, "line": {"width": 0}},
        opacity=0.75,
        name=name,
        showlegend=False,
        customdata=[_keys(row, period) for row in points],
        hovertext=[lines(f"<b>{name}</b>", _when(row, period), counted(int(row.volume))) for row in points],
        hoverinfo="text",
    )


def _keys(row: Any, period: Period) -> list[str]:
    return [str(row.actor_id), str(row.outlet), *days_of(row.period, period)]


def _when(row: Any, period: Period) -> str:
    first, last = (pd.Timestamp(day) for day in days_of(row.period, period))
    return f"{first:%-d %B %Y}" if period == "day" else f"{first:%-d %b} to {last:%-d %b %Y}"


def _say(figure: go.Figure, i: int) -> None:
    """Grey words in the middle of a panel, in place of a line."""
    x, y = f"{_axis('x', i)} domain", f"{_axis('y', 2 * i)} domain"
    quiet = {"color": QUIET, "size": 13}
    figure.add_annotation(text=TOO_FEW, x=0.5, y=0.5, xref=x, yref=y, showarrow=False, font=quiet)
