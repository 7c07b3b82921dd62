"""What two reports both tell, but not alike: who says it, how surely, how many, where, when, how it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ...knowledge.opposites import opposites
from ...knowledge.stages import stages
from ..claims import Claim, claims
from .clause_differences import Clause, Difference, Kind, SameWord, differences
from .contract import Change, ChangeKind, Group, Pair, Side

KINDS = (
    ChangeKind(
        name="told_otherwise",
        label="Told otherwise",
        meaning="Both texts tell of it, but another number, place, name, source or state of things, or less surely.",
        group="wording",
        rank=305,
    ),
)

_ALIKE = 0.80  # likeness of two claims that are each other's nearest
_JOINED = 0.72  # where their sentences are aligned
_OF_ONE_VERB = 0.62  # where they have one verb and share a word that few other claims have
_SURE = 0.9  # for a source on one side only: reporters name theirs now and then
_SAME_VERB = 0.6  # cosine of two verbs that can mean the same
_SHARED = 0.08  # for a word that both have and few other sentences of theirs
_MOST_SHARED = 3  # such words that count
_SHORT = 3  # content words; a claim of fewer has to share such a word
_RARE = 0.15  # of all sentences, in which such a word stands at most
_SAID_BY: dict[Kind, frozenset[Group]] = {
    "number": frozenset({"number"}),
    "date": frozenset({"number", "named"}),
    "name": frozenset({"named"}),
    "state": frozenset({"wording"}),
    "negation": frozenset({"wording"}),
    "certainty": frozenset({"certainty", "source"}),
    "source": frozenset({"source", "certainty", "quotation"}),
}  # groups of changes in which such a difference may be listed already


def find(pair: Pair) -> Iterator[Change]:
    """Nothing: what is listed already has to be known first."""
    yield from ()


def find_rest(pair: Pair, found: Collection[Change]) -> Iterator[Change]:
    """Claims of two reports that are surely about the same, with the words in which they tell it differently.

    Sentences of two reporters seldom match as wholes, so that a figure, a place or a state of things that they give
    otherwise would be lost between what the one leaves out and the other adds. Claims without such words are told
    alike, and are not listed. Of a text and its edited version the sentences are compared as such. Never serious,
    since the claims may be of two hours of one day.
    """
    if pair.versions:
        return
    alike = _same_words(pair)
    of_sentences: dict[tuple[int, int], dict[Difference, None]] = defaultdict(dict)
    shown: set[tuple[str | None, str | None]] = set()
    aligned = {(i, j) for x in pair.joined for i in x.a for j in x.b}
    for x, y, sure in _counterparts(pair, alike):
        known, joined = _groups(pair, found, x, y), (x.sentence, y.sentence) in aligned
        for each in differences(Clause(pair.a, x), Clause(pair.b, y), alike=alike, joined=joined):
            if each.kind == "source" and not sure:
                continue
            words = each.a and each.a.lower(), each.b and each.b.lower()
            if not known & _SAID_BY[each.kind] and words not in shown:
                shown.add(words)
                of_sentences[x.sentence, y.sentence][each] = None
    for (i, j), told in sorted(of_sentences.items()):
        a, b = pair.a.whole([i]), pair.b.whole([j])
        yield Change(kind="told_otherwise", severity=2, what="; ".join(map(_shown, told)), a=a, b=b)


def _groups(pair: Pair, found: Collection[Change], x: Claim, y: Claim) -> frozenset[Group]:
    """In which groups a change between the sentences of two claims is listed already."""
    from . import CHANGE_KINDS  # not before all kinds are known

    i, j = pair.a.sentences[x.sentence].sentence_id, pair.b.sentences[y.sentence].sentence_id
    both = (c for c in found if c.a and c.b and i in c.a.sentence_ids and j in c.b.sentence_ids)
    return frozenset(CHANGE_KINDS[c.kind].group for c in both if c.severity < 3)


def _shown(told: Difference) -> str:
    if told.a is None or told.b is None:
        where = "here alone" if told.a is None else "in the first text alone"
        words = told.a or told.b
        return f"said by {words} {where}" if told.kind == "source" else f"“{words}” {where}"
    return f"“{told.a}” in the first text, “{told.b}” here"


def _same_words(pair: Pair) -> SameWord:
    """Whether two verbs can mean the same, told by the sentence encoder."""

    def alike(one: str, other: str) -> bool:
        if one == other:
            return True
        left, right = pair.embed([one, other])
        return float(left @ right) >= _SAME_VERB

    return alike


def _counterparts(pair: Pair, alike: SameWord) -> Iterator[tuple[Claim, Claim, bool]]:
    """Claims that are about the same thing, likeliest first, and whether even a source may be expected of both."""
    here, there = list(claims(pair.a.annotated)), list(claims(pair.b.annotated))
    if not here or not there:
        return
    likeness = _likeness(pair, here, there)
    best_a, best_b = likeness.max(axis=1), likeness.max(axis=0)
    said_a, said_b = _said(pair.a, pair), _said(pair.b, pair)
    joined = {(i, j) for x in pair.joined for i in x.a for j in x.b}
    rare = frozenset(_rare([*here, *there], len(pair.a.sentences) + len(pair.b.sentences)))
    names = _names(pair.a) | _names(pair.b)
    for i, j in sorted(np.argwhere(likeness >= _OF_ONE_VERB).tolist(), key=lambda at: -likeness[at[0], at[1]]):
        x, y = here[i], there[j]
        nearest = bool(likeness[i, j] >= best_a[i]) + bool(likeness[i, j] >= best_b[j])
        things = (x.lemmas & y.lemmas) - names
        if nearest < 2 or not things or (_is_within(x, said_a) and _is_within(y, said_b)):
            continue
        of_one_verb = bool((things & rare) - {x.verb}) and (_of_one_course(x.verb, y.verb) or alike(x.verb, y.verb))
        least = _OF_ONE_VERB if of_one_verb else _JOINED if (x.sentence, y.sentence) in joined else _ALIKE
        if likeness[i, j] >= least:
            yield x, y, bool(likeness[i, j] >= _SURE)


def _of_one_course(one: str, other: str) -> bool:
    """Whether two verbs are opposites, or stages of one course of events."""
    courses = [{course for course, _ in stages().get(verb, ())} for verb in (one, other)]
    return frozenset({one, other}) in opposites() or bool(courses[0] & courses[1])


def _names(side: Side) -> frozenset[str]:
    """Words that are parts of names."""
    return frozenset(t.lemma for t in side.annotated.tokens if t.pos == "PROPN")


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
