"""The title of the browser's tab: what is shown, so that ten open tabs are told apart."""

from __future__ import annotations

import streamlit as st

LONGEST = 90


def show(*parts: str) -> None:
    """Name the page by what it shows, the most telling part first."""
    st.set_page_config(page_title=title(*parts))


def title(*parts: str) -> str:
    """
    >>> title("Hedges", "Over time")
    'Hedges · Over time · Tellings'
    """
    told = " · ".join(part for part in parts if part)
    return f"{told if len(told) <= LONGEST else told[: LONGEST - 1].rstrip() + '…'} · Tellings"
