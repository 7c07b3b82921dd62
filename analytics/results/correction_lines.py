"""One line of the log of corrections: what it says, or why it is none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, get_args

Action = Literal["merge", "rename", "hide", "undo"]

_NEEDS = {"merge": ("actor_id", "into"), "rename": ("actor_id", "name"), "hide": ("actor_id",), "undo": ("undoes",)}
_TEXTS = ("actor_id", "into", "name", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One line of the log; `number` counts from 1.

    merge: `actor_id` becomes part of `into`, which may be a new actor called `name` (a group);
    rename: `actor_id` is called `name`; hide: `actor_id` is left out; undo: line `undoes` is void.
    """

    number: int
    action: Action
    actor_id: str | None = None
    into: str | None = None
    name: str | None = None
    undoes: int | None = None
    at: str = ""


class NoCorrection(ValueError):
    """A line that is no correction; the message says why."""


def read_line(line: bytes, number: int) -> Correction:
    """The correction that a line holds. Raises NoCorrection."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise NoCorrection("is not UTF-8") from None
    except (ValueError, RecursionError):
        raise NoCorrection("is no JSON") from None
    if not isinstance(record, dict):
        raise NoCorrection("is no JSON object")
    return checked({**record, "number": number})


def checked(record: dict[str, Any]) -> Correction:
    """The correction that a record holds. Raises NoCorrection."""
    record = {name: value for name, value in record.items() if value is not None}
    action = record.get("action")
    if not (isinstance(action, str) and action in get_args(Action)):
        raise NoCorrection(f"has no action known to this version ({', '.join(get_args(Action))})")
    if unknown := set(record) - set(Correction.__dataclass_fields__):
        raise NoCorrection(f"has fields unknown to this version ({len(unknown)})")
    for name in _TEXTS:
        if name in record and not _is_text(record[name], empty=name == "at"):
            raise NoCorrection(f"has a value in {name} that is no text")
    if "undoes" in record and (type(record["undoes"]) is not int or record["undoes"] < 1):
        raise NoCorrection("has a value in undoes that is no line's number")
    if missing := [name for name in _NEEDS[action] if name not in record]:
        raise NoCorrection(f"has no {missing[0]}")
    return Correction(**record)


def _is_text(value: object, *, empty: bool) -> bool:
    """Whether it is text that can be stored and shown: no half characters, and not only spaces."""
    if not isinstance(value, str) or not (value.strip() or empty):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
