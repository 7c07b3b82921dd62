"""Which sentences of two tellings tell the same: one to one, one to several, several to one, or only here."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..vocabulary import AlignmentRelation
from .word_difference import content_words, difference, names, numbers, words

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

_MEANING = 0.6  # weight of the cosine; the rest is shared rare words
TOLD_ANEW = 0.48  # sentences of one story that tell different things rarely reach it
_SURE = 0.60  # enough without a look at what a further sentence adds
_IN_ITS_PLACE = 0.36  # enough for a sentence that stands alone where the other stood, between aligned ones
_NUMBER = 0.06  # for a figure that both have
_NAME = 0.02  # for a name that both have, up to three
_GAIN = 0.015  # cosine that a further sentence must add for a merge or split to be one
_NEAR = 4  # sentences between the parts of a split or merge
_FEWEST = 4.0  # overlap is out of at least so many words: two shared words of two prove little


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Sentences of two tellings that tell the same, as positions in the lists that were aligned.

    `a` is empty for only_b, `b` for only_a. `similarity` (0 to 1) is that of the best pair; null where one side
    is empty.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    relation: AlignmentRelation
    similarity: float | None

    def pairs(self) -> Iterator[tuple[int | None, int | None]]:
        """Every pair of sentences that the alignment joins; None stands for the side that is empty."""
        for i in self.a or (None,):
            for j in self.b or (None,):
                yield i, j


def align(
    a: Sequence[str],
    b: Sequence[str],
    *,
    embed: Embed,
    vectors: tuple[Floats, Floats] | None = None,
    anchors: Mapping[tuple[int, int], float] | None = None,
) -> list[Alignment]:
    """Align the sentences of two tellings, many to many; every sentence is in exactly one alignment.

    Two sentences are alike by the meaning of the whole (cosine of their embeddings), by the words they share (rare
    ones weigh more), by names and by numbers. `anchors` is added for pairs that something else ties together, such
    as one quotation. `vectors` are the sentences' embeddings where they are known already.

    Known failure: sentences of which only a clause has a counterpart can stay apart, and where a telling says a thing
    twice, one of the two places may be shown as only there.

    >>> def embed(texts):  # a stand-in for a sentence encoder: one direction per word
    ...     return np.array([[float(w in t) for w in ("dam", "mayor")] for t in texts], dtype=np.float32)
    >>> found = align(["The dam broke.", "It rained."], ["The dam broke.", "The mayor wept."], embed=embed)
    >>> [(x.a, x.b, x.relation) for x in found]
    [((0,), (0,), 'verbatim'), ((), (1,), 'only_b'), ((1,), (), 'only_a')]
    """
    if not a or not b:
        return [*(_alone(i, "a") for i in range(len(a))), *(_alone(j, "b") for j in range(len(b)))]
    known = vectors if vectors is not None else (embed(a), embed(b))
    found = similarities(a, b, known)
    alike = found.copy()
    for (i, j), value in (anchors or {}).items():
        alike[i, j] = min(1.0, alike[i, j] + value)
    links = _links(a, b, alike, known, embed)
    links |= _rewritten(links, alike)
    return sorted(_alignments(a, b, links, found), key=lambda x: (x.a or (_after(x.b[0], links, len(a)),), x.b))


def similarities(a: Sequence[str], b: Sequence[str], vectors: tuple[Floats, Floats]) -> NDArray[np.float64]:
    """How alike each sentence of one telling is to each of the other, 0 to 1: [sentence of a, sentence of b]."""
    cosine = np.clip(vectors[0] @ vectors[1].T, 0, 1).astype(np.float64)
    overlap = _overlap([content_words(text) for text in a], [content_words(text) for text in b])
    figures = _shared([numbers(text) for text in a], [numbers(text) for text in b])
    named = _shared([names(text) for text in a], [names(text) for text in b])
    found = _MEANING * cosine + (1 - _MEANING) * overlap
    raised: NDArray[np.float64] = found + _NUMBER * np.minimum(figures, 2) + _NAME * np.minimum(named, 3)
    return np.minimum(raised, 1.0)


def _overlap(a: Sequence[frozenset[str]], b: Sequence[frozenset[str]]) -> NDArray[np.float64]:
    """Shared words out of the shorter sentence's, each by its rarity in these two tellings."""
    counts = Counter(word for sentence in (*a, *b) for word in sentence)
    total = len(a) + len(b)
    weight = {word: math.log(1 + total / n) for word, n in counts.items()}
    mean = sum(weight.values()) / max(len(weight), 1)
    sums_a = [sum(weight[w] for w in sentence) for sentence in a]
    sums_b = [sum(weight[w] for w in sentence) for sentence in b]
    found = np.zeros((len(a), len(b)))
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            if both := left & right:
                out_of = max(min(sums_a[i], sums_b[j]), _FEWEST * mean)
                found[i, j] = min(1.0, sum(weight[w] for w in both) / out_of)
    return found


def _shared(a: Sequence[frozenset[str]], b: Sequence[frozenset[str]]) -> NDArray[np.float64]:
    return np.array([[float(len(left & right)) for right in b] for left in a])


