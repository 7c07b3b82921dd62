"""Page: find an article; read it with its voices, actors and cues marked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.dashboard.parts import elements, reader
from analytics.dashboard.parts.list_and_detail import ListAndDetail
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
LIST = ListAndDetail(parameter="article", named_by="title", kept=("q", "order", "page"))


def main() -> None:
    view = current()
    if article_id := LIST.opened():
        reader.show(view, article_id)
        return
    lead = "Choose a row to read the article, with its voices, actors and cues marked."
    if not elements.heading(view, "Articles", lead):
        return
    words = st.text_input(
        "Search titles and texts",
        key="q",
        bind="query-params",
        placeholder="Words as in the text",
        max_chars=elements.LONGEST_SEARCH,
    )
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
    config = {
        "published": st.column_config.DatetimeColumn("Published", format="YYYY-MM-DD", width=90),
        "outlet": st.column_config.TextColumn("Outlet", width=150),
        "title": st.column_config.TextColumn("Title", width="large"),
        "n_words": st.column_config.NumberColumn("Words", width=70),
    }
    labels = rows["title"] + " · " + rows["outlet"]
    LIST.table(rows, rows["article_id"].tolist(), labels.tolist(), config=config)


main()
