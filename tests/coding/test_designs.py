"""Probabilities of draws, and the draws themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.coding import active, combined, draw, expected_errors, simple, stratified


@given(st.lists(st.floats(0.001, 10), min_size=2, max_size=40), st.integers(1, 40))
def test_probabilities_add_up_to_the_number_of_codings(sizes: list[float], n: int) -> None:
    wanted = min(n, len(sizes))
    strata = [int(size) for size in sizes]
    for found in (active(sizes, n), simple(len(sizes), n), stratified(strata, n), stratified(strata, n, spread=sizes)):
        assert found.sum() == pytest.approx(wanted) and found.min() > 0 and found.max() <= 1


def test_each_item_is_drawn_as_often_as_its_probability_says() -> None:
    random = np.random.default_rng(1)
    p = active([4, 2, 1, 1, 0.5, 0.1, 3, 3], 3)
    times = np.zeros(8)
    for _ in range(4000):
        drawn = draw(p, random=random)
        assert len(drawn) == 3 and len(set(drawn)) == 3
        times[drawn] += 1
    assert times / 4000 == pytest.approx(p, abs=0.03)


def test_active_draws_where_error_and_weight_are_large_yet_never_never() -> None:
    p = active([1, 1, 0, 0], 1, weight=[3, 1, 1, 1], even_share=0.2)
    assert p[0] > p[1] > p[2] == p[3] >= 0.2 / 4 - 1e-12
    assert active([0, 0], 1).tolist() == simple(2, 1).tolist()


def test_small_strata_are_coded_and_spread_draws_more() -> None:
    even = stratified(["a"] * 90 + ["b"] * 10, 20)
    assert even[:90].sum() == pytest.approx(10) and even[90:].sum() == pytest.approx(10)
    spread = stratified(["a"] * 50 + ["b"] * 50, 20, spread=[3.0] * 50 + [1.0] * 50)
    assert spread[:50].sum() == pytest.approx(15)


def test_two_draws_together() -> None:
    random, first, second = np.random.default_rng(0), simple(50, 10), active(np.arange(50), 20)
    inside = np.zeros(50)
    for _ in range(3000):
        inside[np.union1d(draw(first, random=random), draw(second, random=random))] += 1
    assert inside / 3000 == pytest.approx(combined(first, second), abs=0.05)


def test_expected_errors_are_learnt_from_a_first_sample() -> None:
    random = np.random.default_rng(0)
    doubt = random.random(800)
    error = random.normal(0, 0.1 + doubt)
    coded = np.arange(300)
    found = expected_errors(doubt[:, None], coded, error[coded])
    assert np.corrcoef(found, 0.1 + doubt)[0, 1] > 0.9 and (found > 0).all()


def test_an_error_that_is_unknown_counts_as_the_mean_of_the_others() -> None:
    assert active([0.2, 0.4, np.nan], 1) == pytest.approx(active([0.2, 0.4, 0.3], 1))
    assert active([np.nan, np.nan], 1).tolist() == [0.5, 0.5]
