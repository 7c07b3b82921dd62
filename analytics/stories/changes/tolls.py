"""Other figures for the same deed, in sentences that each telling words for itself: 84 missiles fired, 75 fired."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ...article import Token
from ..amounts import counts_people, matching
from ..pairing import best_first
from ..quantities import Quantity, quantities
from ..word_difference import content_words
from .contract import Change, ChangeKind, Pair, Side

KINDS: tuple[ChangeKind, ...] = ()  # what it finds are kinds of the module of numbers

_ONE_MATTER = 0.5  # cosine of two sentences that can tell of one event
_SHARED = 2  # content words that they must have in common
_APART = 4.0  # times the smaller figure; larger ones count something else, such as a day's dead and a war's
_CLIMB = 6  # steps in the parse from a figure to the verb that it belongs to
_DEEDS = {
    verb: deed
    for deed, verbs in {
        "kill": "kill die perish lose",
        "wound": "wound injure hurt",
        "flee": "flee leave escape cross",
        "rescue": "rescue evacuate free save",
        "arrest": "arrest detain hold",
        "fire": "fire launch",
        "destroy": "destroy demolish ruin",
    }.items()
    for verb in verbs.split()
}
_OF_PEOPLE = frozenset({"kill", "wound", "flee", "rescue", "arrest"})
_NO_DEED = frozenset("be have do say tell report add claim".split())
_LISTED = frozenset({"number_changed", "unit_changed", "bound_changed"})


class _Figure(NamedTuple):
    """A figure that only one telling has, with the sentence it stands in, the deed it belongs to and what it counts."""

    number: int  # of the sentence
    quantity: Quantity
    deed: str
    counted: str


def find(pair: Pair) -> Iterator[Change]:
    """Nothing: which figures are listed already has to be known first."""
    yield from ()


def find_rest(pair: Pair, found: Collection[Change]) -> Iterator[Change]:
    """Figures for one deed and one kind of thing that neither telling has from the other.

    Never serious: they can be of two hours of one day, or of two places.
    """
    listed = [c for c in found if c.kind in _LISTED]
    gone_a, gone_b = (
        {i for c in listed if c.a for i in c.a.sentence_ids},
        {j for c in listed if c.b for j in c.b.sentence_ids},
    )
    here, there = _figures(pair.a, pair.b), _figures(pair.b, pair.a)
    here = [x for x in here if pair.a.sentences[x.number].sentence_id not in gone_a]
    there = [y for y in there if pair.b.sentences[y.number].sentence_id not in gone_b]
    shown: set[tuple[str, str]] = set()
    for i, j in best_first(_alike(pair, here, there)):
        x, y = here[i], there[j]
        if (x.quantity.text, y.quantity.text) not in shown:
            shown.add((x.quantity.text, y.quantity.text))
            what = f"{x.quantity.text} became {y.quantity.text}"
            yield Change(
                kind="number_changed", severity=2, what=what, a=pair.a.whole([x.number]), b=pair.b.whole([y.number])
            )


def _figures(side: Side, other: Side) -> list[_Figure]:
    elsewhere = [q for text in other.texts for q in quantities(text)]
    return [
        _Figure(number, q, deed, _thing(q, deed))
        for number, text in enumerate(side.texts)
        if side.is_read[number]
        for q in quantities(text)
        if matching(elsewhere, q) is None and (deed := _deed(side, side.sentences[number].start + q.start))
    ]


def _thing(q: Quantity, deed: str) -> str:
    if q.unit is not None:
        return f"unit of {q.unit.dimension}"
    return "people" if deed in _OF_PEOPLE and (not q.counted or counts_people(q)) else q.counted


def _alike(pair: Pair, here: Sequence[_Figure], there: Sequence[_Figure]) -> Iterator[tuple[float, int, int]]:
    for i, x in enumerate(here):
        for j, y in enumerate(there):
            if x.deed == y.deed and x.counted == y.counted and _is_counted(x) and _are_near(x.quantity, y.quantity):
                a, b = pair.a.texts[x.number], pair.b.texts[y.number]
                cosine = float(pair.embed([a])[0] @ pair.embed([b])[0])
                if cosine >= _ONE_MATTER and len(content_words(a) & content_words(b)) >= _SHARED:
                    yield cosine, i, j


def _is_counted(x: _Figure) -> bool:
    return bool(x.counted) and x.counted not in ("unit of time", "unit of share")


def _are_near(a: Quantity, b: Quantity) -> bool:
    small, large = sorted((a.low, b.low))
    if a.unit is not None and b.unit is not None and a.unit.name != b.unit.name:
        return False  # of a value turned into another unit nothing more can be told here
    return 0 < small < large <= _APART * small


def _deed(side: Side, offset: int) -> str:
    """The verb that a figure is an argument of, as the deed it names; "" where there is none that says anything."""
    sentence = side.annotated.sentence_at(offset)
    token: Token | None = next(
        (t for t in side.annotated.tokens_of(sentence) if t.end > offset) if sentence is not None else iter(()), None
    )
    for _ in range(_CLIMB):
        if token is None:
            break
        if token.pos == "VERB":
            return "" if token.lemma in _NO_DEED else _DEEDS.get(token.lemma, token.lemma)
        token = None if token.head == token.index else side.annotated.tokens[token.head]
    return ""
