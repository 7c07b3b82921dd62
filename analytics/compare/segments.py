"""Where the level of a series shifts: least squares segmentation, its penalty and p by permutation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import ruptures
from ruptures.base import BaseCost

from .groups import Floats
from .thresholds import thresholds

ELEMENTS = 500_000  # of a batch of permutations: memory does not grow with the length of the series
ROUNDS = 3  # of finding the penalty anew from what is left when the found levels are taken away


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A shift of level: the new one begins with the value at `at`, or (95 % confidence) one from `first` to `last`."""

    at: int
    first: int
    last: int
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """The shifts of a series, and p of there being none."""

    found: tuple[Shift, ...]
    p: float


class WeightedMean(BaseCost):  # type: ignore[misc]
    """The cost of a stretch for `ruptures`: weighted squares around the mean of a signal of values and weights."""

    model = "weighted mean"

    def __init__(self) -> None:
        self.min_size = thresholds().min_segment

    def fit(self, signal: Floats) -> WeightedMean:
        """Take in a series."""
        self.signal = signal
        values, weights = signal.T
        self.sums = np.concatenate([[[0.0] * 3], np.cumsum([weights, weights * values, weights * values**2], 1).T])
        return self

    def error(self, start: int, end: int) -> float:
        """The cost of [start, end)."""
        weight, first, second = self.sums[end] - self.sums[start]
        return float(second - first**2 / weight)


def find_shifts(values: Floats, weights: Floats, *, random: np.random.Generator) -> Shifts:
    """Shifts of level of a series whose values have variances that are inverse to their weights.

    The levels are those of least squares with a penalty on each shift (PELT of Killick, Fearnhead and Eckley 2012, as
    `ruptures` computes it; stretches hold at least `min_segment` values, thresholds.toml). The penalty is what only
    `change_alpha` of the permutations of the series exceed: values are dealt anew to the places, each with its weight.
    Once there are shifts, it is found again from what is left when the levels are taken away, since they would make
    it too high.

    p of a shift permutes the stretch between its two neighbours (or ends). Shifts that do not hold at `change_alpha`
    over their number (Bonferroni) are taken back, the least sure first. A shift's interval holds every place at which
    it is not significantly less likely (likelihood ratio inverted, Eo and Morley 2015). p of the whole is that of the
    strongest one or two shifts in it.

    Limit: values are taken as exchangeable where nothing changes; a series that drifts or swings slowly has shifts.

    >>> random = np.random.default_rng(3)
    >>> values = np.concatenate([random.normal(0, 1, 20), random.normal(3, 1, 15)])
    >>> [shift] = find_shifts(values, np.ones(35), random=random).found
    >>> shift.at, shift.first, shift.last, shift.p < 0.01
    (20, 20, 20, True)
    """
    values = values - np.average(values, weights=weights)
    null = _null(values, weights, random)
    observed = strongest(values[None], weights[None])[0]
    p = _p(observed, null)
    if p > thresholds().change_alpha:
        return Shifts(found=(), p=p)
    places = _segmented(values, weights, _penalty(null))
    for _ in range(ROUNDS):
        left = values - levels(values, weights, places)
        again = _segmented(values, weights, _penalty(_null(left, weights, random)))
        if again == places:
            break
        places = again
    return Shifts(found=_kept(values, weights, places, random), p=p)


def strongest(values: Floats, weights: Floats) -> Floats:
    """What the best shift of each series [series, place] saves in weighted squares, or the best two, each on average.

    A series has a shift exactly where this exceeds the penalty (but for series that need three at once).
    """
    sums, weight = _cumulated(weights * values), _cumulated(weights)
    n, least = values.shape[1], thresholds().min_segment
    ends = np.arange(least, n - least + 1)
    whole = sums[:, -1] ** 2 / weight[:, -1]
    before = sums[:, ends] ** 2 / weight[:, ends]
    after = (sums[:, -1:] - sums[:, ends]) ** 2 / (weight[:, -1:] - weight[:, ends])
    one = (before + after).max(axis=1) - whole
    a, b = np.triu_indices(len(ends), k=least)
    if not len(a):
        return np.asarray(one)
    between = (sums[:, ends[b]] - sums[:, ends[a]]) ** 2 / (weight[:, ends[b]] - weight[:, ends[a]])
    two = (before[:, a] + between + after[:, b]).max(axis=1) - whole
    return np.asarray(np.maximum(one, two / 2))


