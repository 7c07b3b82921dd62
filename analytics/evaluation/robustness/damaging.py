"""Damages results folders in every way that comes to mind and opens them.

A damaged folder is refused in one line that names it and says what to do, or it shows exactly what it held.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from ...errors import StoreError
from ...results.manifest import LAYOUT, MANIFEST
from ...results.schemas import TABLES
from .bad_corrections import correction_trials
from .killing import same_tables, tables_in
from .odd_names import name_trials
from .plain_runs import in_child, score_plainly, write_articles
from .trials import Trial, tally
from .two_at_once import collision_trials

Damage = Callable[[Path, Path, random.Random], object]  # to a folder, with another run's folder at hand

_TO_DO = ("score", "open it with that version", "see to its permissions", "put that back")
_SOME = ("articles", "mentions", "scores", "stories", "rejected")


def evaluate(*, seed: int = 0) -> pd.DataFrame:
    """Damage folders, corrupt corrections, try odd names, run two at once: kind, tried, failed, example of a failure.

    Takes about three minutes. Not on Windows.
    """
    rng = random.Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        first, second = two_results(folder)
        trials = [
            *damage_trials(folder, first, second, rng),
            *correction_trials(folder, first),
            *name_trials(folder, first, second),
            *collision_trials(folder),
        ]
    return tally(trials)


def two_results(folder: Path) -> tuple[Path, Path]:
    """Two results folders made from different texts under the same headlines."""
    made = []
    for edition in ("first", "second"):
        inputs, out = write_articles(folder / f"{edition}.csv", 12, edition=edition), folder / f"{edition} results"
        if in_child(score_plainly, inputs, out) != 0:
            raise RuntimeError("a run that nothing disturbed failed")
        made.append(out)
    return made[0], made[1]


def damage_trials(folder: Path, results: Path, other: Path, rng: random.Random) -> Iterator[Trial]:
    """Every damage to a results folder, and to the same results as a version of before would have left them."""
    whole = tables_in(results)
    before, other_before = as_before(results, folder / "as before"), as_before(other, folder / "other as before")
    for kind, damage in damages():
        for given, beside in ((results, other), (before, other_before)):
            damaged = folder / "damaged"
            shutil.copytree(given, damaged)
            damage(damaged, beside, rng)
            yield kind, judged(damaged, whole, inside=kind.endswith("inside"))
            shutil.rmtree(damaged)


def as_before(results: Path, folder: Path) -> Path:
    """The same results with the tables beside the manifest, as versions of before wrote them."""
    manifest = json.loads((results / MANIFEST).read_text(encoding="utf-8"))
    shutil.copytree(results / manifest["tables"], folder)
    old = {name: value for name, value in manifest.items() if name not in ("layout", "tables", "files", "notes")}
    (folder / MANIFEST).write_text(json.dumps(old), encoding="utf-8")
    return folder


def judged(folder: Path, whole: dict[str, pd.DataFrame], *, inside: bool = False) -> str | None:
    """What is wrong with how a damaged folder is opened and read, or None.

    A byte that changed `inside` a table may go unseen until somebody compares the file with its sum in the manifest.
    """
    try:
        found = tables_in(folder)
    except StoreError as error:
        said = str(error)
        helpful = str(folder) in said and any(words in said for words in _TO_DO)
        return None if helpful and "\n" not in said else f"says: {said}"
    except Exception as error:  # whatever it is, it is what we are looking for
        return f"{type(error).__name__}: {error}"
    return None if inside or same_tables(found, whole) else "opens and shows something else"


def damages() -> Iterator[tuple[str, Damage]]:
    """Kinds of damage, several of most kinds."""
    for text in _MANIFESTS:
        yield "manifest is none", _manifest_of(text)
    for name, value in _ENTRIES:
        yield "entry of the manifest is wrong", _entry(name, value)
    yield "manifest is of another run", _manifest_of_another
    for kind, change in _FILES.items():
        yield f"manifest {kind}", _to(None, change)
        for table in _SOME:
            yield f"table {kind}", _to(table, change)
    for kind, rewrite in _ROWS.items():
        for table in _SOME:
            yield f"table {kind}", _rewritten(table, rewrite)
    for table in _SOME:
        yield "table is another", _swapped("cues", table)
    yield "tables are missing", _without_tables


_MANIFESTS = (
    b"",
    b" \n",
    b"not json",
    b"{",
    b"[]",
    b'"text"',
    b"17",
    b"null",
    b"{}",
    b'{"name": "of another program"}',
    b'{"tellings": 1}',
    b'{"tellings": "0.1.0", "counts": {"articles": ' + b"9" * 5000 + b"}}",
    b"[" * 100_000,
    b'{"tellings": ' * 20_000,
    b'\xff\xfe{"tellings": "0.1.0"}',
    b'{"tellings": "\\ud800"}',
    json.dumps({"tellings": "9.0.0", "layout": LAYOUT + 1}).encode(),
)
_ENTRIES: tuple[tuple[str, Any], ...] = (
    ("layout", LAYOUT + 7),
    ("layout", "2"),
    ("layout", 0),
    ("layout", True),
    ("tables", None),
    ("tables", "../other"),
    ("tables", "tables-20310101T000000Z-0000"),
    ("counts", None),
    ("counts", []),
    ("counts", dict.fromkeys(TABLES, 7)),
    ("counts", dict.fromkeys(TABLES, "7")),
    ("counts", {"articles": -1}),
    ("files", 3),
    ("files", {name: {} for name in TABLES} | {"scores": 1}),
    ("files", {name: {"bytes": 1, "footer": "0"} for name in TABLES}),
    ("inputs", "articles.csv"),
    ("inputs", [{"file": "articles.csv"}]),
    ("targets", [{}]),
    ("targets", {"id": "a"}),
    ("versions", []),
    ("settings", "none"),
)


def _manifest_of(text: bytes) -> Damage:
    def damage(folder: Path, _other: Path, _rng: random.Random) -> None:
        (folder / MANIFEST).write_bytes(text)

    return damage


def _entry(name: str, value: Any) -> Damage:
    def damage(folder: Path, _other: Path, _rng: random.Random) -> None:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        (folder / MANIFEST).write_text(json.dumps(manifest | {name: value}), encoding="utf-8")

    return damage


def _manifest_of_another(folder: Path, other: Path, _rng: random.Random) -> None:
    shutil.copy(other / MANIFEST, folder / MANIFEST)


def _to(table: str | None, change: Callable[[Path, random.Random], object]) -> Damage:
    """A change to a table's file, or to the manifest."""

    def damage(folder: Path, _other: Path, rng: random.Random) -> None:
        change(folder / MANIFEST if table is None else _file(folder, table), rng)

    return damage


