"""Hedges and boosters that came, went, or became something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...measures.contract import Finding
from ..pairing import best_first
from ..quotation_matching import Embed
from ..word_difference import content_words, words
from .contract import Change, ChangeKind, Pair, Passage, Side
from .replacements import surely_the_same

KINDS = (
    ChangeKind(
        name="hedge_became_booster",
        label="Hedge became a booster",
        meaning="Words that left room for doubt became words that sound sure.",
        group="certainty",
        rank=100,
    ),
    ChangeKind(
        name="hedge_lost",
        label="Hedge lost",
        meaning="Words that left room for doubt (“may”, “reportedly”) are gone.",
        group="certainty",
        rank=110,
    ),
    ChangeKind(
        name="booster_gained",
        label="Booster added",
        meaning="Words that make it sound surer (“clearly”, “fully”) were added.",
        group="certainty",
        rank=120,
    ),
    ChangeKind(
        name="booster_became_hedge",
        label="Booster became a hedge",
        meaning="Words that sounded sure became words that leave room for doubt.",
        group="certainty",
        rank=230,
    ),
    ChangeKind(
        name="hedge_gained",
        label="Hedge added",
        meaning="Words that leave room for doubt were added.",
        group="certainty",
        rank=240,
    ),
    ChangeKind(
        name="booster_lost",
        label="Booster lost",
        meaning="Words that made it sound surer are gone.",
        group="certainty",
        rank=250,
    ),
    ChangeKind(
        name="hedge_reworded",
        label="Hedge reworded",
        meaning="Room for doubt is left in both, in other words.",
        group="certainty",
        rank=260,
    ),
)

_SAME_PHRASE = 0.4  # cosine of two phrases, for one to be what became of the other
_TOLD = 0.5  # of the content words that a cue bears on
_LONG_PHRASE = 6  # words; of a longer scope only the words around the cue are shown


def find(pair: Pair) -> Iterator[Change]:
    """Cues of sentences that have a counterpart; one that is gone, with what stands in its place."""
    a, b = pair.a, pair.b
    for x in pair.close:
        lost, gained = _unmatched(_cues_in(a, x.a), _cues_in(b, x.b))
        lost = [cue for cue in lost if not _stands(b, x.b, str(cue["text"]))]
        gained = [cue for cue in gained if not _stands(a, x.a, str(cue["text"]))]
        if not lost and not gained:
            continue
        phrases_a, phrases_b = [_phrase(a, cue) for cue in lost], [_phrase(b, cue) for cue in gained]
        for i, j in _became(phrases_a, phrases_b, pair.embed):
            before, after = lost[i], gained[j]
            kind, severity = _turn(str(before["cue_type"]), str(after["cue_type"]))
            if severity == 1 and not surely_the_same(pair, x):
                severity = 2  # of two things, perhaps
            what = f"“{before['text']}” → “{after['text']}”"
            yield Change(kind=kind, severity=severity, what=what, a=phrases_a[i], b=phrases_b[j])
            lost[i], gained[j] = {}, {}
        for cue in filter(None, lost):
            kind = "hedge_lost" if cue["cue_type"] == "hedge" else "booster_lost"
            yield Change(
                kind=kind,
                severity=2 if kind == "hedge_lost" and (pair.versions or _is_told(a, cue, b, x.b)) else 3,
                what=f"“{cue['text']}” has no counterpart",
                a=_phrase(a, cue),
                b=b.whole(x.b),
            )
        for cue in filter(None, gained):
            kind = "hedge_gained" if cue["cue_type"] == "hedge" else "booster_gained"
            yield Change(
                kind=kind,
                severity=2 if kind == "booster_gained" and (pair.versions or _is_told(b, cue, a, x.a)) else 3,
                what=f"“{cue['text']}” has no counterpart",
                a=a.whole(x.a),
                b=_phrase(b, cue),
            )


def _is_told(side: Side, cue: Finding, other: Side, numbers: Iterable[int]) -> bool:
    """Whether sentences of another report have half of the words that a cue bears on, where it is known what these are.

    Else the cue went with what it was said of.
    """
    if cue["scope_start"] is None or cue["scope_end"] is None:
        return True
    scope = content_words(side.annotated.text_of(int(str(cue["scope_start"])), int(str(cue["scope_end"]))))
    scope -= content_words(str(cue["text"]))
    told = content_words(" ".join(other.texts[n] for n in numbers))
    return len(scope & told) >= _TOLD * len(scope)


def _stands(side: Side, numbers: Iterable[int], text: str) -> bool:
    """Whether the very words stand in some sentences, whatever the lexicon made of them there."""
    sought = f" {' '.join(w.form for w in words(text))} "
    return any(sought in f" {' '.join(w.form for w in words(side.texts[n]))} " for n in numbers)


def _cues_in(side: Side, numbers: Iterable[int]) -> list[Finding]:
    ids = {side.sentences[n].sentence_id for n in numbers}
    return [cue for cue in side.cues if cue["sentence_id"] in ids]


def _unmatched(a: list[Finding], b: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Cues left over once equal ones, then ones of the same type and kind, are taken together."""
    for same in (_text_of, _kind_of):
        for cue in list(a):
            partner = next((other for other in b if same(cue) == same(other)), None)
            if partner is not None:
                a = [x for x in a if x is not cue]
                b = [x for x in b if x is not partner]
    return list(a), list(b)


def _text_of(cue: Finding) -> tuple[object, ...]:
    return cue["cue_type"], str(cue["text"]).casefold()


def _kind_of(cue: Finding) -> tuple[object, ...]:
    return cue["cue_type"], cue["kind"]


def _phrase(side: Side, cue: Finding) -> Passage:
    """A cue with what it bears on, where that is short; else with the words beside it."""
    start, end = int(str(cue["start"])), int(str(cue["end"]))
    if cue["scope_start"] is not None and cue["scope_end"] is not None:
        low, high = int(str(cue["scope_start"])), int(str(cue["scope_end"]))
        low, high = min(low, start), max(high, end)
        if len(words(side.annotated.text_of(low, high))) <= _LONG_PHRASE:
            return side.passage(low, high)
    sentence = side.annotated.sentence_at(start)
    if sentence is None:
        return side.passage(start, end)
    after = [w for w in words(side.annotated.text_of(end, sentence.end))][:3]
    return side.passage(start, end + after[-1].end if after else end)


def _became(a: Sequence[Passage], b: Sequence[Passage], embed: Embed) -> Iterator[tuple[int, int]]:
    if not a or not b:
        return
    vectors = embed([p.text for p in (*a, *b)])
    alike = vectors[: len(a)] @ vectors[len(a) :].T
    likely = ((float(alike[i, j]), i, j) for i in range(len(a)) for j in range(len(b)))
    yield from best_first(each for each in likely if each[0] >= _SAME_PHRASE)


def _turn(before: str, after: str) -> tuple[str, int]:
    if before == after:
        return "hedge_reworded", 3
    return ("hedge_became_booster", 1) if before == "hedge" else ("booster_became_hedge", 3)
