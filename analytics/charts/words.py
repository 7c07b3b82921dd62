"""Words that set one side apart from another: a dot and its interval each, one side to the right, one to the left."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .labels import counted, interval, lines, number
from .rates import whiskers
from .theme import BLUE, FRAME, ORANGE, nothing, row_at, row_axis, styled, zero_line

ALPHA = 0.05
ROW = 22  # pixels of a row: words are short and many


def words_chart(words: pd.DataFrame, *, of: str, reference: str, top: int = 15) -> go.Figure:
    """The words most typical of each side; `words` as `compare.distinctive_words` returns it.

    Only words whose adjusted p is below 0.05 are drawn, of each side at most `top`, by their score. Sides differ by
    place, symbol and colour. Each mark's customdata is [word].
    """
    found = words[(words["p_adjusted"] < ALPHA).fillna(False)]
    if found.empty:
        return nothing("No word is more typical of one side than chance would have it")
    ours = found[found["log_odds"] > 0].head(top)
    theirs = found[found["log_odds"] < 0].tail(top)
    rows = [*ours.itertuples(index=False), *theirs.itertuples(index=False)]
    figure = go.Figure()
    for name, symbol, colour, first, last in (
        (f"typical of {of}", "circle", BLUE, 0, len(ours)),
        (f"typical of {reference}", "diamond", ORANGE, len(ours), len(rows)),
    ):
        if first < last:
            figure.add_trace(_dots(rows[first:last], name, symbol, colour, first, of, reference))
    styled(figure, height=FRAME + ROW * len(rows))
    row_axis(figure, [escape(str(row.word), quote=False) for row in rows])
    figure.update_xaxes(title_text=lines("log-odds", "further out: the more typical"), autorange=True)
    return zero_line(figure, vertical=True)


def _dots(rows: list[Any], name: str, symbol: str, colour: str, first: int, of: str, reference: str) -> go.Scatter:
    return go.Scatter(
        x=[float(row.log_odds) for row in rows],
        y=[row_at(first + i) for i in range(len(rows))],
        error_x=whiskers(rows, "log_odds", colour=colour),
        mode="markers",
        marker={"symbol": symbol, "size": 9, "color": colour},
        name=escape(name, quote=False),
        customdata=[[str(row.word)] for row in rows],
        hovertext=[_told(row, of, reference) for row in rows],
        hoverinfo="text",
    )


def _told(row: Any, of: str, reference: str) -> str:
    return lines(
        f"<b>{escape(str(row.word), quote=False)}</b>: log-odds {number(float(row.log_odds), signed=True)}",
        interval(row.low, row.high, signed=True),
        _used(of, row.n_uses, row.n_articles, row.per_1000),
        _used(reference, row.n_uses_reference, row.n_articles_reference, row.reference_per_1000),
        f"dispersion (DP) {number(float(row.dp))}; adjusted p {float(row.p_adjusted):.3f}",
    )


def _used(side: str, uses: int, articles: int, per_1000: float) -> str:
    held = counted(int(articles))
    return f"{escape(side, quote=False)}: {uses:,} times in {held}, {number(float(per_1000))} in 1,000 words"
