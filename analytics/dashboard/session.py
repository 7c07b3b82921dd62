"""What belongs to one session alone: the collection that it looks at, and the folder of what it was given."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from .adding import collections
from .adding.collections import Collection
from .adding.uploads import Uploads

KEY = "collection"  # in the address, and with "tellings_" in the session's state
_STATE = f"tellings_{KEY}"


def collection() -> Collection | None:
    """The collection that this session looks at, by its address or since it made it; None for none.

    Its key stays in the address on every page, so that a reload or a bookmark opens it again.
    """
    asked = st.query_params.get(KEY)
    chosen: str | None = st.session_state.get(_STATE)
    if asked and asked != chosen:
        found = collections.find(asked)
        if found is None or not found.is_measured:
            del st.query_params[KEY]
            return collections.find(chosen) if chosen else None
        st.session_state[_STATE] = asked
        return found
    if not chosen:
        return None
    st.query_params[KEY] = chosen
    return collections.find(chosen)


def look_at(chosen: Collection | None) -> None:
    """Look at a collection from the next run on; None for what the dashboard was started on."""
    st.session_state.pop(_STATE, None)
    st.query_params.pop(KEY, None)
    if chosen is not None:
        st.session_state[_STATE] = chosen.key


def folder() -> Path:
    """The folder of what this session was given."""
    return uploads().folder(identity())


def identity() -> str:
    """What tells this session from the others."""
    context = get_script_run_ctx()
    return context.session_id if context is not None else "none"


@cache
def uploads() -> Uploads:
    """The folders of all sessions; those that ended are looked for in the background."""
    made = Uploads(lambda session: not exists() or get_instance().is_active_session(session))
    made.watch()
    return made
