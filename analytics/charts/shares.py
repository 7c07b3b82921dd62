"""Whose words an outlet prints: its own, quoted, reported."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..vocabulary import VOICE_LABELS, VOICES, Voice
from .labels import Names, counted, keys_of, lines, percent, shown
from .theme import (
    FRAME,
    GROUND,
    ROW,
    VOICE_COLOURS,
    VOICE_PATTERNS,
    VOICE_TEXT,
    nothing,
    quiet_note,
    row_at,
    row_axis,
    styled,
)

TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def share_chart(
    rates: pd.DataFrame, *, by: str = "outlet", unit: str = "share of words", names: Names | None = None
) -> go.Figure:
    """Stacked bars of the three voices' shares, the group with most words of its own first.

    `rates` is `compare.rates(…, by=[by, "voice"])` of a share of which every article has one row
    per voice, so that a group's shares add up to 1. Groups with too few articles say so in grey.
    Voices differ by pattern as well as colour. Each bar's customdata is [group, voice].
    """
    if rates.empty:
        return nothing()
    by_group = {str(name): rows for name, rows in rates.groupby(by, sort=False)}
    order = sorted(by_group, key=lambda name: _rank(by_group[name]), reverse=True)
    figure = go.Figure([_bars(voice, order, by_group, by=by, names=names) for voice in VOICES])
    styled(figure, height=FRAME + ROW * len(order))
    labels = [f"{shown(name, names=names)} (n = {int(by_group[name]['n_articles'].max()):,})" for name in order]
    row_axis(figure, labels)
    figure.update_layout(barmode="stack", bargap=0.25, legend_traceorder="normal")
    figure.update_xaxes(title_text=unit, tickvals=TICKS, ticktext=[percent(share) for share in TICKS], range=[0, 1])
    for i, name in enumerate(order):
        if by_group[name]["value"].isna().all():
            quiet_note(figure, str(by_group[name]["note"].iloc[0]), row=i)
    return figure


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))


def _rank(rows: pd.DataFrame) -> tuple[float, int]:
    own = rows.loc[rows["voice"] == "outlet", "value"].dropna()
    return (float(own.iloc[0]) if len(own) else -1.0, int(rows["n_articles"].max()))


def _bars(voice: Voice, order: list[str], by_group: dict[str, pd.DataFrame], *, by: str, names: Names | None) -> go.Bar:
    marks = [
        (i, row)
        for i, name in enumerate(order)
        for row in _rows(by_group[name])
        if row.voice == voice and not pd.isna(row.value)
    ]
    rows = [row for _, row in marks]
    return go.Bar(
        orientation="h",
        x=[float(row.value) for row in rows],
        y=[row_at(i) for i, _ in marks],
        name=VOICE_LABELS[voice],
        marker={
            "color": VOICE_COLOURS[voice],
            "line": {"color": GROUND, "width": 1},
            "pattern": {"shape": VOICE_PATTERNS[voice], "fgcolor": "white", "fgopacity": 0.35, "size": 7},
        },
        textfont={"color": VOICE_TEXT[voice]},
        text=[percent(row.value) if row.value >= 0.05 else "" for row in rows],
        textposition="inside",
        insidetextanchor="middle",
        customdata=[keys_of(row, [by, "voice"]) for row in rows],
        hovertext=[_in_words(row, voice, shown(getattr(row, by), names=names, longest=None)) for row in rows],
        hoverinfo="text",
    )


def _in_words(row: Any, voice: Voice, name: str) -> str:
    spread = row.note or f"95 % interval {percent(row.low)} to {percent(row.high)}"
    return lines(f"<b>{name}</b>", f"{VOICE_LABELS[voice]}: {percent(row.value)}", spread, counted(int(row.n_articles)))
