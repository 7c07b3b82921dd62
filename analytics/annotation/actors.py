"""Finds where an article names actors and which names belong to the same one.

Known names (countries with their demonyms and capitals, organisations with acronyms, the user's own
actors) come first; the parser's persons, organisations and groups fill in the rest. Names are merged
inside the article here; merging across articles happens when a corpus is stored.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from ..article import ActorKind, Article, Entity, MentionForm, Token
from ..knowledge.aliases import (
    ActorBook,
    Alias,
    KnownActor,
    load_given_names,
    load_places,
    load_titles,
    slug,
    written_out,
)
from .parse import Parse
from .places import is_place

_KINDS: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation", "NORP": "group"}
_NOT_ACTORS = frozenset({"WORK_OF_ART", "PRODUCT", "LAW", "FAC", "LOC"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_NAME_PARTICLES = frozenset("von van de der den del della di da la le el al bin ibn ben".split())
_NOT_IN_NAMES = frozenset("not for to on in of as is are was says said after over with at from his her the".split())
_GENERIC = frozenset(  # alone, these name no organisation in particular
    "State Committee Commission Council Department Ministry Company Government Army Navy Court Board Union Bank"
    " Association Agency Office Defense Defence Foreign War Assembly Embassy University Republic Region Party Home"
    " Parliament House Cabinet Administration Treasury Congress Force Forces Police Guard Security Service".split()
)
_FEMININE_SURNAME = re.compile(r"(?:ov|ev|in|sk|ts?k|n)a(?:ya|ia)?$")
_LANGUAGE = frozenset("speaking speaker language born speak".split())
_LONGEST_NAME = 6  # tokens


class Place(NamedTuple):
    """A mention before numbering: who, as what, over which tokens, governed by which token."""

    actor_id: str
    name: str
    kind: ActorKind
    form: MentionForm
    first: int
    last: int
    head: int


@dataclass(slots=True)
class Cast:
    """The actors of one article and what it tells about them."""

    places: list[Place] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)  # actor id → "he", "she"
    descriptions: dict[tuple[str, str | None], set[str]] = field(default_factory=lambda: defaultdict(set))
    # (title, country id or None) → the persons the article gives that title

    def covered(self) -> set[int]:
        return {i for place in self.places for i in range(place.first, place.last)}


class _Name(NamedTuple):
    """A stretch of tokens that may name an actor."""

    first: int
    last: int
    label: str  # the entity label, or "known"
    alias: Alias | None = None


def find_actors(article: Article, parse: Parse, book: ActorBook) -> Cast:
    """Named mentions of an article, with the titles and genders that the text gives its persons."""
    cast = Cast()
    known = _known_names(article.content, parse.tokens, book)
    names = _join(parse, known, book)
    names = _acronyms(parse.tokens, names, book)
    persons = _persons(names, parse.tokens, book)
    common = frozenset(t.text for t in parse.tokens if t.text.islower() and t.pos in ("NOUN", "VERB", "ADJ", "ADV"))
    for name in sorted(names, key=lambda name: name.first):
        place = _place(name, parse.tokens, persons, common)
        if place is not None:
            cast.places.append(place)
    cast.places += _bare_surnames(parse, cast, persons)
    _describe(cast, parse.tokens, book)
    cast.places = [p for p in cast.places if not _inside_title(p, cast, parse.tokens)]
    cast.places.sort(key=lambda place: place.first)
    return cast


def _known_names(content: str, tokens: tuple[Token, ...], book: ActorBook) -> list[_Name]:
    found: list[_Name] = []
    skip_to = 0
    for token in tokens:
        if token.start < skip_to or (not token.text[0].isupper() and not token.text[0].islower()):
            continue
        if (text := book.starting_at(content, token.start, token.text)) is None:
            continue
        end, last = token.start + len(text), token.index + 1
        while last < len(tokens) and tokens[last].end <= end:
            last += 1
        if tokens[last - 1].end != end or (text.islower()):
            continue
        found.append(_Name(token.index, last, "known", book.by_text[text]))
        skip_to = end
    return found


def _join(parse: Parse, known: list[_Name], book: ActorBook) -> list[_Name]:
    """Known names and the parser's entities together; the longer of two overlapping ones wins."""
    names: list[_Name] = []
    taken: set[int] = set()
    by_token = {i: name for name in known for i in range(name.first, name.last)}
    surnames = frozenset(parse.tokens[e.last - 1].text for e in parse.entities if e.label == "PERSON")
    places = _place_names(parse)
    for entity in parse.entities:
        for first, last in _trim(entity, parse.tokens, surnames):
            if first + 1 == last and not by_token.get(first) and parse.tokens[first].text in places:
                continue
            inner = {by_token[i] for i in range(first, last) if i in by_token}
            words = [i for i in range(first, last) if i not in by_token and parse.tokens[i].pos not in ("DET", "PUNCT")]
            if inner and (not words or entity.label in ("EVENT", "GPE", "NORP", "DATE", "CARDINAL", "MONEY")):
                continue  # the known name says it all
            if any(name.alias and name.alias.actor.kind == "person" for name in inner):
                continue  # "Ada Brandt of Halsmer University" is two names
            if inner and entity.label == "PERSON":
                continue  # "Russian Grad": no person is called by a country
            if entity.label in _KINDS and _dateline(parse.tokens[first:last], book):
                continue
            if entity.label in _KINDS and _is_name(parse.tokens[first:last], entity.label):
                names.append(_Name(first, last, entity.label))
                taken.update(range(first, last))
            elif inner and entity.label in _NOT_ACTORS:
                taken.update(range(first, last))
    for name in known:
        if taken.isdisjoint(range(name.first, name.last)):
            names.append(name)
    return names


