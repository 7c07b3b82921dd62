"""Whose words fill the space: shares of the three voices, and of each speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..article import AnnotatedArticle
from ..vocabulary import VOICES
from .contract import ATTRIBUTED, Evidence, Finding, Measure, Score, ScoreRow, name_of


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """Nothing: the attributions themselves are part of the annotation."""
    yield from ()


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """Words in each voice over all words, and words of each speaker over all attributed words.

    >>> from analytics.annotation import annotate
    >>> dam = annotate("Ada Brandt said the dam is safe.")
    >>> [(row.score, row.voice, row.numerator, row.denominator) for row in score(dam, [])]
    [('voice_share', 'outlet', 3, 7), ('voice_share', 'quoted', 0, 7), ('voice_share', 'reported', 4, 7),
     ('speaking_share', 'all', 4, 4)]
    """
    words = annotated.words_by_voice
    total = sum(words.values())
    if total:
        for voice in VOICES:
            yield ScoreRow(score="voice_share", voice=voice, numerator=words[voice], denominator=total)
    spoken: Counter[str | None] = Counter()
    for token, span in annotated.with_voices():
        if token.is_word and span.voice != "outlet":
            spoken[span.speaker_id] += 1
    for actor_id, count in sorted((a, n) for a, n in spoken.items() if a is not None):
        yield ScoreRow(
            score="speaking_share", voice="all", actor_id=actor_id, numerator=count, denominator=spoken.total()
        )


_SOURCE = f"coalesce({name_of('speaker_id')}, t.speaker_text)"
ATTRIBUTED_WORDS = Evidence(table="attributions", rows=ATTRIBUTED, who=_SOURCE, of_voices=("quoted", "reported"))
SPOKEN = Evidence(table="attributions", rows=ATTRIBUTED, who=_SOURCE, actor="t.speaker_id")

MEASURE = Measure(
    name="voices",
    table="attributions",
    find=find,
    score=score,
    scores=(
        Score(
            name="voice_share",
            label="Share of words by voice",
            question="How much of the text is the outlet's own, how much quotation, how much indirect speech?",
            unit="share of words",
            range=(0.0, 1.0),
            higher_means="more of the words are in this voice",
            per_actor=False,
            status="exploratory",  # the attributions are measured, the share is not
            evidence=ATTRIBUTED_WORDS,
            no_evidence="Choose “Quoted” or “Reported” alone to read the words of sources behind this share.",
        ),
        Score(
            name="speaking_share",
            label="Share of the words given to speakers",
            question="Of all words quoted or reported, how many are this actor's?",
            unit="share of attributed words",
            range=(0.0, 1.0),
            higher_means="this actor is given more of the space that speakers get",
            per_actor=True,
            status="exploratory",  # the attributions are measured, the share is not
            evidence=SPOKEN,
        ),
    ),
    method=(
        "Every character belongs to one voice: inside quotation marks; in a clause that a listed reporting "
        "expression, such as “said that” or “according to”, puts in the mouth of a named source; or the outlet's own. "
        "Cues, sources and contents are found by a tagger learnt from PolNeAR, joined with quotation marks and the "
        "parse; he and she are resolved by rules. An article in which an actor says nothing has no row for that actor."
    ),
    source="PolNeAR (Newell et al. 2018); encoder all-MiniLM-L6-v2; rules of this project.",
    limits=(
        "In US political news about a quarter of what coders mark is missed or cut otherwise; about nine in ten "
        "contents found have the right source. The table attributions also holds wishes and bare nouns (“rejected the "
        "plan”), as PolNeAR does; they stay in the outlet's voice, and so do scare quotes and names of works in marks. "
        "Groups (“officials”, “residents”) are speakers without an actor: they count in the denominator only. What "
        "several people say together counts for the first."
    ),
    gold_set="polnear",
)
