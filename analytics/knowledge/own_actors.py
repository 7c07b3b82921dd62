"""A user's own actors: the shipped table, overridden by an `actors.toml` (described in docs/actors.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

from ..article import ActorKind
from ..errors import KnowledgeError
from .aliases import ActorBook, KnownActor, make_book, shipped_actors, slug
from .entries import read_entries, refuse_unknown

MOST_ACTORS = 20_000
_LISTS = ("aliases", "demonyms", "metonyms", "titles", "not", "members")
_KEYS = ("name", "id", "kind", "gender", "hide", *_LISTS)


@cache
def load_book(actors_file: Path | None = None) -> ActorBook:
    """The shipped actors, overridden by those of a user's TOML file of `[[actor]]` entries.

    A key that an entry gives replaces what ships for the actor of its id; keys it does not give stay
    as shipped. An entry's names take precedence over all other actors that go by them.

    Raises KnowledgeError, naming file and entry, where the file is malformed or contradicts itself.
    """
    shipped = {actor.actor_id: actor for actor in shipped_actors()}
    if actors_file is None:
        return make_book(shipped)
    entries = [
        _entry(actors_file, n, table) for n, table in enumerate(read_entries(actors_file, "actor", most=MOST_ACTORS), 1)
    ]
    own = {entry.actor_id: _actor(entry, shipped.get(entry.actor_id)) for entry in entries}
    if twice := _first_repeated(entry.actor_id for entry in entries):
        raise KnowledgeError(f"{actors_file}: two [[actor]] entries have the id {twice!r}; keep one of them")
    _refuse_shared_names(actors_file, own.values())
    known = {**shipped, **own}
    hidden = frozenset(entry.actor_id for entry in entries if entry.table.get("hide"))
    book = make_book(known, first=own)
    counted_as = _members(actors_file, entries, book, hidden)
    return make_book(known, first=own, counted_as=counted_as, hidden=hidden)


class _Entry(NamedTuple):
    where: str  # for messages: the file and the entry
    actor_id: str
    name: str
    table: Mapping[str, Any]


def _entry(path: Path, number: int, table: dict[str, Any]) -> _Entry:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise KnowledgeError(f"{path}: [[actor]] number {number} has no name")
    where = f"{path}: [[actor]] {name!r}"
    refuse_unknown(where, table, _KEYS)
    kinds = get_args(ActorKind)
    if table.get("kind", kinds[0]) not in kinds:
        raise KnowledgeError(f"{where} has kind {table['kind']!r}; use one of {', '.join(kinds)}")
    if table.get("gender", "he") not in ("he", "she"):
        raise KnowledgeError(f"{where} has gender {table['gender']!r}; use 'he' or 'she', or leave it out")
    if not isinstance(table.get("hide", False), bool):
        raise KnowledgeError(f"{where}: hide must be true or false")
    actor_id = table.get("id", slug(name))
    if not isinstance(actor_id, str) or not actor_id.strip():
        raise KnowledgeError(f"{where}: id must be a text")
    for key in _LISTS:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(_is_name(each, key) for each in value):
            more = ' or { name = "…", outlets = ["…"] }' if key == "aliases" else ""
            raise KnowledgeError(f"{where}: {key} must be a list of texts{more}")
    return _Entry(where, actor_id, name, table)


def _is_name(value: object, key: str) -> bool:
    if isinstance(value, dict):
        outlets = value.get("outlets")
        return (
            key == "aliases"
            and set(value) == {"name", "outlets"}
            and _is_name(value["name"], "")
            and isinstance(outlets, list)
            and bool(outlets)
            and all(_is_name(outlet, "") for outlet in outlets)
        )
    return isinstance(value, str) and bool(value.strip())


def _actor(entry: _Entry, shipped: KnownActor | None) -> KnownActor:
    """An entry as an actor, with what ships for the same id where the entry says nothing."""
    table = entry.table
    base = shipped or KnownActor(actor_id=entry.actor_id, name=entry.name, kind="person")
    apart = frozenset(table.get("not", ()))
    if entry.name in apart:
        raise KnowledgeError(f"{entry.where} has its own name among its not; take it out")
    aliases = table.get("aliases", (base.name, *base.aliases))  # a new name leaves the shipped one an alias
    everywhere = tuple(alias for alias in aliases if isinstance(alias, str))
    if "aliases" in table and (contradiction := apart.intersection(everywhere)):
        raise KnowledgeError(f"{entry.where} has {min(contradiction)!r} among its aliases and its not; keep one")
    return KnownActor(
        actor_id=entry.actor_id,
        name=entry.name,
        kind=table.get("kind", base.kind),
        aliases=tuple(alias for alias in everywhere if alias not in apart | {entry.name}),
        demonyms=tuple(name for name in table.get("demonyms", base.demonyms) if name not in apart),
        metonyms=tuple(name for name in table.get("metonyms", base.metonyms) if name not in apart),
        titles=tuple(title.lower() for title in table.get("titles", base.titles)),
        gender=table.get("gender", base.gender),
        local_aliases=tuple(
            (alias["name"], frozenset(outlet.casefold() for outlet in alias["outlets"]))
            for alias in aliases
            if not isinstance(alias, str)
        ),
        apart=apart,
    )


def _first_repeated(values: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None


def _refuse_shared_names(path: Path, actors: Iterable[KnownActor]) -> None:
    """No name may mean two of the user's actors in the same outlet."""
    owner: dict[tuple[str, str | None], str] = {}
    for actor in actors:
        names: list[tuple[str, str | None]] = [
            (name, None) for name in {actor.name, *actor.aliases, *actor.demonyms, *actor.metonyms}
        ]
        names += [(name, outlet) for name, outlets in actor.local_aliases for outlet in sorted(outlets)]
        for name in names:
            if (other := owner.setdefault(name, actor.name)) != actor.name:
                raise KnowledgeError(
                    f"{path}: {name[0]!r} is a name of both {other!r} and {actor.name!r}; "
                    "leave it to one, or say in which outlets it means which"
                )


def _members(path: Path, entries: list[_Entry], book: ActorBook, hidden: frozenset[str]) -> dict[str, str]:
    """Actor id → the actor that it is counted as, through groups of groups to the outermost one."""
    group: dict[str, _Entry] = {}
    for entry in entries:
        for member in entry.table.get("members", ()):
            known = book.by_text.get(member)
            actor_id = known.actor.actor_id if known else (member if member in book.actors else slug(member))
            if actor_id == entry.actor_id:
                raise KnowledgeError(f"{entry.where} has itself ({member!r}) among its members; take it out")
            if actor_id in hidden:
                raise KnowledgeError(f"{entry.where} has the member {member!r}, which is hidden; decide on one")
            if (other := group.setdefault(actor_id, entry)) is not entry:
                raise KnowledgeError(f"{path}: {member!r} is a member of both {other.name!r} and {entry.name!r}")
    counted_as = {}
    for actor_id in group:
        at, passed = actor_id, {actor_id}
        while at in group:
            at = group[at].actor_id
            if at in passed:
                raise KnowledgeError(f"{group[actor_id].where} is a member of its own members; take one out")
            passed.add(at)
        counted_as[actor_id] = at
    return counted_as
