"""Directed sentiment: whether a sentence shows one actor as being for or against another, as coders see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import cast

from ..annotation.encoder import Floats
from ..annotation.heads import load_heads
from ..article import AnnotatedArticle, Mention
from ..vocabulary import Voice
from .contract import Evidence, Finding, Measure, Score, ScoreRow, name_of
from .means import means
from .readings import Reading
from .stance import expressed
from .stance.precedence import overruled

THRESHOLD = 0.6  # of p: below it the pair gives no row
FURTHEST = 60  # tokens between two mentions; the coded sentences have few pairs further apart


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """Rows of the `stances` table with method "encoder": holder, target and the probabilities, in text order.

    Of two actors mentioned in one sentence those two mentions count that are nearest to each other. p_none holds
    everything else, also that the target is for or against the holder, which is a row of its own.
    Where an expression of stance says otherwise in so many words, there is no row (`stance/precedence.py`).
    Nothing where the encoder's weights are not installed.

    >>> from analytics.annotation import annotate
    >>> [row] = find(annotate("Oren Tash attacked Ada Brandt over the dam."))
    >>> row["holder_id"], row["target_id"], row["p_against"] > 0.5
    ('oren-tash', 'ada-brandt', True)
    """
    yield from (dict(row) for row in annotated.once(_rows))


def _rows(annotated: AnnotatedArticle) -> list[Finding]:
    return list(_read(annotated)) if annotated.encoded is not None else []


def _read(annotated: AnnotatedArticle) -> Iterator[Finding]:
    pairs = list(_pairs(annotated))
    sentences = annotated.sentences
    spans = [
        ((p.start, p.end), (q.start, q.end), (sentences[p.sentence_id].start, sentences[p.sentence_id].end))
        for p, q in pairs
    ]
    for (p, q), found in zip(pairs, load_heads().relation(annotated.encoded, spans), strict=True):
        in_part = p.sentence_id in annotated.own_words
        outlets = [in_part and annotated.voice_at(mention.start) == "outlet" for mention in (q, p)]
        own = _by_own_words(annotated, p, q) if any(outlets) else None
        for (holder, target, favour, against), told in zip(((p, q, 1, 3), (q, p, 2, 4)), outlets, strict=True):
            read = own if told else found
            if read is None or max(read[favour], read[against]) < THRESHOLD:
                continue
            sign = 1 if read[favour] > read[against] else -1
            if not overruled(annotated, annotated.once(expressed), holder, target, sign):
                words = Reading("own_words", annotated.own_words[target.sentence_id]) if told else Reading("sentence")
                row = _row(annotated, holder, target, float(read[favour]), float(read[against]))
                yield row | words.columns


def _by_own_words(annotated: AnnotatedArticle, p: Mention, q: Mention) -> Floats | None:
    """p [RELATIONS] of two mentions by the outlet's words alone, where a sentence holds others' too; None where these
    do not name both, or say too little."""
    own = annotated.own_words.get(p.sentence_id)
    if own is None or own.encoded is None:
        return None
    places = [own.place(mention.start, mention.end) for mention in (p, q)]
    if None in places:
        return None
    found: Floats = load_heads().relation(own.encoded, [(*places, (0, len(own.text)))])[0]
    return found


def _pairs(annotated: AnnotatedArticle) -> Iterator[tuple[Mention, Mention]]:
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in annotated.mentions:
        by_sentence[mention.sentence_id].append(mention)
    for mentions in by_sentence.values():
        nearest: dict[tuple[str, str], tuple[Mention, Mention]] = {}
        for p, q in combinations(mentions, 2):  # in text order
            if p.actor_id == q.actor_id or q.first - p.last > FURTHEST:
                continue
            one, other = sorted((p.actor_id, q.actor_id))
            known = nearest.get((one, other))
            if known is None or q.first - p.last < known[1].first - known[0].last:
                nearest[one, other] = (p, q)
        yield from nearest.values()


def _row(annotated: AnnotatedArticle, holder: Mention, target: Mention, favour: float, against: float) -> Finding:
    voice = annotated.voice_span_at(target.start)
    start, end = min(holder.start, target.start), max(holder.end, target.end)
    return {
        "sentence_id": holder.sentence_id,
        "holder_id": holder.actor_id,
        "holder": annotated.text_of(holder.start, holder.end),
        "target_id": target.actor_id,
        "target_kind": "actor",
        "target": annotated.text_of(target.start, target.end),
        "expression": None,
        "method": "encoder",
        "p_against": round(against, 4),
        "p_none": round(1 - against - favour, 4),
        "p_favour": round(favour, 4),
        "stance": round(favour - against, 4),
        "start": start,
        "end": end,
        "voice": voice.voice,
        "speaker_id": voice.speaker_id,
    }


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """Mean sentiment that others are shown to have toward each actor, by voice: numerator sum, denominator pairs.

    >>> from analytics.annotation import annotate
    >>> dam = annotate("Oren Tash attacked Ada Brandt over the dam.")
    >>> [(row.actor_id, row.voice, row.numerator < 0, row.denominator) for row in score(dam, list(find(dam)))]
    [('ada-brandt', 'outlet', True, 1)]
    """
    return means(
        ("directed_sentiment", cast(str, row["target_id"]), cast(Voice, row["voice"]), cast(float, row["stance"]))
        for row in findings
    )


MEASURE = Measure(
    name="directed_sentiment",
    table="stances",
    find=find,
    score=score,
    scores=(
        Score(
            name="directed_sentiment",
            label="Others for or against the actor",
            question="Where a sentence shows somebody as for or against this actor, which is it?",
            unit="mean, −1 to 1",
            range=(-1, 1),
            higher_means="more actors shown as being for it, fewer as against it",
            per_actor=True,
            status="measured",
            evidence=Evidence(
                table="stances",
                condition="t.method = 'encoder'",
                who=name_of("holder_id"),
                value="t.stance",
                actor="t.target_id",
                read_words="t.read_words",
            ),
        ),
    ),
    method=(
        "For every two actors of a sentence a small encoder tells how probable it is that the sentence shows the one "
        f"as for or against the other, or neither. Pairs of which one class reaches {THRESHOLD} become a row; the "
        "score is the mean of p_favour − p_against over the rows whose target is the actor. In the outlet's voice the "
        "outlet's own words are read; what a source says in the same sentence is left out. Names are masked before "
        "the encoder reads. Where an expression of stance says otherwise in so many words (of the same actor, or that "
        "it is against attacks on the actor), the expression's row stands and the encoder's is left out."
    ),
    source="Learnt from DSE (Park et al. 2021): directed sentiment between two entities of a news sentence.",
    limits=(
        "Somebody against another is found best, support by the one named second worst. Only pairs within one "
        "sentence; reports of attacks count as being against. Who is shown as hostile is not who is blamed by the "
        "outlet: the voice says whose words they are."
    ),
    gold_set="dse",
)
