"""Page: the stories that several outlets tell; open one to see who told it when, and who left out what."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.dashboard.parts import elements, story
from analytics.dashboard.parts.list_and_detail import ListAndDetail
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
LIST = ListAndDetail(parameter="story", named_by="headline", kept=("story_q", "story_order", "story_page"))


def main() -> None:
    view = current()
    elements.wide()
    if story_id := LIST.opened():
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
    words = st.text_input(
        "Search headlines",
        key="story_q",
        bind="query-params",
        placeholder="Words of a headline",
        max_chars=elements.LONGEST_SEARCH,
    )
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
    labels = rows["label"].fillna(elements.UNTITLED)
    # a percentage to the hundredth would promise too much
    shown = rows.assign(words_apart=rows["words_apart"] * 100, label=labels)
    LIST.table(shown, rows["story_id"].tolist(), labels.tolist(), config=config)


main()
