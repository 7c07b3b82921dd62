from __future__ import annotations

import pandas as pd
import pytest

from analytics.charts.labels import LONGEST, interval, number, percent, shown, wrapped


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0001, "0"),
        (0.0456, "0.046"),
        (-0.25, "−0.25"),
        (9.876, "9.88"),
        (56.78, "56.8"),
        (98765, "98,765"),
    ],
)
def test_numbers_have_about_three_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_small_shares_are_not_nothing() -> None:
    assert [percent(share) for share in (0.0, 0.004, 0.5, 1.0)] == ["0 %", "0.4 %", "50 %", "100 %"]


def test_a_missing_end_means_no_interval() -> None:
    assert interval(pd.NA, 1.0) == "no interval"
    assert interval(-1.0, 1.0, signed=True) == "95 % interval −1.00 to +1.00"


def test_names_are_looked_up_shortened_and_never_markup() -> None:
    assert shown("q1", names={"q1": "Ilen Marrow"}) == "Ilen Marrow"
    assert len(shown("x" * 100)) == LONGEST
    assert shown("x" * 100, longest=None) == "x" * 100
    assert shown("<i>Dawn</i>") == "&lt;i&gt;Dawn&lt;/i&gt;"


def test_labels_side_by_side_break_into_lines() -> None:
    assert wrapped("q1", names={"q1": "Ilen <Marrow> of Lower Ostavia"}) == "Ilen &lt;Marrow&gt;<br>of Lower…"
    assert wrapped("Dawn") == "Dawn"
