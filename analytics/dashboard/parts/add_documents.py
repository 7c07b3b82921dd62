"""Documents that are added: one table of them, in which outlets and dates are written and some are left aside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from ...ingest import SourceReport
from ...ingest.dates import read_date
from . import add_state, elements
from .escape import markdown


def show(files: list[Path], reports: dict[Path, list[SourceReport]]) -> None:
    """The documents in one table, in which outlets and dates can be written and some be left aside."""
    state = add_state.adding()
    names = tuple(file.name for file in files)
    key = f"add_documents_{state.n_drops}_{hash(names)}"
    # The table must stay the same while somebody writes into it, or what is being written is lost.
    if state.documents is None or key not in st.session_state:
        state.documents = pd.DataFrame([_row(file, reports[file]) for file in files])
    st.caption(
        f"{elements.plural(len(files), 'document')}. Where the outlet or the date of one is missing, write it into the "
        "table; a date as 2031-01-06."
    )
    edited = st.data_editor(
        state.documents,
        key=key,
        disabled=["File", "Articles"],
        hide_index=True,
        column_config={
            "Take": st.column_config.CheckboxColumn(width=60),
            "File": st.column_config.TextColumn(width="large"),
            "Articles": st.column_config.NumberColumn(width=80),
            "Outlet": st.column_config.TextColumn(width="medium", max_chars=100),
            "Date": st.column_config.TextColumn(width=120, max_chars=40),
        },
    )
    untitled = any((report.share_title or 0) < 1 for file in files for report in reports[file] if report.n_records)
    first_line = untitled and st.toggle("The first line of each document is its headline", key="add_headlines")
    for file, row in zip(files, edited.to_dict("records"), strict=True):
        (state.left_aside.discard if row["Take"] else state.left_aside.add)(file.name)
        own_outlet, own_day = _own(reports[file])
        outlet, day = (" ".join(str(row[name] or "").split()) for name in ("Outlet", "Date"))
        read = read_date(day) if day and day != own_day else None
        if read is not None and read.published is None:
            st.warning(f"The date {markdown(day)} of {markdown(file.name)} is {read.doubt}; write it as 2031-01-06.")
        state.choices[file.name] = replace(
            state.choice(file),
            outlet=outlet if outlet and outlet != own_outlet else None,
            day=read.published.date() if read is not None and read.published is not None else None,
            first_line=first_line,
        )


def _row(file: Path, reports: list[SourceReport]) -> dict[str, Any]:
    state = add_state.adding()
    choice = state.choice(file)
    outlet, day = _own(reports)
    return {
        "Take": file.name not in state.left_aside,
        "File": file.name,
        "Articles": counts(reports)[0],
        "Outlet": choice.outlet or outlet,
        "Date": f"{choice.day:%Y-%m-%d}" if choice.day else day,
    }


def _own(reports: list[SourceReport]) -> tuple[str, str]:
    """The outlets and days that a file's own articles name, as the table shows them."""
    outlets = dict.fromkeys(name for report in reports for name in report.outlets)
    ends = [day for r in reports for day in (r.first_published, r.last_published) if day is not None]
    days = dict.fromkeys(f"{day:%Y-%m-%d}" for day in (min(ends), max(ends))) if ends else {}
    return ", ".join(outlets), " – ".join(days)


def counts(reports: list[SourceReport]) -> tuple[int, int]:
    """The articles and the rejected records of a file."""
    rejected = sum(report.n_rejected for report in reports)
    return sum(report.n_records for report in reports) - rejected, rejected
