"""Loaded language: words that take a side or say what to feel, in whose voice they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..article import AnnotatedArticle
from ..knowledge.lexicon import NOT_A_CUE, load
from .coded_answers import counted
from .contract import Evidence, Finding, Mark, Measure, Score, ScoreRow
from .lexical import cues
from .lexical.loaded_context import RULES, is_told
from .lexical.matching import Match, Matcher

KINDS = {
    "label": "a name that takes a side (regime, thugs, henchmen)",
    "evaluation": "praise or blame (shameful, heroic, disastrous)",
    "emotion": "what to feel (shocking, heartbreaking)",
    "dramatic": "a quarrel or event made a drama (slammed, firestorm)",
    "doubt": "distance from what is named (so-called, bogus)",
}


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """Loaded words with their kind and voice, in text order; the scope is left empty.

    A word is a *label* (a name that takes a side), an *evaluation* (praise or blame), *emotion* (says what
    to feel), *dramatic* (makes a drama of a quarrel or event) or *doubt* (holds what is named at a distance).
    Words inside scare quotes are held at a distance already and do not count.

    >>> from analytics.annotation import annotate
    >>> dam = annotate("Oren Tash blasted the notorious dam.")
    >>> [(row["kind"], row["text"], row["voice"]) for row in find(dam)]
    [('dramatic', 'blasted', 'outlet'), ('evaluation', 'notorious', 'outlet')]
    """
    for match in _matcher().find(annotated, accept=lambda match: _counts(annotated, match)):
        if match.entry.label != NOT_A_CUE:
            yield cues.finding(annotated, match, "loaded")


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """Loaded words per 1,000 words in each voice that has words: numerator findings, denominator words.

    >>> from analytics.annotation import annotate
    >>> dam = annotate("Oren Tash blasted the notorious dam.")
    >>> [(row.voice, row.numerator, row.denominator) for row in score(dam, list(find(dam)))]
    [('outlet', 2, 6)]
    """
    return cues.rates(annotated, findings, {"loaded": "loaded_language"})


def _counts(annotated: AnnotatedArticle, match: Match) -> bool:
    if match.entry.label == NOT_A_CUE:
        return True
    if not cues.in_context(annotated, match, RULES):
        return False
    if any(start <= match.start < end for start, end in annotated.scare_quotes):
        return False
    return is_told(annotated, match)


@cache
def _matcher() -> Matcher:
    return cues.matcher_of(load("loaded"), RULES)


MEASURE = Measure(
    name="loaded_language",
    table="cues",
    find=find,
    score=score,
    scores=(
        Score(
            name="loaded_language",
            label="Loaded words",
            question="How often does this voice use words that take a side or say what to feel?",
            unit="per 1,000 words",
            scale=1000,
            range=(0, 1000),
            higher_means="more words that name, judge or dramatise where plainer ones would do",
            per_actor=False,
            status="exploratory",
            evidence=Evidence(table="cues", condition="t.cue_type = 'loaded'"),
            coding=counted("loaded words", means=f"words that are {'; '.join(KINDS.values())}."),
        ),
    ),
    method=(
        "Words and phrases of a lexicon written for this project, in five kinds: label, evaluation, emotion, dramatic "
        "and doubt; the longest match first. Context rules over the parse leave out other senses (a sanctions regime, "
        "a brutal winter, a missile that slammed into a house), names, and what a source is said to have called "
        "something. Intensity alone (very, extremely) is left to the boosters."
    ),
    source=(
        "Own word list. Kinds after the one-sided terms and subjective intensifiers of Recasens et al. (2013), the "
        "judgement, appreciation, affect and distance of Martin and White (2005), the name calling and glittering "
        "generalities of Lee and Lee (1939) and the sensationalism of Molek-Kozakowska (2013)."
    ),
    limits=(
        "Exploratory: there is no gold set, and nobody but the lexicon's author has judged what it finds. In that "
        "reading most, not all, of the words marked in the outlet's own voice were such as a standards editor would "
        "query; wrong were above all words of sources printed without quotation marks, as in transcripts. What it "
        "misses is unknown, and the words come mostly from reporting on one war. Opinion pieces are not told apart. "
        "Words inside scare quotes do not count, and the explanatory so-called does."
    ),
    gold_set=None,
    marks=(Mark(kind="loaded", layer="Loaded words", label="loaded word", line="dotted", colour="slant"),),
)
