"""One caption under uncorrected numbers: that the machine's error is not in them, or where it is."""

from __future__ import annotations

import json

import streamlit as st

from ...coding.samples import ABOUT, FOLDER
from ...compare import MACHINE_ERROR
from ...measures import Score
from ...vocabulary import VOICES
from ..view import View
from .sidebar import address_of


def caption(view: View, score: Score, actor: str | None = None) -> None:
    """Say under a chart of a score (of an actor) that the machine's error is missing; a link where a sample is."""
    said = f"{MACHINE_ERROR[0].upper()}{MACHINE_ERROR[1:]}."
    if name := _sample_of(view, score, actor):
        said += f" [See it corrected by codings]({address_of('coding', sample=name, room='Estimate')})."
    elif score.coding is not None:
        to_code = address_of("coding", room="New sample", coding_measure=score.label)
        said += f" [Code a sample]({to_code}) to have it in there."
    st.caption(said)


def _sample_of(view: View, score: Score, actor: str | None) -> str | None:
    """The newest sample of this score, actor and voice; one that cannot be read is none."""
    voices = {*(view.selection.voices or VOICES), "all"}
    found = []
    for about in (view.store.folder / FOLDER).glob(f"*/{ABOUT}"):
        try:
            record = json.loads(about.read_text(encoding="utf-8"))
            if (record["score"], record["actor_id"]) == (score.name, actor) and record["voice"] in voices:
                found.append((str(record["made"]), about.parent.name))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return max(found)[1] if found else None