def _dateline(words: tuple[Token, ...], book: ActorBook) -> bool:
    """A place in capitals, as before a report's first words: "HALSMER (Capstan) — …"."""
    text = " ".join(word.text for word in words)
    return len(text) > 3 and text.isupper() and (text.title() in book.by_text or text.title() in load_places())


def _place_names(parse: Parse) -> frozenset[str]:
    """Single words that are places: listed ones, and those this article uses as places at least as often."""
    tokens = parse.tokens
    votes: Counter[str] = Counter()
    for entity in parse.entities:
        if entity.last - entity.first == 1:
            token = tokens[entity.first]
            in_place = token.dep == "pobj" and tokens[token.head].lemma in ("in", "near", "outside", "around", "across")
            votes[token.text] += 1 if entity.label in ("GPE", "LOC", "FAC") or in_place else -1
    return frozenset(text for text, balance in votes.items() if balance >= 0) | load_places()


def _trim(entity: Entity, tokens: tuple[Token, ...], surnames: frozenset[str]) -> list[tuple[int, int]]:
    """The parts of an entity between possessives and coordinated surnames, without articles and titles."""
    titles = load_titles()
    person = entity.label == "PERSON"
    parts: list[tuple[int, int]] = []
    first = entity.first
    for i in range(entity.first, entity.last + 1):
        if i < entity.last and not _splits(i, entity, tokens, surnames):
            continue
        a, b = first, i
        while a < b and (
            tokens[a].pos in ("DET", "PUNCT", "SPACE") or (person and tokens[a].text.lower() in titles and b - a > 1)
        ):
            a += 1
        while b > a and (tokens[b - 1].pos in ("PUNCT", "SPACE") or tokens[b - 1].text in _POSSESSIVE):
            b -= 1
        if person:  # a headline in capitals runs on after the name
            b = next((j for j in range(a, b) if tokens[j].text.lower() in _NOT_IN_NAMES), b)
        while b > a and tokens[b - 1].pos in ("ADP", "CCONJ", "PART"):  # "Agency for", cut off
            b -= 1
        if a < b:
            parts.append((a, b))
        first = i + 1
    return parts


def _splits(i: int, entity: Entity, tokens: tuple[Token, ...], surnames: frozenset[str]) -> bool:
    if tokens[i].text in _POSSESSIVE:
        return True
    if tokens[i].text not in ("and", "&"):
        return False
    beside = {tokens[i - 1].text, tokens[min(i + 1, len(tokens) - 1)].text}
    return entity.label == "PERSON" or (entity.last - entity.first == 3 and bool(beside & surnames))


def _is_name(words: tuple[Token, ...], label: str) -> bool:
    text = " ".join(word.text for word in words)
    if "\n" in text or len(words) > _LONGEST_NAME + 4 or not text[0].isupper() or text[-1] in "-–—":
        return False
    if label == "PERSON":
        return (
            len(words) <= _LONGEST_NAME
            and not any(c.isdigit() for c in text)
            and any(word.pos == "PROPN" for word in words)
            and not (len(words) == 1 and (len(text) < 3 or text.isupper()))
        )
    if label == "NORP":
        return words[-1].tag in ("NNS", "NNPS")
    return any(word.pos == "PROPN" for word in words) and len(text) > 1 and text not in _GENERIC