def _links(
    a: Sequence[str], b: Sequence[str], alike: NDArray[np.float64], vectors: tuple[Floats, Floats], embed: Embed
) -> set[tuple[int, int]]:
    """Pairs, best first: new ones, and ones that make a split or merge of a pair and are worth it."""
    of_a: dict[int, list[int]] = {}
    of_b: dict[int, list[int]] = {}
    best_a, best_b = alike.max(axis=1), alike.max(axis=0)
    likely = np.argwhere(alike >= TOLD_ANEW).tolist()
    candidates = [(i, j) for i, j in likely if alike[i, j] >= min(best_a[i], best_b[j])]
    for i, j in sorted(candidates, key=lambda pair: (-alike[pair], pair)):
        if i not in of_a and j not in of_b:
            pass
        elif i in of_a and j in of_b:
            continue
        elif i in of_a:  # a split: the others that i became must be i's alone
            if any(len(of_b[k]) > 1 or abs(k - j) > _NEAR for k in of_a[i]):
                continue
            parts = sorted([*of_a[i], j])
            if alike[i, j] < _SURE and not _adds(vectors[0][i], vectors[1], b, parts, j, embed):
                continue
        else:
            if any(len(of_a[k]) > 1 or abs(k - i) > _NEAR for k in of_b[j]):
                continue
            parts = sorted([*of_b[j], i])
            if alike[i, j] < _SURE and not _adds(vectors[1][j], vectors[0], a, parts, i, embed):
                continue
        of_a.setdefault(i, []).append(j)
        of_b.setdefault(j, []).append(i)
    return {(i, j) for i, partners in of_a.items() for j in partners}


def _rewritten(links: set[tuple[int, int]], alike: NDArray[np.float64]) -> set[tuple[int, int]]:
    """Pairs of single sentences, each in the other's place between two aligned pairs, that were told anew."""
    size_a, size_b = alike.shape
    of_a = {i: j for i, j in sorted(links, reverse=True)}
    aligned_b = {j for _, j in links}
    edges = links | {(-1, -1), (size_a, size_b)}
    return {
        (i, j)
        for i in range(size_a)
        if i not in of_a
        for j in range(size_b)
        if j not in aligned_b and {(i - 1, j - 1), (i + 1, j + 1)} <= edges and alike[i, j] >= _IN_ITS_PLACE
    }


def _adds(whole: Floats, vectors: Floats, texts: Sequence[str], parts: list[int], new: int, embed: Embed) -> bool:
    """Whether one more sentence brings the parts nearer to the whole."""
    without = [part for part in parts if part != new]
    before = float(whole @ (vectors[without[0]] if len(without) == 1 else _joined(texts, without, embed)))
    return float(whole @ _joined(texts, parts, embed)) >= before + _GAIN


def _joined(texts: Sequence[str], parts: Sequence[int], embed: Embed) -> Any:
    return embed([" ".join(texts[part] for part in parts)])[0]


def _alignments(
    a: Sequence[str], b: Sequence[str], links: set[tuple[int, int]], alike: NDArray[np.float64]
) -> Iterator[Alignment]:
    of_a: dict[int, list[int]] = {}
    of_b: dict[int, list[int]] = {}
    for i, j in sorted(links):
        of_a.setdefault(i, []).append(j)
        of_b.setdefault(j, []).append(i)
    for i in range(len(a)):
        partners = of_a.get(i, [])
        if not partners:
            yield _alone(i, "a")
        elif len(partners) > 1:
            yield _alignment((i,), tuple(partners), "split", alike)
        elif of_b[partners[0]][0] == i:  # of a merge, at its first sentence
            sources = tuple(of_b[partners[0]])
            relation = "merged" if len(sources) > 1 else one_to_one(a[i], b[partners[0]])
            yield _alignment(sources, (partners[0],), relation, alike)
    yield from (_alone(j, "b") for j in range(len(b)) if j not in of_b)


def _alignment(
    a: tuple[int, ...], b: tuple[int, ...], relation: AlignmentRelation, alike: NDArray[np.float64]
) -> Alignment:
    return Alignment(a=a, b=b, relation=relation, similarity=round(float(max(alike[i, j] for i in a for j in b)), 4))


def _alone(number: int, side: Literal["a", "b"]) -> Alignment:
    if side == "a":
        return Alignment(a=(number,), b=(), relation="only_a", similarity=None)
    return Alignment(a=(), b=(number,), relation="only_b", similarity=None)


def _after(j: int, links: set[tuple[int, int]], last: int) -> int:
    """Where among the sentences of the first telling one that only the second has is to be shown."""
    before = [(k, i) for i, k in links if k < j]
    return max(before)[1] if before else (-1 if links else last)


def one_to_one(a: str, b: str) -> AlignmentRelation:
    """How one sentence became another: verbatim, trimmed, extended or reworded.

    >>> one_to_one("The dam broke at night, the mayor said.", "The dam broke at night.")
    'trimmed'
    """
    if [w.form for w in words(a)] == [w.form for w in words(b)]:
        return "verbatim"
    operations = {piece.operation for piece in difference(a, b)} - {"same"}
    if operations == {"removed"}:
        return "trimmed"
    return "extended" if operations == {"added"} else "reworded"
