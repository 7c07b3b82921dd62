"""Opens the results, draws the sidebar and runs the page that the address names."""

from __future__ import annotations

import shlex
from functools import partial

import streamlit as st

from ..errors import StoreError
from . import session
from .adding.collections import Collection
from .hardening import harden
from .page_names import ADD, EXPLORE, FORMER, PAGES
from .parts import add_measuring, sidebar
from .parts.escape import markdown
from .view import keep, open_view, page, results_folder

SHOWN = 3  # lines of corrections that are none


def run() -> None:
    """One run of the dashboard: Streamlit calls it again whenever something changes."""
    harden()
    st.set_page_config(page_title="Tellings", layout="centered", initial_sidebar_state="expanded")
    st.html(
        "<style>.stMainBlockContainer { max-width: 60rem; padding-top: 3.5rem; } "
        # a caption is paler than text: a link in its own colour would be too pale, one in the caption's is not
        '[data-testid="stCaptionContainer"] a { color: inherit !important; } '
        f"{_chosen()}</style>"
    )
    own = session.collection()
    try:
        view = open_view(own.results if own is not None else results_folder())
    except StoreError as error:
        _without_results(error)
        return
    chosen = st.navigation([page(name) for name in (*PAGES, *FORMER)])
    if st.session_state.pop(add_measuring.LAND, False):
        st.switch_page(page(next(iter(PAGES))))
    for line in view.store.left_out[:SHOWN]:
        st.warning(markdown(line))
    if (more := len(view.store.left_out) - SHOWN) > 0:
        st.warning(f"And {more:,} more lines of corrections that are left out.")
    try:
        if own is not None:
            _of_ones_own(own, is_adding=chosen.url_path == ADD)
        keep(view if chosen.url_path in (ADD, EXPLORE, *FORMER) else sidebar.show(view))
        chosen.run()
    except StoreError as error:  # a table that is damaged where opening does not look
        st.error(markdown(error))


def _chosen() -> str:
    """On a dark page the words of a chosen button would stand out too little from its ground (2.8 to 1)."""
    if st.context.theme.type != "dark":
        return ""
    return 'button[kind="pillsActive"] p, button[kind="segmented_controlActive"] p { color: #f2f4f5; }'


def _of_ones_own(own: Collection, *, is_adding: bool) -> None:
    """In the sidebar, which collection is open, where it is kept, and the way back."""
    with st.sidebar:
        st.subheader(markdown(own.name), anchor=False)
        st.caption("Your own articles. Only this address leads to them: bookmark it to come back.")
        with st.popover("Where they are kept", width="stretch"):
            st.caption("In this folder. To open it again later, or to remove it:")
            st.code(f"tellings dashboard {shlex.quote(str(own.folder))}", language=None, wrap_lines=True)
        if not is_adding:
            st.page_link(page(ADD), label="Add more articles", icon=":material/add:")
        st.button("Close", on_click=session.look_at, args=(None,), width="stretch", key="close_collection")
        st.divider()


def _without_results(error: StoreError) -> None:
    """There is nothing to show: begin with articles of one's own; where results are damaged, say so first."""
    folder = results_folder()
    damaged = folder.is_dir() and any(folder.iterdir())
    welcome = st.Page(partial(_welcome, error), title="Welcome", url_path="welcome", default=damaged)
    add = page(ADD, default=not damaged)
    st.navigation([welcome, add] if damaged else [add, welcome]).run()


def _welcome(error: StoreError) -> None:
    st.title("Tellings", anchor=False)
    st.write("Tellings measures how news outlets tell the same story. There is nothing to show yet.")
    st.info(markdown(error))
    st.page_link(page(ADD, default=False), label="Add articles of your own", icon=":material/add:")
    st.write("Or score the sample articles that come with Tellings and open the dashboard on them:")
    st.code("tellings demo", language=None)
    st.write("Or score your own articles (CSV, JSON Lines, Parquet or text files) and open the result:")
    st.code("tellings score articles.csv --out results\ntellings dashboard results", language=None)
