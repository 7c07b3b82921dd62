"""The sentences behind a number: where each finding stands, in which words, with a link to its article."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from ..export import to_csv_bytes
from ..measures.contract import Score
from ..store import Selection
from . import blocks
from .escape import markdown
from .highlight import Span, block, highlight
from .scores import VOICE_SHARE, selection_for
from .sidebar import link_parameters
from .view import View, each, page

PER_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where findings are: a table, a condition on its rows, and the number each row carries."""

    table: str
    condition: str = "TRUE"
    value: str = ""  # an SQL expression
    actor: str = ""  # the column with the actor it is about; without one, an actor filter keeps whole articles
    rows: str = ""  # what to select from, where it is not the table itself


# Frames keep the ids of their sentences in one text; here they are one row per sentence.
_FRAMES = """(SELECT article_id, frame, p, CAST(unnest(string_split(evidence, ',')) AS BIGINT) AS sentence_id,
    NULL::BIGINT AS start, NULL::BIGINT AS "end", 'all' AS voice FROM frames)"""
_ATTRIBUTIONS = "(SELECT *, CASE kind WHEN 'indirect' THEN 'reported' ELSE 'quoted' END AS voice FROM attributions)"

MENTIONED = Source(table="mentions", actor="t.actor_id")
SPOKEN = Source(table="attributions", rows=_ATTRIBUTIONS, actor="t.speaker_id")
ATTRIBUTED = {
    "quoted": Source(table="attributions", rows=_ATTRIBUTIONS, condition="t.voice = 'quoted'"),
    "reported": Source(table="attributions", rows=_ATTRIBUTIONS, condition="t.voice = 'reported'"),
}
SOURCES = {
    "hedging": Source(table="cues", condition="t.measure = 'hedge'"),
    "boosting": Source(table="cues", condition="t.measure = 'booster'"),
    "sentiment": Source(table="mentions", condition="t.sentiment IS NOT NULL", value="t.sentiment", actor="t.actor_id"),
    "sentiment_vader": Source(
        table="mentions", condition="t.sentiment_vader IS NOT NULL", value="t.sentiment_vader", actor="t.actor_id"
    ),
    "agency": Source(
        table="mentions", condition="t.role <> 'other'", value="CAST(t.role = 'agent' AS DOUBLE)", actor="t.actor_id"
    ),
    "stance": Source(table="stances", value="t.stance", actor="t.target_id"),
    "speaking_share": SPOKEN,
}
NEWEST = 'published DESC NULLS LAST, article_id, sentence_id, "start"'
ORDERS = {
    "Newest first": NEWEST,
    "Lowest value first": f"value, {NEWEST}",
    "Highest value first": f"value DESC, {NEWEST}",
}


def source_of(score: Score, voices: tuple[str, ...] = ()) -> Source | None:
    """Where the findings of a score are; None where a score marks no words of its own."""
    if score.name == VOICE_SHARE:
        return ATTRIBUTED.get(voices[0]) if len(voices) == 1 else None
    if score.name.startswith("frame_"):
        frame = score.name.removeprefix("frame_").replace("'", "''")
        return Source(table="frames", condition=f"t.frame = '{frame}'", rows=_FRAMES)
    return SOURCES.get(score.name)


def of_score(view: View, score: Score, *, name: str, actor: str | None = None, **narrower: Any) -> None:
    """The sentences behind one number of a score; `narrower` are fields of the selection (outlets, start …)."""
    selection = selection_for(view, score, actor=actor).but(**narrower)
    source = source_of(score, selection.voices)
    if source:
        show(view, source, selection, name=name)
    else:
        st.caption("This measure counts without marking words. The articles with the highest values come first.")
        condition, parameters = view.store.where("scores", selection)
        scored = f"(SELECT t.article_id, t.value FROM scores t WHERE t.measure = ? AND {condition})"
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


