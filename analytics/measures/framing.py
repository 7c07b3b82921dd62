"""Generic news frames: is an event told as conflict, economics, human fate, morality or responsibility?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..annotation.heads import load_heads
from ..article import AnnotatedArticle
from ..knowledge.lexicon import load
from .contract import Evidence, Finding, Measure, Score, ScoreRow
from .lexical.matching import Match, Matcher

FRAMES = {
    "conflict": "Conflict",
    "economic": "Economic consequences",
    "human_interest": "Human interest",
    "morality": "Morality",
    "responsibility": "Responsibility and resolution",
}
# Weighted cues per 1,000 words at which p is one half: frames differ in how many words they leave.
HALF = {"conflict": 12.0, "economic": 15.0, "human_interest": 10.0, "morality": 6.0, "responsibility": 12.0}
EVIDENCE = 5  # sentences named as evidence of a frame
EXPECTED = 150.0  # words without cues that every article is given, so that a short one needs more than one cue


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """One row per frame: p in [0, 1] and the ids of the five sentences that carry it most, the weightiest first.

    p comes from what the sentences mean to the encoder and from the cues of a lexicon, in weights learnt from coded
    articles. Title and body count alike, whatever the voice. Nothing for an article without words, or where
    the encoder's weights are not installed: unknown is not zero.

    >>> from analytics.annotation import annotate
    >>> found = {row["frame"]: row for row in find(annotate("The ministry accused the union of sabotage."))}
    >>> list(found)
    ['conflict', 'economic', 'human_interest', 'morality', 'responsibility']
    >>> found["conflict"]["p"] > found["human_interest"]["p"], found["conflict"]["evidence"]
    (True, '0')
    """
    encoded, sentences = annotated.encoded, annotated.read_sentences
    if encoded is None or not annotated.n_words:
        return
    cues = cue_strengths(annotated)
    strengths = [cues[frame].p for frame in FRAMES]
    spans = [(s.start, s.end) for s in sentences]
    found = load_heads().frames(encoded, spans, strengths)
    for frame, p, shares in zip(FRAMES, found.p, found.shares, strict=True):
        carried = {s.sentence_id: float(share) for s, share in zip(sentences, shares, strict=True)}
        for i, weight in cues[frame].sentences.items():
            carried[i] += weight
        first = sorted(carried, key=lambda i: (-carried[i], i))[:EVIDENCE]
        evidence = ",".join(map(str, first))
        yield {"frame": frame, "p": round(float(p), 4), "evidence": evidence}


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
        )
        for frame, label in FRAMES.items()
    ),
    method=(
        "What each sentence means to a small encoder, averaged over the article, and weighted cues of a lexicon "
        "written for this project lead to p of each of five generic frames, by weights learnt from 257 coded articles. "
        "The five sentences that carry p most are the evidence."
    ),
    source="The five generic frames of Semetko and Valkenburg (2000); learnt from Frermann et al. (2023).",
    limits=(
        "Exploratory: 257 coded articles on climate are few and of one subject. A bag of words does about as well, and "
        "the intervals are wide. On other subjects p is no probability that a coder would see the frame: in war "
        "reporting conflict is mostly the subject itself. Compare it between texts on the same story."
    ),
    gold_set="narrative_frames",
)
