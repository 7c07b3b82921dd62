"""Generic news frames: is an event told as conflict, economics, human fate, morality or responsibility?"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from ..annotation.heads import Doubles
from ..article import AnnotatedArticle
from ..knowledge.lexicon import KNOWLEDGE, load
from .coded_answers import yes_or_no
from .contract import Evidence, Finding, Measure, Score, ScoreRow
from .lexical.matching import Match, Matcher
from .meaning_readings import load_reading, meaning_of

FRAMES = {
    "conflict": "Conflict",
    "economic": "Economic consequences",
    "human_interest": "Human interest",
    "morality": "Morality",
    "responsibility": "Responsibility and resolution",
}
# Weighted cues per 1,000 words at which p is one half: frames differ in how many words they leave.
HALF = {"conflict": 12.0, "economic": 15.0, "human_interest": 10.0, "morality": 6.0, "responsibility": 12.0}
JOINS = KNOWLEDGE / "frame_joins.tsv"
EVIDENCE = 5  # sentences named as evidence of a frame
EXPECTED = 150.0  # words without cues that every article is given, so that a short one needs more than one cue


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """One row per frame: p in [0, 1] and the ids of the five sentences that carry it most, the weightiest first.

    p comes from how alike the sentences are to invented ones that tell a matter in the frame, and from the cues of a
    lexicon; three coefficients a frame join the two. Title and body count alike, whatever the voice. Nothing for an
    article without words, or where the encoder's weights are not installed: unknown is not zero.

    >>> from analytics.annotation import annotate
    >>> found = {row["frame"]: row for row in find(annotate("The ministry accused the union of sabotage."))}
    >>> list(found)
    ['conflict', 'economic', 'human_interest', 'morality', 'responsibility']
    >>> found["conflict"]["p"] > found["human_interest"]["p"], found["conflict"]["evidence"]
    (True, '0')
    """
    if annotated.encoded is None or not annotated.n_words:
        return
    cues, alike, joins = cue_strengths(annotated), likeness(annotated), load_joins()
    for number, frame in enumerate(FRAMES):
        join = joins[frame]
        carried = {i: join.likeness * float(logits[number]) / len(alike) for i, logits in alike.items()}
        for i, weight in cues[frame].sentences.items():
            carried[i] += join.cues * weight
        first = sorted(carried, key=lambda i: (-carried[i], i))[:EVIDENCE]
        p = join.p(fmean(float(logits[number]) for logits in alike.values()), cues[frame].p)
        yield {"frame": frame, "p": round(p, 4), "evidence": ",".join(map(str, first))}


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """p of each frame, for every article that has words.

    >>> from analytics.annotation import annotate
    >>> dispute = annotate("The ministry accused the union of sabotage.")
    >>> [(row.score, row.voice, row.denominator) for row in score(dispute, list(find(dispute)))][:2]
    [('frame_conflict', 'all', 1), ('frame_economic', 'all', 1)]
    """
    for finding in findings:
        yield ScoreRow(
            score=f"frame_{finding['frame']}", voice="all", numerator=float(str(finding["p"])), denominator=1
        )


class Join(NamedTuple):
    """The three coefficients by which a frame's likeness and cues lead to p: of each, and the constant."""

    bias: float
    likeness: float
    cues: float

    def p(self, likeness: float, cues: float) -> float:
        """p from the mean likeness of an article's sentences and the strength of its cues."""
        return 1 / (1 + math.exp(-(self.bias + self.likeness * likeness + self.cues * cues)))


@cache
def load_joins(path: Path = JOINS) -> dict[str, Join]:
    """The coefficients of every frame, from the table that ships."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {row.pop("frame"): Join(**{name: float(value) for name, value in row.items()}) for row in rows}


def likeness(annotated: AnnotatedArticle) -> dict[int, Doubles]:
    """Sentence id → the logits, one a frame, by which it is like invented sentences of that frame."""
    reading = load_reading("frames")
    return {s.sentence_id: reading.logits(meaning_of(annotated, [(s.start, s.end)])) for s in annotated.read_sentences}


class Cues(NamedTuple):
    """How strongly the cues of a frame speak, from 0 towards 1, and each sentence's part of that by its place."""

    p: float
    sentences: dict[int, float]


