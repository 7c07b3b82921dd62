"""How far coders agree, and the disagreements to be settled, one key an answer."""

from __future__ import annotations

import streamlit as st

from ...coding import Sample, agreement_by_class, agreement_of, ask, disagreements, progress, settle, shown
from ...errors import TellingsError
from ..view import View, each
from . import elements
from .coding_desk import CANNOT_TELL, named, shown_item
from .escape import markdown


def show(view: View, sample: Sample) -> None:
    """Progress of each coder, Krippendorff's alpha, and adjudication."""
    coders = progress(sample)
    if coders.empty:
        elements.nothing("Nothing is coded yet.")
        return
    elements.table(coders, name="coding_progress")
    st.header("Agreement", anchor=False)
    found = agreement_of(sample)
    st.caption("Krippendorff's alpha: 1 is perfect agreement, 0 is as by chance. Items are resampled for the interval.")
    if found.note:
        elements.nothing(f"{found.note[0].upper()}{found.note[1:]}.")
        return
    st.metric("Alpha", f"{found.alpha:.2f}", help=f"at the {sample.coding.level} level")
    st.caption(
        f"95 % interval {found.low:.2f} to {found.high:.2f}; {elements.plural(found.n_items, 'item')} coded by several "
        f"of {found.n_coders} coders."
    )
    elements.table(agreement_by_class(sample), name="coding_agreement")
    st.header("Disagreements", anchor=False)
    if by := named("adjudicator", "Your name, as the one who settles them", "Start"):
        _settling(view, sample, by)


@st.fragment
def _settling(view: View, sample: Sample, by: str) -> None:
    left = disagreements(sample)
    frame = sample.frame.set_index("item_id", drop=False)
    labels = {float(answer.value): answer.label for answer in sample.coding.answers}
    st.caption(f"{elements.plural(len(left), 'item')} on which coders disagree and nobody has decided.")
    for row in each(left):
        seen = shown(view.store, frame.loc[row.item_id], kind=sample.coding.item, voice=sample.about.voice)
        if seen is None:
            continue
        shown_item(seen)
        st.write("; ".join(f"{markdown(who)}: **{labels[code]}**" for who, code in row.codes.items()))
        st.markdown(f"**{markdown(ask(sample))}**")
        with st.container(horizontal=True):
            for answer in sample.coding.answers:
                st.button(
                    answer.label,
                    shortcut=answer.key,
                    key=f"settle_{answer.key}_{row.item_id}",
                    on_click=_settle,
                    args=(sample, row.item_id, answer.key, by),
                )
            st.button(
                "cannot tell",
                shortcut=CANNOT_TELL,
                key=f"settle_{row.item_id}",
                type="tertiary",
                on_click=_settle,
                args=(sample, row.item_id, None, by),
            )
        return


def _settle(sample: Sample, item_id: str, key: str | None, by: str) -> None:
    try:
        if item_id in set(disagreements(sample)["item_id"]):  # else a key pressed the last one's button, too
            settle(sample, item_id, key, by=by)
    except TellingsError as error:
        st.toast(markdown(error))
