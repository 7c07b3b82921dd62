"""What the reader sees in the place of names: a placeholder that tells kind and number within the sentence, no more.

So exchanging a name for another of its kind cannot move what the reader says: it never sees either.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .encoder import Span
from .windows import Block
from .written_names import NameKind, WrittenName

KINDS: tuple[NameKind, ...] = ("party", "place")
NUMBERED = 6  # parties or places of a sentence that are told apart; those after them share the last number
FIRST_PIECE = 2  # the pieces of placeholders are [unused1] and those after it, which BERT's vocabulary keeps free
PLACEHOLDERS = range(FIRST_PIECE, FIRST_PIECE + len(KINDS) * NUMBERED)


class Masked(NamedTuple):
    """A stretch of characters and the word piece that stands for it."""

    start: int
    end: int
    piece: int


def placeholder(kind: NameKind, number: int) -> int:
    """The word piece of the placeholder of the `number`th party or place of a sentence, counted from 0.

    >>> placeholder("party", 0), placeholder("place", 0)
    (2, 8)
    """
    return FIRST_PIECE + KINDS.index(kind) * NUMBERED + min(number, NUMBERED - 1)


def is_placeholder(piece: int) -> bool:
    return piece in PLACEHOLDERS


def number_names(names: Iterable[WrittenName], sentences: Sequence[int]) -> list[Masked]:
    """The placeholders of names, counted anew from each sentence on; `sentences` are where these begin.

    >>> from .written_names import written_names
    >>> dam = "Ada Brandt met Oren Tash. Tash smiled at Brandt."
    >>> [masked.piece for masked in number_names(written_names(dam), [0, 26])]
    [2, 3, 2, 3]
    """
    found: list[Masked] = []
    numbers: dict[tuple[str, str], int] = {}
    current = -1
    for name in names:
        at = bisect_right(sentences, name.start)
        if at != current:
            numbers, current = {}, at
        key = (name.kind, name.key)
        if key not in numbers:
            numbers[key] = sum(kind == name.kind for kind, _ in numbers)
        found.append(Masked(name.start, name.end, placeholder(name.kind, numbers[key])))
    return found


def mask(blocks: Iterable[Block], masked: Sequence[Masked]) -> Iterator[Block]:
    """The word pieces of a text with one piece for each name, which stands for all of the name's characters."""
    waiting = iter(masked)
    current = next(waiting, None)
    for ids, spans in blocks:
        new_ids: list[int] = []
        new_spans: list[Span] = []
        last: Masked | None = None
        for piece, (start, end) in zip(ids, spans, strict=True):
            while current is not None and current.end <= start:
                current = next(waiting, None)
            if current is None or end <= current.start:
                new_ids.append(piece)
                new_spans.append((start, end))
            elif last is not current:
                new_ids.append(current.piece)
                new_spans.append((current.start, current.end))
                last = current
        yield Block(new_ids, new_spans)
