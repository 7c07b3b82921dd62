"""What a session was given so far to add, and what is under way with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from ...ingest import SourceReport, inspect_inputs
from .. import session
from ..adding.background import Run
from ..adding.collections import Collection
from ..adding.limits import MOST_ARTICLES
from ..adding.preparing import Choice, Prepared, Says, prepare

_STATE = "tellings_adding"
PASTED, WEB = "pasted texts.jsonl", "pages from the web.jsonl"


@dataclass
class Adding:
    """Files in the session's folder, choices about them by name, and the runs that were started."""

    choices: dict[str, Choice] = field(default_factory=dict)
    pasted: list[dict[str, Any]] = field(default_factory=list)
    left_aside: set[str] = field(default_factory=set)  # names of files that are not to be added
    documents: pd.DataFrame | None = None  # the table of them, as it is before anything is written into it
    n_drops: int = 0  # how often files were dropped: each time the field for them begins anew
    n_pastes: int = 0
    fetching: Run | None = None
    failures: list[tuple[str, str]] = field(default_factory=list)  # addresses that gave no article
    measuring: Run | None = None
    collection: Collection | None = None  # that is being added to
    batch: Path | None = None  # the file of articles in it that is being measured
    said: str = ""  # what came of the last run
    reports: dict[tuple[Any, ...], list[SourceReport]] = field(default_factory=dict)
    prepared: tuple[tuple[Any, ...], Prepared] | None = None  # what was read last, and of what

    def choice(self, file: Path) -> Choice:
        """What was decided about a file."""
        return self.choices.get(file.name, Choice())

    def read(self, known: set[Says], *, foreign: bool) -> Prepared:
        """The articles that would be measured, read anew only where something changed."""
        chosen = [(file, self.choice(file)) for file in self.taken()]
        files = tuple((file.name, file.stat().st_mtime_ns, repr(choice)) for file, choice in chosen)
        key = (files, hash(frozenset(known)), foreign)
        if self.prepared is None or self.prepared[0] != key:
            most = max(MOST_ARTICLES - len(known), 0)
            self.prepared = key, prepare(chosen, known=known, most=most, foreign=foreign)
        return self.prepared[1]

    def taken(self) -> list[Path]:
        """The files that are to be added."""
        return [file for file in files() if file.name not in self.left_aside]

    def report(self, file: Path) -> list[SourceReport]:
        """What `tellings inspect` says of a file as it is to be read. Raises InputError as that does."""
        columns = self.choice(file).columns
        key = (file.name, file.stat().st_mtime_ns, tuple(sorted(columns.items())))
        if key not in self.reports:
            self.reports[key] = inspect_inputs(file, columns=columns, limit=MOST_ARTICLES)
        return self.reports[key]


def adding() -> Adding:
    """The state of this session."""
    state: Adding = st.session_state.setdefault(_STATE, Adding())
    return state


def begin_anew() -> None:
    """Forget all that was given and is not measured."""
    before = adding()
    for file in files():
        file.unlink(missing_ok=True)
    fresh = Adding(n_drops=before.n_drops + 1, n_pastes=before.n_pastes + 1)
    st.session_state[_STATE] = fresh


def home() -> Path:
    """Where this session's files are."""
    return session.folder() / "files"


def files() -> list[Path]:
    """The files that were given, in order of their names."""
    folder = home()
    return sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []


def remove(file: Path) -> None:
    """Take a file out again."""
    state = adding()
    file.unlink(missing_ok=True)
    state.choices.pop(file.name, None)
    if file.name == PASTED:
        state.pasted.clear()


def write_pasted(records: list[dict[str, Any]]) -> None:
    """Keep the pasted texts as a file like any other."""
    _write(home() / PASTED, records)


def write_pages(fetched: Path) -> int:
    """Keep what was fetched as a file like any other, and how many pages that are."""
    lines = fetched.read_text(encoding="utf-8").splitlines() if fetched.is_file() else []
    _write(home() / WEB, [json.loads(line) for line in lines])
    return len(lines)


def _write(path: Path, records: list[dict[str, Any]] | list[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not records:
        path.unlink(missing_ok=True)
        return
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")
