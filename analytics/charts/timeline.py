"""When each outlet told a story."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .labels import lines, shown
from .theme import BLUE, FRAME, ORANGE, ROW, nothing, row_at, row_axis, styled

DAY = 24 * 60 * 60 * 1000  # of Plotly, in milliseconds
MOST_DAYS = pd.Timedelta(days=8)  # with a tick for each
MARKS = {False: ("a telling of its own", "circle", BLUE), True: ("a copy of another article", "diamond-open", ORANGE)}


def timeline_chart(tellings: pd.DataFrame) -> go.Figure:
    """A row per outlet, the first to tell at the top; a mark per article at the time it was published.

    `tellings` has article_id, outlet, title, published and is_copy. Articles without a date have no mark: say so beside
    the chart. Copies differ by symbol as well as colour. Each mark's customdata is [article_id].
    """
    dated = tellings.dropna(subset=["published"]).sort_values(["published", "article_id"])
    if dated.empty:
        return nothing("No telling of this story has a date")
    order = list(dict.fromkeys(dated["outlet"].astype(str)))
    figure = go.Figure([_marks(dated[dated["is_copy"] == copy], order, copy=copy) for copy in MARKS])
    styled(figure, height=FRAME + ROW * len(order))
    row_axis(figure, [shown(name) for name in order])
    first, last = dated["published"].min(), dated["published"].max()
    margin = max((last - first) * 0.06, pd.Timedelta(hours=6))
    days = only_days(dated["published"])
    figure.update_xaxes(
        title_text="day of publication (UTC)" if days else "time of publication (UTC)",
        type="date",
        range=[first - margin, last + margin],
        nticks=6,
    )
    return figure.update_xaxes(dtick=DAY, tickformat="%-d %b %Y") if days and last - first < MOST_DAYS else figure


def only_days(published: pd.Series[Any]) -> bool:
    """Whether times are days without an hour: all at midnight."""
    known = published.dropna()
    return bool((known == known.dt.normalize()).all())


def _marks(rows: pd.DataFrame, order: list[str], *, copy: bool) -> go.Scatter:
    name, symbol, colour = MARKS[copy]
    each: list[Any] = list(rows.itertuples(index=False))
    return go.Scatter(
        x=[row.published for row in each],
        y=[row_at(order.index(str(row.outlet))) for row in each],
        mode="markers",
        name=name,
        showlegend=bool(each),
        marker={"symbol": symbol, "size": 13, "color": colour, "line": {"width": 2, "color": colour}},
        customdata=[[row.article_id] for row in each],
        hovertext=[lines(f"<b>{shown(row.outlet, longest=None)}</b>", shown(row.title), _when(row)) for row in each],
        hoverinfo="text",
    )


def _when(row: Any) -> str:
    return f"{at(row.published)}{' · a copy' if row.is_copy else ''}"


def at(published: pd.Timestamp) -> str:
    """A time as it is shown; one at midnight is a day of which the hour is not known.

    >>> at(pd.Timestamp("2031-01-06")), at(pd.Timestamp("2031-01-06 09:30"))
    ('6 Jan 2031', '6 Jan 2031, 09:30')
    """
    return f"{published:%-d %b %Y}" if published == published.normalize() else f"{published:%-d %b %Y, %H:%M}"


def span(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """From when to when, and how long that is: in hours only where both hours are known.

    >>> span(pd.Timestamp("2031-01-06"), pd.Timestamp("2031-01-08"))
    '6 Jan 2031 – 8 Jan 2031 (2 days)'
    >>> span(pd.Timestamp("2031-01-06 09:30"), pd.Timestamp("2031-01-06 12:30"))
    '6 Jan 2031, 09:30 – 6 Jan 2031, 12:30 UTC (3 hours)'
    """
    to_the_hour = first != first.normalize() and last != last.normalize()
    zone = " UTC" if to_the_hour else ""
    if first == last:
        return f"{at(first)}{zone}"
    n = (last - first) / pd.Timedelta(hours=1) if to_the_hour else (last.normalize() - first.normalize()).days
    unit = "hour" if to_the_hour else "day"
    return f"{at(first)} – {at(last)}{zone} ({n:,.0f} {unit}{'' if round(n) == 1 else 's'})"