def cue_strengths(annotated: AnnotatedArticle) -> dict[str, Cues]:
    """Of every frame p = 1 − 2^(−d / HALF[frame]), with d the weighted cues per 1,000 words, the article's words
    raised by EXPECTED: 0 without a cue, one half at HALF[frame], and 1 in the limit."""
    words = annotated.n_words
    found: dict[str, list[Match]] = {frame: [] for frame in FRAMES}
    for match in _matcher().find(annotated):
        found[match.entry.label].append(match)
    strengths = {}
    for frame, matches in found.items():
        weights: dict[int, float] = {}
        for match in matches:
            at = match.sentence.sentence_id
            weights[at] = weights.get(at, 0.0) + match.entry.weight
        p, total = probability(frame, matches, words), sum(weights.values())
        strengths[frame] = Cues(p, {at: p * weight / total for at, weight in weights.items()})
    return strengths


def probability(frame: str, cues: list[Match], words: int) -> float:
    """How far the cues of a frame carry an article of so many words, from 0 towards 1."""
    density = 1000 * sum(cue.entry.weight for cue in cues) / (words + EXPECTED)
    return float(1 - 2 ** (-density / HALF[frame]))


@cache
def _matcher() -> Matcher:
    return Matcher(load("frames"))


# A row of `frames` keeps the ids of its sentences in one text; as evidence it is one row per sentence.
_SENTENCES = """(SELECT article_id, frame, p, NULL AS speaker_id,
    CAST(unnest(string_split(evidence, ',')) AS BIGINT) AS sentence_id,
    NULL::BIGINT AS start, NULL::BIGINT AS "end", 'all' AS voice FROM frames)"""

_NOTE = "Of each article the five sentences nearest to this frame are named, also where its p is low."

_QUESTIONS = {
    "conflict": "How strongly is this told as disagreement or confrontation between sides?",
    "economic": "How strongly is this told by its economic and financial consequences?",
    "human_interest": "How strongly is this told through the fate and feelings of individual people?",
    "morality": "How strongly is this told in terms of right and wrong?",
    "responsibility": "How strongly is this told by who is responsible, and who should do what about it?",
}

MEASURE = Measure(
    name="framing",
    table="frames",
    find=find,
    score=score,
    scores=tuple(
        Score(
            name=f"frame_{frame}",
            label=f"{label} frame",
            question=_QUESTIONS[frame],
            unit="0 to 1",
            range=(0, 1),
            higher_means="more likely that coders would see this frame",
            per_actor=False,
            status="exploratory",
            evidence=Evidence(
                table="frames",
                rows=_SENTENCES,
                condition=f"t.frame = '{frame}'",
                value="t.p",
                value_is="the article's p",
                signed=False,
                note=_NOTE,
            ),
            coding=yes_or_no(
                "article",
                f"{_QUESTIONS[frame].replace('How strongly is this', 'Is this')}",
                yes="The article tells it so, in more than a passing sentence.",
                no="It does not, or only in passing.",
                rule="Judge the article as a whole; it may have several frames, or none.",
            ),
        )
        for frame, label in FRAMES.items()
    ),
    method=(
        "How alike each sentence is, to a small encoder, to some seventy invented sentences that tell matters of many "
        "kinds in one of five generic frames, averaged over the article; and weighted cues of a lexicon. Both were "
        "written for this project, and both weigh alike, each by its spread over coded articles: "
        + "; ".join(
            f"{frame.replace('_', ' ')} {join.bias:+.2f} {join.likeness:+.2f} × likeness {join.cues:+.2f} × cues"
            for frame, join in load_joins().items()
        )
        + ". The five sentences that carry p most are the evidence."
    ),
    source=(
        "The five generic frames of Semetko and Valkenburg (2000); scales and base rates from Frermann et al. (2023), "
        "words and sentences of this project."
    ),
    limits=(
        "Exploratory. Scales and base rates come from articles on climate: on other subjects p tells articles apart, "
        "but is no probability that a coder would see the frame, and there is no cut-off from which on an article is "
        "framed. In war reporting conflict is mostly the subject itself. Compare p between texts on the same story."
    ),
    gold_set="narrative_frames",
)
