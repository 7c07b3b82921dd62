"""Finds the stretches of an article that may name an actor: known names, and what the parser takes for names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ..article import ActorKind, Entity, Token
from ..knowledge.aliases import (
    ActorBook,
    Alias,
    KnownActor,
    load_given_names,
    load_no_actors,
    load_places,
    load_titles,
    slug,
)
from ..knowledge.person_names import PARTICLES, key, load_family_names
from .longer_names import GENERIC, ends_a_company, is_body_of_a_country, is_in_longer_name, is_surname
from .name_words import GIVEN_TO_BODIES, HONORIFICS, OF_BODIES, load_titles_and_honorifics, titled
from .named_things import things_of
from .parse import Parse

KINDS: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation", "NORP": "group"}
_NOT_ACTORS = frozenset({"WORK_OF_ART", "PRODUCT", "LAW", "FAC", "LOC"})
_QUOTES = frozenset({"'", "‘"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_NOT_IN_NAMES = frozenset("not for to on in of as is are was says said after over with at from his her the :".split())
_OFFICES = frozenset("pm mp mps fm president minister chancellor ambassador".split())
_LONGEST_NAME = 6  # tokens


class Name(NamedTuple):
    """A stretch of tokens that may name an actor."""

    first: int
    last: int
    label: str  # the entity label, or "known"
    alias: Alias | None = None


def find_names(content: str, parse: Parse, book: ActorBook) -> list[Name]:
    """Names in text order; none overlaps another, and an acronym introduced in brackets is its full name's alias."""
    known = _known_names(content, parse.tokens, book)
    names = _acronyms(parse.tokens, _join(parse, known, book), book)
    return sorted(_without_things(names, parse.tokens), key=lambda name: name.first)


def _without_things(names: list[Name], tokens: tuple[Token, ...]) -> list[Name]:
    """The names but for those of ships, stations and the like; known actors stay what they are."""
    named: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name in names:
        if name.alias is None:
            named[text_of(tokens, name.first, name.last)].append((name.first, name.last))
    means_thing = things_of(tokens, named)
    return [n for n in names if n.alias or not means_thing(n.first, n.last, text_of(tokens, n.first, n.last))]


def _known_names(content: str, tokens: tuple[Token, ...], book: ActorBook) -> list[Name]:
    found: list[Name] = []
    skip_to = 0
    for token in tokens:
        if token.start < skip_to or (not token.text[0].isupper() and not token.text[0].islower()):
            continue
        if (text := book.starting_at(content, token.start, token.text)) is None:
            continue
        end, last = token.start + len(text), token.index + 1
        while last < len(tokens) and tokens[last].end <= end:
            last += 1
        if tokens[last - 1].end != end or text.islower() or is_in_longer_name(token, tokens):
            continue
        if is_surname(token, last, tokens, book.by_text[text]) or is_body_of_a_country(token, last, tokens, book):
            continue
        found.append(Name(token.index, last, "known", book.by_text[text]))
        skip_to = end
    return found


def _is_passed_over(first: int, last: int, tokens: tuple[Token, ...], known: dict[int, Name], book: ActorBook) -> bool:
    """Whether a known body's name was found to be that of another country's body."""
    alias = book.by_text.get(text_of(tokens, first, last))
    named = alias is not None and alias.actor.kind == "organisation"
    return named and not any(i in known for i in range(first, last))


