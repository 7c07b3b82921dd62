"""The reader of one article: everything a measure marks in a text has a layer, a style and a legend."""

from __future__ import annotations

import re

import pytest

from analytics.dashboard.parts.reader import LAYERS, legend
from analytics.measures import MARKS, Mark
from analytics.reports.marked_text import CSS, KINDS


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.kind)
def test_what_a_measure_marks_has_a_layer_a_style_and_a_legend(mark: Mark) -> None:
    assert mark.kind in LAYERS[mark.layer]
    assert mark.kind in KINDS
    assert re.search(rf"mark\.{mark.kind} \{{ [^}}]*(underline|border)", CSS)
    assert legend({mark.kind}) == f'<mark class="{mark.kind}">{mark.label}</mark>'


def test_marks_look_different() -> None:
    assert len({mark.kind for mark in MARKS}) == len({(mark.line, mark.colour) for mark in MARKS}) == len(MARKS)
