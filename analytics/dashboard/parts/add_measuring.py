"""Measuring what was given: the collection it goes into, a run in the background, its progress, the way to results."""

from __future__ import annotations

import streamlit as st

from ...errors import TellingsError
from ...progress import duration
from .. import session
from ..adding import collections
from ..adding.background import Run, State
from ..adding.collections import Collection
from ..adding.preparing import Prepared, record_of
from . import add_state, elements
from .escape import markdown

LAND = "tellings_land"  # in the session's state: the first page is to be shown next
_FEW = 60  # articles that one process measures before a second has loaded what it needs
_NEW = "A new collection"


def show(prepared: Prepared, current: Collection | None) -> None:
    """Draw what is needed to measure, and the button."""
    st.header("Measure them", anchor=False)
    into, name = current, ""
    if current is not None:
        choice = st.radio(
            "Where to",
            [f"Add to “{current.name}”", _NEW],
            key="add_into",
            label_visibility="collapsed",
            horizontal=True,
        )
        into = None if choice == _NEW else current
    if into is None:
        name = st.text_input(
            "Name of the collection", value="My articles", max_chars=collections.LONGEST_NAME, key="add_name"
        )
    n = len(prepared.articles)
    st.caption("Twenty articles usually take less than a minute. Everything happens on this machine.")
    if st.button(
        f"Measure {elements.plural(n, 'article')}", type="primary", icon=":material/play_arrow:", disabled=not n
    ):
        try:
            _start(prepared, into or collections.create(name))
        except (TellingsError, OSError) as error:
            st.error(markdown(error))
            return
        st.rerun()


def _start(prepared: Prepared, into: Collection) -> None:
    state = add_state.adding()
    state.collection = into
    state.batch = into.add(map(record_of, prepared.articles))
    state.measuring = Run(
        "score",
        state_file=into.folder / ".run.json",
        inputs=[str(file) for file in sorted(into.articles.glob("*.jsonl"))],
        out=str(into.results),
        jobs=1 if sum(1 for _ in into.records()) <= _FEW else None,
    )
    state.said = ""


@st.fragment(run_every=1.0)
def progress() -> None:
    """How far measuring has come, with a way to stop it."""
    state = add_state.adding()
    run = state.measuring
    if run is None:
        return
    now = run.state()
    if now.is_over:
        _end(now)
        st.rerun()
    st.progress(_share(now), _words(now))
    if st.button("Cancel", key="add_cancel", icon=":material/stop:"):
        run.cancel()
        _end(run.state())
        st.rerun()


def _share(now: State) -> float:
    return min(now.done / now.total, 1.0) if now.total else 0.0


def _words(now: State) -> str:
    if now.status == "waiting":
        return "Waiting until another run is done …"
    if not now.done:
        return f"Loading what reads the articles … {now.since_start:.0f} s"
    left = now.left
    time = f"about {duration(left)} left" if left is not None else "putting the results together …"
    return f"{now.done:,} of {now.total or now.done:,} articles measured, {time}"


def _end(now: State) -> None:
    """Land on the results; or take back what was not measured, and say why."""
    state = add_state.adding()
    into, batch = state.collection, state.batch
    state.measuring = state.batch = None
    if now.status == "done" and into is not None:
        add_state.begin_anew()
        session.look_at(into)
        st.session_state[LAND] = True
        return
    if into is not None and batch is not None:
        into.take_back(batch)
    state.said = "Stopped; nothing was added." if now.status == "cancelled" else f"That went wrong: {now.message}"
