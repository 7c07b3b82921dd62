"""The curve of estimates: one question under many settings, and which setting each estimate has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from .labels import direction, interval, lines, number
from .theme import BLUE, QUIET, TEXT, VERMILION, ZERO, nothing, styled

LINE = 17  # pixels of a row of the matrix below the curve


def specification_chart(
    settings: pd.DataFrame,
    *,
    choices: Sequence[str],
    labels: Mapping[str, str],
    label: str,
    unit: str,
    higher_means: str = "",
) -> go.Figure:
    """The differences of all settings, smallest first, with their intervals; below, a mark for each choice made.

    `settings` are rows as `reports.robustness` gives them. Filled marks leave zero out of their interval; the setting
    that was asked for is a red diamond. Settings without a number are counted in the words above, not drawn. Each
    mark's customdata is the setting.
    """
    shown = settings.dropna(subset=["difference"]).sort_values("difference", kind="stable", ignore_index=True)
    if shown.empty:
        return nothing("No setting has enough articles for a number")
    options = [(choice, str(option)) for choice in choices for option in _options(settings, choice)]
    figure = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.03,
        row_heights=[260, 30 + LINE * len(options)],
    )
    for asked in (False, True):
        if len(rows := shown[shown["asked"] == asked]):
            figure.add_trace(_estimates(rows, choices, labels, unit=unit, asked=asked), row=1, col=1)
    figure.add_trace(_matrix(shown, options), row=2, col=1)
    styled(figure, height=400 + LINE * len(options))
    figure.update_xaxes(showticklabels=False, showgrid=False)
    figure.update_yaxes(zeroline=True, zerolinecolor=ZERO, zerolinewidth=2, rangemode="tozero", row=1, col=1)
    figure.update_yaxes(title_text=escape(unit), row=1, col=1)
    figure.update_yaxes(
        tickvals=[-i for i in range(len(options))],
        ticktext=[f"{escape(labels[choice])}: {escape(option)}" for choice, option in options],
        tickfont_size=11,
        showgrid=False,
        fixedrange=True,
        row=2,
        col=1,
    )
    missing = len(settings) - len(shown)
    aside = f"{len(shown):,} settings" + (f"; {missing:,} more have too few articles" if missing else "")
    words = lines(
        escape(label),
        direction(higher_means) if higher_means else "",
        f'<span style="font-size:0.9em;color:{QUIET}">{aside}</span>',
    )
    title = {"text": words, "font_size": 14, "x": 0, "xref": "container", "y": 1, "yanchor": "top"}
    return figure.update_layout(title={**title, "pad": {"l": 12, "t": 12}}, margin_t=110)


def _options(settings: pd.DataFrame, choice: str) -> list[str]:
    """The options of a choice in the order of their first row; none where there was no choice."""
    found = [str(option) for option in settings[choice].unique()]
    return found if len(found) > 1 else []


def _estimates(
    rows: pd.DataFrame, choices: Sequence[str], labels: Mapping[str, str], *, unit: str, asked: bool
) -> go.Scatter:
    records: list[Any] = rows.to_dict("records")
    colour = VERMILION if asked else BLUE
    certain = [not pd.isna(row["low"]) and (row["low"] > 0 or row["high"] < 0) for row in records]
    return go.Scatter(
        x=rows.index.to_list(),
        y=[float(row["difference"]) for row in records],
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [_far(row["difference"], row["high"]) for row in records],
            "arrayminus": [_far(row["low"], row["difference"]) for row in records],
            "color": colour if asked else "rgba(0, 114, 178, 0.35)",
            "thickness": 2 if asked else 1,
            "width": 0,
        },
        mode="markers",
        marker={
            "symbol": [("diamond" if asked else "circle") + ("" if sure else "-open") for sure in certain],
            "size": 12 if asked else 5,
            "color": colour,
        },
        name="as asked" if asked else "other settings (filled: the interval leaves out zero)",
        customdata=[[str(row[choice]) for choice in choices] for row in records],
        hovertext=[_told(row, choices, labels, unit) for row in records],
        hoverinfo="text",
    )


def _matrix(shown: pd.DataFrame, options: Sequence[tuple[str, str]]) -> go.Scatter:
    x, y, colours = [], [], []
    for i, (choice, option) in enumerate(options):
        for at in shown.index[shown[choice].astype(str) == option]:
            x.append(at)
            y.append(-i)
            colours.append(VERMILION if shown["asked"].iloc[at] else TEXT)
    marker = {"symbol": "line-ns", "size": 9, "line": {"width": 1.5, "color": colours}}
    return go.Scatter(x=x, y=y, mode="markers", marker=marker, hoverinfo="skip", showlegend=False)


def _told(row: Mapping[str, Any], choices: Sequence[str], labels: Mapping[str, str], unit: str) -> str:
    return lines(
        f"difference {number(float(row['difference']), signed=True)} ({escape(unit)})",
        interval(row["low"], row["high"], signed=True),
        f"{int(row['n_articles']):,} articles, {int(row['n_reference']):,} to compare with",
        *(f"{escape(labels[choice])}: {escape(str(row[choice]))}" for choice in choices if row[choice]),
    )


def _far(low: Any, high: Any) -> float | None:
    return None if pd.isna(low) or pd.isna(high) else float(high) - float(low)
