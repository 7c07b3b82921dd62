"""What stands in the place of what in two sentences that tell the same; finders of changes share it."""

from __future__ import annotations

from ..alignment import Alignment
from ..word_difference import Piece, content_words, difference
from .contract import Pair, Side

_SURELY = 0.65  # likeness of two sentences of two reports
_SAME_WORDS = 0.5  # share of content words that sentences have in common which surely tell the same


def pieces_of(a: Side, b: Side, x: Alignment) -> tuple[Piece, ...]:
    """How one sentence became one other; nothing for splits and merges."""
    if len(x.a) != 1 or len(x.b) != 1:
        return ()
    return difference(a.texts[x.a[0]], b.texts[x.b[0]])


def much_the_same(a: str, b: str) -> bool:
    """Whether half of the content words are shared.

    >>> much_the_same("The dam broke at night.", "At night the old dam broke."), much_the_same("It rained.", "He left.")
    (True, False)
    """
    one, other = content_words(a), content_words(b)
    return len(one & other) >= _SAME_WORDS * max(len(one), len(other), 1)


def surely_the_same(pair: Pair, x: Alignment) -> bool:
    """Whether two sentences tell the same thing of the same time, so that what differs can be called changed.

    Of a text and its edited version any that share half of their words do; two reports of one event have to be alike
    as wholes, too, since each has more to tell of another hour, place or person.
    """
    alike = pair.versions or (x.similarity is not None and x.similarity >= _SURELY)
    return alike and much_the_same(pair.a.whole(x.a).text, pair.b.whole(x.b).text)
