"""Tab: all sentences behind the answer."""

from __future__ import annotations

import streamlit as st

from ..parts import evidence
from .question import Question


def show(question: Question) -> None:
    """The findings of every outlet in the question, toward one actor at a time."""
    actor = question.toward[0] if question.toward else None
    if len(question.toward) > 1:
        names = {name: each for each, name in question.actors.items()}
        actor = names[st.selectbox("Toward", list(names), key="toward", bind="query-params")]
    evidence.of_score(question.view, question.score, name="all", actor=actor)
