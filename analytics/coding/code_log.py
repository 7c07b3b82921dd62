"""The codes of a sample on disk: a file for each coder, to which lines are only added.

Nothing is ever changed or removed: an undone code is one more line that says so, and a line that a crash cut off
stays where it is, is left out and reported. Each coder has a file, and a lock keeps two windows of one coder apart.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import InputError, StoreError
from ..results.locking import locked

COLUMNS = ["item_id", "coder", "code", "time", "undone"]
LONGEST_NAME = 60
_WAIT = 10.0  # seconds for another window to write its line


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLog:
    """All lines of a sample's coders in order of time, and what is said of lines that are none."""

    lines: pd.DataFrame
    left_out: tuple[str, ...] = ()

    @property
    def in_force(self) -> pd.DataFrame:
        """The latest line of each coder on each item, without what was undone; a null code is "cannot tell"."""
        latest = self.lines.drop_duplicates(["item_id", "coder"], keep="last")
        return latest[~latest["undone"]].drop(columns="undone").reset_index(drop=True)


def checked_name(coder: str) -> str:
    """A coder's name without blanks around it. Raises InputError where it cannot be one."""
    name = " ".join(coder.split())
    if not name:
        raise InputError("say who codes: a name cannot be empty")
    if len(name) > LONGEST_NAME:
        raise InputError(f"a coder's name has at most {LONGEST_NAME} characters, this one has {len(name):,}")
    return name


def read_log(folder: Path) -> CodeLog:
    """All lines of the files of a sample. What is no line of a code stays in its file and is reported."""
    rows: list[dict[str, Any]] = []
    left_out: list[str] = []
    for path in sorted(folder.glob("codes-*.jsonl")):
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
            if not line.strip():
                continue
            try:
                rows.append(_read(line))
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                left_out.append(f"{path}, line {number}: {_why(error)}; it is kept in the file and left out")
    lines = pd.DataFrame.from_records(rows, columns=COLUMNS)
    lines = lines.astype({"item_id": "string", "coder": "string", "code": "Float64", "undone": bool})
    lines["time"] = pd.to_datetime(lines["time"], utc=True, format="ISO8601").astype("datetime64[us, UTC]")
    return CodeLog(lines=lines.sort_values("time", kind="stable", ignore_index=True), left_out=tuple(left_out))


def append(folder: Path, lines: Sequence[Mapping[str, object]]) -> None:
    """Add lines (item_id, coder, code, and time or undone where they have them), each to its coder's file.

    They are on the disk when this returns. Raises StoreError where they could not be kept.
    """
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    by_file: dict[Path, list[str]] = {}
    for line in lines:
        record = {"item_id": line["item_id"], "coder": line["coder"], "code": line.get("code")}
        record |= {"time": line.get("time") or now} | ({"undone": True} if line.get("undone") else {})
        record |= {"by": line["by"]} if line.get("by") else {}
        path = folder / _file(str(line["coder"]))
        by_file.setdefault(path, []).append(json.dumps(record, ensure_ascii=False, default=str) + "\n")
    for path, texts in by_file.items():
        try:
            with locked(folder, path.stem, wait=_WAIT):
                _write(path, "".join(texts).encode())
        except OSError as error:
            raise StoreError(f"{path} cannot be written ({error.strerror}); the code was not kept") from error


def new_lines(log: CodeLog, lines: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of lines from elsewhere those that say something new: a file that is merged twice counts once.

    A line with a time is known where one of its coder, item and time is there; one without, where it repeats the
    code that is in force.
    """
    at = {(row.item_id, row.coder, row.time) for row in log.lines.itertuples(index=False)}
    holds = {(row.item_id, row.coder): _plain(row.code) for row in log.in_force.itertuples(index=False)}
    found: list[Mapping[str, Any]] = []
    for line in lines:
        key, time = (line["item_id"], line["coder"]), line.get("time")
        known = (*key, pd.Timestamp(time)) in at if time else key in holds and holds[key] == line["code"]
        if not known:
            found.append(line)
            holds[key] = line["code"]
            if time:
                at.add((*key, pd.Timestamp(time)))
    return found


def short_code(code: float) -> str:
    """A code as it is written: 1, −1, 0.5."""
    return f"{code:g}".replace("-", "−")


def _file(coder: str) -> str:
    """A name that every file system takes; names that differ only in signs get files of their own."""
    plain = re.sub(r"[^a-z0-9]+", "-", coder.lower()).strip("-")[:40]
    if plain == coder:
        return f"codes-{plain}.jsonl"
    return f"codes-{plain or 'coder'}-{sha256(coder.encode()).hexdigest()[:6]}.jsonl"


def _write(path: Path, data: bytes) -> None:
    with path.open("a+b") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                data = b"\n" + data  # what a crash cut off stays a line of its own
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read(line: bytes) -> dict[str, Any]:
    record = json.loads(line)
    code, time = record["code"], datetime.fromisoformat(record["time"])
    if not all(isinstance(record[name], str) and record[name] for name in ("item_id", "coder")):
        raise ValueError("item_id or coder is no text")
    if code is not None and not (isinstance(code, int | float) and not isinstance(code, bool) and isfinite(code)):
        raise ValueError("code is no number")
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    return {name: record.get(name, False) for name in COLUMNS} | {"time": time.astimezone(UTC).isoformat()}


def _why(error: Exception) -> str:
    match error:
        case json.JSONDecodeError() | UnicodeDecodeError():
            return "is cut off or no JSON"
        case KeyError():
            return f"has no {error.args[0]}"
        case TypeError() | RecursionError():
            return "is no line of a code"
    return str(error)


def _plain(code: Any) -> float | None:
    return None if pd.isna(code) else float(code)
