"""Tab: the outlets and actors over time, with the articles under every line and the stories behind a point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from ...charts.lines import days_of, lines_chart
from ...charts.scales import in_words as scale_in_words
from ...compare import PERIODS, Period, trends
from ...compare.periods import article_counts, finest_period, windowed
from ...compare.thresholds import thresholds
from ..parts import elements, evidence, machine_error, rate_charts
from ..view import each
from . import behind
from .outlets import zoom
from .question import Question

AUTO = "auto"
LAYOUTS = {"one": "One chart", "outlet": "A panel for each outlet", "actor": "A panel for each actor"}
MOST = 5  # lines in one chart, if nobody asks for more


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The lines of a question: rows as `lines_chart` takes them, and what they leave out."""

    rows: pd.DataFrame
    period: Period
    undated: int
    left_out: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()


def show(question: Question) -> None:
    """The lines, and what stands behind the point that is picked."""
    score = question.score
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = st.segmented_control(
            "Period",
            [AUTO, *PERIODS],
            default=AUTO,
            required=True,
            key="period",
            bind="query-params",
            format_func=str.capitalize,
        )
        together = bool(st.toggle("All outlets together", key="together", bind="query-params"))
        smooth = bool(
            st.toggle(
                "Smooth",
                key="smooth",
                bind="query-params",
                help="Each point takes in the period before and the one after: a moving window of three.",
            )
        )
        zoomed = zoom()
    course = _course(question, asked=str(asked), together=together, smooth=smooth)
    if course.rows.empty:
        elements.nothing(_none_dated(question))
        return
    layout = _layout(course, question)
    st.caption(" ".join([*_explained(course, asked=str(asked), smooth=smooth, together=together)]))
    st.caption(f"{scale_in_words(score.range, zoomed=zoomed)} Drag across the chart to set the dates to what you mark.")
    machine_error.caption(question.view, score, question.only)
    if course.rows["value"].isna().all():
        wider = "" if together else " “All outlets together”, or fewer filters, may show more."
        elements.nothing(f"In every {course.period} there are too few articles for a number.{wider}")
    figure = lines_chart(
        course.rows,
        period=course.period,
        **rate_charts.axis(score),
        actors=question.named,
        outlets=question.outlet_styles(),
        panels={"one": (), "outlet": ("outlet",), "actor": ("actor_id",)}[layout],
        bounds=score.range,
        zoomed=zoomed,
    )
    picks = {_label(question, row, course.period): _keys(row, course.period) for row in each(course.rows) if row.volume}
    picked = elements.chart(
        figure,
        _table(question, course),
        name="trend",
        alt=f"{question.title()}, by {course.period}",
        picks=picks,
        pick_label="Show the stories and sentences behind",
        span=("from", "to"),
        facts=question.facts() | {"period": course.period, "smoothed_over": "3" if smooth else "1"},
    )
    if picked:
        _behind(question, course, *picked)


def _layout(course: Course, question: Question) -> str:
    """One chart or panels, by choice; panels first where one chart would be a thicket."""
    n_outlets, n_actors = course.rows["outlet"].nunique(), course.rows["actor_id"].nunique()
    offered = ["one", *(["outlet"] if n_outlets > 1 else []), *(["actor"] if n_actors > 1 else [])]
    if len(offered) == 1:
        return "one"
    first = "one" if n_outlets * n_actors <= MOST else "outlet" if n_outlets > n_actors else "actor"
    return str(
        st.segmented_control(
            "Lines",
            offered,
            default=first,
            required=True,
            format_func=LAYOUTS.__getitem__,
            key="lines",
            bind="query-params",
        )
    )


