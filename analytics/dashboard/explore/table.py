"""Tab: the numbers as a table, rounded to what the interval allows, and exact in the file."""

from __future__ import annotations

from math import floor, log10

import pandas as pd
import streamlit as st

from ...results.export import to_csv_bytes
from ..parts import elements
from .question import Question

HEADINGS = {
    "outlet": "Outlet",
    "actor": "Actor",
    "value": "Value",
    "low": "From",
    "high": "To",
    "n_articles": "Articles",
    "note": "Note",
}


def show(question: Question) -> None:
    """One row for each outlet and actor; below, the rows of single articles to take along."""
    frame = question.rates()
    if frame.empty:
        elements.nothing("Nothing was found in this selection.")
        return
    named = frame.assign(actor=frame["actor_id"].map(dict(question.actors))) if question.toward else frame
    st.caption(
        f"{question.score.label} ({question.score.unit}). From and to: the 95 % interval. Rounded to what the interval "
        "allows; the file has all digits."
    )
    shown = named.assign(**rounded(named))
    columns = [name for name in HEADINGS if name in shown and (name != "note" or shown[name].ne("").any())]
    st.dataframe(
        shown[columns].rename(columns=HEADINGS),
        hide_index=True,
        key="answer_table",
        height="content",
    )
    with st.container(horizontal=True):
        exact = named.assign(**question.facts())
        elements.download("Download this table (CSV)", lambda: to_csv_bytes(exact), "answer")
        elements.download(
            "Download the articles behind it (CSV)",
            lambda: to_csv_bytes(question.rows()),
            "articles-behind",
        )
    st.caption("The second file has a row for each article, voice and actor, for R or Stata; columns: docs/tables.md.")


def rounded(frame: pd.DataFrame) -> dict[str, list[str]]:
    """Value, low and high as words, to the digit that the interval's width allows."""
    found: dict[str, list[str]] = {"value": [], "low": [], "high": []}
    for value, low, high in frame[list(found)].itertuples(index=False):
        digits = decimals(None if pd.isna(low) or pd.isna(high) else float(high) - float(low))
        for name, number in (("value", value), ("low", low), ("high", high)):
            found[name].append("" if pd.isna(number) else f"{float(number):,.{digits}f}".replace("-", "−"))
    return found


def decimals(width: float | None) -> int:
    """How many decimals an interval of this width bears: two digits of half of it.

    >>> decimals(0.24), decimals(7.0), decimals(None)
    (2, 1, 2)
    """
    if not width:
        return 2
    return max(0, min(6, 1 - floor(log10(width / 2))))