def _join(parse: Parse, known: list[Name], book: ActorBook) -> list[Name]:
    """Known names and the parser's entities together; the longer of two overlapping ones wins."""
    names: list[Name] = []
    taken: set[int] = set()
    by_token = {i: name for name in known for i in range(name.first, name.last)}
    surnames = frozenset(parse.tokens[e.last - 1].text for e in parse.entities if e.label == "PERSON")
    places = _place_names(parse)
    for entity in parse.entities:
        for first, last in _apart(_trim(entity, parse.tokens, surnames), parse.tokens, by_token):
            first, label = _label(first, last, entity.label, parse.tokens)
            if label == "PERSON" and titled(parse.tokens, first) and not _is_known_person(first, by_token):
                names.append(Name(first, last, label))  # "Lord Halmer", "Mr England", whatever else is called so
                taken.update(range(first, last))
                continue
            if first + 1 == last and not by_token.get(first) and parse.tokens[first].text in places:
                continue
            if _is_passed_over(first, last, parse.tokens, by_token, book):
                continue
            inner = {by_token[i] for i in range(first, last) if i in by_token}
            words = [i for i in range(first, last) if i not in by_token and parse.tokens[i].pos not in ("DET", "PUNCT")]
            if inner and (not words or label in ("EVENT", "GPE", "NORP", "DATE", "CARDINAL", "MONEY")):
                continue  # the known name says it all
            if inner and label == "ORG" and all(parse.tokens[i].text.lower() in _OFFICES for i in words):
                continue  # "Ukrainian PM"
            if label == "PERSON" and ends_a_company(first, last, parse.tokens, book):
                names = [name for name in names if name.last < first]  # "Lockheed" alone
                names.append(Name(first - 1, last, "ORG"))
                taken.update(range(first - 1, last))
                continue
            if first > 0 and parse.tokens[first - 1].text in ("#", "@"):
                continue  # a hashtag or an account
            if label in KINDS and _is_no_actor(parse.tokens[first:last], label):
                taken.update(range(first, last) if inner else ())
                continue
            if label == "PERSON" and _given_name_of_a_country(first, last, parse.tokens, by_token):
                names.append(Name(first, last, label))
                taken.update(range(first, last))
                continue
            if any(name.alias and name.alias.actor.kind == "person" for name in inner):
                continue  # "Ada Brandt of Halsmer University" is two names
            if inner and label == "PERSON":
                continue  # "Russian Grad": no person is called by a country
            if label in KINDS and _dateline(parse.tokens[first:last], book):
                continue
            if label in KINDS and _is_name(parse.tokens[first:last], label):
                names.append(Name(first, last, label))
                taken.update(range(first, last))
            elif inner and label in _NOT_ACTORS:
                taken.update(range(first, last))
    for name in known:
        if taken.isdisjoint(range(name.first, name.last)):
            names.append(name)
    return names


def _is_known_person(first: int, known: dict[int, Name]) -> bool:
    name = known.get(first)
    return name is not None and name.alias is not None and name.alias.actor.kind == "person"


def _label(first: int, last: int, label: str, tokens: tuple[Token, ...]) -> tuple[int, str]:
    """Where a name begins and what it is called, after a look for persons among organisations.

    "(Secretary of) Defense Ada Brandt" and "Lieutenant General Ada Brandt" are Ada Brandt.
    """
    if label != "ORG":
        return first, label
    given = load_given_names()
    for i in range(first, last):
        if tokens[i].text not in given or tokens[i].text in GIVEN_TO_BODIES or last - i > 3:
            continue
        rest = tokens[i + 1 : last]
        if i > first + 1 and tokens[i - 1].text == "-":
            i -= 2  # "Anne-Marie Brandt"
        if rest and all(t.text[0].isupper() and t.text.isalpha() and t.text not in OF_BODIES for t in rest):
            return i, "PERSON"
        if not rest and i == first:
            return i, "PERSON"
    return first, label


def _is_no_actor(words: tuple[Token, ...], label: str) -> bool:
    text = " ".join(word.text for word in words).replace(" - ", "-")
    if label == "PERSON" and len(words) == 2 and words[0].text in load_given_names():
        return text in load_no_actors().names  # "Ada Bridge"
    return load_no_actors().holds(text)


def _given_name_of_a_country(first: int, last: int, tokens: tuple[Token, ...], known: dict[int, Name]) -> bool:
    """Whether a person's given name looks like a country or demonym: "Minister German Brandt"."""
    return (
        last - first == 2
        and first in known
        and last - 1 not in known
        and first > 0
        and tokens[first].text in load_given_names()
        and tokens[first - 1].text.lower() in load_titles()
    )


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
            if entity.label in ("DATE", "TIME"):
                continue
            in_place = token.dep == "pobj" and tokens[token.head].lemma in ("in", "near", "outside", "around", "across")
            votes[token.text] += 1 if entity.label in ("GPE", "LOC", "FAC") or in_place else -1
    return frozenset(text for text, balance in votes.items() if balance >= 0) | load_places()


