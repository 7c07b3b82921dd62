"""Invented sentences about outcomes and negation: acquitted, falsely accused, "condemned the attack on"."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.evaluation import cases

OUTCOMES = Path(__file__).parents[1] / "judgements" / "outcomes.jsonl"


@pytest.mark.model
def test_most_are_read_as_they_are_meant() -> None:
    counts = cases.evaluate(OUTCOMES).set_index("group").loc["all"]
    assert counts["unchecked"] == 0
    assert counts["right"] >= 0.8 * (counts["right"] + counts["wrong"]), counts["wrong_cases"]
