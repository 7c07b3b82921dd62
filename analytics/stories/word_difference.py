"""Words of a text with their places, and how one wording becomes another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

_WORD = re.compile(r"[$€£]?\w+(?:[.,'’:/-]\w+)*[%]?")
_NUMBER = re.compile(r"[$€£]?\d")
_NAME = re.compile(r"[A-Z][\w’'-]*")

Operation = Literal["same", "removed", "added", "replaced"]


class Word(NamedTuple):
    """A word as it stands, with its place; `form` is what counts when words are compared."""

    start: int
    end: int
    text: str
    form: str


class Piece(NamedTuple):
    """A step from one wording to another. Offsets are into the two texts; an empty side has start == end."""

    operation: Operation
    start_a: int
    end_a: int
    start_b: int
    end_b: int
    a: str
    b: str


def words(text: str) -> list[Word]:
    """The words of a text; case, kinds of apostrophe and a final possessive do not tell words apart.

    >>> [word.form for word in words("Russia’s 26 “allies”")]
    ["russia's", '26', 'allies']
    """
    return [Word(m.start(), m.end(), m[0], m[0].replace("’", "'").casefold()) for m in _WORD.finditer(text)]


def difference(text_a: str, text_b: str) -> tuple[Piece, ...]:
    """What happened to each word on the way from one text to the other, in order.

    >>> [(p.operation, p.a, p.b) for p in difference("We see no point.", "There is no point in it.")]
    [('replaced', 'We see', 'There is'), ('same', 'no point', 'no point'), ('added', '', 'in it')]
    """
    a, b = words(text_a), words(text_b)
    steps = LCSseq.opcodes([w.form for w in a], [w.form for w in b])
    pieces: list[Piece] = []
    for step in steps:
        operation: Operation = "same" if step.tag == "equal" else "removed" if step.tag == "delete" else "added"
        first_a, last_a, first_b, last_b = step.src_start, step.src_end, step.dest_start, step.dest_end
        pieces.append(_piece(operation, text_a, a, first_a, last_a, text_b, b, first_b, last_b))
    return tuple(_joined(pieces, text_a, text_b))


def _piece(
    operation: Operation, text_a: str, a: list[Word], i: int, j: int, text_b: str, b: list[Word], k: int, m: int
) -> Piece:
    start_a, end_a = _span(text_a, a, i, j)
    start_b, end_b = _span(text_b, b, k, m)
    return Piece(operation, start_a, end_a, start_b, end_b, text_a[start_a:end_a], text_b[start_b:end_b])


def _span(text: str, found: list[Word], first: int, last: int) -> tuple[int, int]:
    if first < last:
        return found[first].start, found[last - 1].end
    at = found[first].start if first < len(found) else len(text)
    return at, at


def _joined(pieces: list[Piece], text_a: str, text_b: str) -> list[Piece]:
    """Removals beside additions as one replacement."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and "same" not in (last.operation, piece.operation):
            sides = [p for p in (last, piece) if p.a], [p for p in (last, piece) if p.b]
            start_a, end_a = _hull([(p.start_a, p.end_a) for p in sides[0]], piece.start_a)
            start_b, end_b = _hull([(p.start_b, p.end_b) for p in sides[1]], piece.start_b)
            operation: Operation = "replaced" if sides[0] and sides[1] else last.operation
            joined[-1] = Piece(operation, start_a, end_a, start_b, end_b, text_a[start_a:end_a], text_b[start_b:end_b])
        else:
            joined.append(piece)
    return joined


def _hull(spans: list[tuple[int, int]], otherwise: int) -> tuple[int, int]:
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else (otherwise, otherwise)


def shared(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two sequences share in the same order (longest common subsequence)."""
    return int(LCSseq.similarity(a, b))


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text in figures, thousands separators left out.

    >>> sorted(numbers("1,200 of 26 ships, 3.5 %"))
    ['1200', '26', '3.5']
    """
    figures = (w.form.replace(",", "") for w in words(text) if _NUMBER.match(w.form))
    return frozenset(part.strip("%$€£") for figure in figures for part in re.split(r"(?<=\d)[-/](?=\d)", figure))


_NEGATIONS = frozenset("not no never nor none nobody nothing neither without hardly barely cannot".split())


def is_negation(form: str) -> bool:
    """Whether a word's form negates what it belongs to.

    >>> is_negation("didn't"), is_negation("never"), is_negation("know")
    (True, True, False)
    """
    return form in _NEGATIONS or form.endswith("n't")


def names(text: str) -> frozenset[str]:
    """Capitalised words of a text but for the first, lower-cased; they anchor an alignment.

    >>> sorted(names("On Friday the Harbour Board met in Velm."))
    ['board', 'friday', 'harbour', 'velm']
    """
    found = words(text)
    return frozenset(w.form.removesuffix("'s") for w in found[1:] if _NAME.match(w.text))


_FUNCTION_WORDS = frozenset(
    "a about after all also an and any are as at be been before being but by can could did do does for from had has "
    "have he her here him his how i if in into is it its just like may me might more most must my no nor not of off "
    "on one or other our out over said say says she should since so some such than that the their them then there "
    "these they this those through to under until up upon very was we were what when where which while who whom why "
    "will with would you your it's that's there's".split()
)


@lru_cache(maxsize=20_000)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that are no function words, possessive endings removed."""
    return frozenset(
        form for w in words(text) if (form := w.form.removesuffix("'s")) not in _FUNCTION_WORDS and len(form) > 1
    )