def levels(values: Floats, weights: Floats, places: list[int]) -> Floats:
    """The weighted mean of each stretch between shifts, at each place."""
    stretch = np.searchsorted(places, np.arange(len(values)), side="right")
    mean = np.bincount(stretch, weights * values) / np.bincount(stretch, weights)
    return np.asarray(mean[stretch])


def _segmented(values: Floats, weights: Floats, penalty: float) -> list[int]:
    search = ruptures.Pelt(custom_cost=WeightedMean(), min_size=thresholds().min_segment, jump=1)
    return [int(place) for place in search.fit(np.column_stack([values, weights])).predict(pen=penalty)[:-1]]


def _kept(values: Floats, weights: Floats, places: list[int], random: np.random.Generator) -> tuple[Shift, ...]:
    """The shifts that hold against permutations of the stretch between their neighbours."""
    while places:
        edges = [0, *places, len(values)]
        found = [_shift(values, weights, (edges[i], edges[i + 1], edges[i + 2]), random) for i in range(len(places))]
        worst = max(range(len(found)), key=lambda i: found[i].p)
        if found[worst].p <= thresholds().change_alpha / len(found):
            return tuple(found)
        places = places[:worst] + places[worst + 1 :]
    return ()


def _shift(values: Floats, weights: Floats, edges: tuple[int, int, int], random: np.random.Generator) -> Shift:
    start, at, end = edges
    x, w = values[start:end], weights[start:end]
    gains = _gains(x[None], w[None])[0]
    places = start + thresholds().min_segment + np.arange(len(gains))
    here = int(np.flatnonzero(places == at)[0])
    null = np.concatenate([_gains(*dealt).max(axis=1) for dealt in _dealt(x, w, random, len(gains))])
    spread = max(float(w @ (x - np.average(x, weights=w)) ** 2) - gains[here], 0.0) / (len(x) - 2)
    likely = places[gains >= gains[here] - _critical() * spread]
    return Shift(at=at, first=min(int(likely.min()), at), last=max(int(likely.max()), at), p=_p(gains.max(), null))


def _gains(values: Floats, weights: Floats) -> Floats:
    """What one shift saves, for each place that it can have."""
    sums, weight = _cumulated(weights * values), _cumulated(weights)
    least = thresholds().min_segment
    ends = np.arange(least, values.shape[1] - least + 1)
    before = sums[:, ends] ** 2 / weight[:, ends]
    after = (sums[:, -1:] - sums[:, ends]) ** 2 / (weight[:, -1:] - weight[:, ends])
    return np.asarray(before + after - (sums[:, -1] ** 2 / weight[:, -1])[:, None])


def _critical() -> float:
    """The likelihood ratio that a true place exceeds in 5 % of cases: P(ratio ≤ x) = (1 − exp(−x / 2))²."""
    return float(-2 * np.log(1 - np.sqrt(thresholds().level)))


def _penalty(null: Floats) -> float:
    return float(np.quantile(null, 1 - thresholds().change_alpha, method="higher"))


def _null(values: Floats, weights: Floats, random: np.random.Generator) -> Floats:
    pairs = len(values) ** 2 // 2
    return np.concatenate([strongest(*dealt) for dealt in _dealt(values, weights, random, pairs)])


def _dealt(values: Floats, weights: Floats, random: np.random.Generator, work: int) -> Iterator[tuple[Floats, Floats]]:
    """Batches of permutations of a series and its weights [permutation, place]; `work`: elements that each needs."""
    rounds, n = thresholds().permutations, len(values)
    step = max(1, ELEMENTS // max(work, n))
    for first in range(0, rounds, step):
        order = random.permuted(np.broadcast_to(np.arange(n), (min(step, rounds - first), n)), axis=1)
        yield values[order], weights[order]


def _p(observed: float, null: Floats) -> float:
    """p = (1 + at least as extreme) / (1 + permutations) (Phipson and Smyth 2010)."""
    return float((1 + (null >= observed * (1 - 1e-9)).sum()) / (1 + len(null)))


def _cumulated(values: Floats) -> Floats:
    return np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
