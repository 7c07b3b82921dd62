"""Tells names of ships, stations, malls and types of weapons from those of actors, by the noun beside them."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..article import Token

_VESSELS = frozenset(  # before a name: "the landing ship Ada Brandt"
    "ship warship flagship boat gunboat lifeboat icebreaker yacht superyacht tanker frigate corvette cruiser destroyer"
    " submarine trawler ferry freighter vessel battleship minesweeper schooner locomotive".split()
)
_SITES = frozenset(  # after a name: "the Halsmer airfield"
    "mall airfield airport airbase airstrip aerodrome cemetery spaceport cosmodrome lighthouse quarry".split()
)
_SITES_OF_TWO = frozenset(  # "station" alone may be a broadcaster or belong to a company
    (kind, noun)
    for kinds, noun in (
        ("railway rail train metro subway underground tram bus", "station"),
        ("shopping", "centre"),
        ("shopping", "center"),
        ("shopping", "mall"),
        ("air", "base"),
        ("border", "crossing"),
        ("railway metro", "stop"),
    )
    for kind in kinds.split()
)
_WEAPONS = frozenset(
    "drone missile rocket jet fighter bomber tank helicopter howitzer rifle torpedo plane aircraft".split()
)
_TYPE = re.compile(r"(?=.*\d)[A-Z]{1,4}-?\d{1,4}[A-Za-z]{0,2}$")  # "KR4", as makers call a type
_TELLS = frozenset("say tell add write warn announce claim insist".split())


def is_thing(first: int, last: int, tokens: tuple[Token, ...]) -> bool:
    """Whether the noun before or after a name over [first, last) says that it names a vessel, a site or a weapon."""
    return _is_vessel(first, last, tokens) or _is_site(last, tokens) or _is_type_of_weapon(first, last, tokens)


def _is_vessel(first: int, last: int, tokens: tuple[Token, ...]) -> bool:
    if first == 0 or tokens[first - 1].lemma not in _VESSELS or not tokens[first - 1].text.islower():
        return False
    before, inside = tokens[first - 1], range(first, last)
    heads = [token for token in tokens[first:last] if token.head not in inside]
    if before.head in inside or any(head.head == before.index for head in heads):
        return True
    # with different heads a clause follows: "the yacht Brandt owns"
    return any(head.head == before.head and head.dep == before.dep for head in heads)


def _is_site(last: int, tokens: tuple[Token, ...]) -> bool:
    after = [token.text for token in tokens[last : last + 2]]
    return after[:1] != [] and (after[0] in _SITES or tuple(after) in _SITES_OF_TWO)


def _is_type_of_weapon(first: int, last: int, tokens: tuple[Token, ...]) -> bool:
    after = {token.lemma for token in tokens[last : last + 3]}
    return _TYPE.match(tokens[last - 1].text) is not None and last - first <= 2 and not after.isdisjoint(_WEAPONS)


def things_of(tokens: tuple[Token, ...], named: dict[str, list[tuple[int, int]]]) -> Callable[[int, int, str], bool]:
    """Tells whether a name means a thing, given where an article uses each name.

    What is called a ship once is one all through the article, unless it speaks.
    """
    once = {text for text, places in named.items() if any(is_thing(a, b, tokens) for a, b in places)}
    once |= {t.text for t in tokens if t.text[0].isupper() and _is_type_of_weapon(t.index, t.index + 1, tokens)}

    def means_thing(first: int, last: int, text: str) -> bool:
        if is_thing(first, last, tokens):
            return True
        speaks = any(t.dep == "nsubj" and tokens[t.head].lemma in _TELLS for t in tokens[first:last])
        return text in once and not speaks

    return means_thing
