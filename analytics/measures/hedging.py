"""Hedges and boosters: how surely a text, or its sources, say what they say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..annotation.heads import uncertainty
from ..article import AnnotatedArticle
from ..knowledge.lexicon import NOT_A_CUE, load
from .coded_answers import counted
from .contract import Evidence, Finding, Mark, Measure, Score, ScoreRow
from .lexical import cues
from .lexical.certainty_context import RULES
from .lexical.matching import Match, Matcher
from .lexical.read_hedges import SURE, read_hedges
from .lexical.scope import scope

LEXICONS = {"hedges": "hedge", "boosters": "booster"}
UNCERTAINTY = ("possible", "probable", "doxastic", "conditional", "investigation")  # hedge kinds but approximators
RULED_OUT = 0.1  # of p of uncertainty by the encoder, for what is listed; for what is not, see `read_hedges.SURE`
FIRM = 2  # weight in the lexicon of what is a hedge whatever the encoder says: it seldom met such expressions
_SCORES = {"hedge": "hedging", "booster": "boosting"}


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """Hedges and boosters with their kind, scope and voice, in text order.

    A hedge is *possible* (may, perhaps, unclear), *probable* (likely, seem, suggest that),
    *doxastic* (believe, allegedly, expected to), *conditional* (if, unless), *investigation*
    (whether, remains to be seen) or an *approximator* (about 200, practically, largely).
    A booster states *certainty* (no doubt, clearly), *extremity* (extremely, unprecedented),
    *universal* reach (always, no one) or *emphasis* (indeed, very).

    >>> from analytics.annotation import annotate
    >>> dam = annotate("The dam may hold, Ada Brandt said. It was clearly cheap.")
    >>> [(row["cue_type"], row["kind"], row["text"], row["start"]) for row in find(dam)]
    [('hedge', 'possible', 'may', 8), ('booster', 'certainty', 'clearly', 42)]
    """
    out_of_context: list[Match] = []  # of these the rules know more than the encoder

    def accept(match: Match) -> bool:
        accepted = cues.in_context(annotated, match, RULES)
        if not accepted:
            out_of_context.append(match)
        return accepted

    listed = _matcher().find(annotated, accept=accept)
    for match in sorted([*listed, *read_hedges(annotated, [*listed, *out_of_context])], key=lambda match: match.start):
        if match.entry.label != NOT_A_CUE and not _ruled_out(annotated, match):
            yield cues.finding(annotated, match, LEXICONS[match.entry.lexicon], scope=scope(annotated, match))


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """Cues per 1,000 words in each voice that has words: numerator cues, denominator words.

    >>> from analytics.annotation import annotate
    >>> dam = annotate("The dam may hold, Ada Brandt said.")
    >>> [(row.score, row.voice, row.numerator, row.denominator) for row in score(dam, list(find(dam)))][:2]
    [('hedging', 'outlet', 0, 3), ('hedging', 'reported', 1, 4)]
    """
    return cues.rates(annotated, findings, _SCORES)


def _ruled_out(annotated: AnnotatedArticle, match: Match) -> bool:
    """Whether the encoder, which learnt these kinds of hedges, speaks against this one."""
    if annotated.encoded is None or match.entry.label not in UNCERTAINTY or match.entry.weight >= FIRM:
        return False
    return uncertainty(annotated.encoded, match.start, match.end) < RULED_OUT


@cache
def _matcher() -> Matcher:
    """One matcher over both lexicons, so that *no doubt* is a booster and never the hedge *doubt*."""
    return cues.matcher_of([entry for name in LEXICONS for entry in load(name)], RULES)


MEASURE = Measure(
    name="hedging",
    table="cues",
    find=find,
    score=score,
    scores=(
        Score(
            name="hedging",
            label="Hedges",
            question="How often does this voice leave open what it says?",
            unit="per 1,000 words",
            scale=1000,
            range=(0, 1000),
            higher_means="more words that leave statements open, attribute them to belief or make them approximate",
            per_actor=False,
            status="measured",
            evidence=Evidence(table="cues", condition="t.cue_type = 'hedge'"),
            coding=counted(
                "hedges",
                means="words that leave open what is said (may, likely, if, whether), give it as a belief (allegedly, "
                "thought to be) or make it approximate (about 200, largely).",
            ),
        ),
        Score(
            name="boosting",
            label="Boosters",
            question="How often does this voice insist on what it says?",
            unit="per 1,000 words",
            scale=1000,
            range=(0, 1000),
            higher_means="more words that close statements, stress them or make them extreme",
            per_actor=False,
            status="exploratory",
            evidence=Evidence(table="cues", condition="t.cue_type = 'booster'"),
            coding=counted(
                "boosters",
                means="words that close a statement (clearly, no doubt), stress it (indeed, very) or make it extreme "
                "(never, unprecedented).",
            ),
        ),
    ),
    method=(
        "Single and multi-word cues from two lexicons written for this project, the longest match first. Context rules "
        "over the parse tell homographs apart (the month of May, a suspect, about the war) and read negation "
        "(not certain is a hedge, not possible is none). An encoder that learnt the classes elsewhere has a say: "
        f"a listed hedge counts where its p of uncertainty is at least {RULED_OUT}, and a word that no lexicon lists "
        f"where it is at least {SURE}. The scope is the clause or phrase that the cue modifies."
    ),
    source=(
        "Classes after the Szeged uncertainty corpora (Vincze 2014); hedges and boosters as defined by Hyland (2005); "
        "approximators after Prince et al. (1982)."
    ),
    limits=(
        "The lexicon was revised on the development sentences of FactBank, so the figure there flatters it; the "
        "encoder learnt from other Wikipedia sentences than those it is judged on. Approximators and boosters have "
        "no gold set yet. Would and should are never hedges; could is one unless it is negated; accuse and claim count "
        "as reporting, not as hedges. A question counts like a statement."
    ),
    gold_set="szeged",
    marks=(
        Mark(kind="hedge", layer="Hedges", label="hedge", line="wavy", colour="doubt"),
        Mark(kind="booster", layer="Boosters", label="booster", line="double", colour="certainty"),
    ),
)
