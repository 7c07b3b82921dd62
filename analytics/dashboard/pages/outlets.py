"""Page: one measure, outlet by outlet, and how far each outlet lies from the others."""

from typing import Any

import streamlit as st

from analytics.charts import difference_chart
from analytics.compare import contrasts, enough_stories
from analytics.compare.contrasts import Stories
from analytics.compare.groups import REST
from analytics.dashboard.parts import elements, evidence, machine_error, rate_charts, score_choice
from analytics.dashboard.view import View, current
from analytics.measures import Score
from analytics.results.story_columns import with_stories

STORIES: dict[Any, str] = {"all": "All articles", "same": "Same stories"}
DOTS = (
    "Right of zero: higher than the comparison. A filled dot: hardly chance (adjusted p below 0.05). A hollow dot: may "
    "be chance, by a permutation test that allows for the number of outlets compared; the line is the interval of one "
    "outlet alone, so the two can disagree."
)
RAW = "Over all articles a difference also reflects which stories an outlet tells."
WITHIN = "Only stories that both sides tell count, copies left out, so which stories an outlet tells does not matter."


def main() -> None:
    view = current()
    if not elements.heading(view, "Outlets", "How the outlets differ on one measure, and the sentences that show it."):
        return
    choices = score_choice.available(view)
    if not choices:
        elements.nothing("These results hold no scores.")
        return
    score = score_choice.choose(view, choices)
    actor = score_choice.choose_actor(view) if score.per_actor else None
    if score.per_actor and actor is None:
        elements.nothing("These results name no actor.")
        return
    actor_id = actor[0] if actor else None
    st.header("By outlet", anchor=False)
    st.caption("A dot is the outlet's rate; the line is its 95 % interval; n is its number of articles.")
    machine_error.caption(view, score, actor_id)
    rate_charts.by_outlet(view, score, name="rates", actor=actor_id)
    _differences(view, score, actor_id)


def _differences(view: View, score: Score, actor: str | None) -> None:
    actors = (actor,) if actor else ()
    outlets = list(rate_charts.score_rates(view, score, by=("outlet",), actors=actors)["outlet"])
    if len(outlets) < 2:
        return
    st.header("Differences", anchor=False)
    reference = st.selectbox(
        "Compare with",
        [REST, *outlets],
        format_func=lambda name: "the other outlets together" if name == REST else name,
        key="reference",
        bind="query-params",
    )
    rows = with_stories(view.store, score_choice.score_rows(view, score, actors=actors))
    first = "same" if enough_stories(rows, reference=reference) else "all"
    chosen = st.segmented_control(
        "Stories", list(STORIES), default=first, format_func=STORIES.__getitem__, key="stories", bind="query-params"
    )
    stories: Stories = "same" if (chosen or first) == "same" else "all"
    st.caption(f"{DOTS} {WITHIN if stories == 'same' else RAW}")
    frame = view.remember(
        ("contrasts", score.name, actor, reference, stories),
        lambda: contrasts(rows, reference=reference, stories=stories, scale=score.scale),
    )
    figure = difference_chart(frame, by="outlet", **rate_charts.axis(score))
    alt = f"{score.label}: difference of each outlet, with 95 % intervals"
    picked = elements.chart(figure, frame, name="differences", alt=alt, picks=rate_charts.outlets_of(frame))
    if picked:
        evidence.of_score(view, score, name="differences", actor=actor, outlets=picked)


main()
