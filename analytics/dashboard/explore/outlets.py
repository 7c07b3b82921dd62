"""Tab: the outlets beside each other, and how far each lies from the others."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ...charts import difference_chart
from ...charts.dots import dots_chart
from ...charts.scales import in_words as scale_in_words
from ...compare import contrasts, in_words
from ...compare.groups import REST
from ...results.story_columns import with_stories
from ..parts import elements, evidence, machine_error, rate_charts
from ..parts.escape import markdown
from ..view import each
from .question import Question

PANELS = ("One chart", "A panel each")
DOTS = (
    "Right of zero: higher than the comparison. A filled dot: hardly chance (adjusted p below 0.05). A hollow dot: may "
    "be chance, by a permutation test that allows for the number of outlets compared; the line is the interval of one "
    "outlet alone, so the two can disagree."
)
RAW = "Over all articles a difference also reflects which stories an outlet tells."
WITHIN = "Only stories that both sides tell count, copies left out, so which stories an outlet tells does not matter."


def show(question: Question) -> None:
    """Rates by outlet, differences, and the sentences of what is picked."""
    score = question.score
    frame = question.rates()
    if frame.empty:
        elements.nothing(f"{score.label}: nothing was found in this selection. Other voices or dates may have some.")
        return
    several = len(question.toward) > 1
    with st.container(horizontal=True, vertical_alignment="bottom"):
        panels = several and _panels() == PANELS[1]
        zoomed = zoom()
    st.caption(
        "A dot is an outlet's rate, the line its 95 % interval, n its number of articles. Highest first. "
        f"{scale_in_words(score.range, zoomed=zoomed)}"
    )
    machine_error.caption(question.view, score, question.only)
    figure = dots_chart(
        frame,
        **rate_charts.axis(score),
        actors=question.named,
        outlets=question.outlet_styles(),
        bounds=score.range,
        panels=panels,
        zoomed=zoomed,
    )
    picks = {_label(question, row): _keys(row) for row in each(frame)}
    picked = elements.chart(
        figure,
        _named(question, frame),
        name="rates",
        alt=f"{question.title()}, by outlet",
        picks=picks,
        facts=question.facts(),
    )
    if picked:
        outlet, actor = (*picked, None)[:2]
        evidence.of_score(question.view, score, name="rates", actor=actor or question.only, outlets=(str(outlet),))
    _differences(question, list(dict.fromkeys(frame["outlet"].astype(str))))


def zoom() -> bool:
    """A switch for the axis: whole range, or the values shown."""
    return bool(
        st.toggle(
            "Zoom in to the values",
            key="zoom",
            bind="query-params",
            help="Off: the axis is the measure's whole range, the same whatever the filter.",
        )
    )


def _panels() -> str:
    return str(
        st.segmented_control(
            "Several actors", PANELS, default=PANELS[0], required=True, key="panels", bind="query-params"
        )
    )


def _keys(row: Any) -> elements.Keys:
    actor = getattr(row, "actor_id", None)
    return (str(row.outlet),) if actor is None else (str(row.outlet), str(actor))


def _label(question: Question, row: Any) -> str:
    actor = getattr(row, "actor_id", None)
    return str(row.outlet) if actor is None or len(question.toward) < 2 else f"{row.outlet} · {question.actors[actor]}"


def _named(question: Question, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the actors' names beside their ids."""
    if "actor_id" not in frame:
        return frame
    named = frame.copy()
    named.insert(2, "actor", named["actor_id"].map(dict(question.actors)).astype("string"))
    return named


def _differences(question: Question, outlets: list[str]) -> None:
    if len(outlets) < 2:
        return
    st.header("Differences", anchor=False)
    with st.container(horizontal=True):
        actor = _about(question)
        reference = st.selectbox(
            "Compare with",
            [REST, *outlets],
            format_func=lambda name: "the other outlets together" if name == REST else name,
            key="reference",
            bind="query-params",
        )
    asked = question.of(actor) if actor else question
    frame = differences(asked, reference)
    within = asked.view.selection.stories == "same"
    st.caption(f"{DOTS} {WITHIN if within else RAW}")
    figure = difference_chart(frame, by="outlet", **rate_charts.axis(asked.score), looks=question.outlet_styles())
    picked = elements.chart(
        figure,
        frame,
        name="differences",
        alt=f"{asked.title()}: difference of each outlet, with 95 % intervals",
        picks=rate_charts.outlets_of(frame),
        facts=asked.facts() | ({"actor_id": actor, "actor": asked.actors[actor]} if actor else {}),
    )
    with st.expander("In words"):
        for row in frame.to_dict("records"):
            st.markdown(
                f"- {markdown(in_words({str(key): value for key, value in row.items()}, unit=asked.score.unit))}"
            )
    if picked:
        evidence.of_score(asked.view, asked.score, name="differences", actor=actor, outlets=picked)


def _about(question: Question) -> str | None:
    """Toward whom differences are shown: one at a time."""
    if len(question.toward) < 2:
        return question.only
    names = {name: actor for actor, name in question.actors.items()}
    return names[st.selectbox("Toward", list(names), key="toward", bind="query-params")]


def differences(question: Question, reference: str) -> pd.DataFrame:
    """Each outlet less the reference, toward one actor; within the same stories where the question says so."""
    selection = question.view.selection
    # the difference within stories is shown beside that of all articles, so it needs them all
    everything = question.view.narrowed(stories="all", copies=selection.copies and selection.stories == "all")
    asked = Question(view=everything, score=question.score, actors=question.actors)

    def compute() -> pd.DataFrame:
        rows = with_stories(asked.view.store, asked.rows())
        return contrasts(rows, reference=reference, stories=selection.stories, scale=question.score.scale)

    what = ("contrasts", question.score.name, question.toward, reference, selection.stories)
    found = asked.view.remember(what, compute)
    return found.sort_values("difference", ascending=False, na_position="last", kind="stable").reset_index(drop=True)
