"""Opens the results, draws the sidebar and runs the page that the address names."""

from __future__ import annotations

import streamlit as st

from ..errors import StoreError
from .hardening import harden
from .parts import sidebar
from .parts.escape import markdown
from .view import PAGES, View, keep, open_view, page, results_folder

SHOWN = 3  # lines of corrections that are none


def run() -> None:
    """One run of the dashboard: Streamlit calls it again whenever something changes."""
    harden()
    st.set_page_config(page_title="Tellings", layout="centered", initial_sidebar_state="expanded")
    st.html("<style>.stMainBlockContainer { max-width: 60rem; padding-top: 3.5rem; }</style>")
    view = _opened()
    if view is None:
        return
    chosen = st.navigation([page(name) for name in PAGES])
    for line in view.store.left_out[:SHOWN]:
        st.warning(markdown(line))
    if (more := len(view.store.left_out) - SHOWN) > 0:
        st.warning(f"And {more:,} more lines of corrections that are left out.")
    try:
        keep(sidebar.show(view))
        chosen.run()
    except StoreError as error:  # a table that is damaged where opening does not look
        st.error(markdown(error))


def _opened() -> View | None:
    try:
        return open_view(results_folder())
    except StoreError as error:
        _welcome(error)
        return None


def _welcome(error: StoreError) -> None:
    st.title("Tellings", anchor=False)
    st.write("Tellings measures how news outlets tell the same story. There is nothing to show yet.")
    st.info(markdown(error))
    st.write("Score the sample articles that come with Tellings and open the dashboard on them:")
    st.code("tellings demo", language=None)
    st.write("Or score your own articles (CSV, JSON Lines, Parquet or text files) and open the result:")
    st.code("tellings score articles.csv --out results\ntellings dashboard results", language=None)
