"""One article: its text with voices, actors, cues and stances marked, and its scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import streamlit as st

from ...article import TITLE_SEPARATOR
from ...measures import MARKS
from ...reports.marked_text import Span, block, highlight
from ...results.store import Selection
from ...vocabulary import BOILERPLATE_KINDS
from ..view import View, each
from . import elements, score_choice
from .escape import markdown, web_address

ANNOTATED = {"quoted": ("Voices", "quotes"), "reported": ("Voices", "indirect speech"), "actor": ("Actors", "actor")}
LEFT_OUT = {"boilerplate": ("Boilerplate", "boilerplate, not measured")}
# Class of mark → its layer and label.
SHOWN = ANNOTATED | {mark.kind: (mark.layer, mark.label) for mark in MARKS} | LEFT_OUT
LAYERS = {
    layer: tuple(kind for kind, (of, _) in SHOWN.items() if of == layer)
    for layer in dict.fromkeys(layer for layer, _ in SHOWN.values())
}
PART = 40_000  # characters shown at once: a browser cannot hold a book of marked words


def show(view: View, article_id: str) -> None:
    """The page of one article; a message where the store has no such article."""
    found = view.query("SELECT * FROM articles WHERE article_id = ?", [article_id])
    if found.empty:
        elements.nothing("These results hold no such article. The link may come from other results.")
        return
    article = found.iloc[0]
    _facts(article)
    layers = st.pills(
        "Show", list(LAYERS), default=list(LAYERS), selection_mode="multi", key="show", bind="query-params"
    )
    kinds = {kind for layer in layers for kind in LAYERS[layer]}
    _legend(kinds)
    _text(view, article, kinds)
    _numbers(view, article_id)


def spans(view: View, article_id: str) -> Iterator[Span]:
    """Every mark of an article, with offsets into its text."""
    only = Selection(articles=(article_id,))
    names = _names(view, article_id)
    said = list(each(view.rows("SELECT * FROM attributions t WHERE {where}", "attributions", only)))
    speakers = {
        row.attribution_id: names.get(row.speaker_id) or _or(row.speaker_text, "source not named") for row in said
    }
    for row in said:
        yield from _voice(row, speakers[row.attribution_id], speakers.get(row.within))
    for row in each(view.rows("SELECT * FROM mentions t WHERE {where}", "mentions", only)):
        name = names.get(row.actor_id, row.actor_id)
        yield Span(start=row.start, end=row.end, kind="actor", note=f"{name}{_role(row.role)}")
    for row in each(view.rows("SELECT * FROM cues t WHERE {where}", "cues", only)):
        yield Span(start=row.start, end=row.end, kind=row.cue_type, note=f"{SHOWN[row.cue_type][1]}: {row.kind}")
    for row in each(view.rows("SELECT * FROM stances t WHERE t.method = 'expression' AND {where}", "stances", only)):
        yield Span(start=row.start, end=row.end, kind="stance", note=_stance(row, names), label=_side(row.stance))
    apart = "SELECT * FROM sentences t WHERE t.boilerplate IS NOT NULL AND {where}"
    for row in each(view.rows(apart, "sentences", only)):
        means = BOILERPLATE_KINDS[row.boilerplate]
        yield Span(start=row.start, end=row.end, kind="boilerplate", note=f"{row.boilerplate}, not measured: {means}")


def _voice(row: Any, speaker: str, outer: str | None) -> Iterator[Span]:
    kind = "quoted" if row.kind == "direct" else "reported"  # mixed: a report that holds quotations
    note = f"{kind}: {speaker}" + (f", as reported by {outer}" if outer else "")
    yield Span(start=row.start, end=row.end, kind=kind, note=note, label=f"{kind} · {speaker}")


def _role(role: str) -> str:
    return {"agent": " acts", "patient": " is acted upon"}.get(role, "")


def _side(stance: float) -> str:
    return "against" if stance < 0 else "in favour" if stance > 0 else "no side"


def _stance(row: Any, names: dict[str, str]) -> str:
    nobody = "the outlet" if row.voice == "outlet" else "the source"
    holder = names.get(row.holder_id) or _or(row.holder, nobody)
    return f"stance: {holder}, {_side(row.stance)}: {row.target} ({row.stance:+.1f})"


def _names(view: View, article_id: str) -> dict[str, str]:
    sql = """SELECT actor_id, name FROM actors WHERE actor_id IN (
        SELECT actor_id FROM mentions WHERE article_id = ?1 UNION ALL
        SELECT speaker_id FROM attributions WHERE article_id = ?1 UNION ALL
        SELECT holder_id FROM stances WHERE article_id = ?1)"""
    rows = view.query(sql, [article_id])
    return dict(zip(rows["actor_id"], rows["name"], strict=True))


def _or(value: Any, otherwise: str) -> str:
    return otherwise if value is None or pd.isna(value) else str(value)


def _facts(article: pd.Series[Any]) -> None:
    facts = [
        elements.outlet_name(article["outlet"]),
        elements.day_of(article["published"]),
        f"{article['n_words']:,} words",
    ]
    if article["n_words_boilerplate"]:
        facts.append(f"{article['n_words_boilerplate']:,} more in boilerplate, not measured")
    facts += [_or(article["author"], ""), _or(article["flags"], "")]
    st.caption(" · ".join(markdown(fact) for fact in facts if fact))
    if address := web_address(article["url"]):
        st.link_button("Open the original", address)


def legend(kinds: set[str]) -> str:
    """The labels of some kinds of mark as safe HTML, each marked as it is in the text."""
    entries = []
    for kind, (_, label) in SHOWN.items():
        if kind in kinds:
            told = kind if kind in ("quoted", "reported") else ""  # voices bear their name before the words, too
            entries.append(highlight(label, [Span(start=0, end=len(label), kind=kind, label=told)]))
    return " · ".join(entries)


def _legend(kinds: set[str]) -> None:
    if shown := legend(kinds):
        st.html(block(shown, kind="legend"))


def _text(view: View, article: pd.Series[Any], kinds: Iterable[str]) -> None:
    article_id = str(article["article_id"])
    text = view.store.text(article_id)
    parts = _parts(text)
    number = elements.page_number(len(parts), 1, key="part")
    if len(parts) > 1:
        st.caption(f"A long text: part {number} of {len(parts)}.")
    start, end = parts[number - 1]
    marked = [span for span in spans(view, article_id) if span.kind in kinds and span.start < end and span.end > start]
    body = start if start else _body_start(article, text)
    if not start:
        title = highlight(text[:body].rstrip(), marked) or elements.UNTITLED
        st.html(block(title, kind="title", element="h1"))
    st.html(block(highlight(text[body:end], marked, base=body)))


def _body_start(article: pd.Series[Any], text: str) -> int:
    """Where the body begins: after the title and a blank line, where the article has a title."""
    title = _or(article["title"], "")
    return len(title) + len(TITLE_SEPARATOR) if title and text.startswith(title + TITLE_SEPARATOR) else 0


def _parts(text: str) -> list[tuple[int, int]]:
    """Stretches of at most PART characters that end between lines where there are any."""
    parts, start = [], 0
    while len(text) - start > PART:
        line, word = text.rfind("\n", start, start + PART), text.rfind(" ", start, start + PART)
        end = next((at + 1 for at in (line, word) if at > start), start + PART)
        parts.append((start, end))
        start = end
    return [*parts, (start, len(text))]


def _numbers(view: View, article_id: str) -> None:
    only = Selection(articles=(article_id,))
    sql = """SELECT t.score, n.name AS actor, t.voice, t.value, t.numerator, t.denominator
        FROM scores t LEFT JOIN actors n USING (actor_id) WHERE {where} ORDER BY t.score, n.name, t.voice"""
    rows = view.rows(sql, "scores", only)
    labels = {name: score.label for name, score in score_choice.declared(view).items()}
    st.subheader("The numbers of this article", anchor=False)
    st.caption("value = scale × numerator ÷ denominator. One article says little; compare many.")
    elements.table(rows.assign(score=rows["score"].map(lambda name: labels.get(name, name))), name="article-scores")
