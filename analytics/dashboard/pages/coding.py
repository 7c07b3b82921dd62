"""Page: code a sample of a measure blind, see how far coders agree, and correct the measure's numbers by it."""

import streamlit as st

from analytics.coding import open_sample, samples
from analytics.dashboard.parts import (
    coding_agreement,
    coding_desk,
    coding_draw,
    coding_files,
    coding_findings,
    elements,
)
from analytics.dashboard.parts.escape import markdown
from analytics.dashboard.view import current
from analytics.errors import StoreError

LEAD = (
    "The machine errs. Read some of what it read yourself, without seeing its answer, and a measure's numbers are "
    "corrected by what you say."
)
ROOMS = ("Code", "Agreement", "Errors", "Estimate", "Files", "New sample")


def main() -> None:
    view = current()
    if not elements.heading(view, "Coding", LEAD):
        return
    there = samples(view.store.folder)
    if not there:
        coding_draw.show(view)
        return
    name = st.selectbox("Sample", there[::-1], key="sample", bind="query-params")
    try:
        sample = open_sample(view.store.folder, name)
    except StoreError as error:
        st.error(markdown(error))
        coding_draw.show(view)
        return
    room = st.segmented_control("Room", ROOMS, default=ROOMS[0], key="room", bind="query-params")
    for note in sample.log().left_out:
        st.warning(markdown(note))
    match room:
        case "Agreement":
            coding_agreement.show(view, sample)
        case "Errors":
            coding_findings.errors(view, sample)
        case "Estimate":
            coding_findings.estimate(view, sample)
        case "Files":
            coding_files.show(view, sample)
        case "New sample":
            coding_draw.show(view)
        case _:
            coding_desk.show(view, sample)


main()
