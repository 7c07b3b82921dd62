"""Page: find an article; read it with its voices, actors and cues marked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.dashboard.parts import elements, reader
from analytics.dashboard.view import View, current
from analytics.results.export import to_csv_bytes
from analytics.vocabulary import UNKNOWN

PER_PAGE = 25
ORDERS = {
    "Newest first": "t.published DESC NULLS LAST, t.article_id",
    "Oldest first": "t.published NULLS LAST, t.article_id",
    "Longest first": "t.n_words DESC, t.article_id",
    "Outlet": "t.outlet NULLS LAST, t.published, t.article_id",
}
COLUMNS = f"""t.article_id, coalesce(t.outlet, '{UNKNOWN}') AS outlet, t.published,
    coalesce(t.title, '{elements.UNTITLED}') AS title, t.n_words, t.url"""
LIST_STATE = ("q", "order", "page")  # what the list is set to, kept while an article is open


def main() -> None:
    view = current()
    if article_id := st.query_params.get("article"):
        st.button("Back to the list", on_click=_back)
        reader.show(view, article_id)
        return
    lead = "Choose a row to read the article, with its voices, actors and cues marked."
    if not elements.heading(view, "Articles", lead):
        return
    words = st.text_input("Search titles and texts", key="q", bind="query-params", placeholder="Words as in the text")
    order = st.selectbox("Order", list(ORDERS), key="order", bind="query-params")
    _list(view, (words or "").strip(), ORDERS[order])


def _list(view: View, words: str, order: str) -> None:
    condition, parameters = view.store.where("articles", view.selection)
    if words:
        condition += " AND t.article_id IN (SELECT article_id FROM texts WHERE contains(lower(text), lower(?)))"
        parameters = [*parameters, words]
    found = int(view.query(f"SELECT count(*) AS n FROM articles t WHERE {condition}", parameters)["n"][0])
    if not found:
        elements.nothing("No article matches this search and filter.")
        return
    everything = f"SELECT {COLUMNS} FROM articles t WHERE {condition} ORDER BY {order}"
    page = elements.page_number(found, PER_PAGE, key="page", in_address=True)
    rows = view.query(f"{everything} LIMIT {PER_PAGE} OFFSET {PER_PAGE * (page - 1)}", parameters)
    st.caption(elements.position(found, PER_PAGE, page, "article"))
    _table(rows)
    with st.container(horizontal=True):
        elements.download(f"Download these {len(rows)} rows (CSV)", lambda: to_csv_bytes(rows), "articles-page")
        elements.download(
            f"Download all {found:,} rows (CSV)",
            lambda: to_csv_bytes(view.store.query(everything, parameters)),
            "articles",
        )


def _table(rows: pd.DataFrame) -> None:
    st.dataframe(
        rows,
        key="list",
        hide_index=True,
        height="content",
        on_select=lambda: _open_row(rows),
        selection_mode="single-row",
        column_order=["published", "outlet", "title", "n_words"],
        column_config={
            "published": st.column_config.DatetimeColumn("Published", format="YYYY-MM-DD", width=90),
            "outlet": st.column_config.TextColumn("Outlet", width=150),
            "title": st.column_config.TextColumn("Title", width="large"),
            "n_words": st.column_config.NumberColumn("Words", width=70),
        },
    )
    titles = dict(zip(rows["article_id"], rows["title"] + " · " + rows["outlet"], strict=True))
    st.selectbox(
        "Or choose by title",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="An article of this page",
        key="by_title",
        on_change=lambda: _open(st.session_state["by_title"]),
    )


def _open_row(rows: pd.DataFrame) -> None:
    chosen = st.session_state["list"].selection.rows
    if chosen:
        _open(rows["article_id"].iloc[chosen[0]])


def _open(article_id: str) -> None:
    st.session_state["list_state"] = {key: st.session_state[key] for key in LIST_STATE if key in st.session_state}
    st.query_params["article"] = article_id


def _back() -> None:
    st.session_state.update(st.session_state.pop("list_state", {}))
    del st.query_params["article"]


main()
