"""The statements whose supporters and opponents a user wants told apart: a `targets.toml` (see docs/targets.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import KnowledgeError
from .aliases import slug
from .lexicon import KNOWLEDGE

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
    for number, table in enumerate(_tables(path), 1):
        proposition = _proposition(path, number, table)
        if proposition.proposition_id in found:
            raise KnowledgeError(f"{path}: two [[target]] entries have the id {table['id']!r}; keep one of them")
        found[proposition.proposition_id] = proposition
    return tuple(found.values())


def _tables(path: Path) -> list[Mapping[str, Any]]:
    try:
        file = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path}: there is no such targets file") from error
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: is not a valid TOML file ({error})") from error
    tables = file.get("target", [])
    if set(file) - {"target"} or not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        stray = next(iter(set(file) - {"target"}), "target")
        raise KnowledgeError(f"{path}: {stray!r} stands outside an entry; begin every target with a line [[target]]")
    if not tables:
        raise KnowledgeError(f"{path}: holds no [[target]] entry")
    return tables


def _proposition(path: Path, number: int, table: Mapping[str, Any]) -> Proposition:
    statement = table.get("statement")
    if not isinstance(statement, str) or not statement.strip():
        raise KnowledgeError(f"{path}: [[target]] number {number} has no statement; give it a sentence")
    where = f"{path}: [[target]] {statement!r}"
    for key in table:
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1)
            advice = f"did you mean {near[0]!r}?" if near else f"use {', '.join(_KEYS)}"
            raise KnowledgeError(f"{where} has an unknown key {key!r}; {advice}")
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
