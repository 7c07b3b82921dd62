"""Krippendorff's alpha: his published worked examples, properties, an interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.coding import ADJUDICATED, agreement, krippendorff_alpha
from analytics.coding.agreement import ALL_EQUAL, NO_PAIRS

N = np.nan
# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability: examples A, B and C.
TWO_OBSERVERS_BINARY = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], float).T
TWO_OBSERVERS_NOMINAL = np.array([[0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0], [1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3]], float).T
FOUR_OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    ]
).T


@pytest.mark.parametrize(
    ("codes", "level", "published"),
    [
        (TWO_OBSERVERS_BINARY, "nominal", 0.095),
        (TWO_OBSERVERS_NOMINAL, "nominal", 0.692),
        (FOUR_OBSERVERS, "nominal", 0.743),
        (FOUR_OBSERVERS, "ordinal", 0.815),
        (FOUR_OBSERVERS, "interval", 0.849),
    ],
)
def test_published_worked_examples(codes: np.ndarray, level: str, published: float) -> None:
    assert krippendorff_alpha(codes, level=level) == pytest.approx(published, abs=0.0006)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_alpha_is_what_its_definition_says_pair_by_pair(level: str) -> None:
    random = np.random.default_rng(2)
    codes = random.integers(0, 4, (15, 3)).astype(float)
    codes[random.random(codes.shape) < 0.2] = np.nan
    kept = [row[~np.isnan(row)] for row in codes if (~np.isnan(row)).sum() > 1]
    everything = np.concatenate(kept)
    count = {value: (everything == value).sum() for value in np.unique(everything)}

    def apart(x: float, y: float) -> float:
        if level == "nominal":
            return float(x != y)
        if level == "interval":
            return (x - y) ** 2
        low, high = min(x, y), max(x, y)
        between = sum(n for value, n in count.items() if low <= value <= high)
        return (between - (count[low] + count[high]) / 2) ** 2

    n = len(everything)
    observed = sum(sum(apart(x, y) for x in row for y in row) / (len(row) - 1) for row in kept) / n
    expected = sum(apart(x, y) for x in everything for y in everything) / (n * (n - 1))
    assert krippendorff_alpha(codes, level=level) == pytest.approx(1 - observed / expected)


def long(matrix: np.ndarray) -> pd.DataFrame:
    rows = [(f"i{i}", f"c{j}", code) for i, row in enumerate(matrix) for j, code in enumerate(row)]
    return pd.DataFrame(rows, columns=["item_id", "coder", "code"])


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_the_interval_holds_alpha_and_narrows_with_items(level: str) -> None:
    few, many = long(FOUR_OBSERVERS), long(np.tile(FOUR_OBSERVERS, (8, 1)))
    found, more = agreement(few, level=level), agreement(many, level=level)
    assert found.low < found.alpha < found.high <= 1 and found.n_coders == 4 and found.n_items == 11
    assert more.high - more.low < 0.6 * (found.high - found.low)
    assert agreement(few, level=level) == found


def test_adjudicated_codes_and_earlier_codes_do_not_count() -> None:
    codes = long(TWO_OBSERVERS_NOMINAL)
    more = pd.DataFrame({"item_id": ["i0"], "coder": [ADJUDICATED], "code": [0.0]})
    before = pd.DataFrame({"item_id": ["i0"], "coder": ["c0"], "code": [4.0]})
    assert agreement(pd.concat([before, codes, more])) == agreement(codes)


def test_what_cannot_be_told_is_said() -> None:
    assert agreement(long(TWO_OBSERVERS_BINARY[:, :1])).note == NO_PAIRS
    assert agreement(long(np.ones((5, 2)))).note == ALL_EQUAL
    assert agreement(long(np.full((5, 2), np.nan))).alpha is None
    with pytest.raises(ValueError, match="no level 'ratio'"):
        krippendorff_alpha(FOUR_OBSERVERS, level="ratio")