def _rewritten(table: str, rewrite: Callable[[pd.DataFrame], pd.DataFrame]) -> Damage:
    def damage(folder: Path, _other: Path, _rng: random.Random) -> None:
        file = _file(folder, table)
        rewrite(pd.read_parquet(file)).to_parquet(file, index=False)

    return damage


def _swapped(first: str, second: str) -> Damage:
    def damage(folder: Path, _other: Path, _rng: random.Random) -> None:
        one, two = _file(folder, first), _file(folder, second)
        contents = one.read_bytes(), two.read_bytes()
        two.write_bytes(contents[0])
        one.write_bytes(contents[1])

    return damage


def _without_tables(folder: Path, _other: Path, _rng: random.Random) -> None:
    for table in TABLES:
        _file(folder, table).unlink()


def _file(folder: Path, table: str) -> Path:
    (found,) = [file for file in folder.rglob("*.parquet") if file.stem == table]
    return found


def _cut(file: Path, rng: random.Random) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: rng.randrange(1, len(data) - 1)])


def _end_changed(file: Path, rng: random.Random) -> None:
    data = bytearray(file.read_bytes())
    data[-rng.randrange(1, 40)] ^= 0xFF
    file.write_bytes(data)


def _inside_changed(file: Path, rng: random.Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(3):
        data[rng.randrange(4, len(data) // 2)] ^= rng.randrange(1, 256)
    file.write_bytes(data)


def _to_folder(file: Path, _rng: random.Random) -> None:
    file.unlink()
    file.mkdir()


_FILES: dict[str, Callable[[Path, random.Random], object]] = {
    "is missing": lambda file, _: file.unlink(),
    "is empty": lambda file, _: file.write_bytes(b""),
    "is text": lambda file, _: file.write_text("article_id,text\n", encoding="utf-8"),
    "is a folder": _to_folder,
    "is cut": _cut,
    "is changed at its end": _end_changed,
    "is changed inside": _inside_changed,
}
_ROWS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "lacks a column": lambda rows: rows.iloc[:, 1:],
    "has a column of another type": lambda rows: rows.assign(**{rows.columns[0]: 1.5}),
    "has other rows": lambda rows: pd.concat([rows, rows.head(1)]),
}
