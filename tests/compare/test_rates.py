from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.compare import rates
from analytics.compare.groups import Group, grouped
from analytics.compare.rates import NO_VARIATION, interval
from analytics.compare.resampling import cut, replicates, tail
from analytics.vocabulary import UNKNOWN

Make = Callable[..., pd.DataFrame]


def test_value_is_a_ratio_of_sums(listed: Make) -> None:
    scores = listed(list("abcde"), ["Dawn"] * 5, [1, 0, 0, 0, 4], [10, 10, 10, 10, 460])
    row = rates(scores, by=["outlet"], scale=1000).iloc[0]
    assert row["value"] == pytest.approx(1000 * 5 / 500)  # the mean of the articles' rates is 21.7
    assert (row["n_articles"], row["denominator"], row["note"]) == (5, 500, "")
    assert row["low"] < row["value"] < row["high"]


def test_an_articles_rows_are_one_unit(make: Make) -> None:
    whole = make({"Dawn": 20})
    parts = [
        whole.assign(voice=voice, numerator=whole.numerator / 2, denominator=whole.denominator / 2) for voice in "ab"
    ]
    pd.testing.assert_frame_equal(rates(pd.concat(parts), by=["outlet"]), rates(whole, by=["outlet"]))


def test_too_few_articles_are_said_not_shown(make: Make) -> None:
    table = rates(make({"Dawn": 4, "Dusk": 5}), by=["outlet"]).set_index("outlet")
    assert table.loc["Dawn", ["value", "low", "high"]].isna().all()
    assert table.loc["Dawn", "note"] == "too few articles (4 of 5)"
    assert table.loc["Dusk", ["value", "low", "high"]].notna().all()


def test_a_missing_outlet_is_a_group_and_comes_last(make: Make) -> None:
    table = rates(make({None: 6, "Dawn": 6, "~ Tilde": 6}), by=["outlet"])
    assert list(table["outlet"]) == ["Dawn", "~ Tilde", UNKNOWN]
    assert table["n_articles"].sum() == 18


def test_several_columns_and_none(make: Make) -> None:
    scores = make({"Dawn": 6, "Dusk": 6})
    both = pd.concat([scores, scores.assign(voice="quoted")])
    assert list(rates(both, by=["outlet", "voice"]).columns[:2]) == ["outlet", "voice"]
    assert len(rates(both, by=["outlet", "voice"])) == 4
    assert rates(both, by=[])["n_articles"].tolist() == [12]


def test_no_rows_give_no_rows(make: Make) -> None:
    for by in (["outlet"], []):
        table = rates(make({"Dawn": 5}).iloc[:0], by=by)
        assert table.empty
        assert str(table["value"].dtype) == "Float64"


def test_same_numbers_in_any_order_and_company(make: Make) -> None:
    scores = make({"Dawn": 30, "Dusk": 40, "Noon": 3})
    table = rates(scores, by=["outlet"])
    shuffled = scores.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(rates(shuffled, by=["outlet"]), table)
    alone = rates(scores[scores["outlet"] == "Dusk"], by=["outlet"])
    pd.testing.assert_frame_equal(alone, table[table["outlet"] == "Dusk"].reset_index(drop=True))
    assert rates(scores, by=["outlet"], seed=1)["low"].iloc[0] != table["low"].iloc[0]


def test_interval_is_clipped_to_the_range(listed: Make) -> None:
    scores = listed(list("abcdef"), ["Dawn"] * 6, [1, 1, 1, 1, 1, 0.5], [1] * 6)
    row = rates(scores, by=["outlet"], bounds=(0.9, 0.95)).iloc[0]
    assert (row["low"], row["high"]) == (0.9, 0.95)
    assert rates(scores, by=["outlet"], bounds=(0.95, None))["low"].iloc[0] == 0.95


def test_equal_articles_have_no_interval(listed: Make) -> None:
    row = rates(listed(list("abcdef"), ["Dawn"] * 6, [0] * 6, [100, 200, 50, 70, 90, 10]), by=["outlet"]).iloc[0]
    assert row["value"] == 0
    assert pd.isna(row["low"]) and pd.isna(row["high"])
    assert row["note"] == NO_VARIATION


def test_replicates_agree_with_scipy(make: Make) -> None:
    group = grouped(make({"Dawn": 40}), ["outlet"])[0]
    ours = cut(replicates(group, resamples=20_000, random=np.random.default_rng(1)), 0.025)
    theirs = stats.bootstrap(
        (group.numerator, group.denominator),
        lambda x, y, axis: x.sum(axis) / y.sum(axis),
        paired=True,
        vectorized=True,
        n_resamples=20_000,
        method="percentile",
        rng=np.random.default_rng(2),
    ).confidence_interval
    assert ours == pytest.approx(tuple(theirs), rel=0.02)


@pytest.mark.parametrize("n", [5, 12, 200])
def test_expanded_tail_is_hesterbergs(n: int) -> None:
    expected = stats.norm.cdf(-np.sqrt(n / (n - 1)) * stats.t.ppf(0.975, n - 1))
    assert tail(df=n - 1, inflation=n / (n - 1), level=0.95) == pytest.approx(expected)


def test_expanded_interval_covers_what_the_plain_one_misses() -> None:
    random, truth, n, rounds = np.random.default_rng(4), 0.5, 6, 250
    expanded = plain = 0
    for i in range(rounds):
        values = random.normal(truth, 1, n)
        group = Group(key=(str(i),), articles=np.arange(n).astype(object), numerator=values, denominator=np.ones(n))
        low, high = interval(group, 0)
        expanded += low <= truth <= high
        low, high = cut(replicates(group, resamples=1000, random=random), 0.025)
        plain += low <= truth <= high
    assert 0.91 < expanded / rounds < 0.99
    assert plain < expanded - 0.04 * rounds


def test_blocks_of_a_large_group_keep_its_spread(make: Make) -> None:
    group = grouped(make({"Dawn": 6000}), ["outlet"])[0]
    residuals = group.numerator - group.ratio * group.denominator
    error = np.sqrt((residuals**2).sum()) / group.denominator.sum()
    spread = [replicates(group, resamples=2000, random=np.random.default_rng(i)).std() for i in range(5)]
    assert np.mean(spread) == pytest.approx(error, rel=0.06)


def test_fast_and_of_bounded_memory(make: Make) -> None:
    scores = make({f"outlet {i}": 571 for i in range(14)})
    taken = []
    for _ in range(3):
        start = time.process_time()
        rates(scores, by=["outlet"])
        taken.append(time.process_time() - start)
    assert min(taken) < 0.5
    group = grouped(make({"Dawn": 100_000}), ["outlet"])[0]
    tracemalloc.start()
    replicates(group, resamples=2000, random=np.random.default_rng(0))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6
