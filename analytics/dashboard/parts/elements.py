"""Pieces that pages are made of: heading, chart with its table and download, paging."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ...charts.theme import darkened
from ...results.export import to_csv_bytes
from ...vocabulary import UNKNOWN
from ..view import View
from . import leaving

UNTITLED = "(no title)"
LONGEST_SEARCH = 200  # characters

Keys = tuple[str, ...]  # what a mark stands for: the customdata that charts give it


def heading(view: View, title: str, lead: str) -> bool:
    """Title, a sentence on what the page is for, and what the filter keeps; False where it keeps nothing."""
    st.title(title, anchor=False)
    st.write(lead)
    return in_view(view)


def in_view(view: View) -> bool:
    """A line on what the filter keeps; False, and what to do, where it keeps nothing."""
    sql = """SELECT count(*) AS n, count(DISTINCT coalesce(t.outlet, '')) AS outlets,
        min(t.published) AS first, max(t.published) AS last FROM articles t WHERE {where}"""
    n, outlets, first, last = view.rows(sql, "articles").iloc[0]
    parts = [plural(n, "article"), plural(outlets, "outlet")]
    if not pd.isna(first):
        parts.append(f"{first:%-d %b %Y} – {last:%-d %b %Y}")
    if undated := view.undated():
        parts.append(f"{plural(undated, 'article')} without a date left out by the date filter")
    if copies := view.copies():
        parts.append(copies_counted(copies, included=view.selection.copies))
    st.caption("In view: " + " · ".join(parts))
    if not n:
        nothing("No article matches this filter. Widen it in the sidebar, or press “Clear”.")
    return bool(n)


def wide() -> None:
    """Room for a page whose content stands side by side."""
    st.html("<style>.stMainBlockContainer { max-width: 78rem !important; }</style>")


def plural(n: int, noun: str) -> str:
    """A count with its noun.

    >>> plural(1, "article"), plural(1200, "article"), plural(2, "story")
    ('1 article', '1,200 articles', '2 stories')
    """
    if n == 1:
        return f"{n:,} {noun}"
    return f"{n:,} {noun[:-1]}ies" if noun.endswith("ry") else f"{n:,} {noun}s"


def copies_counted(n: int, *, included: bool) -> str:
    """What became of the copies among the articles.

    >>> copies_counted(1, included=True), copies_counted(2, included=False)
    ('1 copy of another article among them', '2 copies of other articles left out')
    """
    noun = "copy of another article" if n == 1 else "copies of other articles"
    return f"{n:,} {noun} {'among them' if included else 'left out'}"


def nothing(message: str) -> None:
    """What stands in place of a chart or table without rows."""
    st.info(message)


def outlet_name(outlet: object) -> str:
    """The outlet as it is shown: a missing one as "(unknown)"."""
    return UNKNOWN if _missing(outlet) else str(outlet)


def title_of(title: object) -> str:
    """An article's title as it is shown."""
    return UNTITLED if _missing(title) else str(title)


def day_of(published: Any) -> str:
    """An article's date as it is shown."""
    return "no date" if _missing(published) else f"{published:%Y-%m-%d}"


def chart(
    figure: go.Figure,
    frame: pd.DataFrame,
    *,
    name: str,
    alt: str,
    picks: Mapping[str, Keys] | None = None,
    pick_label: str = "Show the sentences behind",
    facts: Mapping[str, str] | None = None,
    span: tuple[str, str] | None = None,
) -> Keys | None:
    """A chart with its table and files; returns the keys of the mark that was picked.

    `picks` maps what the menu under the chart offers to the keys of a mark. A click on the mark
    and the menu do the same, and the menu's value is in the address. `facts` say what is measured, as columns of the
    files. `span` names the two date filters that a stretch marked on the chart sets.
    """
    picks = picks or {}
    key, menu = f"{name}_chart", f"{name}_pick"
    on_select: Any = (lambda: _carry_over(key, menu, picks, span)) if picks else "ignore"
    removed = ["lasso2d", "autoScale2d", *([] if span else ["select2d"])]
    config = {"displaylogo": False, "modeBarButtonsToRemove": removed}
    shown = darkened(figure) if st.context.theme.type == "dark" else figure
    modes: Any = ("points", "box") if span else "points"
    st.plotly_chart(shown, key=key, on_select=on_select, selection_mode=modes, alt=alt, theme=None, config=config)
    with st.container(horizontal=True, vertical_alignment="top"):
        with st.expander("Table"):
            table(frame, name=name)
        leaving.button(figure, frame, name=name, title=alt, facts=facts or {})
    if not picks:
        return None
    chosen = st.selectbox(
        pick_label, list(picks), index=None, key=menu, bind="query-params", placeholder="Click a mark, or choose here"
    )
    return picks.get(chosen) if chosen else None


def table(frame: pd.DataFrame, *, name: str, columns: Mapping[str, Any] | None = None) -> None:
    """A table and the CSV of exactly its rows."""
    st.dataframe(frame, hide_index=True, key=f"{name}_table", column_config=dict(columns or {}))
    download("Download CSV", lambda: to_csv_bytes(frame), name)


def download(label: str, data: Callable[[], bytes], name: str) -> None:
    """A button that makes a CSV file only when it is asked for."""
    st.download_button(label, data, f"{name}.csv", "text/csv", key=f"{name}_csv", on_click="ignore")


def page_number(total: int, per_page: int, *, key: str, in_address: bool = False) -> int:
    """The page a reader is on, from 1; a control only where there are several pages."""
    pages = max(1, ceil(total / per_page))
    return int(st.pagination(pages, key=key, bind="query-params" if in_address else None)) if pages > 1 else 1


def position(total: int, per_page: int, page: int, noun: str) -> str:
    """Where a page stands in the whole.

    >>> position(45, 20, 3, "sentence")
    'Showing 41–45 of 45 sentences'
    """
    first = per_page * (page - 1) + 1
    return f"Showing {first:,}–{min(total, per_page * page):,} of {plural(total, noun)}"


def _missing(value: Any) -> bool:
    return value is None or bool(pd.isna(value))


def _carry_over(key: str, menu: str, picks: Mapping[str, Keys], span: tuple[str, str] | None) -> None:
    """Set the menu to the mark that was clicked, or the dates to the stretch that was marked."""
    selection = st.session_state[key].selection
    if span and selection.box:
        days = sorted(str(day)[:10] for day in selection.box[0]["x"])
        for field, day in zip(span, (days[0], days[-1]), strict=True):
            st.session_state[field] = date.fromisoformat(day)
        st.session_state[menu] = None  # its period may be gone
        return
    points: Sequence[Mapping[str, Any]] = selection.points
    clicked: Hashable = tuple(points[0].get("customdata") or ()) if points else ()
    st.session_state[menu] = next((label for label, keys in picks.items() if keys == clicked), None)
