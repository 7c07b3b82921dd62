"""Tab: the words behind the number by outlet: those counted, names of the actor, verbs that introduce it."""

from __future__ import annotations

import streamlit as st

from ...vocabulary import UNKNOWN
from ..parts import actor_counts, elements
from ..parts.escape import markdown
from ..parts.evidence_queries import evidence_of, findings
from .question import Question


def show(question: Question) -> None:
    """Tables of words, most frequent first, with a column of counts per outlet."""
    _counted(question)
    for actor, name in question.actors.items():
        _names(question, actor, name)
        _cues(question, actor, name)


def _counted(question: Question) -> None:
    """The words that the measure counts, where its findings are words of their own."""
    if question.score.per_actor:
        return  # its findings are the mentions, listed below by name
    evidence = evidence_of(question.score, question.selection().voices)
    if evidence is None:
        elements.nothing(f"{question.score.label} counts no single words. {question.score.no_evidence}".strip())
        return
    sql, parameters = findings(question.view, evidence, question.selection())
    counts = question.view.query(
        f"""SELECT lower(words) AS words, coalesce(outlet, '{UNKNOWN}') AS outlet, count(*) AS n FROM ({sql})
        WHERE words IS NOT NULL AND length(words) < 60 GROUP BY ALL""",
        parameters,
    )
    st.header(f"{question.score.label}: which words", anchor=False)
    if counts.empty:
        elements.nothing("Whole sentences are counted here, no single words; see the tab Sentences.")
        return
    st.caption("The words that are counted, with the number of times each outlet uses them.")
    elements.table(actor_counts.by_outlet(counts, ["words"]), name="words")


def _names(question: Question, actor: str, name: str) -> None:
    st.header(f"What {markdown(name)} is called", anchor=False)
    frame = actor_counts.names_used(question.view, actor)
    if frame.empty:
        elements.nothing("The actor is not mentioned in this selection.")
        return
    st.caption("The words used for the actor, with the number of times each outlet uses them. Pronouns are left out.")
    elements.table(frame, name=f"names-{actor}")


def _cues(question: Question, actor: str, name: str) -> None:
    st.header(f"How {markdown(name)} is introduced", anchor=False)
    frame = actor_counts.reporting_cues(question.view, actor)
    if frame.empty:
        elements.nothing("No reporting verb introduces this actor's words in this selection.")
        return
    st.caption(
        "Reporting verbs and their class, with the number of times each outlet uses them: “said” is neutral, “claimed” "
        "doubts, “made clear” agrees. Quotations that go on without a verb are left out."
    )
    elements.table(frame, name=f"reporting-{actor}")
