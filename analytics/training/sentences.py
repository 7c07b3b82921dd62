"""Gold sentences → windows of word pieces with what the sentence-level heads learn from."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..annotation.encoder import Span
from ..annotation.heads import HEDGES
from ..annotation.masking import PLACEHOLDERS, is_placeholder, mask, number_names
from ..annotation.windows import Block
from ..annotation.written_names import written_names
from .encoder import CLS, SEP

LONGEST = 160  # pieces of a sentence; what follows is cut
P = tuple[float, ...]
UNKNOWN: P = ()  # of what nobody has said anything about yet
Rows = NDArray[np.float32]
_CUES = {
    "speculation_modal_probable_": "probable",
    "speculation_modal_possible_": "possible",
    "speculation_hypo_doxastic _": "doxastic",
    "speculation_hypo_condition _": "conditional",
    "speculation_hypo_investigation _": "investigation",
}


@dataclass(slots=True)
class Sentence:
    """One sentence: what is known of it, in characters."""

    text: str
    mentions: list[tuple[int, int, P]] = field(default_factory=list)  # with p(against, neither, for)
    pairs: list[tuple[Span, Span, P]] = field(default_factory=list)  # with p(RELATIONS)
    cues: dict[str, list[str]] | None = None  # uncertainty cues by kind; None where nobody marked them


@dataclass(slots=True)
class Pieces:
    """The same in word pieces, counted from the sentence's first."""

    text: str
    ids: list[int]
    mentions: list[tuple[int, int, P]]
    pairs: list[tuple[int, int, int, int, P]]  # first and last + 1 of p and of q, p(RELATIONS)
    hedges: list[int] | Rows | None  # number of the kind, or p [piece, kind]


@dataclass(slots=True)
class Packed:
    """Sentences in one window, each followed by the separator; places count from the window's start."""

    ids: list[int]
    sentences: list[tuple[int, int, str]]
    mentions: list[tuple[int, int, int, int, P]]  # piece range, and its sentence's range
    pairs: list[tuple[int, int, int, int, int, int, P]]  # ranges of p, q and the sentence
    hedges: list[tuple[int, Rows]]  # first piece of a sentence, and p [piece, kind] from there


def to_pieces(tokenizer: Any, sentences: Sequence[Sentence], *, names_masked: bool = True) -> list[Pieces]:
    """Word pieces of sentences, with or without names; a mention beyond the longest length is left out.

    A pair whose label is known stands there from either end.
    """
    found = []
    encodings = tokenizer.encode_batch([s.text for s in sentences], add_special_tokens=False)
    for sentence, encoding in zip(sentences, encodings, strict=True):
        block = Block(encoding.ids, encoding.offsets)
        if names_masked:
            of_pairs = {place for first, second, _ in sentence.pairs for place in (first, second)}
            known = sorted({(a, b) for a, b, _ in sentence.mentions} | of_pairs)
            [block] = mask([block], number_names(written_names(sentence.text, known=known), [0]))
        offsets = block.spans[:LONGEST]
        places = [(_range(offsets, a, b), p) for a, b, p in sentence.mentions]
        pairs = []
        for first, second, said in sentence.pairs:
            p, q = _range(offsets, *first), _range(offsets, *second)
            if p and q:
                pairs += [(*p, *q, said), *([(*q, *p, exchanged(said))] if said else [])]
        hedges = None if sentence.cues is None else _hedges(sentence.text, offsets, sentence.cues)
        mentions = [(*place, p) for place, p in places if place]
        found.append(Pieces(sentence.text, block.ids[:LONGEST], mentions, pairs, hedges))
    return found


def exchanged(p: P) -> P:
    """p(RELATIONS) of the same pair with its two mentions exchanged."""
    return p[0], p[2], p[1], p[4], p[3]


def _range(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
    return (inside[0], inside[-1] + 1) if inside else None


def _hedges(text: str, offsets: Sequence[tuple[int, int]], cues: dict[str, list[str]]) -> list[int]:
    """The kind of cue that each piece is part of. The gold names the words of a cue and not their places."""
    labels = [0] * len(offsets)
    for name, words in cues.items():
        for word in words:
            pattern = r"(?<!\w)" + re.escape(word.strip()).replace(r"\ ", r"\s+") + r"(?!\w)"
            for match in re.finditer(pattern, text, re.IGNORECASE):
                place = _range(offsets, *match.span())
                if place and not labels[place[0]]:  # the same word twice is two cues
                    labels[place[0] : place[1]] = [HEDGES.index(_CUES[name])] * (place[1] - place[0])
                    break
    return labels


def pack(
    pieces: Sequence[Pieces], *, alone: float, size: int, exchanged: float, draw: random.Random
) -> Iterator[Packed]:
    """Windows of one sentence (a share `alone` of them) or of several that have nothing to do with each other.

    The shipped encoder reads sentences among their neighbours, and the gold sets hold them alone. In a share
    `exchanged` of the sentences the placeholders are exchanged for others, of whatever kind and number, so that the
    sentence is learnt and not which of them is in it.
    """
    order = list(pieces)
    draw.shuffle(order)
    window: list[Pieces] = []
    for sentence in order:
        if draw.random() < alone:
            yield _join([sentence], exchanged, draw)
            continue
        if window and sum(len(p.ids) + 1 for p in window) + len(sentence.ids) + 2 > size:
            yield _join(window, exchanged, draw)
            window = []
        window.append(sentence)
    if window:
        yield _join(window, exchanged, draw)


def _with_others(ids: Sequence[int], draw: random.Random) -> list[int]:
    """Word pieces with other placeholders in the place of theirs."""
    mine = sorted({piece for piece in ids if is_placeholder(piece)})
    others = draw.sample(PLACEHOLDERS, len(mine))
    put = dict(zip(mine, others, strict=True))
    return [put.get(piece, piece) for piece in ids]


def _join(window: Sequence[Pieces], share: float, draw: random.Random) -> Packed:
    packed = Packed([CLS], [], [], [], [])
    for each in window:
        at = len(packed.ids)
        end = at + len(each.ids)
        ids = _with_others(each.ids, draw) if draw.random() < share else list(each.ids)
        packed.ids += [*ids, SEP]
        packed.sentences.append((at, end, each.text))
        packed.mentions += [(at + first, at + last, at, end, p) for first, last, p in each.mentions if p]
        packed.pairs += [(at + a, at + b, at + c, at + d, at, end, p) for a, b, c, d, p in each.pairs if p]
        if each.hedges is not None:
            packed.hedges.append((at, _rows(each.hedges)))
    return packed


def _rows(hedges: list[int] | Rows) -> Rows:
    return np.eye(len(HEDGES), dtype=np.float32)[hedges] if isinstance(hedges, list) else hedges
