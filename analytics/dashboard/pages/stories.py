"""Page: the stories that several outlets tell; open one to see who told it when, and who left out what."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.dashboard.parts import elements, story
from analytics.dashboard.parts.story_queries import story_figures, with_words_apart
from analytics.dashboard.view import View, current
from analytics.results.export import to_csv_bytes

PER_PAGE = 25
APART = "words_apart"
ORDERS = {
    "Most outlets first": ["n_outlets", "n_articles"],
    "Newest first": ["first_published"],
    "Furthest apart first": [APART],
    "Most altered quotations first": ["altered_quotations"],
    "Longest spread first": ["spread_hours"],
}
LIST_STATE = ("story_q", "story_order", "story_page")  # what the list is set to, kept while a story is open


def main() -> None:
    view = current()
    elements.wide()
    if story_id := st.query_params.get("story"):
        st.button("Back to the list", on_click=_back)
        story.show(view, story_id)
        return
    lead = (
        "A story is one event that at least two articles tell. Choose one to see when each outlet told it, what an "
        "outlet left out that most others told, and what became of the quotations."
    )
    if not elements.heading(view, "Stories", lead):
        return
    if not view.count("stories"):
        _none(view)
        return
    st.caption("Listed: stories of which the filter keeps at least one article. The figures are those of all tellings.")
    words = st.text_input("Search headlines", key="story_q", bind="query-params", placeholder="Words of a headline")
    order = st.selectbox("Order", list(ORDERS), key="story_order", bind="query-params")
    _list(view, story_figures(view, (words or "").strip()), ORDERS[order])


def _none(view: View) -> None:
    if view.query("SELECT count(*) AS n FROM stories")["n"][0]:
        elements.nothing("No article of this filter belongs to a story that another article tells too.")
    else:
        elements.nothing(
            "These results hold no stories: no two articles tell the same event, or they were scored by a version of "
            "Tellings that did not look for stories. Score the articles again to look for them."
        )


def _list(view: View, figures: pd.DataFrame, by: list[str]) -> None:
    if figures.empty:
        elements.nothing("No story matches this search and filter.")
        return
    if APART in by:
        with st.spinner("Comparing the tellings of every story …"):
            figures = with_words_apart(view, figures)
    ordered = figures.sort_values([*by, "story_id"], ascending=[False] * len(by) + [True], na_position="last")
    page = elements.page_number(len(ordered), PER_PAGE, key="story_page", in_address=True)
    rows = ordered.iloc[PER_PAGE * (page - 1) : PER_PAGE * page].reset_index(drop=True)
    st.caption(elements.position(len(ordered), PER_PAGE, page, "story"))
    _table(rows if APART in rows else with_words_apart(view, rows))
    with st.expander("What the columns mean"):
        st.markdown(MEANING)
    elements.download(
        f"Download {elements.plural(len(ordered), 'story')} (CSV)",
        lambda: to_csv_bytes(ordered if APART in ordered else with_words_apart(view, ordered)),
        "stories",
    )


MEANING = """
- **Hours**: from the first telling to the last. Where only days are known, days of 24 hours.
- **Words apart**: of the different words (four letters or more) of the shorter of two tellings, the share that the
  other does not have; the mean over all pairs. 0 % is the same words, 100 % no word in common.
- **Altered quotations**: pairs of tellings in which one has other or more words inside the quotation marks than the
  other, or has as a quotation what the other has as indirect speech.
- **Copies** count as articles, unless the switch on the left leaves them out.
"""


def _table(rows: pd.DataFrame) -> None:
    config: dict[str, Any] = {
        "label": st.column_config.TextColumn("Story", width=330),
        "first_published": st.column_config.DatetimeColumn("First", format="YYYY-MM-DD", width=90),
        "last_published": st.column_config.DatetimeColumn("Last", format="YYYY-MM-DD", width=90),
        "spread_hours": st.column_config.NumberColumn("Hours", format="%.0f", width=60),
        "n_outlets": st.column_config.NumberColumn("Outlets", width=65),
        "n_articles": st.column_config.NumberColumn("Articles", width=65),
        "words_apart": st.column_config.NumberColumn("Words apart", format="%.0f %%", width=95),
        "altered_quotations": st.column_config.NumberColumn("Altered quotations", width=125),
    }
    st.dataframe(
        # a percentage to the hundredth would promise too much
        rows.assign(words_apart=rows["words_apart"] * 100, label=rows["label"].fillna(elements.UNTITLED)),
        key="story_list",
        hide_index=True,
        height="content",
        on_select=lambda: _open_row(rows),
        selection_mode="single-row",
        column_order=list(config),
        column_config=config,
    )
    labels = dict(zip(rows["story_id"], rows["label"].fillna(elements.UNTITLED), strict=True))
    st.selectbox(
        "Or choose by headline",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder="A story of this page",
        key="story_by_label",
        on_change=lambda: _open(st.session_state["story_by_label"]),
    )


def _open_row(rows: pd.DataFrame) -> None:
    chosen = st.session_state["story_list"].selection.rows
    if chosen:
        _open(rows["story_id"].iloc[chosen[0]])


def _open(story_id: str) -> None:
    st.session_state["stories_state"] = {key: st.session_state[key] for key in LIST_STATE if key in st.session_state}
    st.query_params["story"] = story_id


def _back() -> None:
    st.session_state.update(st.session_state.pop("stories_state", {}))
    del st.query_params["story"]


main()
