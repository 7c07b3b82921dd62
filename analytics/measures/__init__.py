"""All measures, in the order in which pages and reports show them."""

from __future__ import annotations

from . import agency, framing, hedging, loaded_language, sentiment, stance, voices
from .contract import Measure, Score

MEASURES: tuple[Measure, ...] = (
    stance.MEASURE,
    hedging.MEASURE,
    loaded_language.MEASURE,
    sentiment.MEASURE,
    framing.MEASURE,
    agency.MEASURE,
    voices.MEASURE,
)
SCORES: dict[str, Score] = {score.name: score for measure in MEASURES for score in measure.scores}

__all__ = ["MEASURES", "SCORES", "Measure", "Score"]
