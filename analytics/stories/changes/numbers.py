"""Numbers, units and bounds that another telling has otherwise, and numbers that one alone has; all by value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..amounts import count_alike, counts_people, equal, matching
from ..quantities import Quantity, quantities
from ..word_difference import Piece, content_words, words
from .contract import Change, ChangeKind, Pair, Side
from .replacements import pieces_of, surely_the_same

KINDS = (
    ChangeKind(
        name="number_changed",
        label="Number changed",
        meaning="A figure differs between the two texts.",
        group="number",
        rank=80,
    ),
    ChangeKind(
        name="unit_changed",
        label="Unit changed",
        meaning="The same figure measures something else: feet for metres, dollars for euros, percent for points.",
        group="number",
        rank=82,
    ),
    ChangeKind(
        name="bound_changed",
        label="Bound of a number changed",
        meaning="A figure is no longer, or only now, a limit: “at least”, “up to”, one end of a range.",
        group="number",
        rank=195,
    ),
    ChangeKind(
        name="number_added",
        label="Number added",
        meaning="The first text does not have this figure.",
        group="number",
        rank=200,
    ),
)

_FEW = 4  # words of a replacement in which a number is what was replaced
_LATER = 1.5  # a figure up to so many times a lower bound can be what became of it
_AGAINST = ({"at least", "at most"}, {"more than", "less than"}, {"at least", "less than"}, {"more than", "at most"})
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_ORDINAL = re.compile(r"(?<!\w)(\d+)(?:st|nd|rd|th)\b|\b(" + "|".join(_ORDINALS) + r")\b", re.IGNORECASE)


def find(pair: Pair) -> Iterator[Change]:
    """Numbers in whose place another stands, or the same with another unit or bound, and numbers that are new.

    A number is changed where the words around both are the same, or where it counts the same thing as another number
    of the sentences it comes from, and neither stands elsewhere in the other telling. Where neither text is the other
    edited, more people than before can be a later count, and other things counted another matter.
    """
    a, b = pair.a, pair.b
    all_a, all_b = ([q for text in side.texts for q in quantities(text)] for side in (a, b))
    for x in pair.joined:
        here, there = _placed(a, x.a), _placed(b, x.b)
        left, right = a.whole(x.a), b.whole(x.b)
        same = surely_the_same(pair, x)
        pieces = pieces_of(a, b, x)
        kept = _take(here, there, lambda q, r: equal(q, r) and _count_the_same(q, r))
        units = _take(here, there, partial(_other_unit, pieces=pieces, all_a=all_a, all_b=all_b))
        in_place = _take(here, there, partial(_replaces, pieces=pieces))
        kept += _take(here, there, equal)
        kept += _take(here, there, _one_end)
        gone = [q for q in here if matching(all_b, q) is None]
        new = [q for q in there if matching(all_a, q) is None]
        counted = _take(gone, new, partial(_counts_other, by_noun=not (pair.versions or same)))
        ordinals = [*_ordinals(pieces), *_directions(right.text, pieces)]
        if in_place or counted or ordinals:
            changed = [_figures(q, r) for q, r in (*in_place, *counted)] + ordinals
            certain = [*in_place, *counted] if same else []
            if not pair.versions:
                certain = [(q, r) for q, r in certain if count_alike(q, r) and not _may_have_risen(q, r)]
            sure = (bool(ordinals) and (pair.versions or same)) or any(
                not _can_be(q, r) and _are_as_exact(q, r, pieces) for q, r in certain
            )
            what = ", ".join(f"{old} became {n}" for old, n in dict.fromkeys(changed))
            yield Change(kind="number_changed", severity=1 if sure else 2, what=what, a=left, b=right)
        if units:
            what = ", ".join(f"{q.text} became {r.text}" for q, r in units)
            severity = 1 if pair.versions or same else 2
            yield Change(kind="unit_changed", severity=severity, what=what, a=left, b=right)
        for q, r in kept:
            if turn := _other_bound(q, r):
                severity = 1 if {q.bound, r.bound} in _AGAINST and (pair.versions or same) else 2
                yield Change(kind="bound_changed", severity=severity, what=turn, a=left, b=right)
        if new and not (in_place or counted or units):
            what = f"{', '.join(dict.fromkeys(q.text for q in new))}: not in the first text"
            yield Change(kind="number_added", severity=2, what=what, a=left, b=right)


def _placed(side: Side, numbers: Sequence[int]) -> list[Quantity]:
    return [q for n in numbers for q in quantities(side.texts[n])]


def _take(
    a: list[Quantity], b: list[Quantity], fit: Callable[[Quantity, Quantity], bool]
) -> list[tuple[Quantity, Quantity]]:
    """Pairs that fit, in order; each is taken out of both lists."""
    found = []
    for q in list(a):
        partner = next((r for r in b if fit(q, r)), None)
        if partner is not None:
            a.remove(q)
            b.remove(partner)
            found.append((q, partner))
    return found


def _count_the_same(a: Quantity, b: Quantity) -> bool:
    return a.counted == b.counted or not a.counted or not b.counted


def _stand_in(a: Quantity, b: Quantity, pieces: Sequence[Piece]) -> bool:
    """Whether one number stands in the very place of the other."""
    for piece in pieces:
        if piece.operation != "replaced" or max(len(words(piece.a)), len(words(piece.b))) > _FEW:
            continue
        if _touch(a, piece.start_a, piece.end_a) and _touch(b, piece.start_b, piece.end_b):
            return len(quantities(piece.a)) <= 1 and len(quantities(piece.b)) <= 1
    return False


def _replaces(a: Quantity, b: Quantity, *, pieces: Sequence[Piece]) -> bool:
    return not equal(a, b) and _stand_in(a, b, pieces)


def _are_as_exact(a: Quantity, b: Quantity, pieces: Sequence[Piece]) -> bool:
    """Whether no word of the replacement narrows only one of the figures: 21 single-seat planes of 28 planes."""
    for piece in pieces:
        if piece.operation == "replaced" and _touch(a, piece.start_a, piece.end_a):
            rest_a = content_words(piece.a) - content_words(a.text)
            rest_b = content_words(piece.b) - content_words(b.text)
            return bool(rest_a) == bool(rest_b)
    return True


def _touch(q: Quantity, start: int, end: int) -> bool:
    return q.start < end and start < q.end


def _other_unit(
    a: Quantity, b: Quantity, *, pieces: Sequence[Piece], all_a: Sequence[Quantity], all_b: Sequence[Quantity]
) -> bool:
    """The same figure with another unit of the same dimension; of another one, only in its very place."""
    if a.unit is None or b.unit is None or a.unit.name == b.unit.name or equal(a, b):
        return False
    if (a.low, a.high) != (b.low, b.high) or matching(all_b, a) or matching(all_a, b):
        return False
    return a.unit.dimension == b.unit.dimension or _stand_in(a, b, pieces)


def _of_one_kind(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities count or measure the same: people and people, euros and dollars, but no shares."""
    if a.unit is not None and b.unit is not None:
        measured = a.unit.dimension == b.unit.dimension
        return measured and a.unit.dimension != "time" and a.counted == b.counted
    return a.unit is b.unit and bool(a.counted) and a.counted == b.counted


