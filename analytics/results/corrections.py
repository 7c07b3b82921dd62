"""A user's corrections to the actors of a results folder: a log beside the tables, applied on reading.

Each line of `corrections.jsonl` is one correction; undoing one adds another line, so nothing is lost
and every number can be traced to the corrections that were in force. A line that is no correction
stays in the file and is left out; its number is reported.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ..errors import SelectionError, StoreError
from ..knowledge.aliases import slug
from .correction_lines import Correction as Correction
from .correction_lines import NoCorrection, checked, read_line
from .locking import CORRECTIONS, locked

FILE = "corrections.jsonl"
_WAIT = 10.0  # seconds for another process to write its correction


@dataclass(frozen=True, slots=True)
class Log:
    """The corrections of a results folder, oldest first, and what is said about lines that are none."""

    corrections: list[Correction] = field(default_factory=list)
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlay:
    """What the log adds up to: ids that became others, new names, hidden ids."""

    merged: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.merged or self.names or self.hidden)


def read_log(folder: Path) -> Log:
    """All corrections of a results folder. A line ends at a line feed only: names may hold any other separator."""
    path = folder / FILE
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError as error:
        return Log(left_out=(f"{path} cannot be read ({error.strerror}); the results are shown without corrections",))
    if path.exists() and not path.is_file():
        return Log(left_out=(f"{path} is no file; the results are shown without corrections",))
    corrections, left_out = [], []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            corrections.append(read_line(line, number))
        except NoCorrection as reason:
            left_out.append(f"{path}, line {number}: {reason}; it is kept and left out, mend or remove it")
    return Log(corrections, tuple(left_out))


def in_force(log: Sequence[Correction]) -> list[Correction]:
    """The corrections that count: all but undoings and what they undid."""
    undone = {correction.undoes for correction in log if correction.action == "undo"}
    return [c for c in log if c.action != "undo" and c.number not in undone]


class _Groups:
    """Actors that merges made one. Each belongs to one group, which is called as one of its actors."""

    def __init__(self) -> None:
        self._group_of: dict[str, int] = {}
        self._members: dict[int, set[str]] = {}
        self._called: dict[int, str] = {}
        self.merges = 0

    def merge(self, actor_id: str, into: str) -> str:
        """Make an actor, with those merged into it, part of another's group; returns what that is called."""
        self.merges += 1
        own, target = self._group(actor_id), self._group(into)
        called = self._called[target]
        if self._called[own] != actor_id:  # it was merged before, and leaves that group alone
            self._members[own].discard(actor_id)
            self._join({actor_id}, target)
        elif own != target:
            small, large = sorted((own, target), key=lambda group: len(self._members[group]))
            self._join(self._members.pop(small), large)
            self._called[large] = called
        return called

    def called(self, actor_id: str) -> str:
        return self._called[self._group(actor_id)]

    def merged_into(self, actor_id: str) -> set[str]:
        """The actors that have become this one, itself included; only itself where it became another."""
        group = self._group(actor_id)
        return self._members[group] if self._called[group] == actor_id else {actor_id}

    def merged(self) -> dict[str, str]:
        called = ((actor_id, self._called[group]) for actor_id, group in self._group_of.items())
        return {actor_id: new for actor_id, new in called if actor_id != new}

    def _group(self, actor_id: str) -> int:
        if actor_id not in self._group_of:
            number = len(self._group_of)
            self._group_of[actor_id], self._members[number], self._called[number] = number, {actor_id}, actor_id
        return self._group_of[actor_id]

    def _join(self, actor_ids: set[str], group: int) -> None:
        self._members[group] |= actor_ids
        self._group_of.update(dict.fromkeys(actor_ids, group))


def overlay(log: Sequence[Correction]) -> Overlay:
    """Fold a log; later corrections build on earlier ones, and a merge into a merged actor follows it."""
    groups, names, hidden = _Groups(), dict[str, str](), set[str]()
    hidden_after: dict[str, int] = {}  # how many merges; hiding an actor again without further ones changes nothing
    for c in in_force(log):
        if c.action == "merge" and c.actor_id and c.into:
            target = groups.merge(c.actor_id, c.into)
            if c.name:
                names[target] = c.name
        elif c.action == "rename" and c.actor_id and c.name:
            names[groups.called(c.actor_id)] = c.name
        elif c.action == "hide" and c.actor_id and hidden_after.get(c.actor_id) != groups.merges:
            hidden |= groups.merged_into(c.actor_id)
            hidden_after[c.actor_id] = groups.merges
    return Overlay(groups.merged(), names, frozenset(hidden))


def merge(folder: Path, actor_id: str, into: str) -> None:
    """Make one actor part of another."""
    with _writing(folder):
        if overlay(read_log(folder).corrections).merged.get(into, into) == actor_id:
            raise SelectionError(f"{into!r} is already part of {actor_id!r}; undo that correction first")
        _append(folder, {"action": "merge", "actor_id": actor_id, "into": into})


def group(folder: Path, actor_ids: Sequence[str], name: str) -> str:
    """Put actors together under a new name; returns the id of the group."""
    group_id = slug(name)
    members = [actor_id for actor_id in actor_ids if actor_id != group_id]
    with _writing(folder):
        _append(folder, *[{"action": "merge", "actor_id": m, "into": group_id, "name": name} for m in members])
    return group_id


def rename(folder: Path, actor_id: str, name: str) -> None:
    """Give an actor another name."""
    if not name.strip():
        raise SelectionError("a name cannot be empty")
    with _writing(folder):
        _append(folder, {"action": "rename", "actor_id": actor_id, "name": name.strip()})


def hide(folder: Path, actor_id: str) -> None:
    """Leave an actor out of every table, for instance what is no actor at all."""
    with _writing(folder):
        _append(folder, {"action": "hide", "actor_id": actor_id})


def undo(folder: Path, number: int) -> None:
    """Make one correction void. The log keeps both lines."""
    with _writing(folder):
        if number not in {c.number for c in in_force(read_log(folder).corrections)}:
            raise SelectionError(f"there is no correction {number} in force")
        _append(folder, {"action": "undo", "undoes": number})


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        with locked(folder, CORRECTIONS, wait=_WAIT):
            yield
    except OSError as error:
        raise StoreError(
            f"{folder / FILE} cannot be written ({error.strerror}); the correction was not kept"
        ) from error


def _append(folder: Path, *records: Mapping[str, object]) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    for record in records:
        try:
            checked({**record, "number": 1})
        except NoCorrection as reason:
            raise SelectionError(f"the correction {reason}; it was not kept") from None
    lines = "".join(json.dumps({**record, "at": at}, ensure_ascii=False) + "\n" for record in records).encode()
    with (folder / FILE).open("a+b") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                lines = b"\n" + lines  # what a crash cut off stays a line of its own
        file.write(lines)


def describe(correction: Correction) -> str:
    """One line about a correction, for lists."""
    match correction.action:
        case "merge":
            return f"{correction.actor_id} is part of {correction.name or correction.into}"
        case "rename":
            return f"{correction.actor_id} is called {correction.name}"
        case "hide":
            return f"{correction.actor_id} is left out"
        case _:
            return f"correction {correction.undoes} is undone"


def as_records(log: Sequence[Correction]) -> list[dict[str, object]]:
    """The corrections in force as plain values, for manifests."""
    return [{k: v for k, v in asdict(c).items() if v not in (None, "")} for c in in_force(log)]
