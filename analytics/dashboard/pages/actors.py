"""Page: one actor: who writes about it, how it is spoken of, how much it gets to speak."""

import streamlit as st

from analytics.charts import heatmap, rates_chart
from analytics.dashboard.parts import (
    actor_counts,
    correcting,
    elements,
    evidence,
    evidence_queries,
    rate_charts,
    score_choice,
)
from analytics.dashboard.parts.escape import markdown
from analytics.dashboard.view import View, current, each
from analytics.measures import Score
from analytics.measures.voices import SPOKEN

ACROSS = 10  # actors in the heatmap and in the list of speakers
SPEAKING = "speaking_share"


def main() -> None:
    view = current()
    lead = "How outlets speak of a person, organisation or country, and how much room they give it to speak."
    if not elements.heading(view, "Actors", lead):
        return
    chosen = score_choice.choose_actor(view)
    if chosen is None:
        elements.nothing("These results name no actor.")
        return
    actor, name = chosen
    treated = {key: score for key, score in score_choice.available(view).items() if score.per_actor}
    _mentions(view, actor, name)
    if treated:
        _treatment(view, actor, name, treated)
    _space(view, actor, name)
    _cues(view, actor, name)
    _names(view, actor, name)
    correcting.panel(view, actor, name)
    everyone = view.narrowed(actors=())
    st.header("All actors", anchor=False)
    st.write("The rest of this page is about all actors, whatever the filter’s “Actors” says.")
    if treated:
        _across(everyone, treated)
    _speakers(everyone.narrowed(voices=()))


def _mentions(view: View, actor: str, name: str) -> None:
    st.header(f"Who writes about {markdown(name)}", anchor=False)
    st.caption("The share of an outlet's articles in which the actor is mentioned, in the chosen voices.")
    frame = rate_charts.share_rates(
        view, ("mentions", actor), lambda: actor_counts.mentioning(view, actor), by=("outlet",)
    )
    figure = rates_chart(
        frame, by="outlet", label=f"Articles that mention {name}", unit="share of articles", bounds=(0.0, 1.0)
    )
    figure.update_xaxes(range=[0, 1.15], autorange=False)  # room for words beside a mark at 1
    alt = "Share of articles that mention the actor, by outlet"
    picked = elements.chart(figure, frame, name="mentions", alt=alt, picks=rate_charts.outlets_of(frame))
    if picked:
        selection = view.selection.but(actors=(actor,), outlets=picked)
        evidence.show(view, evidence_queries.MENTIONED, selection, name="mentions")


def _treatment(view: View, actor: str, name: str, treated: dict[str, Score]) -> None:
    st.header(f"How {markdown(name)} is spoken of", anchor=False)
    score = score_choice.choose(view, treated)
    rate_charts.by_outlet(view, score, name="treatment", actor=actor)


def _space(view: View, actor: str, name: str) -> None:
    st.header(f"How much {markdown(name)} gets to say", anchor=False)
    st.caption(
        "Of all words quoted or reported in an outlet's articles, the share that is this actor's, whatever voice the "
        "filter says. Articles without attributed words are left out."
    )
    frame = rate_charts.share_rates(
        view, ("space", actor), lambda: actor_counts.speaking(view, {actor: name}), by=("outlet",)
    )
    if frame.empty:
        elements.nothing("Nobody is quoted in this selection.")
        return
    figure = rates_chart(
        frame, by="outlet", label=f"Words given to {name}", unit="share of attributed words", bounds=(0.0, 1.0)
    )
    alt = "Share of attributed words that are the actor's, by outlet"
    picked = elements.chart(figure, frame, name="space", alt=alt, picks=rate_charts.outlets_of(frame))
    if picked:
        evidence.show(view, SPOKEN, view.selection.but(actors=(actor,), outlets=picked, voices=()), name="space")


def _cues(view: View, actor: str, name: str) -> None:
    st.header(f"How {markdown(name)} is introduced", anchor=False)
    frame = actor_counts.reporting_cues(view, actor)
    if frame.empty:
        elements.nothing("No reporting verb introduces this actor's words in this selection.")
        return
    st.caption(
        "Reporting verbs and their class, with the number of times each outlet uses them: “said” is neutral, “claimed” "
        "doubts, “made clear” agrees. Quotations that go on without a verb are left out."
    )
    elements.table(frame, name="reporting")


def _names(view: View, actor: str, name: str) -> None:
    st.header(f"What {markdown(name)} is called", anchor=False)
    frame = actor_counts.names_used(view, actor)
    if frame.empty:
        elements.nothing("The actor is not mentioned in this selection.")
        return
    st.caption("The words used for the actor, with the number of times each outlet uses them. Pronouns are left out.")
    elements.table(frame, name="names")


def _across(view: View, treated: dict[str, Score]) -> None:
    shown = {name: score for name, score in treated.items() if name != SPEAKING}
    if not shown:
        return
    score = score_choice.choose(view, shown, key="across", label="Measure for all actors")
    actors = actor_counts.most_mentioned(view, ACROSS)
    frame = rate_charts.score_rates(view, score, by=("outlet", "actor_id"), actors=tuple(actors))
    if frame.empty:
        elements.nothing(f"{score.label}: nothing was found in this selection.")
        return
    st.caption(f"The {len(actors)} actors that most articles mention.")
    frame.insert(2, "actor", frame["actor_id"].map(actors))
    figure = heatmap(frame, by=("outlet", "actor_id"), **rate_charts.axis(score), bounds=score.range, names=actors)
    figure.update_layout(title_text="")  # said above; slanted names would lie over it
    picks = {f"{row.outlet} · {row.actor}": (row.outlet, row.actor_id) for row in each(frame)}
    picked = elements.chart(figure, frame, name="across", alt=f"{score.label} by outlet and actor", picks=picks)
    if picked:
        outlet, actor = picked
        evidence.of_score(view, score, name="across", actor=actor, outlets=(outlet,))


def _speakers(view: View) -> None:
    st.subheader("Who gets to speak", anchor=False)
    st.caption("Of all words quoted or reported in these articles, the share that is this actor's.")
    speakers = actor_counts.most_quoted(view, ACROSS)
    frame = rate_charts.share_rates(
        view, ("speakers",), lambda: actor_counts.speaking(view, speakers), by=("actor_id",)
    )
    if frame.empty:
        elements.nothing("No actor is quoted in this selection.")
        return
    frame.insert(1, "actor", frame["actor_id"].map(speakers))
    figure = rates_chart(
        frame, by="actor_id", label="Words given to the actor", unit="share of attributed words", names=speakers
    )
    picks = {str(row.actor): (row.actor_id,) for row in each(frame)}
    picked = elements.chart(figure, frame, name="speakers", alt="Share of attributed words by speaker", picks=picks)
    if picked:
        evidence.show(view, SPOKEN, view.selection.but(actors=picked), name="speakers")


main()
