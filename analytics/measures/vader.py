"""Baseline sentiment: the tone (VADER) of the words around each mention of an actor."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from ..article import AnnotatedArticle, Sentence, VoiceSpan
from ..vocabulary import Voice
from .coded_answers import TREATED
from .contract import Evidence, Finding, Measure, Score, ScoreRow
from .means import of_mentions


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """VADER compound (−1 to 1) around every mention: {mention_id, sentiment_vader}.

    Only that part of the mention's sentence counts which is in the mention's own voice and by
    the same speaker, so that the words of a quotation are never held against the outlet.

    >>> from analytics.annotation import annotate
    >>> list(find(annotate("Ada Brandt is a wonderful engineer.")))
    [{'mention_id': 0, 'sentiment_vader': 0.5719}]
    """
    known: dict[tuple[int, Voice, str | None], float] = {}
    for mention in annotated.mentions:
        span = annotated.voice_span_at(mention.start)
        key = (mention.sentence_id, span.voice, span.speaker_id)
        if key not in known:
            sentence = annotated.sentences[mention.sentence_id]
            known[key] = compound(same_voice(annotated, sentence, span))
        yield {"mention_id": mention.mention_id, "sentiment_vader": known[key]}


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """Mean compound per actor and voice: numerator the sum, denominator the mentions.

    >>> from analytics.annotation import annotate
    >>> praise = annotate("Ada Brandt is a wonderful engineer.")
    >>> [(row.actor_id, row.numerator, row.denominator) for row in score(praise, list(find(praise)))]
    [('ada-brandt', 0.5719, 1)]
    """
    return of_mentions(annotated, findings, "sentiment_vader", score="sentiment_vader")


def same_voice(annotated: AnnotatedArticle, sentence: Sentence, span: VoiceSpan) -> str:
    """The parts of a sentence in the voice, and by the speaker, of a voice span, joined by spaces."""
    parts = []
    at = sentence.start
    while at < sentence.end:
        here = annotated.voice_span_at(at)
        end = min(here.end, sentence.end)
        if (here.voice, here.speaker_id) == (span.voice, span.speaker_id):
            parts.append(annotated.text_of(at, end).strip())
        at = end
    return " ".join(parts)


def compound(text: str) -> float:
    """VADER's compound score of a text, −1 (most negative) to 1."""
    return float(_vader().polarity_scores(text)["compound"])


@cache
def _vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


MEASURE = Measure(
    name="vader",
    table="mentions",
    find=find,
    score=score,
    scores=(
        Score(
            name="sentiment_vader",
            label="Tone around the actor (VADER baseline)",
            question="How positive or negative are the words around mentions of this actor?",
            unit="mean, −1 to 1",
            range=(-1, 1),
            higher_means="more positive words around the actor",
            per_actor=True,
            status="baseline",
            evidence=Evidence(
                table="mentions",
                condition="t.sentiment_vader IS NOT NULL",
                value="t.sentiment_vader",
                actor="t.actor_id",
            ),
            coding=TREATED,
        ),
    ),
    method=(
        "For every mention, VADER's compound score of that part of its sentence which is in the same voice and by the "
        "same speaker; then the mean over an actor's mentions in each voice."
    ),
    source="VADER (Hutto and Gilbert 2014), package vaderSentiment.",
    limits=(
        "VADER measures the tone of the words around the mention, not the stance toward the actor: the victim of an "
        "attack scores as negative as the attacker. On news it does no better than a bag of words. It stays as the "
        "named baseline, not as a finding."
    ),
    gold_set="newsmtsc",
)
