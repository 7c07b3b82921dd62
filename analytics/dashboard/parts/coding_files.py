"""Codes in and out on the page Coding: CSV, doccano, Label Studio."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from ...coding import FORMATS, Sample, coded, export_codes, import_codes, labelling_config
from ...coding.exchange import Format
from ...errors import TellingsError
from ..view import View
from . import elements
from .escape import markdown

NAMES = {"csv": "CSV", "doccano": "doccano (JSON Lines)", "label-studio": "Label Studio (JSON)"}
ENDINGS = {"csv": "csv", "doccano": "jsonl", "label-studio": "json"}


def show(view: View, sample: Sample) -> None:
    """Download what is to be coded elsewhere and the codes; upload codes from elsewhere."""
    st.header("Out", anchor=False)
    st.caption("Items as coders see them, blind, with the codes that were given.")
    with st.container(horizontal=True):
        for format_ in FORMATS:
            st.download_button(
                NAMES[format_],
                partial(_encoded, view, sample, format_),
                f"{sample.name}.{ENDINGS[format_]}",
                key=f"out_{format_}",
                on_click="ignore",
            )
        st.download_button(
            "Codes beside the machine's answers (CSV)",
            lambda: coded(view.store, sample).codes.to_csv(index=False).encode(),
            f"{sample.name}-codes.csv",
            key="out_codes",
            on_click="ignore",
        )
    with st.expander("The labelling interface for Label Studio"):
        st.code(labelling_config(sample), language="xml", wrap_lines=True)
    st.header("In", anchor=False)
    st.caption("A file with item_id and code; who coded stands in it, or here. A file that is added twice counts once.")
    with st.form("coding_in", border=False, clear_on_submit=True):
        given = st.file_uploader("File", type=["csv", "tsv", "json", "jsonl", "txt"], key="coding_file")
        coder = st.text_input("Who coded, where the file does not say it", key="coding_file_coder", max_chars=60)
        if st.form_submit_button("Add") and given is not None:
            _add(sample, given.name, given.getvalue(), coder.strip() or None)


def _encoded(view: View, sample: Sample, format_: Format) -> bytes:
    return export_codes(view.store, sample, format_).encode()


def _add(sample: Sample, name: str, data: bytes, coder: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name).name or "codes")
        file.write_bytes(data)
        try:
            found = import_codes(sample, file, coder=coder)
        except TellingsError as error:
            st.error(markdown(str(error).replace(f"{folder}/", "")))
            return
    st.success(f"{elements.plural(found.new, 'code')} added, {found.known:,} known already.")
    for note in found.notes:
        st.warning(markdown(note))
