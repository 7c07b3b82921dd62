"""What a page looks at: a store and the selection made in the sidebar. All reads are cached here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from ..demo import demo_folder
from ..results import corrections
from ..results.manifest import MANIFEST
from ..results.store import EVERYTHING, Selection, Store, open_store
from .page_names import FORMER, PAGES

FOLDER_VARIABLE = "TELLINGS_STORE"
REMEMBERED = "200MB"  # at most, of each kind: the dashboard shares the machine with its user
_STATE = "tellings_view"

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class View:
    """A store, what was selected from it, and the store's fingerprint as a cache key."""

    store: Store
    fingerprint: str
    selection: Selection = EVERYTHING

    def narrowed(self, **changes: Any) -> View:
        """The same store with some fields of the selection replaced."""
        return replace(self, selection=self.selection.but(**changes))

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """Rows of a query, remembered until the store changes."""
        return _rows(self.store, self.fingerprint, sql, tuple(parameters))

    def remember(self, what: tuple[object, ...], compute: Callable[[], T]) -> T:
        """What `compute` returns for this store and selection, computed once; `what` names it."""
        return _remembered((self.fingerprint, repr(self.selection), repr(what)), compute)

    def rows(self, sql: str, table: str, selection: Selection | None = None) -> pd.DataFrame:
        """Rows of a query in which ``{where}`` becomes the selection's condition on `table`, aliased t."""
        condition, parameters = self.store.where(table, self.selection if selection is None else selection)
        return self.query(sql.replace("{where}", condition), parameters)

    def count(self, table: str, selection: Selection | None = None) -> int:
        """`Store.count` of the selection, remembered."""
        return self._counted("count", selection, lambda kept: self.store.count(table, kept), table)

    def undated(self) -> int:
        """`Store.undated` of the selection, remembered."""
        return self._counted("undated", None, self.store.undated)

    def copies(self, selection: Selection | None = None) -> int:
        """`Store.copies` of the selection, remembered."""
        return self._counted("copies", selection, self.store.copies)

    def _counted(self, what: str, selection: Selection | None, count: Callable[[Selection], int], *more: object) -> int:
        kept = self.selection if selection is None else selection
        return self.remember((what, kept, *more), lambda: count(kept))

    def outlets(self) -> list[str]:
        """`Store.outlets`, remembered."""
        return _remembered((self.fingerprint, "outlets"), self.store.outlets)

    def dates(self) -> tuple[date, date] | None:
        """First and last day of the whole store; None where no article has a date."""
        sql = "SELECT CAST(min(published) AS DATE) AS first, CAST(max(published) AS DATE) AS last FROM articles"
        first, last = self.query(sql).iloc[0]
        return None if pd.isna(first) else (pd.Timestamp(first).date(), pd.Timestamp(last).date())


@st.cache_data(max_entries=400, max_size=REMEMBERED, show_spinner=False)
def _remembered(key: tuple[str, ...], _compute: Callable[[], T]) -> T:
    return _compute()


@st.cache_data(max_entries=400, max_size=REMEMBERED, show_spinner=False)
def _rows(_store: Store, fingerprint: str, sql: str, parameters: tuple[object, ...]) -> pd.DataFrame:
    return _store.query(sql, parameters)


def results_folder() -> Path:
    """The results folder that the dashboard was started on: environment, argument after ``--``, or the demo's."""
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named)
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    return Path(arguments[0]) if arguments else demo_folder()


def open_view(folder: Path) -> View:
    """A view on a results folder, opened once per version of it.

    Raises StoreError, in one line, where the folder holds no complete results.
    """
    folder = folder.resolve()
    files = [path for path in (folder / MANIFEST, folder / corrections.FILE) if path.is_file()]
    fingerprint = ":".join([str(folder), *(f"{file.stat().st_mtime_ns}:{file.stat().st_size}" for file in files)])
    return View(store=_opened(folder, fingerprint), fingerprint=fingerprint)


@st.cache_resource(max_entries=3, show_spinner="Opening the results …")
def _opened(_folder: Path, fingerprint: str) -> Store:
    return open_store(_folder)


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, columns as attributes."""
    yield from frame.itertuples(index=False)


def keep(view: View) -> None:
    """Make a view the one that the page of this run reads."""
    st.session_state[_STATE] = view


def current() -> View:
    """The view that the sidebar made in this run."""
    view: View = st.session_state[_STATE]
    return view


def page(name: str, *, default: bool | None = None) -> st.Page:
    """A page of the dashboard by name, for the menu and for links. By default the first is the default one."""
    first = name == next(iter(PAGES)) if default is None else default
    scripts = Path(__file__).parent / "pages"
    if name in FORMER:
        return st.Page(scripts / "former.py", title=name, url_path=name, visibility="hidden")
    return st.Page(scripts / f"{name}.py", title=PAGES[name], default=first)
