"""Numbers that another telling has otherwise, or that one alone has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ..alignment import Alignment
from ..wording import numbers, words
from .contract import Change, Side

_NUMBER_WORDS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred".split(),
        "1 2 3 4 5 6 7 8 9 10 11 12 20 30 40 50 100".split(),
        strict=True,
    )
)


def find(a: Side, b: Side, joined: Sequence[Alignment]) -> Iterator[Change]:
    """A number that stands neither in the sentences it comes from nor anywhere else in the first telling.

    It is a changed one where the word after it counts another number there, and only an added one otherwise.
    """
    everywhere_a, everywhere_b = _all_numbers(a.annotated.content), _all_numbers(b.annotated.content)
    for x in joined:
        gone = {n: unit for i in x.a for n, unit in _counted_things(a.texts[i]) if n not in everywhere_b}
        new = {n: unit for j in x.b for n, unit in _counted_things(b.texts[j]) if n not in everywhere_a}
        changed = [(old, n) for n, unit in new.items() for old, other in gone.items() if unit and unit == other]
        if changed:
            yield Change(
                kind="number_changed",
                severity=1,
                what=", ".join(f"{old} became {n}" for old, n in changed),
                a=a.whole(x.a),
                b=b.whole(x.b),
            )
        elif new:
            yield Change(
                kind="number_added",
                severity=2,
                what=f"{', '.join(new)}: not in the first text",
                a=a.whole(x.a),
                b=b.whole(x.b),
            )


def _counted_things(text: str) -> Iterator[tuple[str, str]]:
    """Each number of a text with the word after it, without its plural ending; a percentage or sum has its sign."""
    found = words(text)
    for word, after in zip_longest(found, found[1:]):
        for n in numbers(word.text):
            sign = next((s for s in "%$€£" if s in word.text), "")
            yield n, sign + (after.form.rstrip("s") if after else "")


def _all_numbers(text: str) -> frozenset[str]:
    spelt = {_NUMBER_WORDS[w.form] for w in words(text) if w.form in _NUMBER_WORDS}
    return numbers(text) | spelt
