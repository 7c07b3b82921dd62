"""Corrected estimates: against ppi-python, statsmodels and scipy, on planted errors, and on odd input."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from ppi_py import ppi_mean_ci, ppi_mean_pointestimate

from analytics.coding import (
    active,
    corrected_contrasts,
    corrected_rates,
    corrected_slopes,
    corrected_trends,
    draw,
    estimands,
    more_codings,
    simple,
)
from analytics.coding.correction import Sample, corrected, uncorrected
from analytics.compare import same_story_contrasts
from analytics.errors import InputError, SelectionError


def corpus(*, articles: int = 300, seed: int = 0, bias: tuple[float, float] = (0.4, 0.0)) -> pd.DataFrame:
    """Mentions of invented articles: the true value, and a machine that says too much of one outlet."""
    random = np.random.default_rng(seed)
    article = np.repeat(np.arange(articles), random.integers(1, 4, articles))
    outlet = np.where(article % 2, "Harbour Post", "Daily Ferry")
    truth = random.choice([-1.0, 0.0, 1.0], len(article)) * 0.5 + random.normal(0, 0.3, articles)[article]
    wrong = random.normal(np.where(article % 2, *bias), 0.4)
    return pd.DataFrame(
        {
            "item_id": [f"m{n:05}" for n in range(len(article))],
            "article_id": [f"a{n:04}" for n in article],
            "story_id": [f"s{n // 2:04}" for n in article],
            "copy_of": None,
            "outlet": outlet,
            "published": pd.Timestamp("2031-01-01", tz="UTC") + pd.to_timedelta(article % 90, unit="D"),
            "machine": truth + wrong,
            "truth": truth,
        }
    )


def coded(items: pd.DataFrame, n: int, *, seed: int = 1, probability: np.ndarray | None = None) -> pd.DataFrame:
    """Codes that are the truth, of a draw."""
    p = simple(len(items), n) if probability is None else probability
    places = draw(p, random=np.random.default_rng(seed))
    rows = items.iloc[places]
    return rows.assign(
        coder="ada", code=rows["truth"], probability=p[places], time=pd.Timestamp("2031-06-01", tz="UTC")
    )


def test_a_simple_sample_gives_what_ppi_python_gives() -> None:
    random = np.random.default_rng(0)
    truth = random.normal(1, 1, 3000)
    machine = 0.7 * truth + random.normal(0.3, 0.5, 3000)
    inside = np.zeros(3000, bool)
    inside[random.permutation(3000)[:300]] = True
    sample = Sample(machine=machine, coded=inside, code=truth, probability=np.full(3000, 0.1))
    of_all = estimands.rate(np.ones(3000), np.arange(3000))
    found = corrected(sample, of_all)
    theirs = truth[inside], machine[inside], machine[~inside]
    [low], [high] = ppi_mean_ci(*theirs, alpha=0.05)
    assert found.half_width == pytest.approx((high - low) / 2, rel=0.03)
    assert found.value == pytest.approx((low + high) / 2, abs=0.2 * found.half_width)  # λ is tuned on fewer items here
    for power in (0.0, 0.5, 1.0):  # theirs weighs the items without a code alone, ours all items
        lam = power * 2700 / 3000
        ours, [low], [high] = corrected(sample, of_all, power=power), *ppi_mean_ci(*theirs, alpha=0.05, lam=lam)
        assert ours.value == pytest.approx(ppi_mean_pointestimate(*theirs, lam=lam)[0])
        assert ours.half_width == pytest.approx((high - low) / 2, rel=0.02)


def test_all_items_coded_give_the_truth_and_the_interval_of_a_ratio() -> None:
    items = corpus()
    everything = Sample(
        machine=items["machine"].to_numpy(),
        coded=np.ones(len(items), bool),
        code=items["truth"].to_numpy(),
        probability=np.ones(len(items)),
    )
    article = pd.factorize(items["article_id"])[0]
    found = corrected(everything, estimands.rate(np.ones(len(items)), article), power=1.0)
    fit = sm.OLS(items["truth"], np.ones(len(items))).fit(cov_type="cluster", cov_kwds={"groups": article})
    assert found.value == pytest.approx(items["truth"].mean())
    assert found.variance == pytest.approx(float(fit.bse.iloc[0]) ** 2, rel=0.02)


def test_uncorrected_slopes_and_contrasts_are_those_of_least_squares() -> None:
    items, random = corpus(), np.random.default_rng(0)
    size, value = random.integers(1, 9, len(items)).astype(float), items["machine"].to_numpy()
    article = pd.factorize(items["article_id"])[0]
    time = (article % 90).astype(float)
    fit = sm.WLS(value, sm.add_constant(time), weights=size).fit(cov_type="cluster", cov_kwds={"groups": article})
    found, reach = uncorrected(value * size, estimands.slope(size, time, article))
    assert found == pytest.approx(fit.params[1])
    assert reach == pytest.approx(1.97 * fit.bse[1], rel=0.04)
    ours = (items["outlet"] == "Harbour Post").to_numpy()
    fit = sm.WLS(value, sm.add_constant(ours.astype(float)), weights=size).fit(
        cov_type="cluster", cov_kwds={"groups": article}
    )
    found, reach = uncorrected(value * size, estimands.contrast(size, ours, article))
    assert found == pytest.approx(fit.params[1])
    assert reach == pytest.approx(1.97 * fit.bse[1], rel=0.04)


def test_within_stories_the_estimate_is_that_of_the_same_story_contrast() -> None:
    items = corpus()
    scores = items.assign(numerator=items["machine"], denominator=1.0)
    expected = same_story_contrasts(scores, reference="Daily Ferry").iloc[0]
    found = corrected_contrasts(items, coded(items, 200), reference="Daily Ferry", stories="same").iloc[0]
    assert found["uncorrected"] == pytest.approx(expected["difference"])
    assert found["uncorrected_low"] == pytest.approx(expected["low"], abs=0.02)
    assert found["n_stories"] == expected["n_stories"]
    truth = same_story_contrasts(items.assign(numerator=items["truth"], denominator=1.0), reference="Daily Ferry")
    assert found["low"] < truth["difference"].iloc[0] < found["high"]


@pytest.mark.parametrize("design", ["simple", "active"])
def test_intervals_hold_the_truth_as_often_as_they_say(design: str) -> None:
    held, plain = [], []
    for seed in range(150):
        items = corpus(articles=200, seed=seed)
        doubt = np.where(items["outlet"] == "Harbour Post", 1.0, 0.5)
        p = active(doubt, 80) if design == "active" else None
        found = corrected_contrasts(items, coded(items, 80, seed=seed, probability=p), reference="Daily Ferry").iloc[0]
        if pd.isna(found["low"]):  # one side was drawn too seldom, and the note says so
            assert found["note"]
            continue
        held.append(found["low"] <= 0 <= found["high"])
        plain.append(found["uncorrected_low"] <= 0 <= found["uncorrected_high"])
    assert 0.89 <= np.mean(held) <= 0.99 and np.mean(plain) < 0.1


def test_rates_are_corrected_outlet_by_outlet() -> None:
    items = corpus(articles=800)
    found = corrected_rates(items, coded(items, 300), scale=100, bounds=(-100, 100)).set_index("outlet")
    assert found["error"]["Harbour Post"] == pytest.approx(40, abs=10)
    assert found["error"]["Daily Ferry"] == pytest.approx(0, abs=10)
    assert (found["high"] - found["low"] > found["uncorrected_high"] - found["uncorrected_low"]).all()
    assert (found["n_items"] == items.groupby("outlet").size()).all()


def test_trends_need_codings_in_each_period_and_slopes_do_not() -> None:
    items = corpus(articles=600)
    codes = coded(items, 300)
    months = corrected_trends(items, codes, period="month")
    assert len(months) == 6 and months["value"].notna().all()
    weeks = corrected_trends(items, codes, by=None, period="day")
    assert weeks["value"].isna().all() and weeks["uncorrected"].notna().any()
    assert weeks["note"].str.startswith("too few").all()
    rising = items.assign(machine=items["machine"] + 0.02 * (items["published"].dt.dayofyear))
    slopes = corrected_slopes(rising, codes).set_index("outlet")
    assert (slopes["uncorrected"] > 0.5).all() and (slopes["value"].abs() < slopes["uncorrected"] / 3).all()
    with pytest.raises(ValueError, match="no period 'year'"):
        corrected_trends(items, codes, period="year")


def test_more_codings_reach_the_width_that_was_promised() -> None:
    items = corpus(articles=1500)
    row = corrected_rates(items.assign(outlet="Harbour Post"), coded(items, 150)).iloc[0]
    half = (row["high"] - row["low"]) / 2
    more = more_codings(row, 0.6 * half)
    assert more > 100
    again = corrected_rates(items.assign(outlet="Harbour Post"), coded(items, 150 + more, seed=4)).iloc[0]
    assert (again["high"] - again["low"]) / 2 == pytest.approx(0.6 * half, rel=0.15)
    assert more_codings(row, 2 * half) == 0 and more_codings(row, half / 1000) is None


def test_the_same_rows_in_another_order_give_the_same() -> None:
    items = corpus()
    codes = coded(items, 150)
    found = corrected_rates(items, codes)
    shuffled = corrected_rates(items.sample(frac=1, random_state=3), codes.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(found, shuffled)


def test_what_cannot_be_used_or_told_is_said() -> None:
    items = corpus()
    codes = coded(items, 150)
    gone = codes.head(2).assign(item_id=["x1", "x2"], article_id=["gone", "gone"])
    undecided = codes.tail(1).assign(code=np.nan)
    found = corrected_rates(items, pd.concat([codes.iloc[:-1], undecided, gone]))
    assert found.attrs["notes"] == (
        "2 coded items are no longer there and are left out (1 article is gone): x1, x2",
        "1 coded item could not be decided; the others stand in",
    )
    lone = items.assign(outlet=np.where(items["article_id"] == "a0000", "Lone Gull", items["outlet"]))
    assert "too few articles (1 of 5)" in corrected_rates(lone, codes)["note"].tolist()
    few = corrected_contrasts(items, codes.head(12), reference="Daily Ferry").iloc[0]
    assert few["note"].startswith("too few codings (") and not pd.isna(few["uncorrected"]) and pd.isna(few["value"])
    apart = items.assign(story_id=items["article_id"])
    assert corrected_contrasts(apart, codes, stories="same")["note"].eq("no story that both tell").all()
    equal = items.assign(machine=0.5, truth=0.5)
    even = corrected_rates(equal, coded(equal, 150)).iloc[0]
    assert even[["value", "low", "high"]].tolist() == pytest.approx([0.5] * 3)
    with pytest.raises(InputError, match="2 coded items are no longer there"):
        corrected_rates(items, gone)
    with pytest.raises(InputError, match="no column 'machine'"):
        corrected_rates(items.drop(columns="machine"), codes)
    with pytest.raises(InputError, match="twice"):
        corrected_rates(pd.concat([items, items.head(1)]), codes)
    with pytest.raises(SelectionError, match="no outlet 'Lone Gull'"):
        corrected_contrasts(items, codes, reference="Lone Gull")
    with pytest.raises(SelectionError, match="story_id"):
        corrected_contrasts(items.drop(columns="story_id"), codes, stories="same")


def test_codes_that_are_all_alike_promise_no_certainty() -> None:
    items = corpus()
    rows = corrected_rates(items, coded(items.assign(truth=0.0), 80))
    assert ((rows["high"] - rows["low"]) > 0.05).all()
