"""Mends what the parser cuts from persons' names: given names left outside, surnames cut off, months, nicknames.

The parser's small model knows "Helen Marsh" but cuts "Nguyen Thi Minh | Khai", passes over "Theresa" before "May" and
takes "Al-Nuri" for a company. The rules look at the words beside an entity and at titles, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..article import Entity, Token
from ..knowledge.aliases import is_given_name, load_no_actors, load_places, load_titles
from ..knowledge.own_actors import load_book
from ..knowledge.person_names import PARTICLES
from .name_words import (
    GIVEN_TO_BODIES,
    HONORIFICS,
    MONTHS,
    OF_BODIES,
    PERHAPS_PERSONS,
    load_titles_and_honorifics,
)
from .names import Name, text_of
from .parse import Parse

_AFTER_MONTHS = frozenset("Day Fools Holiday Revolution Uprising Movement Elections God".split())
_BEFORE_MONTHS = frozenset("early late mid last next this every each".split())
_NO_PERSONS = frozenset("Universe World Advocate Chamberlain Provost Lieutenant Lieutenants Mayor".split())
_OF_PLACES = frozenset(
    "City County Hills Falls Valley Beach Springs River Lake Bay Island Islands Park Street Avenue Road Square"
    " Airport Bridge Heights Mountains Mountain Port Point Province Region District Creek"
    " Village Town North South East West".split()
)
_OPENING, _CLOSING = frozenset("\"“‘'(") | {"``"}, frozenset("\"”’')") | {"''"}
_NUMERAL = re.compile(r"[IVX]+|[A-Z]\.")
_LONGEST = 6  # tokens of a name


def with_whole_names(parse: Parse) -> Parse:
    """The parse with entities in which the names of persons are whole."""
    spans = _Spans(parse)
    for free, first, last in _after_honorifics(parse.tokens):
        spans.add_person(first, last, free=free)
    for first, last in (*_with_months(parse.tokens), *_with_nicknames(parse.tokens)):
        spans.add_person(first, last)
    for first, last in list(_unseen(spans)):
        spans.add_person(first, last)
    for first, last, label in list(spans.each()):
        if spans.at(first) == (first, last, label):
            spans.add_person(*_grown(first, last, label, spans))
    return replace(parse, entities=spans.entities()) if spans.changed else parse


def name_text(tokens: tuple[Token, ...], name: Name) -> tuple[str, tuple[str, ...]]:
    """The text of a name, and the nicknames that stand in it if it is a person's."""
    if name.label == "PERSON":
        return person_name(tokens, name.first, name.last)
    return text_of(tokens, name.first, name.last), ()


def person_name(tokens: tuple[Token, ...], first: int, last: int) -> tuple[str, tuple[str, ...]]:
    """A person's name without nicknames in marks or brackets, and those nicknames: "Rob “Bo” Marsh" → "Rob Marsh"."""
    opening = next((i for i in range(first + 1, last - 1) if tokens[i].text in _OPENING), None)
    if opening is None:
        return text_of(tokens, first, last), ()
    closing = next((i for i in range(opening + 1, last) if tokens[i].text in _CLOSING), last)
    name = f"{text_of(tokens, first, opening)} {text_of(tokens, closing + 1, last)}".strip()
    return name, (text_of(tokens, opening + 1, closing),)


class _Spans:
    """The entities of a parse, of which each token belongs to one at most."""

    def __init__(self, parse: Parse) -> None:
        self.tokens = parse.tokens
        self.changed = False
        self._spans = {entity.first: (entity.first, entity.last, entity.label) for entity in parse.entities}
        self._owner = {i: entity.first for entity in parse.entities for i in range(entity.first, entity.last)}

    def each(self) -> Iterator[tuple[int, int, str]]:
        yield from sorted(self._spans.values())

    def at(self, i: int) -> tuple[int, int, str] | None:
        return self._spans[self._owner[i]] if i in self._owner else None

    def add_person(self, first: int, last: int, *, free: int | None = None) -> None:
        """Make [first, last) a person, unless it is one already or cuts through an entity from before `free`."""
        free = first if free is None else free
        inner = {span for i in range(first, last) if (span := self.at(i)) is not None}
        if first >= last or any(a < free or b > last for a, b, _ in inner) or inner == {(first, last, "PERSON")}:
            return
        for start, end, _ in inner:
            del self._spans[start]
            for i in range(start, end):
                del self._owner[i]
        self._spans[first] = (first, last, "PERSON")
        self._owner.update(dict.fromkeys(range(first, last), first))
        self.changed = True

    def entities(self) -> tuple[Entity, ...]:
        tokens = self.tokens
        return tuple(Entity(tokens[a].start, tokens[b - 1].end, a, b, label) for a, b, label in self.each())


