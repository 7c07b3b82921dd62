"""Folders and files whose names would mean something else to a shell, to SQL or to DuckDB.

Beside each stand folders that its name would fit if it were a pattern, with other results in them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ...errors import StoreError
from ...results import corrections
from ...results.export import WRITERS, export_manifest, write_export
from ...results.manifest import MANIFEST
from ...results.store import open_store
from .killing import same_tables, tables_in
from .plain_runs import in_child, score_plainly
from .trials import Trial

NAMES = (
    "r[1]",
    "r[!2]",
    "r[a-z]",
    "r[",
    "r]",
    "r[[]",
    "r*",
    "**",
    "r?",
    "r[1]*?",
    "r{1,2}",
    "it's",
    'say "r"',
    "100%",
    "r%31",
    "two words",
    " r ",
    "~",
    "~root",
    "$HOME",
    "a;b & c",
    "year=2031",
    "outlet=x",
    "r#1",
    "--out",
    "back\\slash",
    "tab\tnew\nline",
    "Zürich 東京",
    "file:r",
)
_BESIDE = ("r1", "r2", "ra", "rx", "r", "1")


def name_trials(folder: Path, results: Path, other: Path, *, names: tuple[str, ...] = NAMES) -> Iterator[Trial]:
    """Each name as the name of a results folder, of the folder around it, of an input and of an export."""
    root, inputs = folder / "names", folder / "first.csv"
    for name in _BESIDE:
        shutil.copytree(other, root / name)
        shutil.copytree(other, root / name / name)
    expected = tables_in(results)
    for name in names:
        yield "name of a results folder", _opened(results, root / name, expected)
        shutil.rmtree(root / name)
        yield "name of an export", _exported(results, folder, name)
        yield "name of a folder that is scored into", _scored(inputs, root / name / name, name, results)
        shutil.rmtree(root / name, ignore_errors=True)


def _opened(results: Path, out: Path, expected: dict[str, pd.DataFrame]) -> str | None:
    shutil.copytree(results, out)
    try:
        if not same_tables(tables_in(out), expected):
            return f"{out.name!r}: other results are shown"
        corrections.hide(out, "velland")
        if len(open_store(out).select("actors")) != len(expected["actors"]) - 1:
            return f"{out.name!r}: a correction is not in force"
    except Exception as error:  # whatever it is, it is what we are looking for
        return f"{out.name!r}: {type(error).__name__}: {error}"
    return None


def _exported(results: Path, folder: Path, name: str) -> str | None:
    there = folder / "exports" / name
    there.mkdir(parents=True)
    try:
        store = open_store(results)
        rows = store.select("mentions")
        file = there / f"{name}.parquet"
        write_export(WRITERS["parquet"](rows), export_manifest(store, "mentions", len(rows)), file)
        with file.open("rb") as opened:
            same = pd.read_parquet(opened).equals(rows)
    except Exception as error:  # whatever it is, it is what we are looking for
        return f"{name!r}: {type(error).__name__}: {error}"
    return None if same and len(list(there.iterdir())) == 2 else f"{name!r}: something else was written"


def _scored(inputs: Path, out: Path, name: str, results: Path) -> str | None:
    """Score an input of that name into a folder of that name within another, and compare but for where rows stood."""
    table = out.parent / f"{name}.csv"
    table.parent.mkdir(parents=True)
    shutil.copy(inputs, table)
    if status := in_child(score_plainly, table, out):
        return f"{name!r}: scoring ended with {status}"
    try:
        found, expected = tables_in(out), tables_in(results)
    except StoreError as error:
        return f"{name!r}: {error}"
    for tables in (found, expected):
        tables["articles"] = tables["articles"].drop(columns="source_file")
    if not same_tables(found, expected):
        return f"{name!r}: other results are shown"
    inside = {path.name for path in out.iterdir() if not path.name.startswith((".results.", "tables-"))}
    return None if inside == {MANIFEST} else f"{name!r}: left {sorted(inside)}"