def show(view: View, source: Source, selection: Selection, *, name: str) -> None:
    """Findings with their sentences, a page at a time, and the CSV of all of them."""
    sql, parameters = findings(view, source, selection)
    total = int(view.query(f"SELECT count(*) AS n FROM ({sql})", parameters)["n"][0])
    if not total:
        blocks.nothing("Nothing was found in these articles: the count behind this number is zero.")
        return
    order = NEWEST
    if source.value:
        order = ORDERS[st.selectbox("Order", list(ORDERS), key=f"{name}_order")]
    number = blocks.page_number(total, PER_PAGE, key=_key(name, selection))
    ordered = f"SELECT * FROM ({sql}) ORDER BY {order}"
    rows = view.query(f"{ordered} LIMIT {PER_PAGE} OFFSET {PER_PAGE * (number - 1)}", parameters)
    st.caption(blocks.position(total, PER_PAGE, number, "findings"))
    for row in each(rows):
        _finding(row)
    blocks.download(
        f"Download all {total:,} findings (CSV)",
        lambda: to_csv_bytes(view.store.query(ordered, parameters)),
        f"{name}-sentences",
    )


def findings(view: View, source: Source, selection: Selection) -> tuple[str, list[object]]:
    """The query of all findings that a selection keeps, with their sentences, and its parameters.

    A score that is not about actors counts whole articles, so an actor filter keeps all findings
    of the articles that mention the actor: as many as the number counts.
    """
    condition, parameters = view.store.where(source.table, selection.but(actors=()))
    if selection.actors:
        marks = ", ".join("?" for _ in selection.actors)
        of_actor = f"t.article_id IN (SELECT article_id FROM mentions WHERE actor_id IN ({marks}))"
        condition += f" AND {source.actor} IN ({marks})" if source.actor else f" AND {of_actor}"
        parameters = [*parameters, *selection.actors]
    sql = f"""SELECT a.outlet, a.published, a.title, t.voice, s.text AS sentence,
        substr(s.text, t.start - s.start + 1, t."end" - t.start) AS words, {source.value or "NULL"} AS value,
        t.article_id, t.sentence_id, t.start, t."end", s.start AS sentence_start
        FROM {source.rows or source.table} t
        JOIN sentences s USING (article_id, sentence_id)
        JOIN articles a USING (article_id)
        WHERE {source.condition} AND {condition}"""
    return sql, parameters


def articles(view: View, chosen: str, parameters: list[object], *, name: str) -> None:
    """Articles of a subquery (article_id, value), highest values first, a page at a time."""
    sql = f"""SELECT a.outlet, a.published, a.title, c.value, a.article_id FROM {chosen} c
        JOIN articles a USING (article_id)"""
    total = int(view.query(f"SELECT count(*) AS n FROM ({sql})", parameters)["n"][0])
    if not total:
        blocks.nothing("No article stands behind this number.")
        return
    number = blocks.page_number(total, PER_PAGE, key=f"{name}_{hash((chosen, *parameters))}_articles")
    ordered = f"{sql} ORDER BY value DESC, published DESC NULLS LAST, article_id"
    rows = view.query(f"{ordered} LIMIT {PER_PAGE} OFFSET {PER_PAGE * (number - 1)}", parameters)
    st.caption(blocks.position(total, PER_PAGE, number, "articles"))
    for row in each(rows):
        value = "" if pd.isna(row.value) else f"value {row.value:.2f}"
        _entry(f"<strong>{escape(blocks.title_of(row.title))}</strong>", row, value)


def _key(name: str, selection: Selection) -> str:
    """A new selection begins at its first page."""
    return f"{name}_{hash(selection)}_page"


def _finding(row: Any) -> None:
    marks = [] if pd.isna(row.start) else [Span(start=int(row.start), end=int(row.end), kind="cue")]
    sentence = highlight(str(row.sentence), marks, base=int(row.sentence_start))
    voice = "" if row.voice == "all" else f"{row.voice} voice"
    value = "" if pd.isna(row.value) else f"value {row.value:+.2f}"
    _entry(sentence, row, blocks.title_of(row.title), voice, value)


def _entry(html: str, row: Any, *facts: str) -> None:
    about = [blocks.outlet_name(row.outlet), blocks.day_of(row.published), *facts]
    link = link_parameters(article=str(row.article_id))
    with st.container(border=True, gap=None):
        st.html(block(html, kind="sentence"))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap=None):
            st.caption(markdown(" · ".join(fact for fact in about if fact)), width="stretch")
            st.page_link(page("articles"), label="Read it →", query_params=link)
