"""Tab: the actors beside each other: how outlets treat them, who mentions them, who gets to speak."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ...charts import heatmap, rates_chart
from ...charts.dots import dots_chart
from ...charts.styles import styles
from ...measures import Score
from ...measures.voices import SPOKEN
from ..parts import actor_counts, correcting, elements, evidence, evidence_queries, rate_charts, score_choice
from ..parts.escape import markdown
from ..view import View, each
from .question import Question

ACROSS = 10  # actors in the heat map and in the list of speakers
SPEAKING = "speaking_share"


def show(question: Question) -> None:
    """The foremost actors by outlet, the chosen one in detail, and who speaks."""
    everyone = question.view.narrowed(actors=())
    _across(question, everyone)
    chosen = _chosen(question)
    if chosen is None:
        elements.nothing("These results name no actor.")
        return
    actor, name = chosen
    _mentions(everyone, actor, name)
    _space(everyone, actor, name)
    correcting.panel(everyone, actor, name)
    _speakers(everyone.narrowed(voices=()))


def _chosen(question: Question) -> tuple[str, str] | None:
    """The actor that details are of: one of the question's, or of those most mentioned."""
    actors = dict(question.actors) or actor_counts.most_mentioned(question.view.narrowed(actors=()), ACROSS)
    if not actors:
        return None
    names = {name: actor for actor, name in actors.items()}
    name = (
        next(iter(names))
        if len(names) == 1
        else st.selectbox("In detail", list(names), key="about", bind="query-params")
    )
    return names[name], name


def _across(question: Question, everyone: View) -> None:
    """Outlets by actors, of the question's measure or, where it is not toward actors, of the first that is."""
    treated = {
        key: score for key, score in score_choice.available(everyone).items() if score.per_actor and key != SPEAKING
    }
    score = question.score if question.score.name in treated else _first(everyone, treated)
    if score is None:
        return
    st.header(f"{score.label}, by outlet", anchor=False)
    actors = actor_counts.most_mentioned(everyone, ACROSS)
    if len(question.toward) > 1:
        actors = dict(question.actors)
    st.caption(
        f"The {len(actors)} actors of the question."
        if len(question.toward) > 1
        else f"The {len(actors)} actors that most articles mention."
    )
    frame = rate_charts.score_rates(everyone, score, by=("outlet", "actor_id"), actors=tuple(actors))
    if frame.empty:
        elements.nothing(f"{score.label}: nothing was found in this selection.")
        return
    heat(everyone, score, frame.assign(actor=frame["actor_id"].map(actors)), actors, name="across")


def heat(view: View, score: Score, frame: pd.DataFrame, actors: dict[str, str], *, name: str) -> None:
    """Outlets by actors as a heat map, and the sentences of the cell that is picked."""
    figure = heatmap(frame, by=("outlet", "actor_id"), **rate_charts.axis(score), bounds=score.range, names=actors)
    figure.update_layout(title_text="")  # said above; long names would lie over it
    picks = {f"{row.outlet} · {row.actor}": (row.outlet, row.actor_id) for row in each(frame)}
    alt = f"{score.label} by outlet and actor"
    facts = {"measure": score.name, "measure_label": score.label, "unit": score.unit}
    picked = elements.chart(figure, frame, name=name, alt=alt, picks=picks, facts=facts)
    if picked:
        outlet, actor = picked
        evidence.of_score(view, score, name=name, actor=actor, outlets=(outlet,))


def _first(view: View, scores: dict[str, Score]) -> Score | None:
    return list(scores.values())[score_choice.first_shown(view, scores)] if scores else None


def _mentions(view: View, actor: str, name: str) -> None:
    st.header(f"Who writes about {markdown(name)}", anchor=False)
    st.caption("The share of an outlet's articles in which the actor is mentioned, in the chosen voices.")
    frame = rate_charts.share_rates(
        view, ("mentions", actor), lambda: actor_counts.mentioning(view, actor), by=("outlet",)
    )
    figure = dots_chart(
        frame,
        label=f"Articles that mention {name}",
        unit="share of articles",
        actors={},
        outlets=styles(view.outlets()),
        bounds=(0.0, 1.0),
    )
    picked = elements.chart(
        figure,
        frame,
        name="mentions",
        alt=f"Share of articles that mention {name}, by outlet",
        picks=rate_charts.outlets_of(frame),
        facts={"measure": "mentions", "unit": "share of articles", "actor_id": actor, "actor": name},
    )
    if picked:
        selection = view.selection.but(actors=(actor,), outlets=picked)
        evidence.show(view, evidence_queries.MENTIONED, selection, name="mentions")


def _space(view: View, actor: str, name: str) -> None:
    st.header(f"How much {markdown(name)} gets to say", anchor=False)
    st.caption(
        "Of all words quoted or reported in an outlet's articles, the share that is this actor's, whatever voice the "
        "question says. Articles without attributed words are left out."
    )
    frame = rate_charts.share_rates(
        view, ("space", actor), lambda: actor_counts.speaking(view, {actor: name}), by=("outlet",)
    )
    if frame.empty:
        elements.nothing("Nobody is quoted in this selection.")
        return
    figure = dots_chart(
        frame,
        label=f"Words given to {name}",
        unit="share of attributed words",
        actors={},
        outlets=styles(view.outlets()),
    )
    picked = elements.chart(
        figure,
        frame,
        name="space",
        alt=f"Share of attributed words that are those of {name}, by outlet",
        picks=rate_charts.outlets_of(frame),
        facts={"measure": SPEAKING, "unit": "share of attributed words", "actor_id": actor, "actor": name},
    )
    if picked:
        evidence.show(view, SPOKEN, view.selection.but(actors=(actor,), outlets=picked, voices=()), name="space")


def _speakers(view: View) -> None:
    st.header("Who gets to speak", anchor=False)
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
    picked = elements.chart(
        figure,
        frame,
        name="speakers",
        alt="Share of attributed words by speaker",
        picks={str(row.actor): (row.actor_id,) for row in each(frame)},
        facts={"measure": SPEAKING, "unit": "share of attributed words"},
    )
    if picked:
        evidence.show(view, SPOKEN, view.selection.but(actors=picked), name="speakers")
