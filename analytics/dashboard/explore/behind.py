"""The stories that make a peak: how many articles each has, whose they are, and their headlines."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ...vocabulary import UNKNOWN
from ..parts import elements
from ..parts.escape import markdown
from ..parts.sidebar import address_of, article_link
from ..view import each
from .question import Question

MOST = 5  # stories, and headlines of each


def stories(question: Question, *, outlet: str = "") -> None:
    """The largest stories of the question's articles; of those of one outlet, with what the others have of them."""
    rows = _articles(question)
    if rows.empty:
        return
    own = rows[rows["outlet"] == outlet] if outlet else rows
    told = own.dropna(subset=["story_id"])
    sizes = rows.dropna(subset=["story_id"]).groupby("story_id").size()
    ranked = sorted(told["story_id"].unique(), key=lambda story: (-int(sizes[story]), str(story)))
    st.subheader("The stories behind it", anchor=False)
    alone = own[own["story_id"].isna()]
    parts = [f"{elements.plural(len(own), 'article')} of {markdown(outlet) if outlet else 'all outlets'}"]
    if ranked:
        parts.append(f"{elements.plural(len(ranked), 'story')} told by several articles")
    if len(alone):
        parts.append(f"{elements.plural(len(alone), 'article')} whose event no other article here tells")
    st.caption(" · ".join(parts) + ".")
    for story in ranked[:MOST]:
        _story(rows[rows["story_id"] == story], str(story))
    if len(ranked) > MOST:
        st.caption(f"And {len(ranked) - MOST:,} smaller stories.")
    if len(alone):
        with st.expander(f"Headlines that stand alone ({len(alone):,})"):
            _headlines(alone.head(4 * MOST))
            if len(alone) > 4 * MOST:
                st.caption(f"And {len(alone) - 4 * MOST:,} more.")


def _story(rows: pd.DataFrame, story_id: str) -> None:
    shares = rows["outlet"].value_counts()
    listed = ", ".join(f"{markdown(outlet)} {n}" for outlet, n in shares.items())
    with st.container(border=True, gap="xxsmall"):
        label = markdown(elements.title_of(rows["label"].iloc[0]))
        st.markdown(f"**[{label}]({address_of('stories', story=story_id)})**")
        st.caption(f"{elements.plural(len(rows), 'article')}: {listed}")
        with st.expander("Headlines"):
            _headlines(rows.head(2 * MOST))


def _headlines(rows: pd.DataFrame) -> None:
    for row in each(rows):
        title = markdown(elements.title_of(row.title))
        about = markdown(f"{row.outlet}, {elements.day_of(row.published)}")
        st.markdown(f"- [{title}]({article_link(str(row.article_id))}) · {about}")


def _articles(question: Question) -> pd.DataFrame:
    """The articles with a number: article_id, outlet, published, title, story_id, label of the story."""
    condition, parameters = question.view.store.where("scores", question.selection())
    sql = f"""SELECT a.article_id, coalesce(a.outlet, '{UNKNOWN}') AS outlet, a.published, a.title,
        CASE WHEN s.n_articles > 1 THEN a.story_id END AS story_id, s.label
        FROM articles a LEFT JOIN stories s USING (story_id) WHERE a.article_id IN
        (SELECT t.article_id FROM scores t WHERE t.score = ? AND {condition})
        ORDER BY a.published, a.article_id"""
    return question.view.query(sql, [question.score.name, *parameters])
