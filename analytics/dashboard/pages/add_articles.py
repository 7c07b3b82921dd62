"""Page: articles of one's own: given, looked at, measured."""

import streamlit as st

from analytics.dashboard import session
from analytics.dashboard.adding import collections
from analytics.dashboard.adding.limits import STATED
from analytics.dashboard.adding.preparing import says
from analytics.dashboard.parts import add_giving, add_measuring, add_reading, add_state, elements
from analytics.dashboard.parts.escape import markdown
from analytics.dashboard.view import results_folder


def main() -> None:
    elements.wide()
    st.title("Add articles", anchor=False)
    state = add_state.adding()
    if state.measuring is not None:
        st.write(
            "Your articles are being measured. You may look at other pages meanwhile; come back here to see it end."
        )
        add_measuring.progress()
        return
    st.write(
        "Give your articles, look at how they are read, and measure them. They stay on this machine, in a folder of "
        "your own; nobody else who uses this dashboard sees them."
    )
    st.caption(STATED)
    if state.said:
        st.warning(markdown(state.said))
    add_giving.show()
    current = session.collection() or collections.of_folder(results_folder())
    known = (
        {says(record) for record in current.records()} if current is not None and _into_current(current.name) else set()
    )
    prepared = add_reading.show(known)
    if prepared is None:
        return
    add_measuring.show(prepared, current)
    st.button("Begin anew", on_click=add_state.begin_anew, type="tertiary", help="Forget all that was given here.")


def _into_current(name: str) -> bool:
    """Whether what is given goes into the collection that is open, as far as was chosen."""
    return str(st.session_state.get("add_into", f"Add to “{name}”")).startswith("Add to")


main()
