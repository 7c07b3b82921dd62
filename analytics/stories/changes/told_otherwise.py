"""What two reports both tell, each in words of its own: who did it, where, how many, how it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ..claims import Claim, claims
from .contract import Change, ChangeKind, Pair, Side

KINDS = (
    ChangeKind(
        name="told_otherwise",
        label="Told otherwise",
        meaning="Both texts tell of it, each in words of its own: who, what, where and how many may differ.",
        group="wording",
        rank=305,
    ),
)

_ALIKE = 0.58  # likeness of two claims that are each other's nearest
_SURELY = 0.68  # of a claim and the nearest to it, which is nearer to another
_JOINED = 0.5  # of the nearest claims of two sentences that are aligned
_SHARED = 0.08  # for a word that both have and few other sentences of theirs
_MOST_SHARED = 3  # such words that count
_SHORT = 3  # content words; a claim of fewer has to share such a word
_RARE = 0.15  # of all sentences, in which such a word stands at most
_MOST_SHOWN = 2  # counterparts of a claim, and claims that a line names
_LONGEST = 14  # words of a claim that a line shows


def find(pair: Pair) -> Iterator[Change]:
    """Nothing: what is listed already has to be known first."""
    yield from ()


def find_rest(pair: Pair, found: Collection[Change]) -> Iterator[Change]:
    """Claims of two reports that are about the same, told in other words.

    Sentences of two reporters seldom match as wholes, so that a figure, a place or a state of things that they give
    otherwise would be lost between what the one leaves out and the other adds. Of a text and its edited version the
    sentences are compared as such. Never serious, since the claims may be of two things.
    """
    if pair.versions:
        return
    of_sentences: dict[tuple[int, int], list[tuple[Claim, Claim]]] = defaultdict(list)
    for x, y in _counterparts(pair):
        of_sentences[x.sentence, y.sentence].append((x, y))
    for (i, j), both in sorted(of_sentences.items()):
        told = [f"“{_shown(pair.a, x)}” in the first text, “{_shown(pair.b, y)}” here" for x, y in both[:_MOST_SHOWN]]
        a, b = pair.a.whole([i]), pair.b.whole([j])
        yield Change(kind="told_otherwise", severity=2, what="; ".join(told), a=a, b=b)


def _counterparts(pair: Pair) -> Iterator[tuple[Claim, Claim]]:
    """Claims with the nearest of the other text, likeliest first."""
    here, there = list(claims(pair.a.annotated)), list(claims(pair.b.annotated))
    if not here or not there:
        return
    alike = _likeness(pair, here, there)
    best_a, best_b = alike.max(axis=1), alike.max(axis=0)
    said_a, said_b = _said(pair.a, pair), _said(pair.b, pair)
    joined = {(i, j) for x in pair.joined for i in x.a for j in x.b}
    shown_a, shown_b = Counter[int](), Counter[int]()
    for i, j in sorted(np.argwhere(alike >= _JOINED).tolist(), key=lambda at: -alike[at[0], at[1]]):
        x, y = here[i], there[j]
        nearest = (alike[i, j] >= best_a[i]) + (alike[i, j] >= best_b[j])
        least = _JOINED if (x.sentence, y.sentence) in joined else _ALIKE if nearest == 2 else _SURELY
        if not nearest or alike[i, j] < least or x.lemmas == y.lemmas or max(shown_a[i], shown_b[j]) >= _MOST_SHOWN:
            continue
        if not (_is_within(x, said_a) and _is_within(y, said_b)):
            shown_a[i] += 1
            shown_b[j] += 1
            yield x, y


def _likeness(pair: Pair, here: Sequence[Claim], there: Sequence[Claim]) -> NDArray[np.float64]:
    vectors = pair.embed([claim.words for claim in (*here, *there)])
    found: NDArray[np.float64] = (vectors[: len(here)] @ vectors[len(here) :].T).astype(np.float64)
    rare = _rare([*here, *there], len(pair.a.sentences) + len(pair.b.sentences))
    shared = (_incidence(here, rare) @ _incidence(there, rare).T).toarray()
    short_a, short_b = (np.array([len(claim.lemmas) < _SHORT for claim in side]) for side in (here, there))
    found[(short_a[:, None] | short_b[None, :]) & (shared == 0)] = 0.0
    raised: NDArray[np.float64] = found + _SHARED * np.minimum(shared, _MOST_SHARED)
    return raised


def _incidence(found: Sequence[Claim], words: Sequence[str]) -> csr_array:
    """Which claim has which of some words: [claim, word]."""
    at = {word: n for n, word in enumerate(words)}
    cells = [(i, at[lemma]) for i, claim in enumerate(found) for lemma in claim.lemmas if lemma in at]
    rows, columns = [i for i, _ in cells], [j for _, j in cells]
    return csr_array((np.ones(len(cells)), (rows, columns)), shape=(len(found), len(words)))


def _rare(found: Sequence[Claim], sentences: int) -> list[str]:
    """Words that tell a claim from others of the story."""
    counts = Counter(lemma for claim in found for lemma in claim.lemmas)
    return [lemma for lemma, n in counts.items() if n <= max(_RARE * sentences, 2)]


def _said(side: Side, pair: Pair) -> list[tuple[int, int]]:
    """Quotations that both texts have: these are compared on their own."""
    both = [q for q in pair.quotes if q.a is not None and q.b is not None]
    sides = [q.a if side is pair.a else q.b for q in both]
    return [(said.start, said.end) for said in sides if said is not None and said.direct]


def _is_within(claim: Claim, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= claim.start and claim.end <= end for start, end in spans)


def _shown(side: Side, claim: Claim) -> str:
    words = side.annotated.text_of(claim.start, claim.end).split()
    return " ".join(words[:_LONGEST]) + (" …" if len(words) > _LONGEST else "")
