"""Measured and corrected numbers side by side."""

from __future__ import annotations

import pandas as pd

from analytics.charts import correction_chart

ROW = {"uncorrected": 0.3, "uncorrected_low": 0.2, "uncorrected_high": 0.4, "n_coded": 30, "n_items": 90, "note": ""}


def rows() -> pd.DataFrame:
    few = ROW | {
        "outlet": "<b>Ferry</b>",
        "value": None,
        "low": None,
        "high": None,
        "note": "too few codings (3 of 20)",
    }
    return pd.DataFrame([ROW | {"outlet": "Harbour Post", "value": 0.1, "low": -0.1, "high": 0.3}, few])


def test_each_row_has_both_marks_with_their_intervals() -> None:
    measured, corrected = correction_chart(rows(), label="Sentiment", unit="mean").data
    assert list(measured.x) == [0.3, 0.3] and list(corrected.x) == [0.1]
    assert corrected.error_x.array[0] == 0.3 - 0.1 and corrected.error_x.arrayminus[0] == 0.2
    assert measured.marker.symbol != corrected.marker.symbol
    assert measured.y[0] > corrected.y[0]  # they do not lie on each other


def test_too_few_codings_stand_in_words_and_hostile_names_as_text() -> None:
    figure = correction_chart(rows(), label="Sentiment", unit="mean")
    assert [note.text for note in figure.layout.annotations] == ["too few codings (3 of 20)"]
    assert "<b>" not in " ".join(figure.layout.yaxis.ticktext)


def test_no_rows_are_said() -> None:
    assert correction_chart(rows()[:0], label="a", unit="b").layout.annotations[0].text == "Nothing is coded yet"