def _trim(entity: Entity, tokens: tuple[Token, ...], surnames: frozenset[str]) -> list[tuple[int, int]]:
    """The parts of an entity between possessives and coordinated surnames, without articles and titles."""
    titles = load_titles_and_honorifics()
    person = entity.label == "PERSON"
    parts: list[tuple[int, int]] = []
    first = entity.first
    for i in range(entity.first, entity.last + 1):
        if i < entity.last and not _splits(i, entity, tokens, surnames):
            continue
        a, b = first, i
        while a < b and (
            tokens[a].pos in ("DET", "PUNCT", "SPACE") or (person and b - a > 1 and tokens[a].text.lower() in titles)
        ):
            a += 1
        while b > a and (tokens[b - 1].pos in ("PUNCT", "SPACE") or tokens[b - 1].text in _POSSESSIVE):
            b -= 1
        if person:  # a headline in capitals runs on after the name
            b = next((j for j in range(a, b) if tokens[j].text.lower() in _NOT_IN_NAMES), b)
        while b > a and tokens[b - 1].pos in ("ADP", "CCONJ", "PART"):  # "Agency for", cut off
            b -= 1
        if a < b and not (person and a + 1 == b and tokens[a].text.lower() in HONORIFICS):
            parts.append((a, b))
        first = i + 1
    return parts


def _apart(
    parts: list[tuple[int, int]], tokens: tuple[Token, ...], known: dict[int, Name]
) -> Iterator[tuple[int, int]]:
    """The parts of an entity, those of two bodies parted where one of them is known: "NATO and Harbour Watch"."""
    for first, last in parts:
        at = next((i for i in range(first + 1, last - 1) if tokens[i].text == "and"), None)
        bodies = [known[i] for i in (first, last - 1) if i in known]
        if at and any((name.first, name.last) in ((first, at), (at + 1, last)) and _is_body(name) for name in bodies):
            yield from ((first, at), (at + 1, last))
        else:
            yield first, last


def _is_body(name: Name) -> bool:
    return name.alias is not None and name.alias.actor.kind == "organisation"


def _splits(i: int, entity: Entity, tokens: tuple[Token, ...], surnames: frozenset[str]) -> bool:
    if tokens[i].text in _POSSESSIVE:
        marks = tokens[i].tag == "``" or any(t.text in _QUOTES for t in tokens[entity.first : i])
        return not marks  # around a nickname
    if tokens[i].text == "on" and i == entity.first + 1 and tokens[entity.first].text in surnames:
        return True  # "Brandt on Facebook"
    if tokens[i].text not in ("and", "&"):
        return False
    beside = {tokens[i - 1].text, tokens[min(i + 1, len(tokens) - 1)].text}
    return entity.label == "PERSON" or (entity.last - entity.first == 3 and bool(beside & surnames))


def _is_name(words: tuple[Token, ...], label: str) -> bool:
    text = " ".join(word.text for word in words)
    capital = text[0].isupper() or (label == "PERSON" and words[0].text in PARTICLES)
    if "\n" in text or len(words) > _LONGEST_NAME + 4 or not capital or text[-1] in "-–—":
        return False
    if label == "PERSON":
        return (
            len(words) <= _LONGEST_NAME
            and not any(c.isdigit() for c in text)
            and any(word.pos == "PROPN" for word in words)
            and not (len(words) == 1 and (text.isupper() or (len(text) < 3 and key(text) not in load_family_names())))
        )
    if label == "NORP":
        return words[-1].tag in ("NNS", "NNPS")
    return any(word.pos == "PROPN" for word in words) and len(text) > 1 and text not in GENERIC


def _acronyms(tokens: tuple[Token, ...], names: list[Name], book: ActorBook) -> list[Name]:
    """Resolve acronyms that the text introduces in brackets: "Harbour Workers Union (HWU)".

    Returns the names with those acronyms, wherever they stand, made aliases of the full name.
    """
    introduced: dict[str, Alias] = {}
    for name in names:
        bracket = tokens[name.last : name.last + 3]
        if name.label == "ORG" and len(bracket) == 3 and bracket[0].text == "(" and bracket[2].text == ")":
            acronym, full = bracket[1].text, text_of(tokens, name.first, name.last)
            if acronym.isupper() and len(acronym) > 1 and acronym[0] == full[0] and acronym not in book.by_text:
                actor = KnownActor(actor_id=slug(full), name=full, kind="organisation")
                introduced[acronym] = Alias(actor, "name")
    if not introduced:
        return names
    kept = [n for n in names if n.last - n.first > 1 or tokens[n.first].text not in introduced]
    covered = {i for name in kept for i in range(name.first, name.last)}
    return kept + [
        Name(token.index, token.index + 1, "known", introduced[token.text])
        for token in tokens
        if token.text in introduced and token.index not in covered
    ]


def text_of(tokens: tuple[Token, ...], first: int, last: int) -> str:
    return " ".join(token.text for token in tokens[first:last]).replace(" - ", "-").replace(" ’s", "’s")
