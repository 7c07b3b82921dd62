"""Shifts of level are found where they are, with their days; a flat or short series has none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analytics.compare import change_in_words, change_points, segments
from analytics.compare.segments import find_shifts, levels, strongest


def weekly(
    means: list[float | None], *, per_week: int = 12, seed: int = 0, outlet: str = "Harbour Post"
) -> pd.DataFrame:
    """Articles of an outlet: so many each week, around the week's mean; None is a week without any."""
    random = np.random.default_rng(seed)
    weeks = [week for week, mean in enumerate(means) if mean is not None for _ in range(per_week)]
    values = [random.normal(means[week], 1) for week in weeks]
    return pd.DataFrame(
        {
            "article_id": [f"{outlet}{n}" for n in range(len(weeks))],
            "outlet": outlet,
            "published": pd.Timestamp("2031-01-06", tz="UTC") + pd.to_timedelta(7 * np.array(weeks) + 2, unit="D"),
            "numerator": values,
            "denominator": 1.0,
        }
    )


def test_a_shift_is_found_in_its_week() -> None:
    [row] = change_points(weekly([0.0] * 15 + [1.5] * 12), scale=10).rows.to_dict("records")
    assert row["day"] == pd.Timestamp("2031-01-06") + pd.Timedelta(weeks=15)
    assert row["low"] <= row["day"] <= row["high"] and row["n_days"] == (row["high"] - row["low"]).days + 1
    assert row["difference"] == pytest.approx(15, abs=4) and row["before"] == pytest.approx(0, abs=3)
    assert (row["n_before"], row["n_after"]) == (15 * 12, 12 * 12)
    assert row["p"] < 0.01 and row["p_adjusted"] == row["p"]


def test_two_shifts_that_cancel_out_are_both_found() -> None:
    found = change_points(weekly([0.0] * 14 + [1.5] * 9 + [0.0] * 14)).rows
    weeks = [(day - pd.Timestamp("2031-01-06")).days // 7 for day in found["day"]]
    assert weeks == pytest.approx([14, 23], abs=1)
    assert (found["difference"] > 0).tolist() == [True, False]
    assert found["after"].iloc[0] == pytest.approx(found["before"].iloc[1])


def test_a_gap_before_the_new_level_is_part_of_the_interval() -> None:
    [row] = change_points(weekly([0.0] * 12 + [None] * 4 + [2.0] * 12)).rows.to_dict("records")
    assert row["day"] == pd.Timestamp("2031-01-06") + pd.Timedelta(weeks=16)
    assert row["low"] <= pd.Timestamp("2031-01-06") + pd.Timedelta(weeks=12) and row["n_days"] >= 29
    assert (row["n_periods"], row["n_gaps"]) == (24, 4)


def test_each_group_has_a_row_that_says_why_there_is_no_change_point() -> None:
    flat = weekly([0.0] * 30, seed=4, outlet="Flat")
    once = weekly([0.0], per_week=1, outlet="Once")
    equal = weekly([0.0] * 12, outlet="Equal").assign(numerator=2.0)
    rows = change_points(pd.concat([flat, once, equal])).rows.set_index("outlet")
    assert rows["note"].to_dict() == {
        "Equal": "no change point: all periods have the same value",
        "Flat": "no change point",
        "Once": "too few periods with articles (1 of 10)",
    }
    assert rows.loc["Flat", "p"] > 0.05 and rows.loc[["Once", "Equal"], "p"].isna().all()
    assert rows["day"].isna().all()
    told = [change_in_words(row) for row in rows.reset_index().to_dict("records")]
    assert told[2] == "Once: too few periods with articles (1 of 10)."


def test_a_level_of_fewer_than_five_articles_is_none() -> None:
    few = weekly([0.0] * 12 + [9.0] * 3, per_week=1)
    [row] = change_points(few).rows.to_dict("records")
    assert row["note"] == "no change point: too few articles (3 of 5) on one side of it" and pd.isna(row["day"])


def test_nothing_gives_no_rows_and_undated_articles_are_counted() -> None:
    scores = weekly([0.0] * 12).assign(published=pd.NaT)
    found = change_points(scores)
    assert found.rows.empty and found.undated == 144
    assert "day" in found.rows and found.rows["day"].dtype == "datetime64[us]"


def test_the_same_rows_in_another_order_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = weekly([0.0] * 15 + [1.0] * 12)
    pd.testing.assert_frame_equal(change_points(scores).rows, change_points(scores.sample(frac=1, random_state=1)).rows)


def test_what_a_shift_saves_is_the_reduction_of_weighted_squares_of_a_regression() -> None:
    random = np.random.default_rng(5)
    values, weights = random.normal(0, 1, 20), random.uniform(1, 9, 20)
    flat = sm.WLS(values, np.ones(20), weights=weights).fit()
    saved = [
        flat.ssr - sm.WLS(values, np.eye(2)[(np.arange(20) >= at).astype(int)], weights=weights).fit().ssr
        for at in range(3, 18)
    ]
    assert segments._gains(values[None], weights[None])[0] == pytest.approx(saved)
    assert strongest(values[None], weights[None])[0] >= max(saved) - 1e-9


def test_levels_are_means_of_the_stretches() -> None:
    values, weights = np.array([1.0, 3.0, 5.0, 9.0]), np.array([1.0, 3.0, 1.0, 1.0])
    assert levels(values, weights, [2]).tolist() == [2.5, 2.5, 7.0, 7.0]


def test_flat_series_seldom_have_a_shift() -> None:
    random = np.random.default_rng(6)
    found = [
        bool(find_shifts(random.normal(0, 1, 30), random.uniform(1, 20, 30), random=random).found) for _ in range(80)
    ]
    assert np.mean(found) <= 0.08
