"""All measures, in the order in which pages and reports show them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..knowledge.targets import load_propositions
from . import (
    agency,
    author_sentiment,
    directed_sentiment,
    framing,
    hedging,
    loaded_language,
    portrayal,
    sentiment,
    slanted_wording,
    stance,
    vader,
    voices,
)
from .contract import Answer, Coding, Evidence, Mark, Measure, Score

MEASURES: tuple[Measure, ...] = (
    sentiment.MEASURE,
    directed_sentiment.MEASURE,
    author_sentiment.MEASURE,
    stance.MEASURE,
    hedging.MEASURE,
    loaded_language.MEASURE,
    slanted_wording.MEASURE,
    framing.MEASURE,
    agency.MEASURE,
    portrayal.MEASURE,
    voices.MEASURE,
    vader.MEASURE,
)


@cache
def measures_for(targets_file: Path | None = None) -> tuple[Measure, ...]:
    """All measures, with the stance toward the statements of a user's targets file, or of the one that ships.

    Raises KnowledgeError, naming file and entry, where the file is malformed.
    """
    listed = stance.measure_for(load_propositions(targets_file))
    return tuple(listed if measure is stance.MEASURE else measure for measure in MEASURES)


def scores_of(measures: tuple[Measure, ...]) -> dict[str, Score]:
    """The scores that measures declare, by name."""
    return {score.name: score for measure in measures for score in measure.scores}


SCORES: dict[str, Score] = scores_of(MEASURES)
MARKS: tuple[Mark, ...] = tuple(mark for measure in MEASURES for mark in measure.marks)
CUE_TYPES = tuple(mark.kind for measure in MEASURES if measure.table == "cues" for mark in measure.marks)

__all__ = [
    "CUE_TYPES",
    "MARKS",
    "MEASURES",
    "SCORES",
    "Answer",
    "Coding",
    "Evidence",
    "Mark",
    "Measure",
    "Score",
    "measures_for",
    "scores_of",
]