def _counts_other(a: Quantity, b: Quantity, *, by_noun: bool) -> bool:
    """Whether two figures are of one kind, with `by_noun` of one noun: two reports may tell of two sums of money."""
    return a.low != b.low and (bool(a.counted) or not by_noun) and _of_one_kind(a, b)


def _can_be(a: Quantity, b: Quantity) -> bool:
    """Whether a figure can be the other one, more exact, later, or turned into another currency."""
    for q, r in ((a, b), (b, a)):
        if q.bound in ("at least", "more than") and q.low <= r.low <= _LATER * q.low:
            return True
        if q.bound in ("at most", "less than") and q.high / _LATER <= r.high <= q.high:
            return True
        if q.bound == "about" and abs(q.low - r.low) <= 0.1 * q.low:
            return True
        if q.bound == "between" and q.low <= r.low <= r.high <= q.high:
            return True
    currencies = [q.unit.name for q in (a, b) if q.unit is not None and q.unit.dimension == "currency"]
    return len(currencies) == 2 and currencies[0] != currencies[1]


def _may_have_risen(a: Quantity, b: Quantity) -> bool:
    """Whether the second is more people than the first, as tolls and crowds are from one hour to the next."""
    return a.low < b.low and a.unit is b.unit is None and (not a.counted or counts_people(a))


def _one_end(a: Quantity, b: Quantity) -> bool:
    """Whether one is a range and the other an end of it."""
    if (a.low < a.high) == (b.low < b.high) or (a.unit and b.unit and a.unit.name != b.unit.name):
        return False
    span, end = (a, b) if a.low < a.high else (b, a)
    return end.low in (span.low, span.high)


def _other_bound(a: Quantity, b: Quantity) -> str | None:
    """What became of a limit; those of mere roughness (“about”) are hedges, and found as such."""
    if (a.bound == b.bound or {a.bound, b.bound} <= {"", "about"}) and (a.low < a.high) == (b.low < b.high):
        return None
    shown = [f"{q.bound} {text}" if q.bound else text for q, text in zip((a, b), _figures(a, b), strict=True)]
    return f"{shown[0]} became {shown[1]}"


def _figures(a: Quantity, b: Quantity) -> tuple[str, str]:
    """How two quantities stand in their texts, without a unit that both have."""
    one, other = (q.text.lower().split(" ") if q.text[0].isalpha() else q.text.split(" ") for q in (a, b))
    if a.unit and len(one) > 1 and len(other) > 1 and one[-1] == other[-1] and a.unit == b.unit:
        return " ".join(one[:-1]), " ".join(other[:-1])
    return " ".join(one), " ".join(other)


def _ordinals(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """The third in place of the fourth."""
    for piece in pieces:
        if piece.operation == "replaced" and max(len(words(piece.a)), len(words(piece.b))) <= 2:
            old, new = _ORDINAL.search(piece.a), _ORDINAL.search(piece.b)
            if old and new and _rank(old) != _rank(new):
                yield old[0], new[0]


def _directions(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Rose by a number in the place of rose to it."""
    for piece in pieces:
        old, new = words(piece.a), words(piece.b)
        if piece.operation == "replaced" and max(len(old), len(new)) <= _FEW:
            following = next((q for q in quantities(text) if 0 <= q.start - piece.end_b <= 1), None)
            if following and {old[-1].form, new[-1].form} == {"to", "by"}:
                yield f"{old[-1].form} {following.text}", f"{new[-1].form} {following.text}"


def _rank(match: re.Match[str]) -> int:
    return int(match[1]) if match[1] else _ORDINALS.index(match[2].lower()) + 1
