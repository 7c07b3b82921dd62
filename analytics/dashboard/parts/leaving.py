"""The button that every chart has: its figure, its numbers and how to cite it, in one file that explains itself."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ...reports.figure_bundle import Leaving, bundle, file_name
from ...results.export import export_manifest
from .. import view as views
from . import sidebar


def button(figure: go.Figure, frame: pd.DataFrame, *, name: str, title: str, facts: Mapping[str, str]) -> None:
    """“Download & cite” for one chart. The file is made when it is asked for."""
    seen = views.current()
    leaving = Leaving(
        title=title,
        facts=facts,
        selection=seen.selection,
        actors={actor: sidebar.label_of(seen, actor) for actor in seen.selection.actors},
        link=sidebar.address(),
        manifest=export_manifest(seen.store, name, len(frame), seen.selection),
    )
    st.download_button(
        "Download & cite",
        lambda: bundle(figure, frame, leaving),
        f"{file_name(leaving)}.zip",
        "application/zip",
        key=f"{name}_bundle",
        on_click="ignore",
        icon=":material/download:",
        help="One ZIP: the figure, its numbers (CSV) with a codebook, how they were made, and a reference (BibTeX).",
    )
