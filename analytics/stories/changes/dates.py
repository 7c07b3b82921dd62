"""Dates and clock times that another telling has otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..times import Moment, agree, differ, moments
from ..word_difference import Piece, words
from .contract import Change, ChangeKind, Pair
from .replacements import pieces_of, surely_the_same

KINDS = (
    ChangeKind(
        name="date_changed",
        label="Date or time changed",
        meaning="The texts name another day, month, year or hour.",
        group="number",
        rank=84,
    ),
)

_FEW = 6  # words of a replacement in which a date is what was replaced
_RELATIVE = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|(?:last|this|next|previous|following) "
    r"(?:night|week|weekend|month|year|spring|summer|autumn|winter|morning|evening|afternoon)|in the (?:morning|"
    r"afternoon|evening)|(?:mid-?)?morning|afternoon|evening|overnight|(?:this|last|next|the) (?:spring|summer|autumn|"
    r"winter)|before|after)\b",
    re.IGNORECASE,
)


def find(pair: Pair) -> Iterator[Change]:
    """Dates that contradict each other in sentences that tell the same.

    Serious where the one stands in the other's place or the sentences are much the same, in two reports only where
    both hold: each may tell of another day. A date that only says more (Monday, 3 March for Monday) is no change.
    """
    a, b = pair.a, pair.b
    all_a, all_b = ([m for text in side.texts for m in moments(text)] for side in (a, b))
    for x in pair.joined:
        here = [m for n in x.a for m in moments(a.texts[n])]
        there = [m for n in x.b for m in moments(b.texts[n])]
        left, right = a.whole(x.a), b.whole(x.b)
        pieces = pieces_of(a, b, x)
        in_place = _take(here, there, partial(_replaces, pieces=pieces))
        _take(here, there, agree)
        gone = [m for m in here if not any(agree(m, n) for n in all_b)]
        new = [n for n in there if not any(agree(m, n) for m in all_a)]
        apart = _take(gone, new, differ) if len(gone) == len(new) == 1 else []
        relative = [] if in_place or apart else list(_relative(pieces))
        if in_place or apart or relative:
            zones = [(m.zone, n.zone) for m, n in (*in_place, *apart)]
            same = surely_the_same(pair, x)
            sure = (bool(in_place) and (pair.versions or same)) or (bool(apart) and same and pair.versions)
            if relative or all(m and n and m != n for m, n in zones):
                sure = False  # as seen from another day, or another place
            shown = [*((m.text, n.text) for m, n in (*in_place, *apart)), *relative]
            what = ", ".join(f"{old} became {n}" for old, n in dict.fromkeys(shown))
            yield Change(kind="date_changed", severity=1 if sure else 2, what=what, a=left, b=right)


def _take(a: list[Moment], b: list[Moment], fit: Callable[[Moment, Moment], bool]) -> list[tuple[Moment, Moment]]:
    found = []
    for m in list(a):
        partner = max((n for n in b if fit(m, n)), key=lambda n: len(m.fields.keys() & n.fields.keys()), default=None)
        if partner is not None:
            a.remove(m)
            b.remove(partner)
            found.append((m, partner))
    return found


def _replaces(a: Moment, b: Moment, *, pieces: Sequence[Piece]) -> bool:
    """Whether one contradicts the other and stands in its very place: what is replaced is they, or a part of them."""
    if not differ(a, b):
        return False
    for piece in pieces:
        if piece.operation == "replaced" and max(len(words(piece.a)), len(words(piece.b))) <= _FEW:
            touches_a = a.start < piece.end_a and piece.start_a < a.end
            touches_b = b.start < piece.end_b and piece.start_b < b.end
            if touches_a and touches_b and len(moments(piece.a)) <= 1 and len(moments(piece.b)) <= 1:
                return True
    return False


def _relative(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Tomorrow in the place of today, after in the place of before."""
    for piece in pieces:
        if piece.operation == "replaced" and max(len(words(piece.a)), len(words(piece.b))) <= 3:
            old, new = _RELATIVE.search(piece.a), _RELATIVE.search(piece.b)
            if old and new and old[0].casefold() != new[0].casefold():
                yield old[0], new[0]
