"""The persons of one article, found again by surname, given name or nickname."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from ..article import Token
from ..knowledge.aliases import (
    ActorBook,
    is_given_name,
    load_no_actors,
    load_places,
    load_sure_given_names,
    load_titles,
    slug,
)
from ..knowledge.person_names import PARTICLES, forms_of, is_family_first, key, without_initials
from .name_words import GIVEN_TO_BODIES, PEERS, titled
from .names import Name
from .whole_names import name_text

_MEN = frozenset("mr sir lord baron viscount".split())
_WOMEN = frozenset("mrs ms miss dame lady baroness viscountess".split())


class Persons:
    """Full names of an article's persons and the shorter forms that mean them."""

    def __init__(self, book: ActorBook) -> None:
        self.book = book
        self.names: dict[str, str] = {}
        self.same: dict[str, str] = {}  # the key of a full name → the id of its person
        self._nicknames: set[str] = set()
        self._indexes: tuple[dict[str, dict[str, str]], ...] = (defaultdict(dict), defaultdict(dict), defaultdict(dict))

    def add(self, actor_id: str, name: str, *, full: str | None = None, nicknames: tuple[str, ...] = ()) -> None:
        """A person by this name; `full` is what else it is written in full."""
        self.names.setdefault(actor_id, name)
        self.same[key(full or name)] = actor_id
        surname = name.split()[-1]
        for nickname in nicknames:
            self._nicknames.add(key(nickname))
            self.same[key(f"{nickname} {surname}")] = actor_id
        for index, forms in zip(self._indexes, forms_of(name, nicknames), strict=True):
            for form in forms:
                index[form][actor_id] = self.names[actor_id]

    def add_titled(self, title: str, surname: str) -> None:
        """Somebody known by title and surname only: "Lady Kell"."""
        name = f"{title} {surname}"
        self.names[slug(name)] = name
        self._indexes[0][key(surname)][slug(name)] = name

    def bearers(self, text: str) -> dict[str, str]:
        """The persons that a short name may mean: those of that surname, or else given name, or else middle name."""
        for index in self._indexes:
            found = {i: name for i, name in index.get(key(text), {}).items() if self.book.may_be(i, text)}
            if found:
                return found
        return {}

    def starts(self) -> frozenset[str]:
        """The first words of all surnames and nicknames, as keys."""
        return frozenset(form.split("-")[0] for form in (*self._indexes[0], *self._nicknames))

    def has_surname(self, text: str) -> bool:
        return key(text) in self._indexes[0] or key(text) in self._nicknames

    def gender(self, actor_id: str) -> str | None:
        """What a person's title or given name tells, or the actor book."""
        known = self.book.actors.get(actor_id)
        if known is not None and known.gender:
            return known.gender
        first = self.names.get(actor_id, "").split()[:1]
        return title_gender(first[0].lower()) or load_sure_given_names().get(first[0]) if first else None


def title_gender(title: str | None) -> str | None:
    """The gender that an honorific tells."""
    return "he" if title in _MEN else "she" if title in _WOMEN else None


def collect_persons(names: list[Name], tokens: tuple[Token, ...], book: ActorBook) -> Persons:
    """The persons that an article names in full, and those it only knows by title and surname."""
    persons = Persons(book)
    full: Counter[str] = Counter()
    nicknamed: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for name in sorted(names, key=lambda name: name.first):
        text, nicknames = name_text(tokens, name)
        if " " not in text:
            continue
        alias = name.alias or book.by_text.get(text)
        if alias is not None and alias.actor.kind == "person":
            persons.add(alias.actor.actor_id, alias.actor.name)
        elif name.label == "PERSON" and not _ends_in_place(text):
            full[text] += 1
            nicknamed[text] += nicknames
    canonical = _canonical(full)
    for text in sorted(full, key=lambda text: not nicknamed[text]):  # who has a nickname goes first
        if key(text) not in persons.same:
            persons.add(slug(canonical[text]), canonical[text], full=text, nicknames=nicknamed[text])
    for title, surname in list(_only_titled(names, tokens, persons)):
        persons.add_titled(title, surname)
    return persons


def _ends_in_place(name: str) -> bool:
    """Whether what is taken for a person's name is none, as it ends in a place or feast: "Leaving Mariupol"."""
    first, *_, last = name.split()
    return not is_given_name(first) and (last in load_places() or last in load_no_actors().names)


def _canonical(names: Counter[str]) -> dict[str, str]:
    """Each full name → the one that its person is known by in the article; of two such names the more frequent.

    "Helen R. Marsh" is "Helen Marsh", "Ana Ruiz Vega" is "Ana Ruiz", and "Ruiz Vega" alone is no full name.
    """
    plain = Counter(without_initials(name)[0] for name in names)
    found = {}
    for name in names:
        short, initials = without_initials(name)
        found[name] = short if initials and short in names and plain[short] == 2 else name
    by_key: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_key[key(name)].append(name)
    for name in sorted(names, key=len, reverse=True):
        forms = forms_of(name)
        for other in [other for form in forms.surname + forms.given for other in by_key.get(form, ())]:
            if len(other) < len(name):
                chosen = other if _is_fuller(other, name, names) else name
                found[other] = found[name] = found[chosen]
    return found


def _is_fuller(part: str, whole: str, names: Counter[str]) -> bool:
    """Whether a part of a name is the person's whole name, and the rest no name of theirs ("Lviv Ada Marsh")."""
    given, last = part.split()[0], part.split()[-1]
    if whole.startswith(part):  # "Ana Ruiz" of "Ana Ruiz Vega", but not "Ana Lucía"
        alike = not is_given_name(last) and not is_family_first(tuple(whole.split()))
        return alike if names[part] == names[whole] else names[part] > names[whole]
    if given.lower() in PARTICLES or not is_given_name(given):
        return False  # "Ruiz Vega"
    return names[part] > names[whole] - (given not in GIVEN_TO_BODIES)


def _only_titled(names: list[Name], tokens: tuple[Token, ...], persons: Persons) -> Iterator[tuple[str, str]]:
    """Peers, and men and women of one surname, that no full name is known of: "Mr and Mrs Kell", "Lord Kell"."""
    seen: dict[str, dict[str, str]] = defaultdict(dict)  # surname → gender → title
    peers: set[str] = set()
    for name in names:
        text, title = tokens[name.last - 1].text, titled(tokens, name.first)
        if name.label != "PERSON" or name.last - name.first > 1 or title is None or persons.bearers(text):
            continue
        for each in (title, *_coupled_with(tokens, name.first)):
            if gender := title_gender(each):
                seen[text].setdefault(gender, each.capitalize())
                peers |= {text} if each in PEERS else set()
    for surname, titles in seen.items():
        if len(titles) == 2 or surname in peers:
            yield from ((title, surname) for title in titles.values())


def _coupled_with(tokens: tuple[Token, ...], first: int) -> list[str]:
    """The other title in "Mr and Mrs Kell"."""
    if not is_couple(tokens, first):
        return []
    return [tokens[first - 3].text.lower().rstrip(".")]


def is_couple(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether a surname at `first` is that of "Mr and Mrs …"."""
    return (
        first > 2
        and tokens[first - 2].text in ("and", "&")
        and titled(tokens, first) is not None
        and titled(tokens, first - 2) is not None
        and tokens[first - 3].text.lower() in load_titles()
    )
