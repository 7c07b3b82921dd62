"""The check of corrected intervals, on invented readings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.errors import InputError
from analytics.evaluation.correction import COLUMNS, HALF, _items, bound, coverage, evaluate, savings


def readings(n: int = 400) -> pd.DataFrame:
    random = np.random.default_rng(0)
    doubt = random.choice([0.1, 0.9], n)
    gold = random.choice([-1.0, 0.0, 1.0], n)
    return pd.DataFrame(
        {
            "item_id": [f"i{k}" for k in range(n)],
            "article_id": [f"a{k // 2}" for k in range(n)],
            "machine": gold + random.normal(0, doubt),
            "uncertainty": doubt,
            "denominator": 1.0,
            "gold": gold,
        }
    )


def test_corrected_intervals_hold_the_truth_where_uncorrected_ones_do_not() -> None:
    found = pd.DataFrame(coverage("invented", readings(), resamplings=60))
    contrast = found[found["estimate"] == "contrast"]
    assert contrast["covered"].between(0.85, 1).all() and (contrast["covered_uncorrected"] < 0.6).all()
    assert contrast["codings"].tolist() == [100, 200, 500]
    assert contrast["half_width"].is_monotonic_decreasing


def test_an_active_draw_saves_codings_where_doubt_is_uneven() -> None:
    found = pd.DataFrame(savings("invented", readings(), resamplings=40), columns=COLUMNS)
    active = found[found["draw"] == "active"].iloc[0]
    simple = found[found["draw"] == "simple"].iloc[0]
    assert active["fewer_codings"] > 0
    assert active["half_width"] == pytest.approx(simple["half_width"], rel=0.1)


def test_a_folder_without_gold_sets_is_told_which_are_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none of the folders newsmtsc, dse, polnear"):
        evaluate(tmp_path)


def test_no_draw_saves_where_all_items_are_alike_and_some_do_where_doubt_is_uneven() -> None:
    even = readings().assign(machine=np.random.default_rng(1).normal(0, 1, len(readings())))
    even = even.assign(uncertainty=1.0, denominator=1.0, gold=np.random.default_rng(0).normal(0, 1, len(even)))
    assert bound(_items(even, share=HALF)) < 0.05
    uneven = even.assign(uncertainty=even["machine"].abs(), gold=even["gold"] * even["machine"].abs())
    assert bound(_items(uneven, share=HALF)) > 0.15
