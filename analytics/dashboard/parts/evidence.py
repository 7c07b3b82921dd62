"""The sentences behind a number: where each finding stands, in which words, with a link to its article."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from ...measures import Evidence, Score
from ...reports.marked_text import Span, block, highlight
from ...results.export import to_csv_bytes
from ...results.store import Selection
from ..view import View, each
from . import elements
from .escape import markdown
from .evidence_queries import evidence_of, findings, not_read, unread
from .score_choice import selection_for
from .sidebar import article_link

PER_PAGE = 20


NEWEST = 'published DESC NULLS LAST, article_id, sentence_id, "start"'
ORDERS = {
    "Newest first": NEWEST,
    "A random sample": 'hash(article_id, sentence_id, "start"), article_id',  # the same on every visit
    "Strongest first": f"abs(value) DESC NULLS LAST, {NEWEST}",
    "Lowest value first": f"value, {NEWEST}",
    "Highest value first": f"value DESC, {NEWEST}",
}
OF_VALUES = ("Strongest first", "Lowest value first", "Highest value first")


def of_score(view: View, score: Score, *, name: str, actor: str | None = None, **narrower: Any) -> None:
    """The sentences behind one number of a score; `narrower` are fields of the selection (outlets, start …)."""
    selection = selection_for(view, score, actor=actor).but(**narrower)
    if evidence := evidence_of(score, selection.voices):
        show(view, evidence, selection, name=name)
    else:
        st.caption(f"{score.no_evidence} The articles with the highest values come first.")
        condition, parameters = view.store.where("scores", selection)
        scored = f"(SELECT t.article_id, t.value FROM scores t WHERE t.score = ? AND {condition})"
        articles(view, scored, [score.name, *parameters], name=name)


def of_period(view: View, *, outlet: str, start: Any, period: str) -> None:
    """The articles of one outlet in one period (those without a date where start is null)."""
    condition, parameters = view.store.where("articles", view.selection.but(outlets=(outlet,)))
    when = "t.published IS NULL"
    if not pd.isna(start):
        when = f"date_trunc('{period}', t.published) = CAST(? AS TIMESTAMPTZ)"
        parameters = [*parameters, f"{pd.Timestamp(start):%Y-%m-%d} 00:00:00+00"]
    chosen = f"(SELECT t.article_id, NULL::DOUBLE AS value FROM articles t WHERE {condition} AND {when})"
    articles(view, chosen, parameters, name="coverage")


def show(view: View, evidence: Evidence, selection: Selection, *, name: str) -> None:
    """Findings with their sentences, a page at a time, and the CSV of all of them."""
    sql, parameters = findings(view, evidence, selection)
    total = int(view.query(f"SELECT count(*) AS n FROM ({sql})", parameters)["n"][0])
    if not total:
        elements.nothing("Nothing was found in these articles: the count behind this number is zero.")
        return
    offered = [order for order in ORDERS if evidence.value or order not in OF_VALUES]
    order = ORDERS[st.selectbox("Order", offered, key=f"{name}_order", bind="query-params")]
    number = elements.page_number(total, PER_PAGE, key=_key(name, selection))
    ordered = f"SELECT * FROM ({sql}) ORDER BY {order}"
    rows = view.query(f"{ordered} LIMIT {PER_PAGE} OFFSET {PER_PAGE * (number - 1)}", parameters)
    st.caption(" ".join(filter(None, [elements.position(total, PER_PAGE, number, "finding") + ".", evidence.note])))
    _what_was_read(view, evidence, selection, rows)
    for row in each(rows):
        _finding(row, evidence)
    elements.download(
        f"Download {elements.plural(total, 'finding')} (CSV)",
        lambda: to_csv_bytes(view.store.query(ordered, parameters)),
        f"{name}-sentences",
    )


def _what_was_read(view: View, evidence: Evidence, selection: Selection, rows: pd.DataFrame) -> None:
    """The legend of words that a number was not read from, and how many rows were not read at all."""
    if rows["read_words"].notna().any():
        words = "words in grey italics after this label are a source's: the value was read from the other words"
        spans = [Span(start=0, end=len(words), kind="unread", label="not read")]
        st.html(block(highlight(words, spans), kind="legend"))
    reasons = not_read(view, evidence, selection)
    if reasons:
        more = "; ".join(f"{n:,} {reason}" for reason, n in reasons.items())
        st.caption(f"Mentions without a value: {more}.")


def articles(view: View, chosen: str, parameters: list[object], *, name: str) -> None:
    """Articles of a subquery (article_id, value), highest values first, a page at a time."""
    sql = f"""SELECT a.outlet, a.published, a.title, c.value, a.article_id FROM {chosen} c
        JOIN articles a USING (article_id)"""
    total = int(view.query(f"SELECT count(*) AS n FROM ({sql})", parameters)["n"][0])
    if not total:
        elements.nothing("No article stands behind this number.")
        return
    number = elements.page_number(total, PER_PAGE, key=f"{name}_{hash((chosen, *parameters))}_articles")
    ordered = f"{sql} ORDER BY value DESC, published DESC NULLS LAST, article_id"
    rows = view.query(f"{ordered} LIMIT {PER_PAGE} OFFSET {PER_PAGE * (number - 1)}", parameters)
    st.caption(elements.position(total, PER_PAGE, number, "article"))
    for row in each(rows):
        value = "" if pd.isna(row.value) else f"value {row.value:.2f}"
        _entry(f"<strong>{escape(elements.title_of(row.title))}</strong>", row, value)


def _key(name: str, selection: Selection) -> str:
    """A new selection begins at its first page."""
    return f"{name}_{hash(selection)}_page"


def _finding(row: Any, evidence: Evidence) -> None:
    marks = [] if pd.isna(row.start) else [Span(start=int(row.start), end=int(row.end), kind="cue")]
    first = int(row.sentence_start)
    marks += unread(row.read_words, first, first + len(str(row.sentence)))
    sentence = highlight(str(row.sentence), marks, base=first)
    voice = "" if row.voice == "all" else f"{row.voice} voice"
    value = "" if pd.isna(row.value) else f"{evidence.value_is} {row.value:{'+' if evidence.signed else ''}.2f}"
    who = "" if pd.isna(row.who) else f"by {row.who}"
    _entry(sentence, row, elements.title_of(row.title), voice, who, value)


def _entry(html: str, row: Any, *facts: str) -> None:
    about = [elements.outlet_name(row.outlet), elements.day_of(row.published), *facts]
    with st.container(border=True, gap=None):
        st.html(block(html, kind="sentence"))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap=None):
            st.caption(markdown(" · ".join(fact for fact in about if fact)), width="stretch")
            # A new tab, so that the reader keeps the place in the list.
            st.link_button("Read it", article_link(str(row.article_id)), type="tertiary")
