"""The statements whose supporters and opponents a user wants told apart: a `targets.toml` (see docs/targets.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import KnowledgeError
from .aliases import slug
from .entries import read_entries, refuse_unknown
from .lexicon import KNOWLEDGE

MOST_TARGETS = 500  # each is looked for in every article
_KEYS = ("id", "statement", "keywords", "about", "reversed")
_ID = re.compile(r"[a-z0-9]+(?:[-_:][a-z0-9]+)*")
_KIND = "proposition"

Words = tuple[str, ...]  # the words of one keyword, in lower case
Groups = tuple[tuple[Words, ...], ...]  # of every group one keyword must be there


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """A statement one can be for or against, and the words by which a text is about it."""

    proposition_id: str  # what `stances.target_id` holds
    statement: str
    keywords: Groups
    about: frozenset[str] = frozenset()  # actor ids, of which one must be meant
    reversed: Groups = ()  # words for the opposite: whoever is for that is against the statement


@cache
def load_propositions(targets_file: Path | None = None) -> tuple[Proposition, ...]:
    """The propositions of a user's TOML file of `[[target]]` entries, in order; without one, those that ship.

    Raises KnowledgeError, naming file and entry, where the file is malformed.

    >>> [proposition.statement for proposition in load_propositions()][0]
    'Ukraine should join NATO'
    """
    path = targets_file or KNOWLEDGE / "targets.toml"
    found: dict[str, Proposition] = {}
    tables = read_entries(path, "target", most=MOST_TARGETS)
    if not tables:
        raise KnowledgeError(f"{path}: holds no [[target]] entry")
    for number, table in enumerate(tables, 1):
        proposition = _proposition(path, number, table)
        if proposition.proposition_id in found:
            raise KnowledgeError(f"{path}: two [[target]] entries have the id {table['id']!r}; keep one of them")
        found[proposition.proposition_id] = proposition
    return tuple(found.values())


def _proposition(path: Path, number: int, table: Mapping[str, Any]) -> Proposition:
    statement = table.get("statement")
    if not isinstance(statement, str) or not statement.strip():
        raise KnowledgeError(f"{path}: [[target]] number {number} has no statement; give it a sentence")
    where = f"{path}: [[target]] {statement!r}"
    refuse_unknown(where, table, _KEYS)
    given = table.get("id")
    if not isinstance(given, str) or not _ID.fullmatch(given):
        raise KnowledgeError(
            f'{where} needs an id of lower-case letters and digits, such as "{slug(statement)[:24].strip("-")}"'
        )
    if "keywords" not in table:
        raise KnowledgeError(f"{where} has no keywords; give lists of alternatives, such as {_EXAMPLE}")
    about = table.get("about", [])
    if not isinstance(about, list) or not all(isinstance(name, str) and name.strip() for name in about):
        raise KnowledgeError(f"{where}: about must be a list of actors, by name or id")
    return Proposition(
        proposition_id=given if ":" in given else f"{_KIND}:{given}",  # never the id of an actor
        statement=statement.strip(),
        keywords=_groups(where, "keywords", table["keywords"]),
        about=frozenset(slug(name) for name in about),
        reversed=_groups(where, "reversed", table["reversed"]) if "reversed" in table else (),
    )


_EXAMPLE = '[["alliance"], ["join", "membership"]]'


def _groups(where: str, key: str, value: object) -> Groups:
    if not isinstance(value, list) or not value or not all(isinstance(group, list) and group for group in value):
        raise KnowledgeError(f"{where}: {key} must be lists of alternatives, such as {_EXAMPLE}")
    for group in value:
        for keyword in group:
            if not isinstance(keyword, str) or not _words(keyword):
                raise KnowledgeError(f"{where}: {key} holds {keyword!r}, which is not a word")
    return tuple(tuple(dict.fromkeys(_words(keyword) for keyword in group)) for group in value)


def _words(keyword: str) -> Words:
    """A keyword as the parser would cut it: hyphens are words of their own."""
    return tuple(keyword.lower().replace("’", "'").replace("-", " - ").split())