def _is_capitalised(token: Token) -> bool:
    text = token.text
    capital = text[0].isupper() or _has_apostrophe(text)
    return capital and text.replace("'", "").replace("’", "").replace(".", "").isalpha()


def _has_apostrophe(text: str) -> bool:
    """Whether a name begins with a particle and an apostrophe: "d’Aubrac", "O'Dell"."""
    return text[1:2] in ("'", "’") and text[2:3].isupper()


def _run(i: int, tokens: tuple[Token, ...]) -> int:
    """Where the capitalised words from i on end, with hyphens and particles between them."""
    end, n = i, min(len(tokens), i + _LONGEST)
    while i < n:
        token = tokens[i]
        if _is_capitalised(token) and (end == i or token.text.lower() not in load_titles()):
            i = end = i + 1
        elif i + 1 < n and (token.text in PARTICLES or (token.text == "-" and tokens[i - 1].end == token.start)):
            i += 1
        else:
            break
    return end


def _after_honorifics(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, int]]:
    """Names after "Mr", "Lady" and the like, without further titles: "Mr Justice Kell" → "Justice Kell", "Kell"."""
    for token in tokens:
        if not token.text[0].isupper() or token.text.lower() not in HONORIFICS:
            continue
        first = token.index + 1
        while first < len(tokens) and tokens[first].text.lower() in load_titles_and_honorifics():
            first += 1
        last = _run(first, tokens)
        if last > first and tokens[first].text not in _NO_PERSONS:
            yield token.index, first, last