def _acronyms(tokens: tuple[Token, ...], names: list[_Name], book: ActorBook) -> list[_Name]:
    """Resolve acronyms that the text introduces in brackets: "Harbour Workers Union (HWU)".

    Returns the names with those acronyms, wherever they stand, made aliases of the full name.
    """
    introduced: dict[str, Alias] = {}
    for name in names:
        bracket = tokens[name.last : name.last + 3]
        if name.label == "ORG" and len(bracket) == 3 and bracket[0].text == "(" and bracket[2].text == ")":
            acronym, full = bracket[1].text, _text(tokens, name.first, name.last)
            if acronym.isupper() and len(acronym) > 1 and acronym[0] == full[0] and acronym not in book.by_text:
                actor = KnownActor(actor_id=slug(full), name=full, kind="organisation")
                introduced[acronym] = Alias(actor, "name")
    if not introduced:
        return names
    kept = [n for n in names if n.last - n.first > 1 or tokens[n.first].text not in introduced]
    covered = {i for name in kept for i in range(name.first, name.last)}
    return kept + [
        _Name(token.index, token.index + 1, "known", introduced[token.text])
        for token in tokens
        if token.text in introduced and token.index not in covered
    ]


class _Persons:
    """Full names of an article's persons, found again by surname."""

    def __init__(self) -> None:
        self.by_surname: dict[str, dict[str, str]] = defaultdict(dict)  # surname → {actor id: name}
        self.by_given: dict[str, dict[str, str]] = defaultdict(dict)
        self.names: dict[str, str] = {}

    def add(self, actor_id: str, name: str) -> None:
        words = name.split()
        self.names[actor_id] = name
        if len(words) > 1:
            self.by_surname[_surname(words)][actor_id] = name
            self.by_given[words[0]][actor_id] = name

    def resolve(self, text: str) -> tuple[str, str] | None:
        """The person that a single name means, where the article leaves no doubt."""
        for index in (self.by_surname, self.by_given):
            candidates = index.get(text, {})
            if len(candidates) == 1:
                return next(iter(candidates.items()))
            if candidates:
                return None
        return None


def _surname(words: list[str]) -> str:
    i = len(words) - 1
    if words[i].rstrip(".") in ("Jr", "Sr", "II", "III") and i > 1:
        i -= 1
    while i > 1 and words[i - 1].lower() in _NAME_PARTICLES:
        i -= 1
    return " ".join(words[i:])


def _persons(names: list[_Name], tokens: tuple[Token, ...], book: ActorBook) -> _Persons:
    persons = _Persons()
    for name in sorted(names, key=lambda name: name.first):
        text = _text(tokens, name.first, name.last)
        if name.alias is not None and name.alias.actor.kind == "person" and " " in text:
            persons.add(name.alias.actor.actor_id, name.alias.actor.name)
        elif name.label == "PERSON" and " " in text:
            full = book.by_text.get(text)
            if full is not None and full.actor.kind == "person":
                persons.add(full.actor.actor_id, full.actor.name)
            else:
                persons.add(slug(text), text)
    return persons


def _place(name: _Name, tokens: tuple[Token, ...], persons: _Persons, common: frozenset[str]) -> Place | None:
    text = _text(tokens, name.first, name.last)
    head = _head(tokens, name.first, name.last)
    if name.alias is not None:
        actor = name.alias.actor
        if name.alias.relation == "metonym" and is_place(tokens, name.first, name.last):
            return None
        if name.alias.relation == "demonym" and _no_country(tokens, name):
            return None
        local = persons.resolve(text) if actor.kind == "person" and " " not in text else None
        if local is not None:
            return Place(*local, "person", "name", name.first, name.last, head)
        return Place(actor.actor_id, actor.name, actor.kind, "name", name.first, name.last, head)
    kind = _KINDS[name.label]
    if kind != "group" and " " not in text and not text.isupper() and text.lower() in common:
        return None  # "Debris fell on …" names nobody
    if kind != "group" and " " not in text and (resolved := persons.resolve(text)):
        return Place(*resolved, "person", "name", name.first, name.last, head)
    return Place(slug(text), text, kind, "name", name.first, name.last, head)


def _no_country(tokens: tuple[Token, ...], name: _Name) -> bool:
    """Whether a demonym means a language or one man: "in Russian", "Russian-speaking", "the Russian left"."""
    head = tokens[name.last - 1]
    after = {token.lemma for token in tokens[name.last : name.last + 2]}
    if after & _LANGUAGE or tokens[head.head].lemma in ("speak", "translate", "language"):
        return True
    if head.dep in ("amod", "compound", "nmod", "poss") or head.tag in ("JJ", "NNS", "NNPS"):
        return head.dep == "pobj" and tokens[head.head].lemma == "in" and head.tag != "NNPS"
    return head.text.endswith(
        ("an", "i", "k", "ole", "inn", "ede", "ane")
    )  # "the French" are many, "the Russian" is one


