"""The reader of one article: everything a measure marks in a text has a layer, a style and a legend."""

from __future__ import annotations

import pytest

from analytics.dashboard.parts.reader import LAYERS, LEGEND
from analytics.reports.marked_text import KINDS
from analytics.results.schemas import TABLES

CUES = next(
    check.statistics["allowed_values"]
    for check in TABLES["cues"].to_schema().columns["cue_type"].checks
    if check.name == "isin"
)


@pytest.mark.parametrize("cue", CUES)
def test_every_class_of_cue_has_a_layer_a_style_and_a_legend(cue: str) -> None:
    assert cue in {kind for kinds in LAYERS.values() for kind in kinds}
    assert cue in KINDS
    assert cue in {span.kind for span in LEGEND}
