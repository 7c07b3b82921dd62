"""Marks stand out from the ground they are on, on white pages and on dark ones."""

from __future__ import annotations

import pytest

from analytics.charts import rates_chart
from analytics.charts.theme import COLOURS, DARK, GROUND, QUIET, TEXT, darkened, styled, zero_line


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As in WCAG 2.2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", [GROUND, DARK[GROUND]])
@pytest.mark.parametrize("colour", COLOURS)
def test_marks_stand_out(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 3


@pytest.mark.parametrize("colour", [TEXT, QUIET])
def test_words_can_be_read(colour: str) -> None:
    assert contrast(colour, GROUND) >= 4.5
    assert contrast(DARK[colour], DARK[GROUND]) >= 4.5


def test_a_dark_page_turns_the_ground_and_keeps_the_marks() -> None:
    import pandas as pd

    rates = pd.DataFrame({"outlet": ["Dawn"], "value": [1.0], "low": [0.5], "high": [2.0], "n_articles": [9]})
    figure = rates_chart(rates.assign(note=""), label="Hedges", unit="per 1,000 words", by="outlet")
    turned = darkened(figure)
    assert (turned.layout.paper_bgcolor, turned.layout.font.color) == (DARK[GROUND], DARK[TEXT])
    assert turned.data[0].marker.color == figure.data[0].marker.color
    assert darkened(zero_line(styled(figure, height=100), vertical=True)).layout.xaxis.gridcolor != "#E6E6E6"
