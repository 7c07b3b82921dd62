"""A user's corrections to the actors of a results folder: a log beside the tables, applied on reading.

Each line of `corrections.jsonl` is one correction; undoing one adds another line, so nothing is lost
and every number can be traced to the corrections that were in force.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ..errors import SelectionError, StoreError
from ..knowledge.aliases import slug
from .schemas import ACTOR_COLUMNS, ROWS_ABOUT

FILE = "corrections.jsonl"
Action = Literal["merge", "rename", "hide", "undo"]


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


@dataclass(frozen=True, slots=True)
class Overlay:
    """What the log adds up to: ids that became others, new names, hidden ids."""

    merged: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.merged or self.names or self.hidden)


def read_log(folder: Path) -> list[Correction]:
    """All corrections of a results folder, oldest first.

    Raises StoreError, naming the line, where the file was damaged.
    """
    path = folder / FILE
    if not path.is_file():
        return []
    log = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            log.append(Correction(**{**json.loads(line), "number": number}))
        except (ValueError, TypeError) as error:
            raise StoreError(f"{path}, line {number}: is no correction; mend or remove the line") from error
    return log


def in_force(log: Sequence[Correction]) -> list[Correction]:
    """The corrections that count: all but undoings and what they undid."""
    undone = {correction.undoes for correction in log if correction.action == "undo"}
    return [c for c in log if c.action != "undo" and c.number not in undone]


def overlay(log: Sequence[Correction]) -> Overlay:
    """Fold a log; later corrections build on earlier ones, and a merge into a merged actor follows it."""
    merged: dict[str, str] = {}
    names: dict[str, str] = {}
    hidden: set[str] = set()
    for c in in_force(log):
        if c.action == "merge" and c.actor_id and c.into:
            target = merged.get(c.into, c.into)
            merged = {old: target if new == c.actor_id else new for old, new in merged.items()}
            merged[c.actor_id] = target
            if c.name:
                names[target] = c.name
        elif c.action == "rename" and c.actor_id and c.name:
            names[merged.get(c.actor_id, c.actor_id)] = c.name
        elif c.action == "hide" and c.actor_id:
            hidden |= {c.actor_id, *(old for old, new in merged.items() if new == c.actor_id)}
    merged = {old: new for old, new in merged.items() if old != new}
    return Overlay(merged, names, frozenset(hidden))


def merge(folder: Path, actor_id: str, into: str) -> None:
    """Make one actor part of another."""
    if overlay(read_log(folder)).merged.get(into, into) == actor_id:
        raise SelectionError(f"{into!r} is already part of {actor_id!r}; undo that correction first")
    _append(folder, action="merge", actor_id=actor_id, into=into)


def group(folder: Path, actor_ids: Sequence[str], name: str) -> str:
    """Put actors together under a new name; returns the id of the group."""
    group_id = slug(name)
    for actor_id in actor_ids:
        if actor_id != group_id:
            _append(folder, action="merge", actor_id=actor_id, into=group_id, name=name)
    return group_id


def rename(folder: Path, actor_id: str, name: str) -> None:
    """Give an actor another name."""
    if not name.strip():
        raise SelectionError("a name cannot be empty")
    _append(folder, action="rename", actor_id=actor_id, name=name.strip())


def hide(folder: Path, actor_id: str) -> None:
    """Leave an actor out of every table, for instance what is no actor at all."""
    _append(folder, action="hide", actor_id=actor_id)


def undo(folder: Path, number: int) -> None:
    """Make one correction void. The log keeps both lines."""
    if number not in {c.number for c in in_force(read_log(folder))}:
        raise SelectionError(f"there is no correction {number} in force")
    _append(folder, action="undo", undoes=number)


def _append(folder: Path, **values: object) -> None:
    record = {**values, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    try:
        with (folder / FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    except OSError as error:
        raise StoreError(
            f"{folder / FILE} cannot be written ({error.strerror}); the correction was not kept"
        ) from error


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


def view_statements(overlay: Overlay, tables: Sequence[str], stored: str) -> list[tuple[str, list[object]]]:
    """The statements that make a view of every table, with an overlay applied.

    `stored` is the prefix of the views over the files as they were scored.
    """
    if not overlay:
        return [(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {stored}{name}", []) for name in tables]
    statements: list[tuple[str, list[object]]] = [
        ("CREATE OR REPLACE TABLE merged (old VARCHAR, new VARCHAR)", []),
        ("CREATE OR REPLACE TABLE hidden (actor_id VARCHAR)", []),
        ("CREATE OR REPLACE TABLE renamed (actor_id VARCHAR, name VARCHAR)", []),
    ]
    statements += [("INSERT INTO merged VALUES (?, ?)", [old, new]) for old, new in overlay.merged.items()]
    statements += [("INSERT INTO hidden VALUES (?)", [actor_id]) for actor_id in sorted(overlay.hidden)]
    statements += [("INSERT INTO renamed VALUES (?, ?)", [actor_id, name]) for actor_id, name in overlay.names.items()]
    touched = "SELECT old AS actor_id FROM merged UNION SELECT new FROM merged UNION SELECT actor_id FROM renamed"
    statements.append((f"CREATE OR REPLACE VIEW touched AS {touched}", []))
    for name in tables:
        if name == "actors":
            query = _ACTORS.replace("{stored}", stored)
        elif name == "scores":
            query = _SCORES.replace("{stored}", stored)
        elif name in ACTOR_COLUMNS:
            query = _renamed_columns(name, stored)
        else:
            query = f"SELECT * FROM {stored}{name}"
        statements.append((f"CREATE OR REPLACE VIEW {name} AS {query}", []))
    return sorted(statements, key=lambda s: " VIEW actors " in s[0])  # the actors count the corrected mentions


def _renamed_columns(name: str, stored: str) -> str:
    columns, owned = ACTOR_COLUMNS[name], ROWS_ABOUT.get(name, ())
    replaced = []
    for column in columns:
        value = f"coalesce(m_{column}.new, t.{column})"
        if column not in owned:  # whose words a hidden actor's were is no longer known
            value = f"CASE WHEN t.{column} IN (SELECT actor_id FROM hidden) THEN NULL ELSE {value} END"
        replaced.append(f"{value} AS {column}")
    joins = " ".join(f"LEFT JOIN merged m_{column} ON t.{column} = m_{column}.old" for column in columns)
    kept = " AND ".join(f"coalesce(t.{column}, '') NOT IN (SELECT actor_id FROM hidden)" for column in owned)
    return f"SELECT t.* REPLACE ({', '.join(replaced)}) FROM {stored}{name} t {joins} WHERE {kept or 'true'}"


# Scores about actors are means or shares, value = numerator / denominator, so merged ones add up.
_SCORES = (
    "SELECT * FROM {stored}scores WHERE actor_id IS NULL OR actor_id NOT IN (SELECT actor_id FROM touched "
    "UNION SELECT actor_id FROM hidden) "
    "UNION ALL SELECT article_id, outlet, published, score, coalesce(m.new, s.actor_id) AS actor_id, voice, "
    "sum(numerator) / sum(denominator) AS value, sum(numerator) AS numerator, sum(denominator) AS denominator "
    "FROM {stored}scores s LEFT JOIN merged m ON s.actor_id = m.old "
    "WHERE s.actor_id IN (SELECT actor_id FROM touched) AND s.actor_id NOT IN (SELECT actor_id FROM hidden) "
    "GROUP BY article_id, outlet, published, score, coalesce(m.new, s.actor_id), voice"
)
_ACTORS = (
    "SELECT * FROM {stored}actors WHERE actor_id NOT IN "
    "(SELECT actor_id FROM touched UNION SELECT actor_id FROM hidden) "
    "UNION ALL SELECT g.actor_id, coalesce(r.name, own.name, g.name) AS name, g.kind, g.aliases, "
    "coalesce(c.n_mentions, 0) AS n_mentions, coalesce(c.n_articles, 0) AS n_articles FROM ("
    "SELECT coalesce(m.new, a.actor_id) AS actor_id, arg_max(a.name, a.n_mentions) AS name, "
    "arg_max(a.kind, a.n_mentions) AS kind, string_agg(a.aliases, '; ' ORDER BY a.n_mentions DESC) AS aliases "
    "FROM {stored}actors a LEFT JOIN merged m ON a.actor_id = m.old "
    "WHERE a.actor_id IN (SELECT actor_id FROM touched) AND a.actor_id NOT IN (SELECT actor_id FROM hidden) "
    "GROUP BY 1) g LEFT JOIN renamed r USING (actor_id) LEFT JOIN {stored}actors own USING (actor_id) "
    "LEFT JOIN (SELECT actor_id, count(*) AS n_mentions, count(DISTINCT article_id) AS n_articles FROM mentions "
    "GROUP BY 1) c USING (actor_id)"
)
