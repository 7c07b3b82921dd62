"""Reporting verbs that another telling replaces: stated, made clear."""

from __future__ import annotations

from collections.abc import Iterator

from ..attributed_speech import AttributedSpeech
from ..pairing import best_first
from ..quotation_matching import Embed
from ..speakers import same_speaker
from ..word_difference import words
from .contract import Change, ChangeKind, Pair, Passage, Side

KINDS = (
    ChangeKind(
        name="reporting_verb",
        label="Reporting verb changed",
        meaning="The same statement is introduced by another verb; verbs can doubt or agree.",
        group="verb",
        rank=190,
    ),
)

_SAME_SAYING = 0.55  # cosine of two reports, for their verbs to be compared


def find(pair: Pair) -> Iterator[Change]:
    """The same words, or the same indirect speech, told with another reporting verb."""
    a, b = pair.a, pair.b
    pairs = [(q.a, q.b) for q in pair.quotes if q.a and q.b and not q.speaker_changed]
    seen_a = {id(x) for x, _ in pairs}
    seen_b = {id(y) for _, y in pairs}
    for x in pair.joined:
        ids_a = {a.sentences[i].sentence_id for i in x.a}
        ids_b = {b.sentences[j].sentence_id for j in x.b}
        left = [s for s in a.speech if s.sentence_id in ids_a and s.cue and id(s) not in seen_a and not s.direct]
        right = [s for s in b.speech if s.sentence_id in ids_b and s.cue and id(s) not in seen_b and not s.direct]
        pairs += _same_sayings(left, right, pair.embed)
    shown: set[tuple[int | None, int | None]] = set()
    for said_a, said_b in pairs:
        where = (said_a.cue_start, said_b.cue_start)
        if not said_a.cue or not said_b.cue or said_a.cue == said_b.cue or None in where or where in shown:
            continue
        if not (words(said_a.cue) and words(said_b.cue)):  # a colon
            continue
        shown.add(where)
        harder = said_a.cue_class != said_b.cue_class
        passage_a, passage_b = _cue_passage(a, said_a), _cue_passage(b, said_b)
        yield Change(
            kind="reporting_verb",
            severity=2 if harder else 3,
            what=f"{_verb(passage_a.text, said_a)} → {_verb(passage_b.text, said_b)}"
            + (f" ({_classes(said_a, said_b)})" if harder else ""),
            a=passage_a,
            b=passage_b,
            actor_id=said_b.speaker_id,
        )


def _classes(a: AttributedSpeech, b: AttributedSpeech) -> str:
    return f"{a.cue_class or 'unclassed'} → {b.cue_class or 'unclassed'}"


def _verb(text: str, said: AttributedSpeech) -> str:
    """The words of a reporting expression without what stands between or around them ("made clear on Friday")."""
    letters = {lemma[0] for lemma in str(said.cue).split()}
    kept = [w.text for w in words(text) if w.form[0] in letters]
    return " ".join(kept) if len(kept) >= len(letters) else text


def _same_sayings(
    a: list[AttributedSpeech], b: list[AttributedSpeech], embed: Embed
) -> list[tuple[AttributedSpeech, AttributedSpeech]]:
    if not a or not b:
        return []
    vectors = embed([s.text for s in (*a, *b)])
    alike = vectors[: len(a)] @ vectors[len(a) :].T
    likely = ((float(alike[i, j]), i, j) for i in range(len(a)) for j in range(len(b)))
    pairs = best_first(
        (value, i, j)
        for value, i, j in likely
        if value >= _SAME_SAYING and same_speaker(a[i].speaker_id, b[j].speaker_id)
    )
    return [(a[i], b[j]) for i, j in pairs]


def _cue_passage(side: Side, said: AttributedSpeech) -> Passage:
    assert said.cue_start is not None and said.cue_end is not None
    return side.passage(said.cue_start, said.cue_end)
