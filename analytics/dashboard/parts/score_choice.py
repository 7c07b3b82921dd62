"""What can be measured in a store: the declared scores that it holds, and their rows for a selection."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ...measures import MEASURES, SCORES, Score
from ...measures.stance import scores_on
from ...results.store import Selection
from ..view import View
from . import sidebar
from .escape import markdown

ALL_VOICES = ("all",)
COLUMNS = "t.article_id, t.outlet, t.published, t.score, t.actor_id, t.voice, t.value, t.numerator, t.denominator"
STATUS = {
    "measured": "accuracy measured, see Data & methods",
    "exploratory": "exploratory, little or no gold to measure it on",
    "baseline": "a baseline, kept for comparison",
}
VOICE_SHARE = "voice_share"


def declared(view: View) -> dict[str, Score]:
    """The scores of all measures, and those of the statements that the store was made with."""
    listed = view.store.manifest.get("targets", ())
    return SCORES | {score.name: score for target in listed for score in scores_on(target["id"], target["statement"])}


def available(view: View) -> dict[str, Score]:
    """The declared scores of which the store holds any number."""
    held = set(view.query("SELECT DISTINCT score FROM scores")["score"])
    return {name: score for name, score in declared(view).items() if name in held}


def whole_article(view: View, score: Score) -> bool:
    """Whether a score is about whole articles, so that a choice of voices cannot apply to it."""
    held = view.query("SELECT DISTINCT score, voice FROM scores")
    return set(held.loc[held["score"] == score.name, "voice"]) == set(ALL_VOICES)


def selection_for(view: View, score: Score, *, actor: str | None = None) -> Selection:
    """The sidebar's selection as it applies to one score, for one actor where the score is per actor."""
    selection = view.selection.but(voices=()) if whole_article(view, score) else view.selection
    return selection.but(actors=(actor,)) if actor else selection


def score_rows(view: View, score: Score, *, actors: tuple[str, ...] = ()) -> pd.DataFrame:
    """The rows of one score that the selection keeps; of these actors where any are given."""
    selection = selection_for(view, score)
    condition, parameters = view.store.where("scores", selection.but(actors=actors) if actors else selection)
    sql = f"SELECT {COLUMNS} FROM scores t WHERE t.score = ? AND {condition}"
    rows = view.store.query(sql, [score.name, *parameters])  # large: what is made of them is remembered, not they
    return _joined_voices(rows) if score.name == VOICE_SHARE else rows


def voice_rows(view: View) -> pd.DataFrame:
    """Per article and voice, the words in that voice out of all words of the article."""
    condition, parameters = view.store.where("scores", view.selection.but(voices=()))
    sql = f"SELECT {COLUMNS} FROM scores t WHERE t.score = ? AND {condition}"
    return view.store.query(sql, [VOICE_SHARE, *parameters])


def _joined_voices(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per article: words in any of its voices over all its words, which every voice's row repeats."""
    by_article = rows.groupby("article_id", as_index=False, sort=False)
    sums = {column: (column, "first") for column in ("outlet", "published", "score", "actor_id", "denominator")}
    return by_article.agg(**sums, numerator=("numerator", "sum"))


def choose(view: View, scores: dict[str, Score], *, key: str = "measure", label: str = "Measure") -> Score:
    """A menu of scores, with the chosen one's question, unit and direction under it."""
    by_label = {score.label: score for score in scores.values()}
    chosen = by_label[st.selectbox(label, list(by_label), first_shown(view, scores), key=key, bind="query-params")]
    st.caption(explanation(view, chosen))
    if limits := limits_of(chosen):
        with st.expander("What this number cannot show"):
            st.write(markdown(limits))
    return chosen


def limits_of(score: Score) -> str:
    """Where the measure that declares a score fails; "" for a score that is made for listed statements."""
    return next((measure.limits for measure in MEASURES if score in measure.scores), "")


def first_shown(view: View, scores: dict[str, Score]) -> int:
    """Position of the score to begin with: tested before exploratory before baseline, then that with most rows."""
    held = view.query("SELECT score, count(*) AS n FROM scores GROUP BY score").set_index("score")["n"]
    rank = list(STATUS)
    order = [(rank.index(score.status), -int(held.get(name, 0)), i) for i, (name, score) in enumerate(scores.items())]
    return min(order)[2]


def choose_actor(view: View, *, key: str = "about", label: str = "Actor") -> tuple[str, str] | None:
    """A menu of actors, the filter's own or else the most frequent: id and label of the chosen one."""
    labels = sidebar.actor_labels(view)
    if view.selection.actors:
        labels = {sidebar.label_of(view, actor): actor for actor in view.selection.actors}
    if not labels:
        return None
    chosen = st.selectbox(label, list(labels), key=key, bind="query-params")
    return labels[chosen], chosen


def explanation(view: View, score: Score) -> str:
    """What a score answers, in which unit, which way it points, and how far it is tested."""
    sentences = [score.question, f"Unit: {score.unit}.", f"Higher means {score.higher_means.rstrip('.')}."]
    sentences.append(f"Status: {STATUS[score.status]}.")
    if whole_article(view, score):
        sentences.append("It is about whole articles: the choice of voices does not apply.")
    return " ".join(sentences)