def _with_months(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Persons whose given name or surname is a month: "Theresa May", "June Marsh"."""
    for token in tokens[:-1]:
        if token.text not in MONTHS or token.pos == "AUX":
            continue
        i = token.index
        before, after = tokens[i - 1] if i else token, tokens[i + 1]
        if i and before.pos == "PROPN" and is_given_name(before.text) and not after.text[0].isdigit():
            yield i - 1, i + 1
        elif i and (before.pos in ("ADP", "NUM") or before.text.lower() in _BEFORE_MONTHS):
            continue
        elif after.text not in _AFTER_MONTHS and (_is_surname(after) or _is_no_known_place(after)):
            yield i, i + 2


def _is_no_known_place(token: Token) -> bool:
    """Whether what is taken for a place is none that the tables know: perhaps a surname."""
    known = token.text in load_places() or token.text in load_book(None).by_text
    return token.entity in ("GPE", "NORP") and not known and token.pos == "PROPN" and token.text not in OF_BODIES


def _is_surname(token: Token) -> bool:
    return (
        (not token.text.isupper() or bool(_NUMERAL.fullmatch(token.text)))  # "Marsh MP"
        and token.pos == "PROPN"
        and _is_capitalised(token)
        and token.entity not in ("GPE", "NORP", "DATE")
        and token.text not in OF_BODIES
        and token.text.lower() not in load_titles()
    )


def _with_nicknames(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Names with a nickname in marks or brackets between given name and surname."""
    for token in tokens[1:-3]:
        if token.text not in _OPENING or not _is_capitalised(tokens[token.index - 1]):
            continue
        first = token.index - 1
        closing = next((i for i in (first + 3, first + 4) if i < len(tokens) and tokens[i].text in _CLOSING), None)
        if closing is None or not all(_is_capitalised(t) for t in tokens[first + 2 : closing]):
            continue
        if not is_given_name(tokens[first].text) and tokens[first].entity != "PERSON":
            continue
        last = _run(closing + 1, tokens)
        if last > closing + 1 and tokens[last - 1].text not in OF_BODIES:
            yield first, last


def _unseen(spans: _Spans) -> Iterator[tuple[int, int]]:
    """Given names with surnames that the recogniser passed over or took for products and the like."""
    tokens, i = spans.tokens, 0
    while i < len(tokens) - 1:
        first = i
        while i < len(tokens) and tokens[i].pos == "PROPN" and (_is_capitalised(tokens[i]) or tokens[i].text == "-"):
            i += 1
        if i == first:
            i += 1
            continue
        while first < i and tokens[first].text.lower() in load_titles_and_honorifics():
            first += 1
        last = i
        while first < last and tokens[last - 1].text.isupper() and not _NUMERAL.fullmatch(tokens[last - 1].text):
            last -= 1
        if 2 <= last - first <= 4 and _may_be_person(first, last, spans):
            yield first, last


def _may_be_person(first: int, last: int, spans: _Spans) -> bool:
    tokens = spans.tokens
    given, rest = tokens[first].text, tokens[first + 1 : last]
    labels = {span[2] for i in range(first, last) if (span := spans.at(i)) is not None}
    return (
        labels <= {"PRODUCT", "WORK_OF_ART", "LAW", "FAC", "EVENT"}
        and is_given_name(given)
        and given not in GIVEN_TO_BODIES
        and not any(t.text in OF_BODIES or t.text in _OF_PLACES or t.text in load_places() for t in rest)
        and not any(t.text in load_book(None).by_text or t.text.lower() in load_titles() for t in rest)
        and load_no_actors().holds(text_of(tokens, first, last)) is False
    )


def _grown(first: int, last: int, label: str, spans: _Spans) -> tuple[int, int]:
    """An entity with the given names before it and the surnames after it that belong to its person, if it is one."""
    tokens = spans.tokens
    if label in ("GPE", "NORP", "FAC", "LOC") and _is_given_and_surname(first, last, tokens):
        return first, last
    if label != "PERSON":
        one_word = not any(" " in tokens[i].text or tokens[i - 1].end < tokens[i].start for i in range(first + 1, last))
        start = _given_before(first, spans)
        surname = one_word and label in ("ORG", "GPE", "NORP") and tokens[first].text not in OF_BODIES
        return (start, last) if surname and start < first else (first, first)
    first = _given_before(first, spans, person=True)
    while last - first < _LONGEST and (more := _surname_after(first, last, spans)) > last:
        last = more
    return first, last


def _is_given_and_surname(first: int, last: int, tokens: tuple[Token, ...]) -> bool:
    """Whether what is taken for a place is called like a person: "Tess Marsh-Kell"."""
    given, rest = tokens[first].text, [token for token in tokens[first + 1 : last] if token.text != "-"]
    return (
        1 <= len(rest) <= 2
        and is_given_name(given)
        and given not in GIVEN_TO_BODIES
        and tokens[first].end < tokens[first + 1].start
        and all(_is_capitalised(t) and t.text not in OF_BODIES | _OF_PLACES | load_places() for t in rest)
    )


def _given_before(first: int, spans: _Spans, *, person: bool = False) -> int:
    tokens = spans.tokens
    while first and (before := tokens[first - 1]).pos == "PROPN" and is_given_name(before.text):
        span = spans.at(before.index)
        of_person = person and before.dep == "compound" and before.head >= first  # "Hope" before a person's "Marsh"
        if (before.text in GIVEN_TO_BODIES and not of_person) or (
            span is not None and (span[1] - span[0] > 1 or span[2] not in PERHAPS_PERSONS)
        ):
            break
        first -= 1
    return first


def _surname_after(first: int, last: int, spans: _Spans) -> int:
    """The end of a person's name with the word after it that the parse holds for the name's own."""
    tokens = spans.tokens
    if last + 1 >= len(tokens):
        return last
    after = tokens[last]
    if after.text == "-" and tokens[last - 1].end == after.start and _is_capitalised(tokens[last + 1]):
        return last + 2 if after.end == tokens[last + 1].start else last
    span = spans.at(last)
    if span is not None and (span[1] - span[0] > 1 or span[2] not in PERHAPS_PERSONS):
        return last
    if not (_is_surname(after) or (_has_apostrophe(after.text) and _is_capitalised(after))):
        return last
    named = last - first > 1 or is_given_name(tokens[first].text)
    bound = after.head in range(first, last) or any(t.head == last for t in tokens[first:last])
    return last + 1 if named and bound and after.text not in GIVEN_TO_BODIES else last
