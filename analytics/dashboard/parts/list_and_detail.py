"""A page that lists things and opens one: what is opened stands in the address, and the list stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAndDetail:
    """A list whose rows open; `parameter` is the address's word for what is opened, and the noun of its texts."""

    parameter: str
    named_by: str  # what a row is chosen by: its title, its headline
    kept: tuple[str, ...]  # widgets that set the list; they are kept while something is open

    def opened(self) -> str | None:
        """The id of what the address opens, with a button that leads back; None where the list is to be shown."""
        found = st.query_params.get(self.parameter)
        if found:
            st.button("Back to the list", on_click=self._back)
        return found

    def table(
        self, rows: pd.DataFrame, ids: Sequence[str], labels: Sequence[str], *, config: Mapping[str, Any]
    ) -> None:
        """The rows, shown in the columns of `config`; choosing one, or its label below, opens it."""
        st.dataframe(
            rows,
            key=self._key("list"),
            hide_index=True,
            height="content",
            on_select=lambda: self._open_row(ids),
            selection_mode="single-row",
            column_order=list(config),
            column_config=dict(config),
        )
        names = dict(zip(ids, labels, strict=True))
        article = "An" if self.parameter[0] in "aeiou" else "A"
        st.selectbox(
            f"Or choose by {self.named_by}",
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=f"{article} {self.parameter} of this page",
            key=self._key("by_name"),
            on_change=lambda: self._open(st.session_state[self._key("by_name")]),
        )

    def _key(self, what: str) -> str:
        return f"{self.parameter}_{what}"

    def _open_row(self, ids: Sequence[str]) -> None:
        if chosen := st.session_state[self._key("list")].selection.rows:
            self._open(ids[chosen[0]])

    def _open(self, chosen: str) -> None:
        kept = {key: st.session_state[key] for key in self.kept if key in st.session_state}
        st.session_state[self._key("kept")] = kept
        st.query_params[self.parameter] = chosen

    def _back(self) -> None:
        st.session_state.update(st.session_state.pop(self._key("kept"), {}))
        del st.query_params[self.parameter]
