"""Page: one measure over time, outlet by outlet."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from analytics.charts import trend_chart
from analytics.compare import PERIODS, Trends, trends
from analytics.compare.thresholds import thresholds
from analytics.dashboard.parts import elements, evidence, machine_error, rate_charts, score_choice
from analytics.dashboard.view import View, current, each
from analytics.measures import Score

AUTO = "auto"
HARDLY_A_LINE = 3  # points


def main() -> None:
    view = current()
    lead = "How one measure moves, outlet by outlet, and the sentences of any point."
    if not elements.heading(view, "Over time", lead):
        return
    choices = score_choice.available(view)
    if not choices:
        elements.nothing("These results hold no scores.")
        return
    score = score_choice.choose(view, choices)
    actor = score_choice.choose_actor(view) if score.per_actor else None
    period = st.segmented_control(
        "Period", [AUTO, *PERIODS], default=AUTO, key="period", bind="query-params", format_func=str.capitalize
    )
    together = st.toggle("All outlets together", key="together", bind="query-params")
    found = _trends(view, score, (actor[0],) if actor else (), by=None if together else "outlet", period=period or AUTO)
    if found.rows.empty:
        elements.nothing("No dated article in this selection has a number for this measure.")
        return
    machine_error.caption(view, score, actor[0] if actor else None)
    _chart(view, score, found, actor[0] if actor else None)


def _trends(view: View, score: Score, actors: tuple[str, ...], *, by: str | None, period: Any) -> Trends:
    def compute() -> Trends:
        rows = score_choice.score_rows(view, score, actors=actors)
        return trends(rows, by=by, period=period, scale=score.scale, bounds=score.range)

    return view.remember(("trends", score.name, actors, by, period), compute)


def _chart(view: View, score: Score, found: Trends, actor: str | None) -> None:
    st.caption(" ".join(_explained(found)))
    if found.rows["value"].isna().all():
        wider = "" if found.by is None else " “All outlets together”, or fewer filters, may show more."
        elements.nothing(f"In every {found.period} there are too few articles for a number.{wider}")
        return
    spans = [(str(row.outlet),) if found.by else () for row in each(found.rows)]
    days = [_days(row.period, found.period) for row in each(found.rows)]
    if found.by and found.rows.groupby(found.by)["value"].count().median() < HARDLY_A_LINE:
        longer = "" if found.period == PERIODS[-1] else "A longer period or "
        st.info(f"Most outlets have too few articles for a line. {longer}“All outlets together” shows more.")
    picks = {
        " · ".join([*span, first if first == last else f"{first} to {last}"]): (*span, first, last)
        for span, (first, last), n in zip(spans, days, found.rows["n_articles"], strict=True)
        if n
    }
    figure = trend_chart(found, **rate_charts.axis(score), bounds=score.range)
    figure.update_layout(title_text="")  # its words stand above; a legend of several lines would lie over it
    picked = elements.chart(
        figure,
        found.rows.assign(
            period=found.rows["period"].dt.strftime("%Y-%m-%d"),
            score=score.name,
            actor_id=actor,
            voices="; ".join(view.selection.voices),
        ),
        name="trend",
        alt=f"{score.label} by {found.period}",
        picks=picks,
    )
    if picked:
        *outlets, first, last = picked
        narrower = {"outlets": tuple(outlets)} if outlets else {}
        start, end = _within(view, date.fromisoformat(first), date.fromisoformat(last))
        evidence.of_score(view, score, name="trend", actor=actor, start=start, end=end, **narrower)


def _explained(found: Trends) -> Iterator[str]:
    """What the points and gaps of the lines mean, and what they leave out."""
    yield f"One point per {found.period}, with its 95 % interval."
    yield f"A gap: no article with this number, or fewer than {thresholds().min_articles}."
    if found.by:
        yield "Compare outlets only where both have a line."
    else:
        yield _whose(found)
    if found.undated:
        yield f"{elements.plural(found.undated, 'article')} without a date left out."


def _whose(found: Trends) -> str:
    """Which outlets stand behind the line."""
    if found.left_out:
        return f"Only outlets that cover the whole span count; these do not: {', '.join(found.left_out)}."
    if found.partial:
        partial = ", ".join(found.partial)
        return f"Which outlets stand behind a point changes with time, as these do not cover the whole span: {partial}."
    return "The same outlets cover the whole span."


def _days(start: pd.Timestamp, period: str) -> tuple[str, str]:
    """First and last day of a period."""
    following = {"day": pd.DateOffset(days=1), "week": pd.DateOffset(weeks=1), "month": pd.DateOffset(months=1)}
    end = start + following.get(period, pd.DateOffset(months=3)) - timedelta(days=1)
    return f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"


def _within(view: View, first: date, last: date) -> tuple[date, date]:
    """The period's days that the date filter keeps."""
    return max(first, view.selection.start or first), min(last, view.selection.end or last)


main()
