from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

from analytics.compare import cliffs_delta, contrasts, permutation, rates
from analytics.compare.groups import Group, grouped, pooled
from analytics.compare.permutation import p_values
from analytics.compare.rates import NO_VARIATION
from analytics.errors import SelectionError
from analytics.vocabulary import UNKNOWN

Make = Callable[..., pd.DataFrame]


def group_of(values: object, name: str = "x") -> Group:
    numbers = np.asarray(values, float)
    articles = np.array([f"{name}{i}" for i in range(len(numbers))], object)
    return Group(key=(name,), articles=articles, numerator=numbers, denominator=np.ones(len(numbers)))


def test_difference_to_the_rest(make: Make) -> None:
    scores = make({"Dawn": 20, "Dusk": 30, "Noon": 3})
    table = contrasts(scores, scale=1000).set_index("outlet")
    dawn, rest = scores[scores["outlet"] == "Dawn"], scores[scores["outlet"] != "Dawn"]
    value, other = (1000 * part.numerator.sum() / part.denominator.sum() for part in (dawn, rest))
    row = table.loc["Dawn"]
    assert (row["value"], row["reference_value"]) == pytest.approx((value, other))
    assert row["difference"] == pytest.approx(value - other)
    assert row["low"] < row["difference"] < row["high"]
    assert (row["n_articles"], row["n_reference"], row["reference"]) == (20, 33, "rest")
    assert value == pytest.approx(rates(scores, by=["outlet"], scale=1000).set_index("outlet").loc["Dawn", "value"])


def test_a_named_reference_is_no_row(make: Make) -> None:
    table = contrasts(make({"Dawn": 20, "Dusk": 30, None: 8}), reference="Dusk")
    assert list(table["outlet"]) == ["Dawn", UNKNOWN]
    assert set(table["n_reference"]) == {30}
    assert set(table["reference"]) == {"Dusk"}


def test_interval_agrees_with_scipy(make: Make) -> None:
    scores = make({"Dawn": 400, "Dusk": 300})
    row = contrasts(scores, reference="Dusk").iloc[0]
    one, two = grouped(scores, ["outlet"])
    theirs = [
        stats.bootstrap(
            (each.numerator, each.denominator),
            lambda x, y, axis: x.sum(axis) / y.sum(axis),
            paired=True,
            vectorized=True,
            n_resamples=5000,
            rng=np.random.default_rng(1),
        ).bootstrap_distribution
        for each in (one, two)
    ]
    low, high = np.quantile(theirs[0] - theirs[1], [0.025, 0.975])
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=0.12 * (high - low))


def test_p_agrees_with_the_exact_test_of_scipy() -> None:
    random = np.random.default_rng(7)
    one, two = random.normal(0.9, 1, 6), random.normal(0, 1, 7)
    exact = stats.permutation_test(
        (one, two), lambda a, b: stats.ttest_ind(a, b, equal_var=False).statistic, n_resamples=np.inf
    ).pvalue
    ours = p_values([group_of(one, "a"), group_of(two, "b")], random=np.random.default_rng(0))
    assert ours[0] == ours[1]
    assert ours[0] == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 1999))
    assert 0.01 < exact < 0.5


def test_limit_of_p_is_welchs_test(monkeypatch: pytest.MonkeyPatch) -> None:
    always = replace(permutation.thresholds(), max_permuted=0)
    monkeypatch.setattr(permutation, "thresholds", lambda: always)
    random = np.random.default_rng(3)
    one, two, three = random.normal(0.4, 1, 25), random.normal(0, 3, 60), random.normal(0, 1, 9)
    ours = p_values([group_of(one, "a"), group_of(two, "b"), group_of(three, "c")], random=random)
    theirs = stats.ttest_ind(one, np.concatenate([two, three]), equal_var=False).pvalue
    assert ours[0] == pytest.approx(theirs)


def test_variance_is_that_of_a_robust_regression(make: Make) -> None:
    group = grouped(make({"Dawn": 50}), ["outlet"])[0]
    sums = permutation._terms(group).sum(axis=0)
    _, variance = permutation._ratio(sums, np.array(50))
    fit = sm.WLS(group.numerator, group.denominator, weights=1 / group.denominator).fit(cov_type="HC1")
    assert variance == pytest.approx(float(fit.bse[0]) ** 2)


