"""Where a reader corrects who is who; corrections can be undone."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ...errors import TellingsError
from ...results import corrections
from ..view import View
from .escape import markdown

LISTED = 100  # corrections, each with its button
OFFERED = 2000  # actors to merge with, most mentioned first


def panel(view: View, actor: str, name: str) -> None:
    """Merge, rename or leave out the chosen actor, and the list of corrections with a way back."""
    with st.expander("Correct the actors"):
        st.caption(
            f"Corrections take effect at once, everywhere. They are kept in {corrections.FILE} beside the tables, "
            "which stay as they were scored; each can be undone."
        )
        folder = view.store.folder
        others = _others(view, actor)
        with st.form("merge_actor", border=False):
            into = st.selectbox(
                f"{markdown(name)} is the same as, or belongs to",
                list(others),
                index=None,
                format_func=lambda i: others[i],
            )
            if st.form_submit_button("Merge") and into:
                _apply(lambda: corrections.merge(folder, actor, into))
        with st.form("rename_actor", border=False):
            new_name = st.text_input("Another name for it", max_chars=100)
            if st.form_submit_button("Rename") and new_name:
                _apply(lambda: corrections.rename(folder, actor, new_name))
        if st.button("Leave it out: this is no actor", key="hide_actor"):
            _apply(lambda: corrections.hide(folder, actor))
        _log(view)


def _log(view: View) -> None:
    in_force = corrections.in_force(view.store.corrections)
    if not in_force:
        return
    st.write("Corrections in force:")
    if len(in_force) > LISTED:
        st.caption(f"The last {LISTED:,} of {len(in_force):,}; all of them stand in {corrections.FILE}.")
    for correction in in_force[-LISTED:]:
        text, button = st.columns([5, 1], vertical_alignment="center")
        text.write(markdown(f"{correction.number}. {corrections.describe(correction)} ({correction.at[:10]})"))
        if button.button("Undo", key=f"undo_{correction.number}"):
            _apply(lambda number=correction.number: corrections.undo(view.store.folder, number))  # type: ignore[misc]


def _others(view: View, actor: str) -> dict[str, str]:
    sql = "SELECT actor_id, name, kind FROM actors WHERE actor_id <> ? ORDER BY n_mentions DESC, actor_id LIMIT ?"
    rows = view.query(sql, (actor, OFFERED))
    return {str(i): f"{name} ({kind})" for i, name, kind in rows.to_numpy().tolist()}


def _apply(change: Callable[[], object]) -> None:
    try:
        change()
    except TellingsError as error:
        st.error(markdown(str(error)))
    else:
        st.rerun()