def _bare_surnames(parse: Parse, cast: Cast, persons: _Persons) -> list[Place]:
    """Surnames of the article's persons that the entity recogniser passed over."""
    covered = cast.covered() | {i for e in parse.entities if e.label != "GPE" for i in range(e.first, e.last)}
    found = []
    for token in parse.tokens:
        if token.pos != "PROPN" or token.index in covered or token.text not in persons.by_surname:
            continue
        if resolved := persons.resolve(token.text):
            found.append(Place(*resolved, "person", "name", token.index, token.index + 1, token.index))
    return found


def _describe(cast: Cast, tokens: tuple[Token, ...], book: ActorBook) -> None:
    """Collect titles ("Russian President Vladimir Putin"; "X, the energy minister") and genders."""
    titles = load_titles()
    given_names = load_given_names()
    for place in cast.places:
        if place.kind != "person":
            continue
        known = book.actors.get(place.actor_id)
        if known is not None:
            if known.gender:
                cast.genders[place.actor_id] = known.gender
            for title in known.titles:
                cast.descriptions[(title, None)].add(place.actor_id)
        if gender := _gender_of_name(place.name.split(), given_names):
            cast.genders.setdefault(place.actor_id, gender)
        words, country = _words_before(place, tokens, book)
        head = tokens[place.head]
        for child in tokens[place.last : place.last + 12]:
            if child.dep == "appos" and child.head == head.index:
                words, country = _appositive(child, tokens, book)
                break
        for title in _titles_in(words):
            if gender := titles.get(title):
                cast.genders.setdefault(place.actor_id, gender)
            cast.descriptions[(title, None)].add(place.actor_id)
            if country:
                cast.descriptions[(title, country)].add(place.actor_id)


def _gender_of_name(words: list[str], given_names: dict[str, str | None]) -> str | None:
    """What a full name tells of its bearer: by the given name, else by a Slavic feminine surname."""
    if len(words) < 2:
        return None
    return given_names.get(words[0]) or ("she" if _FEMININE_SURNAME.search(words[-1]) else None)


def _words_before(place: Place, tokens: tuple[Token, ...], book: ActorBook) -> tuple[list[str], str | None]:
    """Title words directly before a name, and the country among them."""
    words: list[str] = []
    country = None
    i = place.first - 1
    while i >= 0 and place.first - i <= 6 and tokens[i].dep in ("compound", "amod", "nmod", "poss", "case", "punct"):
        if tokens[i].pos in ("PUNCT", "SPACE", "VERB") and tokens[i].text != "-":
            break
        alias = book.by_text.get(tokens[i].text)
        if alias is not None and alias.actor.kind == "country":
            country = alias.actor.actor_id
        else:
            words.insert(0, written_out(tokens[i].text.lower()))
        i -= 1
    return words, country


def _appositive(noun: Token, tokens: tuple[Token, ...], book: ActorBook) -> tuple[list[str], str | None]:
    """The words of an appositive title up to its noun, and the country named in it."""
    words, country = [], None
    for token in tokens[max(noun.index - 5, 0) : min(noun.index + 5, len(tokens))]:
        alias = book.by_text.get(token.text)
        if alias is not None and alias.actor.kind == "country":
            country = alias.actor.actor_id
        elif token.index <= noun.index and (token.head == noun.index or token.index == noun.index):
            words.append(token.text.lower())
    return words, country


def _titles_in(words: list[str]) -> list[str]:
    """The known titles that a run of words ends in or contains, e.g. "prime minister", "minister"."""
    titles = load_titles()
    found = []
    for size in (3, 2, 1):
        for i in range(len(words) - size + 1):
            if (title := " ".join(words[i : i + size])) in titles:
                found.append(title)
    return found


def _inside_title(place: Place, cast: Cast, tokens: tuple[Token, ...]) -> bool:
    """Whether a country's adjective only belongs to a person's title, "Russian President Putin"."""
    if place.kind != "country" or tokens[place.head].dep not in ("amod", "compound", "nmod"):
        return False
    heads = {p.head for p in cast.places if p.kind == "person" and p.form == "name"}
    i = tokens[place.head].head
    for _ in range(4):
        if i in heads:
            return True
        if tokens[i].dep not in ("compound", "nmod", "amod"):
            return False
        i = tokens[i].head
    return False


def _head(tokens: tuple[Token, ...], first: int, last: int) -> int:
    for i in range(last - 1, first - 1, -1):
        if not first <= tokens[i].head < last or tokens[i].head == i:
            return i
    return last - 1


def _text(tokens: tuple[Token, ...], first: int, last: int) -> str:
    return " ".join(token.text for token in tokens[first:last]).replace(" - ", "-").replace(" ’s", "’s")
