"""Mends the parser's persons by the titles and roles beside them: "Councilwoman Ada Brandt", "the mayor, Ada Brandt,".

A name recogniser takes an unusual title for a part of the name, or passes the name over. A title is a
listed one, or an unlisted word that is made like one ("Burgomaster") before a given name and a surname.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..article import Entity, Token
from ..knowledge.aliases import load_given_names, load_person_nouns, load_titles
from .name_words import LIKE_A_TITLE
from .named_sources import LETTERS_AFTER_NAMES
from .parse import Parse

_NAME = re.compile(r"[A-Z][\w’'.-]*$")
_LONGEST = 3  # words of a name that is found by its title
_HONORIFICS = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "justice", "judge", "prof", "sgt"}
)
_MARKS = frozenset({",", "(", "–", "—"})


def with_titled_names(parse: Parse) -> Parse:
    """The parse with persons found by their titles, and without the titles that were taken for names."""
    tokens = parse.tokens
    found: list[Entity] = []
    at = _by_token(parse.entities)
    for token in tokens:
        if token.pos != "PROPN" or (found and token.index < found[-1].last) or not _begins_name(token, tokens):
            continue
        last = _name_end(token.index, tokens)
        alone = last - token.index == 1 and tokens[token.index - 1].text.lower() not in _HONORIFICS
        if last > token.index and not alone and _is_missed(token.index, last, tokens, at):
            found.append(_entity(token.index, last, tokens))
    taken = {i for entity in found for i in range(entity.first, entity.last)}
    kept = [_without_title(e, tokens) for e in parse.entities if taken.isdisjoint(range(e.first, e.last))]
    if not found and kept == list(parse.entities):
        return parse
    return replace(parse, entities=tuple(sorted([*kept, *found], key=lambda entity: entity.first)))


def _by_token(entities: Sequence[Entity]) -> dict[int, Entity]:
    return {i: entity for entity in entities for i in range(entity.first, entity.last)}


@cache
def _title_words() -> frozenset[str]:
    return frozenset(word for title in load_titles() for word in title.split())


def _begins_name(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a title or role stands right before a token, or before the comma, dash or bracket before it."""
    i = token.index
    if i == 0 or token.text.lower() in _title_words() or _NAME.match(token.text) is None:
        return False
    before = tokens[i - 1]
    if before.text == "." and i > 1 and f"{tokens[i - 2].text.lower()}." in load_titles():
        return True  # "Cpl." in two tokens
    word = before.text.lower()
    if word in load_titles() or (before.text[0].islower() and word in load_person_nouns()):
        return True
    if before.text[0].islower() and before.dep == "nsubj" and before.pos == "NOUN" and token.text in load_given_names():
        return True
    if before.text in _MARKS and i > 1 and token.text in load_given_names():
        head = tokens[_name_end(i, tokens) - 1]
        return head.dep == "appos" and (tokens[head.head].lemma in load_person_nouns() | load_titles())
    return False


def _name_end(first: int, tokens: Sequence[Token]) -> int:
    last = first
    while last < len(tokens) and last - first < _LONGEST and tokens[last].pos == "PROPN":
        if last > first and tokens[last].text in LETTERS_AFTER_NAMES:
            break
        if _NAME.match(tokens[last].text) is None or (last > first and tokens[last].text.lower() in _title_words()):
            break
        last += 1
    return last


def _is_missed(first: int, last: int, tokens: Sequence[Token], at: dict[int, Entity]) -> bool:
    """Whether the recogniser has no person, or only a part of one, where a titled name stands."""
    entities = {at[i] for i in range(first, last) if i in at}
    if any(entity.label == "PERSON" and entity.first <= first and entity.last >= last for entity in entities):
        return False
    if any(entity.last > last or not _is_title(entity.first, first, tokens) for entity in entities):
        return False  # "General Motors Company"
    if any(entity.first < first for entity in entities):
        return tokens[first - 1].text.lower() in _HONORIFICS | load_titles().keys()  # "Mrs Justice Farrow", a body
    if tokens[first].text in load_given_names():
        return True
    alone = all(entity.label == "PERSON" or entity.last - entity.first == 1 for entity in entities)
    return alone and tokens[last - 1].dep != "compound"


def _is_title(first: int, last: int, tokens: Sequence[Token]) -> bool:
    return all(tokens[i].text.lower() in _title_words() for i in range(first, last))


def _entity(first: int, last: int, tokens: Sequence[Token]) -> Entity:
    return Entity(tokens[first].start, tokens[last - 1].end, first, last, "PERSON")


def _without_title(entity: Entity, tokens: Sequence[Token]) -> Entity:
    """A person's name without letters after it ("KC") and without an unlisted title before it.

    "Burgomaster Ada Brandt KC" is Ada Brandt.
    """
    if entity.label != "PERSON" or entity.last - entity.first < 3:
        return entity
    first, last = entity.first, entity.last
    if tokens[last - 1].text in LETTERS_AFTER_NAMES:
        last -= 1
    given = load_given_names()
    titled = LIKE_A_TITLE.match(tokens[first].text) is not None and tokens[first].text not in given
    if last - first > 2 and titled and tokens[first + 1].text in given:
        first += 1
    return entity if (first, last) == (entity.first, entity.last) else _entity(first, last, tokens)