def test_p_is_never_zero_and_holm_adjusts_it(make: Make) -> None:
    scores = pd.concat(
        [
            make({"Dawn": 60, "Dusk": 60, "Noon": 60, "Tiny": 2}),
            make({"Loud": 60}, rate=0.05, seed=1).assign(article_id=[f"b{i}" for i in range(60)]),
        ]
    )
    table = contrasts(scores)
    shown = table.dropna(subset=["p"])
    assert shown["p"].min() == 1 / 2000
    assert shown.loc[shown["outlet"] == "Loud", "p"].item() == 1 / 2000
    expected = multipletests(shown["p"].to_numpy(float), method="holm")[1]
    assert shown["p_adjusted"].to_numpy(float) == pytest.approx(expected)
    assert table.loc[table["outlet"] == "Tiny", "p_adjusted"].isna().all()


def test_false_alarms_are_about_as_rare_as_promised() -> None:
    random, rounds = np.random.default_rng(2), 150
    small, large = 8, 60  # the larger group is also the one that varies less: a bare difference would err
    found = [
        p_values([group_of(random.normal(0, 3, small), "a"), group_of(random.normal(0, 1, large), "b")], random=random)[
            0
        ]
        for _ in range(rounds)
    ]
    assert np.mean(np.array(found) < 0.05) < 0.11


def test_cliffs_delta_counts_pairs() -> None:
    random = np.random.default_rng(5)
    one, two = random.integers(0, 6, 30), random.integers(1, 7, 40)
    pairs = np.sign(one[:, None] - two[None, :])
    assert cliffs_delta(one, two) == pytest.approx(pairs.mean())
    assert cliffs_delta(one, two) == pytest.approx(2 * stats.mannwhitneyu(one, two).statistic / (30 * 40) - 1)
    assert cliffs_delta([2, 3], [0, 1]) == 1


def test_too_few_on_either_side(make: Make) -> None:
    table = contrasts(make({"Dawn": 40, "Dusk": 4}), reference="Dusk")
    assert table["note"].tolist() == ["too few articles (4 of 5) in the reference"]
    table = contrasts(make({"Dawn": 40, "Dusk": 4})).set_index("outlet")
    assert table.loc["Dusk", "note"] == "too few articles (4 of 5)"
    assert table.loc["Dawn", "note"] == "too few articles (4 of 5) in the reference"
    assert table[["value", "difference", "low", "high", "cliffs_delta", "p", "p_adjusted"]].isna().all(axis=None)


def test_the_only_group_has_nothing_beside_it(make: Make) -> None:
    table = contrasts(make({"Dawn": 40}))
    assert table["note"].tolist() == ["too few articles (0 of 5) in the reference"]
    assert table["n_reference"].tolist() == [0]


def test_equal_articles_have_no_interval(make: Make) -> None:
    scores = make({"Dawn": 40, "Dusk": 10})
    scores.loc[scores["outlet"] == "Dusk", "numerator"] = 0
    row = contrasts(scores, reference="Dawn").iloc[0]
    assert row["note"] == NO_VARIATION
    assert pd.isna(row["low"]) and row["difference"] < 0


def test_same_numbers_in_any_order(make: Make) -> None:
    scores = make({"Dawn": 30, "Dusk": 20, None: 10})
    pd.testing.assert_frame_equal(contrasts(scores.sample(frac=1, random_state=2)), contrasts(scores))


def test_no_rows_give_no_rows(make: Make) -> None:
    table = contrasts(make({"Dawn": 5}).iloc[:0])
    assert table.empty and "p_adjusted" in table


def test_an_unknown_reference_is_refused_with_the_choices(make: Make) -> None:
    with pytest.raises(SelectionError, match="Dawn, Dusk"):
        contrasts(make({"Dawn": 5, "Dusk": 5}), reference="Nowhere")


def test_groups_that_share_articles_are_refused(make: Make) -> None:
    scores = make({"Dawn": 10})
    with pytest.raises(ValueError, match="more than one group"):
        contrasts(pd.concat([scores, scores.assign(voice="quoted")]), by="voice")


def test_pooling_keeps_every_article(make: Make) -> None:
    groups = grouped(make({"Dawn": 10, "Dusk": 7}), ["outlet"])
    assert len(pooled(groups)) == 17
