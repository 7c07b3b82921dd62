"""Slanted wording: how likely it is that a sentence, in the outlet's own words, takes a side."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from ..annotation.encoder import Span
from ..article import AnnotatedArticle, Sentence
from . import loaded_language
from .coded_answers import yes_or_no
from .contract import Evidence, Finding, Measure, Score, ScoreRow
from .meaning_readings import load_reading, meaning_of

LEAST = 5  # words in the outlet's voice; with fewer there is no sentence of its own to read
PER_WORD, MOST = 0.5, 2  # what a loaded word adds to the logit, and how many of them count


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """`{sentence_id, p_slanted}` for every sentence with at least five words in the outlet's voice.

    p comes from what those words mean together and from the loaded words among them, which are rows of `cues`.
    A source's words are left out. Nothing where the encoder's weights are not installed: unknown is not zero.

    >>> from analytics.annotation import annotate
    >>> told = annotate("The reckless governor is gutting our schools again. The council meets on the first of May.")
    >>> slanted, plain = (row["p_slanted"] for row in find(told))
    >>> slanted > 0.5 > plain
    True
    """
    if annotated.encoded is None:
        return
    loaded = Counter(row["sentence_id"] for row in loaded_language.find(annotated) if row["voice"] == "outlet")
    reading = load_reading("slant")
    for sentence in annotated.read_sentences:
        stretches = _own(annotated, sentence)
        if stretches:
            alike = float(reading.logits(meaning_of(annotated, stretches))[0])
            yield {"sentence_id": sentence.sentence_id, "p_slanted": probability(alike, loaded[sentence.sentence_id])}


def probability(alike: float, loaded: int) -> float:
    """p from the logit of being like slanted sentences and the number of loaded words, to four decimals."""
    return round(1 / (1 + math.exp(-(alike + PER_WORD * min(loaded, MOST)))), 4)


def _own(annotated: AnnotatedArticle, sentence: Sentence) -> list[Span]:
    """The stretches of a sentence in the outlet's voice; none where they hold too few words."""
    stretches: list[Span] = []
    words = 0
    for token in annotated.tokens_of(sentence):
        if annotated.voice_at(token.start) != "outlet":
            continue
        words += token.is_word
        if stretches and not annotated.content[stretches[-1][1] : token.start].strip():
            stretches[-1] = (stretches[-1][0], token.end)
        else:
            stretches.append((token.start, token.end))
    return stretches if words >= LEAST else []


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """Mean p over the sentences that have one: numerator their sum, denominator their number, in the outlet's voice.

    >>> from analytics.annotation import annotate
    >>> told = annotate("The reckless governor is gutting our schools again. The council meets on the first of May.")
    >>> [(row.score, row.voice, row.denominator) for row in score(told, list(find(told)))]
    [('slanted_wording', 'outlet', 2)]
    """
    if findings:
        total = round(sum(float(str(row["p_slanted"])) for row in findings), 4)
        yield ScoreRow(score="slanted_wording", voice="outlet", numerator=total, denominator=len(findings))


# A row of `sentences` has no voice: p is of the outlet's words in it.
_SENTENCES = "(SELECT *, 'outlet' AS voice, NULL AS speaker_id FROM sentences)"

MEASURE = Measure(
    name="slanted_wording",
    table="sentences",
    find=find,
    score=score,
    scores=(
        Score(
            name="slanted_wording",
            label="Slanted wording",
            question="How likely is it that a sentence in the outlet's own words takes a side?",
            unit="mean p of sentences, 0 to 1",
            range=(0.0, 1.0),
            higher_means="more sentences that name, judge or dramatise where plainer ones would do",
            per_actor=False,
            status="measured",
            evidence=Evidence(
                table="sentences",
                rows=_SENTENCES,
                condition="t.p_slanted IS NOT NULL",
                who="NULL",
                value="t.p_slanted",
                value_is="p",
                signed=False,
                of_voices=("outlet",),
                note="The loaded words in them are rows of their own, under “Loaded words”.",
            ),
            no_evidence="Choose the outlet's voice alone to read its sentences.",
            coding=yes_or_no(
                "sentence",
                "Does the wording take a side?",
                yes="It names, judges or dramatises where plainer words would have told the same.",
                no="It tells the matter plainly, however grave that is.",
                rule="Judge the words that are not grey; those in grey are a source's or stand around the sentence.",
            ),
        ),
    ),
    method=(
        "A small encoder tells how alike the outlet's words of a sentence are to 124 invented sentences that take a "
        "side, rather than to 154 that tell the same plainly or have words that only look loaded; each loaded word of "
        f"the lexicon, up to {MOST}, adds {PER_WORD:g} to the logit. The score is the mean p over sentences with at "
        f"least {LEAST} words in the outlet's voice."
    ),
    source="Sentences and word list of this project; nothing was learnt from a coded set.",
    limits=(
        "Learnt from sentences by one author, mostly on US and British politics. Words of sources are left out only "
        "where the attribution was found. Opinion pieces are not told apart, and what an outlet leaves out has no "
        "wording. p is no probability that a reader would call the sentence biased: compare outlets on the same "
        "stories."
    ),
    gold_set="babe",
)