def _course(question: Question, *, asked: str, together: bool, smooth: bool) -> Course:
    score = question.score

    def compute() -> Course:
        rows = question.rows()
        by = () if together else ("outlet",)
        lines = [*by, *(["actor_id"] if question.toward else [])]
        period: Any = finest_period(rows, by=lines) if asked == AUTO else asked
        parts: list[pd.DataFrame] = []
        undated, left_out, partial = 0, (), ()  # type: int, tuple[str, ...], tuple[str, ...]
        for actor in question.toward or ("",):
            own = rows[rows["actor_id"] == actor] if actor else rows
            read = windowed(own, period=period, by=by) if smooth else own
            found = trends(read, by="outlet" if by else None, period=period, scale=score.scale, bounds=score.range)
            if found.rows.empty:
                continue
            kept = own[~own["outlet"].isin(found.left_out)] if found.left_out else own
            counts = article_counts(kept, period=period, by=by)
            counts["period"] = counts["period"].astype(found.rows["period"].dtype)
            line = found.rows.merge(counts, on=[*by, "period"], how="left")
            line = line.assign(volume=line["volume"].fillna(0).astype(int), actor_id=actor)
            parts.append(line if by else line.assign(outlet=""))
            left_out, partial = found.left_out or left_out, found.partial or partial
            undated = max(undated, int(own.loc[own["published"].isna(), "article_id"].nunique()))
        joined = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
        if parts and by:  # outlets stand in the order of the other tabs
            rank = {outlet: place for place, outlet in enumerate(dict.fromkeys(question.rates()["outlet"]))}
            joined = joined.sort_values("outlet", key=lambda names: names.map(rank), kind="stable")
        return Course(rows=joined, period=period, undated=undated, left_out=left_out, partial=partial)

    what = ("course", score.name, question.toward, asked, together, smooth)
    return question.view.remember(what, compute)


def _none_dated(question: Question) -> str:
    if question.view.dates() is None:
        return (
            "No article of these results has a date, so nothing can be shown over time. The other tabs need no dates."
        )
    return "No dated article in this selection has a number for this measure."


def _explained(course: Course, *, asked: str, smooth: bool, together: bool) -> Iterator[str]:
    """What points and gaps of the lines mean, how the period was chosen, and what is left out."""
    least = thresholds().min_articles
    if asked == AUTO:
        yield f"One point per {course.period}: the finest period in which nearly every point has {least} articles."
    else:
        yield f"One point per {course.period}."
    if smooth:
        yield f"Each takes in the {course.period} before and after; the bars count the {course.period} alone."
    yield "The line through a point is its 95 % interval; bars are articles."
    yield f"A gap: no article with this number, or fewer than {least}."
    if together:
        yield _whose(course)
    else:
        yield "Compare outlets only where both have a line."
    if course.undated:
        yield f"{elements.plural(course.undated, 'article')} without a date left out."


def _whose(course: Course) -> str:
    """Which outlets stand behind a line of all together."""
    if course.left_out:
        return f"Only outlets that cover the whole span count; these do not: {', '.join(course.left_out)}."
    if course.partial:
        named = ", ".join(course.partial)
        return f"Which outlets stand behind a point changes with time, as these do not cover the whole span: {named}."
    return "The same outlets cover the whole span."


def _keys(row: Any, period: Period) -> elements.Keys:
    return (str(row.actor_id), str(row.outlet), *days_of(row.period, period))


def _label(question: Question, row: Any, period: Period) -> str:
    first, last = days_of(row.period, period)
    actor = question.actors.get(row.actor_id, "") if len(question.toward) > 1 else ""
    return " · ".join(filter(None, [actor, str(row.outlet), first if first == last else f"{first} to {last}"]))


def _table(question: Question, course: Course) -> pd.DataFrame:
    rows = course.rows.assign(
        period=course.rows["period"].dt.strftime("%Y-%m-%d"),
        actor=course.rows["actor_id"].map(question.named).astype("string"),
    )
    first = [name for name in ("outlet", "actor_id", "actor") if rows[name].ne("").any()]
    return rows[[*first, "period", "value", "low", "high", "n_articles", "denominator", "note", "volume"]]


def _behind(question: Question, course: Course, actor: str, outlet: str, first: str, last: str) -> None:
    selection = question.view.selection
    start = max(date.fromisoformat(first), selection.start or date.min)
    end = min(date.fromisoformat(last), selection.end or date.max)
    asked = question.of(actor) if actor else question
    dated = asked.view.narrowed(start=start, end=end)
    behind.stories(Question(view=dated, score=asked.score, actors=asked.actors), outlet=outlet)
    narrower = {"outlets": (outlet,)} if outlet else {}
    evidence.of_score(dated, asked.score, name="trend", actor=actor or None, **narrower)
