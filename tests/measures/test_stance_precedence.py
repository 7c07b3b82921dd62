"""Where an expression of stance and the encoder disagree, the expression's words win."""

from __future__ import annotations

import pytest

from analytics.annotation import annotate
from analytics.measures.stance import expressed
from analytics.measures.stance.precedence import overruled

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "sign", "left_out"),
    [
        ("Ada Brandt condemned attacks on Oren Tash.", -1, True),
        ("Ada Brandt rejected claims that Oren Tash had failed.", -1, True),
        ("Ada Brandt criticised the decision to sack Oren Tash.", -1, True),
        ("Ada Brandt condemned attacks on Oren Tash.", 1, False),
        ("Ada Brandt condemned Oren Tash's attack on the harbour.", -1, False),
        ("Ada Brandt condemned Oren Tash.", -1, False),
        ("Ada Brandt condemned Oren Tash.", 1, True),
    ],
)
def test_the_expression_wins(text: str, sign: int, left_out: bool) -> None:
    annotated = annotate(text)
    holder, target = annotated.mentions
    assert overruled(annotated, expressed(annotated), holder, target, sign) == left_out
