"""Numbers that another telling has otherwise, or that one alone has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from ..alignment import Alignment
from ..word_difference import Piece, content_words, difference, words
from .contract import Change, ChangeKind, Pair, Side

KINDS = (
    ChangeKind(
        name="number_changed",
        label="Number changed",
        meaning="A figure differs between the two texts.",
        group="number",
        rank=80,
    ),
    ChangeKind(
        name="number_added",
        label="Number added",
        meaning="The first text does not have this figure.",
        group="number",
        rank=200,
    ),
)

_SPELT = {
    name: number
    for number, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {name: 10 * n for n, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "m": 1e6}
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SAME_WORDS = 0.5  # share of content words that sentences have in common which surely count the same thing
_FEW = 3  # words of a replacement in which a number is what was replaced


class Quantity(NamedTuple):
    """A number of a text: how it stands there, its value, and what it counts (the word after it, or its sign)."""

    text: str
    value: float
    unit: str


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text, in figures or spelt, with a scale ("million") that follows them.

    >>> [(q.text, q.value, q.unit) for q in quantities("3.5 million people paid $20 for twelve of 12-15 seats")]
    [('3.5 million', 3500000.0, 'people'), ('20', 20.0, '$for'), ('twelve', 12.0, 'of'), ('12', 12.0, 'seat'), \
('15', 15.0, 'seat')]
    """
    found: list[Quantity] = []
    each = words(text)
    for i, (word, after) in enumerate(zip_longest(each, each[1:])):
        scale = _SCALES.get(after.form, 1.0) if after else 1.0
        counted = after if scale == 1.0 else (each[i + 2] if i + 2 < len(each) else None)
        sign = next((s for s in "%$€£" if s in word.text), "")
        unit = sign + (counted.form.rstrip("s") if counted else "")
        for shown, value in _values(word.form):
            whole = f"{shown} {after.text}" if after and scale != 1.0 else shown
            found.append(Quantity(whole, value * scale, unit))
    return found


def _values(form: str) -> Iterator[tuple[str, float]]:
    """The numbers that a word holds: one, or the two ends of a range."""
    if form[0].isdigit() or form[0] in "$€£":
        for match in _FIGURE.finditer(form):
            yield match[0], float(match[0].replace(",", ""))
        return
    tens, _, ones = form.partition("-")
    if form in _SPELT:
        yield form, float(_SPELT[form])
    elif tens in _TENS and (not ones or ones in _SPELT):
        yield form, float(_TENS[tens] + _SPELT.get(ones, 0))


def find(pair: Pair) -> Iterator[Change]:
    """Numbers in whose place another stands, and numbers that stand nowhere in the first telling.

    A number is changed where the words around both are the same, or where the word after it counts another number
    in the sentences it comes from.
    """
    a, b = pair.a, pair.b
    everywhere_a, everywhere_b = ({q.value for q in quantities(side.annotated.content)} for side in (a, b))
    for x in pair.close:
        here, there = (
            [q for i in numbers for q in quantities(side.texts[i])] for side, numbers in ((a, x.a), (b, x.b))
        )
        gone = [q for q in here if q.value not in everywhere_b]
        new = [q for q in there if q.value not in everywhere_a and q.text != "one"]
        in_place = list(_in_place(a, b, x))
        counted = [(old.text, q.text) for q in new for old in gone if q.unit and q.unit == old.unit]
        changed = dict.fromkeys([*counted, *in_place])
        left, right = a.whole(x.a), b.whole(x.b)
        if changed:
            what = ", ".join(f"{old} became {n}" for old, n in changed)
            sure = in_place or _much_the_same(left.text, right.text)
            yield Change(kind="number_changed", severity=1 if sure else 2, what=what, a=left, b=right)
        elif new:
            what = f"{', '.join(dict.fromkeys(q.text for q in new))}: not in the first text"
            yield Change(kind="number_added", severity=2, what=what, a=left, b=right)


def _in_place(a: Side, b: Side, x: Alignment) -> Iterator[tuple[str, str]]:
    """Numbers of one sentence in whose very place its counterpart has another."""
    if len(x.a) != 1 or len(x.b) != 1:
        return
    for piece in difference(a.texts[x.a[0]], b.texts[x.b[0]]):
        old, new = _one_number(piece.a, piece), _one_number(piece.b, piece)
        if old and new and old.value != new.value:
            yield old.text, new.text
    scales = _scales(a.texts[x.a[0]]), _scales(b.texts[x.b[0]])
    if scales[0].keys() == scales[1].keys():  # the same figures, "million" for "billion"
        yield from ((scales[0][n], scales[1][n]) for n in scales[0] if scales[0][n] != scales[1][n])


def _one_number(text: str, piece: Piece) -> Quantity | None:
    found = quantities(text) if piece.operation == "replaced" and len(words(text)) <= _FEW else []
    return found[0] if len(found) == 1 else None


def _much_the_same(a: str, b: str) -> bool:
    one, other = content_words(a), content_words(b)
    return len(one & other) >= _SAME_WORDS * max(len(one), len(other), 1)


def _scales(text: str) -> dict[str, str]:
    """Figures that a scale follows, with and without it."""
    return {q.text.split()[0]: q.text for q in quantities(text) if " " in q.text}
