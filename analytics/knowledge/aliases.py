"""Who is known by which names: the shipped actor table, overridden by a user's `actors.toml`."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from ..article import ActorKind
from ..errors import KnowledgeError
from .lexicon import KNOWLEDGE

Relation = Literal["name", "demonym", "metonym"]
ACTORS_FILE = KNOWLEDGE / "actors.tsv"
TITLES_FILE = KNOWLEDGE / "titles.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownActor:
    """An actor the tables know beforehand, with every name it goes by."""

    actor_id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()  # lower-cased descriptions that mean this person, e.g. "prime minister"
    gender: str | None = None  # "he", "she"


class Alias(NamedTuple):
    actor: KnownActor
    relation: Relation


@dataclass(frozen=True)
class ActorBook:
    """All known actors, looked up by the text of a name (case matters)."""

    actors: Mapping[str, KnownActor]
    by_text: Mapping[str, Alias]
    by_first_word: Mapping[str, tuple[str, ...]] = field(repr=False)

    def starting_at(self, text: str, start: int, first_word: str) -> str | None:
        """The longest known name that begins at an offset of a text, as whole words."""
        for name in self.by_first_word.get(first_word, ()):
            end = start + len(name)
            if text.startswith(name, start) and not (end < len(text) and text[end].isalnum()):
                return name
        return None


def slug(name: str) -> str:
    """An id for a name: lower case, ASCII letters and digits, hyphens.

    >>> slug("Recep Tayyip Erdoğan")
    'recep-tayyip-erdogan'
    """
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-") or name.lower()


@cache
def load_book(actors_file: Path | None = None) -> ActorBook:
    """The shipped actors, overridden by those of a user's TOML file.

    The file holds `[[actor]]` tables with `name` and, optionally, `id`, `kind`, `aliases`,
    `demonyms`, `metonyms`, `titles` and `gender` ("he" or "she"). A user's name takes
    precedence over any shipped actor that goes by it.

    Raises KnowledgeError where a file is malformed.
    """
    known = {actor.actor_id: actor for actor in _shipped()}
    own = list(_from_toml(actors_file)) if actors_file else []
    known.update({actor.actor_id: actor for actor in own})
    return _book(known, first=[actor.actor_id for actor in own])


@cache
def load_titles() -> dict[str, str | None]:
    """Titles that stand before names, lower-cased → the gender they tell, if any."""
    return _genders(TITLES_FILE)


@cache
def load_person_nouns() -> dict[str, str | None]:
    """Nouns that mean a human being, "soldier" → the gender they tell, if any."""
    return _genders(KNOWLEDGE / "person_nouns.tsv")


@cache
def load_given_names() -> dict[str, str | None]:
    """Given names borne nearly always by men ("he") or by women ("she")."""
    return _genders(KNOWLEDGE / "given_names.tsv")


def _genders(path: Path) -> dict[str, str | None]:
    """Word → gender, from a table with the columns word, gender, source."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        next(rows)
        return {row[0]: row[1] or None for row in rows}


@cache
def load_places() -> frozenset[str]:
    """Names of cities and regions that are taken for places and never for actors."""
    lines = (KNOWLEDGE / "places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


_ABBREVIATIONS = {
    "sen.": "senator",
    "rep.": "representative",
    "gov.": "governor",
    "gen.": "general",
    "lt.": "lieutenant",
    "col.": "colonel",
    "capt.": "captain",
    "prof.": "professor",
    "prof": "professor",
}


def written_out(title: str) -> str:
    """A title's full word: "sen." → "senator"."""
    return _ABBREVIATIONS.get(title, title)


def _book(known: Mapping[str, KnownActor], first: Iterable[str]) -> ActorBook:
    by_text: dict[str, Alias] = {}
    first = list(first)
    for actor_id in [*first, *(i for i in known if i not in set(first))]:
        actor = known[actor_id]
        relations: tuple[tuple[Relation, tuple[str, ...]], ...] = (
            ("name", (actor.name, *actor.aliases)),
            ("demonym", actor.demonyms),
            ("metonym", actor.metonyms),
        )
        for relation, names in relations:
            for name in names:
                by_text.setdefault(name, Alias(actor, relation))
                if "'" in name:
                    by_text.setdefault(name.replace("'", "’"), Alias(actor, relation))
    by_first_word: dict[str, list[str]] = {}
    for name in sorted(by_text, key=len, reverse=True):
        by_first_word.setdefault(_first_word(name), []).append(name)
    return ActorBook(known, by_text, {word: tuple(names) for word, names in by_first_word.items()})


def _first_word(name: str) -> str:
    """The part of a name that the tokeniser surely keeps apart from what follows."""
    return re.split(r"[\s\-’']", name, maxsplit=1)[0] if " " in name else re.split(r"[-’']", name, maxsplit=1)[0]


def _shipped() -> Iterable[KnownActor]:
    with ACTORS_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield KnownActor(
                actor_id=slug(row["name"]),
                name=row["name"],
                kind=cast(ActorKind, row["kind"]),
                aliases=_split(row["aliases"]),
                demonyms=_split(row["demonyms"]),
                metonyms=_split(row["metonyms"]),
                gender=row["gender"] or None,
            )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _from_toml(path: Path) -> Iterable[KnownActor]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("actor", [])
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path}: there is no such actors file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: is not a valid TOML file ({error})") from error
    for number, table in enumerate(tables, 1):
        name = table.get("name")
        kind = table.get("kind", "person")
        if not isinstance(name, str) or not name.strip():
            raise KnowledgeError(f"{path}: [[actor]] number {number} has no name")
        if kind not in get_args(ActorKind):
            raise KnowledgeError(f"{path}: {name!r} has kind {kind!r}; use one of {', '.join(get_args(ActorKind))}")
        lists = {}
        for key in ("aliases", "demonyms", "metonyms", "titles"):
            value = table.get(key, [])
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                raise KnowledgeError(f"{path}: {key} of {name!r} must be a list of texts")
            lists[key] = tuple(value)
        yield KnownActor(
            actor_id=table.get("id") or slug(name),
            name=name,
            kind=kind,
            aliases=lists["aliases"],
            demonyms=lists["demonyms"],
            metonyms=lists["metonyms"],
            titles=tuple(title.lower() for title in lists["titles"]),
            gender=table.get("gender"),
        )
