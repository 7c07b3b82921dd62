"""One story: who told it when, what an outlet left out that most others told, what became of the quotations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from ...charts import timeline_chart
from ...charts.timeline import span
from ...reports.side_by_side import block
from ...reports.word_diff import word_diff
from ...stories.quotation_spread import BEST, FIRST, LEFT_OUT, SAME, TOLD, Statement, Version, left_out, statements
from ...stories.word_difference import difference
from ..view import View, each
from . import elements
from .escape import markdown
from .sidebar import address_of, article_link
from .story_queries import named_by_outlet, tellings

PER_PAGE = 20  # quotations
SHOWN_WORDS = 30  # of a quotation, in a table
IN_MARKS = ("trimmed", "extended", "reworded", TOLD)


def show(view: View, story_id: str) -> None:
    """The page of one story; a message where the store has no such story."""
    found = view.query("SELECT * FROM stories WHERE story_id = ?", [story_id])
    told = tellings(view, story_id) if len(found) else pd.DataFrame()
    if told.empty:
        elements.nothing("These results hold no such story. The link may come from other results.")
        return
    st.title(markdown(elements.title_of(found["label"].iloc[0])), anchor=False)
    _facts(view, story_id, told)
    _when(told)
    _choose_two(view, told)
    names = _names(view, story_id)
    own = told[~told["is_copy"]]  # copies say what another telling says; their quotations are not paired
    quoted = _statements(view, story_id, own)
    _left_out(view, story_id, own, quoted, names)
    _quotations(view, quoted, own, names)


def _facts(view: View, story_id: str, told: pd.DataFrame) -> None:
    dated = told["published"].dropna()
    outlets = told["outlet"].nunique()
    facts = [elements.plural(len(told), "article"), elements.plural(outlets, "outlet")]
    if len(dated):
        facts.append(span(dated.min(), dated.max()))
    if undated := len(told) - len(dated):
        facts.append(f"{undated} without a date")
    sql = "SELECT count(*) AS n FROM articles WHERE story_id = ? AND copy_of IS NOT NULL"
    if copies := int(view.query(sql, [story_id])["n"][0]):
        facts.append(elements.copies_counted(copies, included=view.selection.copies))
    st.caption(" · ".join(facts) + ". The filter’s outlets, actors and dates choose stories, not tellings.")


def _when(told: pd.DataFrame) -> None:
    st.header("Who told it when", anchor=False)
    frame = told.drop(columns="is_copy")
    picks = {label: (article,) for article, label in _labels(told).items()}
    picked = elements.chart(
        timeline_chart(told.assign(title=told["title"].map(elements.title_of))),
        frame,
        name="told",
        alt="When each outlet published its tellings of the story",
        picks=picks,
        pick_label="Read a telling",
    )
    if picked:
        st.link_button("Read it", article_link(picked[0]))


def _labels(told: pd.DataFrame) -> dict[str, str]:
    """Article id → a label that tells it apart, earliest first."""
    found: dict[str, str] = {}
    for row in each(told):
        label = f"{row.outlet} · {elements.title_of(row.title)} · {elements.day_of(row.published)}"
        found[row.article_id] = label if label not in found.values() else f"{label} ({row.article_id})"
    return found


def _choose_two(view: View, told: pd.DataFrame) -> None:
    if len(told) < 2:
        return
    st.header("Compare two tellings", anchor=False)
    labels = _labels(told)
    left, right = st.columns(2)
    ids = list(labels)
    first = left.selectbox("First, the earlier", ids, 0, format_func=labels.__getitem__, key="telling_a")
    second = right.selectbox("Second, the later", ids, 1, format_func=labels.__getitem__, key="telling_b")
    if first == second:
        st.caption("Choose two different tellings.")
        return
    address = address_of("compare_texts", first=first, second=second)
    st.link_button("Compare these two, side by side", address, type="primary", icon=":material/compare_arrows:")


def _names(view: View, story_id: str) -> dict[str, str]:
    sql = """SELECT actor_id, name FROM actors WHERE actor_id IN
        (SELECT speaker_id FROM quote_pairs WHERE story_id = ?)"""
    rows = view.query(sql, [story_id])
    return dict(zip(rows["actor_id"], rows["name"], strict=True))


def _statements(view: View, story_id: str, told: pd.DataFrame) -> list[Statement]:
    pairs = view.query("SELECT * FROM quote_pairs WHERE story_id = ?", [story_id])
    return statements(pairs, dict(zip(told["article_id"], told["outlet"], strict=True)))


def _left_out(view: View, story_id: str, told: pd.DataFrame, quoted: list[Statement], names: dict[str, str]) -> None:
    st.header("What an outlet left out that most others told", anchor=False)
    outlets = list(dict.fromkeys(told["outlet"]))
    if len(outlets) < 3:
        elements.nothing("At least three outlets must tell a story before “most others” means anything.")
        return
    st.caption(
        "Quotations and names that more than half of the other outlets have, and at least two. An outlet may have had "
        "good reasons; what was not recognised as the same counts as left out; copies are not looked at."
    )
    named = named_by_outlet(view, story_id)
    named = named[named["outlet"].isin(outlets)]
    by_actor = {str(actor): set(rows["outlet"]) for actor, rows in named.groupby("actor_id", sort=False)}
    actor_names = dict(zip(named["actor_id"], named["name"], strict=True))
    texts = _texts(view, quoted)
    by_quotation = {str(n): set(statement.by_outlet) for n, statement in enumerate(quoted)}
    rows = [
        {"outlet": outlet, "kind": "quotation", "speaker": _speaker(quoted[int(n)], names)}
        | {"left_out": _words(quoted[int(n)].first, texts), "told_by": tellers, "of_others": others}
        for outlet, n, tellers, others in left_out(by_quotation, outlets)
    ] + [
        {"outlet": outlet, "kind": "name", "speaker": None, "left_out": actor_names[actor]}
        | {"told_by": tellers, "of_others": others}
        for outlet, actor, tellers, others in left_out(by_actor, outlets)
    ]
    if not rows:
        elements.nothing("No outlet left out a quotation or a name that most others have.")
        return
    frame = pd.DataFrame(rows).fillna("").sort_values(["outlet", "told_by"], ascending=[True, False], kind="stable")
    elements.table(
        frame,
        name="left_out",
        columns={
            "outlet": "Outlet",
            "kind": "What",
            "speaker": "Speaker",
            "left_out": st.column_config.TextColumn("Left out", width="large"),
            "told_by": "Others who have it",
            "of_others": "Of others",
        },
    )


def _quotations(view: View, quoted: list[Statement], told: pd.DataFrame, names: dict[str, str]) -> None:
    st.header("What became of the quotations", anchor=False)
    if not quoted:
        elements.nothing("No quotation of this story was found in the tellings of two outlets.")
        return
    st.caption(
        "Quotations that at least two outlets have, as the earliest telling has them, and what each outlet made of "
        "them. “Quoted” was matched with another telling than the earliest. Underlined: words that the earliest does "
        "not have."
    )
    outlets = list(dict.fromkeys(told["outlet"]))
    texts = _texts(view, quoted)
    number = elements.page_number(len(quoted), PER_PAGE, key="quotations_page")
    shown = quoted[PER_PAGE * (number - 1) : PER_PAGE * number]
    st.caption(elements.position(len(quoted), PER_PAGE, number, "quotation"))
    st.html(block("".join(statement_html(s, texts, outlets, _speaker(s, names)) for s in shown)))
    with st.expander("Table"):
        rows: list[dict[str, Any]] = [
            {"speaker": _speaker(s, names), "quotation": _words(s.first, texts), "n_outlets": len(s.by_outlet)}
            | {outlet: s.by_outlet[outlet].how if outlet in s.by_outlet else LEFT_OUT for outlet in outlets}
            for s in quoted
        ]
        elements.table(pd.DataFrame(rows).fillna(""), name="quotations")


def statement_html(
    statement: Statement, texts: Mapping[str, str], outlets: Sequence[str], speaker: str | None = None
) -> str:
    """A quotation and what each outlet made of it, as safe HTML."""
    first = texts[statement.first.article_id][statement.first.start : statement.first.end]
    by_how: dict[str, list[str]] = {}
    for outlet in outlets:
        version = statement.by_outlet.get(outlet)
        by_how.setdefault(version.how if version else LEFT_OUT, []).append(outlet)
    rows = []
    for how in (*BEST, LEFT_OUT):
        if how in (FIRST, SAME, LEFT_OUT):
            if by_how.get(how):
                rows.append(_version(how, ", ".join(by_how[how]), f"“{escape(first)}”" if how == FIRST else ""))
            continue
        for outlet in by_how.get(how, []):
            version = statement.by_outlet[outlet]
            text = texts[version.article_id][version.start : version.end]
            words = word_diff(text, difference(first, text), 1) if how in IN_MARKS else escape(text)
            rows.append(_version(how, outlet, f"“{words}”" if how in IN_MARKS else words))
    who = f"<p class='what'>{escape(speaker)}</p>" if speaker else "<p class='what'>(speaker not found)</p>"
    return f"<section class='statement'>{who}{''.join(rows)}</section>"


def _version(how: str, outlets: str, words: str) -> str:
    told = f"<span>{words}</span>" if words else ""
    many = "" if words else " many"
    return (
        f"<div class='version{many}'><span class='how'>{escape(how)}</span><span>{escape(outlets)}</span>{told}</div>"
    )


def _texts(view: View, quoted: Sequence[Statement]) -> dict[str, str]:
    ids = sorted({version.article_id for s in quoted for version in (s.first, *s.by_outlet.values())})
    if not ids:
        return {}
    rows = view.query(f"SELECT article_id, text FROM texts WHERE article_id IN ({', '.join('?' for _ in ids)})", ids)
    return dict(zip(rows["article_id"], rows["text"], strict=True))


def _speaker(statement: Statement, names: Mapping[str, str]) -> str | None:
    return names.get(statement.speaker_id, statement.speaker_id) if statement.speaker_id else None


def _words(version: Version, texts: Mapping[str, str]) -> str:
    words = texts[version.article_id][version.start : version.end].split()
    return " ".join(words) if len(words) <= SHOWN_WORDS else f"{' '.join(words[:SHOWN_WORDS])} […]"
