"""Who is known by which names, and which words tell what about a person."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple, cast

from ..article import ActorKind
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
    titles: tuple[str, ...] = ()  # lower-cased descriptions that mean this actor, e.g. "prime minister"
    gender: str | None = None  # "he", "she"
    local_aliases: tuple[tuple[str, frozenset[str]], ...] = ()  # names that count in some outlets only (case-folded)
    apart: frozenset[str] = frozenset()  # names that never mean this actor


class Alias(NamedTuple):
    actor: KnownActor
    relation: Relation


@dataclass(frozen=True)
class ActorBook:
    """All known actors, looked up by the text of a name (case matters).

    `counted_as` and `hidden` are a user's wishes for a whole corpus: actors that are counted as
    another one, and actors that are left out. They take effect where a corpus is stored.
    """

    actors: Mapping[str, KnownActor]
    by_text: Mapping[str, Alias]
    by_first_word: Mapping[str, tuple[str, ...]] = field(repr=False)
    counted_as: Mapping[str, str] = field(default_factory=dict)  # actor id → the actor it is counted as
    hidden: frozenset[str] = frozenset()
    first: tuple[str, ...] = ()  # ids of the actors whose names take precedence
    _of_outlet: dict[str, ActorBook] = field(default_factory=dict, repr=False, compare=False)

    def starting_at(self, text: str, start: int, first_word: str) -> str | None:
        """The longest known name that begins at an offset of a text, as whole words."""
        for name in self.by_first_word.get(first_word, ()):
            end = start + len(name)
            if text.startswith(name, start) and not (end < len(text) and text[end].isalnum()):
                return name
        return None

    def may_be(self, actor_id: str, name: str) -> bool:
        """Whether a name that is found in an article may be taken for an actor's."""
        actor = self.actors.get(actor_id)
        return actor is None or name not in actor.apart

    def may_be_everywhere(self, actor_id: str, name: str) -> bool:
        """The same for a name that is merged across articles: one that counts in some outlets may not."""
        actor = self.actors.get(actor_id)
        return actor is None or name not in {*actor.apart, *(alias for alias, _ in actor.local_aliases)}

    @cached_property
    def _local(self) -> tuple[KnownActor, ...]:
        return tuple(actor for actor in self.actors.values() if actor.local_aliases)

    def of_outlet(self, outlet: str | None) -> ActorBook:
        """The book with the names that count in one outlet."""
        key = (outlet or "").casefold()
        local = [
            replace(actor, aliases=(*actor.aliases, *names))
            for actor in self._local
            if (names := tuple(alias for alias, outlets in actor.local_aliases if key in outlets))
        ]
        if not local:
            return self
        if key not in self._of_outlet:
            known = {**self.actors, **{actor.actor_id: actor for actor in local}}
            self._of_outlet[key] = make_book(known, first=self.first)
        return self._of_outlet[key]


def slug(name: str) -> str:
    """An id for a name: lower case, ASCII letters and digits, hyphens.

    >>> slug("Recep Tayyip Erdoğan")
    'recep-tayyip-erdogan'
    """
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-") or name.lower()


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
    """Given names borne nearly always by men ("he") or by women ("she"), with their accents and without."""
    names = _genders(KNOWLEDGE / "given_names.tsv")
    return {_without_accents(name): gender for name, gender in names.items()} | names


@cache
def load_sure_given_names() -> dict[str, str | None]:
    """The given names from census data, whose gender may overrule other clues."""
    return _genders(KNOWLEDGE / "given_names.tsv", without="Faker")


def is_given_name(text: str) -> bool:
    """Whether a word is a listed given name, however it is accented."""
    return text in load_given_names() or (not text.isascii() and _without_accents(text) in load_given_names())


def _without_accents(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _genders(path: Path, *, without: str = "\0") -> dict[str, str | None]:
    """Word → gender, from a table with the columns word, gender, source; sources that begin `without` left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        next(rows)
        return {row[0]: row[1] or None for row in rows if not row[2].startswith(without)}


@cache
def load_places() -> frozenset[str]:
    """Names of cities and regions that are taken for places and never for actors."""
    lines = (KNOWLEDGE / "places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def load_link_confidence() -> dict[str, float]:
    """How often a rule that links descriptions and pronouns was right: (right + 1) / (judged + 2), after Laplace."""
    with (KNOWLEDGE / "link_rules.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["rule"]: round((int(row["right"]) + 1) / (int(row["judged"]) + 2), 2) for row in rows}


class NoActors(NamedTuple):
    """What parsers take for an actor and is none: whole names, and the last words of others ("… Bridge")."""

    names: frozenset[str]
    endings: tuple[str, ...]

    def holds(self, name: str) -> bool:
        return name in self.names or name.endswith(self.endings)


@cache
def load_no_actors() -> NoActors:
    """Places, events, documents, weapons, products and ranks; the table's columns are pattern, kind, source."""
    with (KNOWLEDGE / "no_actors.tsv").open(encoding="utf-8", newline="") as file:
        patterns = [row["pattern"] for row in csv.DictReader(file, delimiter="\t")]
    endings = tuple(pattern[1:] for pattern in patterns if pattern.startswith("* "))
    return NoActors(frozenset(p for p in patterns if not p.startswith("* ")), endings)


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


def make_book(
    known: Mapping[str, KnownActor],
    *,
    first: Iterable[str] = (),
    counted_as: Mapping[str, str] | None = None,
    hidden: Iterable[str] = (),
) -> ActorBook:
    """Index actors by their names; where two go by one name, those in `first` win."""
    by_text: dict[str, Alias] = {}
    first = tuple(first)
    for actor_id in dict.fromkeys((*first, *known)):
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
        # "No. 10" may be read as "No" and "."; "G-7" is read as one word
        for word in {_first_word(name), _first_word(name).rstrip("."), name.split()[0]}:
            by_first_word.setdefault(word, []).append(name)
    index = {word: tuple(names) for word, names in by_first_word.items()}
    return ActorBook(known, by_text, index, counted_as or {}, frozenset(hidden), first)


def _first_word(name: str) -> str:
    """The part of a name that the tokeniser surely keeps apart from what follows."""
    return re.split(r"[\s\-’']", name, maxsplit=1)[0] if " " in name else re.split(r"[-’']", name, maxsplit=1)[0]


def shipped_actors() -> Iterable[KnownActor]:
    """The actors that ship with the package."""
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
