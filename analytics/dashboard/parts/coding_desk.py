"""A coder's desk on the page: one item, its guidelines, and a key for each answer."""

from __future__ import annotations

from html import escape

import streamlit as st

from ...coding import Desk, Place, Sample, Shown, ask, guidelines
from ...errors import TellingsError
from ...reports.marked_text import Span, block, highlight
from ..view import View
from .escape import markdown

CANNOT_TELL, UNDO = "X", "U"  # C and R are Streamlit's own
HEIGHT = 460  # pixels of an article or of guidelines, which scroll


def show(view: View, sample: Sample) -> None:
    """The desk of the coder who is named."""
    coder = named("coder", "Your name, as it shall stand beside your codes", "Start coding")
    if coder is None:
        return
    try:
        _desk(view, sample, coder)
    except TellingsError as error:
        st.error(markdown(error))


def named(key: str, label: str, button: str) -> str | None:
    """Who sits here, asked for once; the name stays in the address, so a reload goes on where it was.

    No field is left on the page once it is known: a key pressed there would be typed into it.
    """
    who = st.query_params.get(key, "").strip()
    if who:
        line, change = st.columns([4, 1], vertical_alignment="center")
        line.caption(f"As {markdown(who)}")
        change.button("Somebody else", key=f"{key}_change", type="tertiary", on_click=_forget, args=(key,))
        return who
    with st.form(f"{key}_form", border=False):
        typed = st.text_input(label, key=f"{key}_typed", max_chars=60)
        if st.form_submit_button(button) and typed.strip():
            st.query_params[key] = typed.strip()
            st.rerun()
    return None


def _forget(key: str) -> None:
    st.query_params.pop(key, None)


@st.fragment
def _desk(view: View, sample: Sample, coder: str) -> None:
    desk = Desk(view.store, sample, coder)
    if desk.gone:
        st.caption(f"The articles of {desk.gone:,} items are no longer in these results; they are passed over.")
    top = st.container()
    place = desk.next()
    if place is None:
        st.success("All items of this sample are coded. “Estimate” shows what they make of the numbers.")
        _undo(desk)
    else:
        item, beside = st.columns([3, 2], gap="medium")
        with item:
            words = st.container()
            st.markdown(f"**{markdown(ask(sample))}**")
            _answers(desk, place)
        with beside:
            _guidelines(sample)
        with words:  # last, so that nobody reads them before their keys are there
            shown_item(place.shown)
    done, of = len(desk.done), len(desk.there)
    top.progress(done / of if of else 1.0, text=f"{done:,} of {of:,} coded by {markdown(desk.coder)}")


def shown_item(seen: Shown) -> None:
    """An item's words: marked what is asked about, in grey what is not judged."""
    spans = [Span(start=start, end=end, kind="cue") for start, end in seen.marked]
    spans += [Span(start=start, end=end, kind="unread") for start, end in seen.grey]
    paragraphs = [
        f'<p><mark class="unread">{escape(seen.before)}</mark></p>' if seen.before else "",
        f"<p>{highlight(seen.text, spans)}</p>",
        f'<p><mark class="unread">{escape(seen.after)}</mark></p>' if seen.after else "",
    ]
    with st.container(border=True, height=HEIGHT if len(seen.text) > 1500 else "content"):
        st.html(block("".join(paragraphs)))


def _answers(desk: Desk, place: Place) -> None:
    """A button and a key for each answer.

    For a moment, a page has the buttons of two items, and one key presses both. So each knows its turn, and what is
    pressed at a turn that is over codes nothing.
    """
    at = f"{desk.turn}_{place.item_id}"
    with st.container(horizontal=True):
        for answer in desk.sample.coding.answers:
            st.button(
                answer.label,
                shortcut=answer.key,
                key=f"answer_{answer.key}_{at}",
                on_click=_keep,
                args=(desk, desk.turn, place.item_id, answer.key),
            )
    with st.container(horizontal=True):
        st.button(
            "cannot tell",
            shortcut=CANNOT_TELL,
            key=f"cannot_{at}",
            type="tertiary",
            on_click=_keep,
            args=(desk, desk.turn, place.item_id, None),
        )
        _undo(desk)


def _undo(desk: Desk) -> None:
    if len(desk.done):
        st.button(
            "undo the last",
            shortcut=UNDO,
            key=f"undo_{desk.turn}",
            type="tertiary",
            on_click=_take_back,
            args=(desk, desk.turn),
        )


def _keep(desk: Desk, turn: int, item_id: str, key: str | None) -> None:
    try:
        if desk.is_turn(turn):
            desk.answer(item_id, key)
    except TellingsError as error:
        st.toast(markdown(error))


def _take_back(desk: Desk, turn: int) -> None:
    try:
        if desk.is_turn(turn):
            desk.undo()
    except TellingsError as error:
        st.toast(markdown(error))


def _guidelines(sample: Sample) -> None:
    text = guidelines(sample)
    with st.container(border=True, height=HEIGHT if len(text) > 1500 else "content"):
        st.text(text)
