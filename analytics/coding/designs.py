"""How a sample is drawn for coding: the probability of each item under a design, and the draw itself.

Every function is pure: it takes and gives arrays, one entry per item of the population. Keep the probabilities: an
estimate from a sample whose probabilities are not known cannot be corrected for how it was drawn.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..compare.groups import Floats
from .thresholds import coding_thresholds

Places = npt.NDArray[np.int64]


def simple(items: int, n: int) -> Floats:
    """Every item has the same probability; all are drawn where n is no less than their number.

    >>> simple(4, 2).tolist()
    [0.5, 0.5, 0.5, 0.5]
    """
    return np.full(items, min(1.0, n / items) if items else 0.0)


def stratified(strata: npt.ArrayLike, n: int, *, spread: npt.ArrayLike | None = None) -> Floats:
    """Codings spread evenly over the strata (any labels, such as outlet and class), so that small ones are coded, too.

    With `spread`, the standard deviation of the machine's error at each item, strata get codings in proportion
    to their size times their mean spread (Neyman 1934). A stratum gets no more codings than it has items.

    >>> stratified(["a", "a", "a", "a", "b", "b"], 4).tolist()
    [0.5, 0.5, 0.5, 0.5, 1.0, 1.0]
    """
    of, _ = pd.factorize(np.asarray(strata))
    size = np.bincount(of).astype(float)
    share = np.ones(len(size)) if spread is None else np.bincount(of, np.asarray(spread, float))
    return _proportional((share / size)[of], n)


def active(
    expected_error: npt.ArrayLike, n: int, *, weight: npt.ArrayLike | None = None, even_share: float | None = None
) -> Floats:
    """Codings go where one narrows the interval most: probability in proportion to weight × expected error.

    `expected_error` is the standard deviation expected of what the machine's value is off by at each item
    (`expected_errors` estimates it); `weight` how much the item counts in the question, such as 1 over the number
    of items of its side of a contrast. That minimises the variance of the corrected estimate for n codings (Neyman
    1934; Zrnic and Candès 2024). Where the error is unknown (NaN), the mean of the others stands in. A part of the
    codings, even_share (thresholds.toml), is spread evenly: where the expectation is wrong, no item weighs without
    bound.

    >>> active([0.9, 0.1, 0.1, 0.1], 2, even_share=0.2).round(2).tolist()
    [1.0, 0.33, 0.33, 0.33]
    """
    error = np.abs(np.asarray(expected_error, float))
    known = ~np.isnan(error)
    error = np.where(known, error, error[known].mean() if known.any() else 1.0)
    size = error * (1.0 if weight is None else np.abs(np.asarray(weight, float)))
    even = coding_thresholds().even_share if even_share is None else even_share
    if not size.sum() > 0:
        return simple(len(size), n)
    return _proportional((1 - even) * size / size.sum() + even / len(size), n)


def combined(*probabilities: npt.ArrayLike) -> Floats:
    """The probability of being in at least one of several independent draws from the same population.

    >>> combined([0.5, 0.1], [0.5, 0.0]).round(2).tolist()
    [0.75, 0.1]
    """
    missed = np.prod([1 - np.asarray(each, float) for each in probabilities], axis=0)
    return np.asarray(1 - missed)


def draw(probabilities: Floats, *, random: np.random.Generator) -> Places:
    """The places of the items that are drawn, sorted: as many as the probabilities add up to, give or take one.

    Systematic sampling of the items in random order: each is drawn with exactly its probability.

    >>> draw(np.full(10, 0.3), random=np.random.default_rng(0)).tolist()
    [2, 5, 8]
    """
    order = random.permutation(len(probabilities))
    reached = np.floor(np.cumsum(probabilities[order]) - random.random() + 1e-12)
    return np.sort(order[np.diff(reached, prepend=-1.0) > 0])


def expected_errors(
    features: npt.ArrayLike, coded: npt.ArrayLike, error: npt.ArrayLike, *, weight: npt.ArrayLike | None = None
) -> Floats:
    """What the machine is expected to be off by at every item, learnt from a first sample.

    `features` [item, feature] are anything known of every item: what the machine answers, how sure it is, how long
    the sentence is. `coded` are the places of items of the first sample, `error` the code less the machine's value
    there. The square of the error is fitted by ridge regression on the features, their squares and products; the
    root of the fit is returned, no less than a fifth of its mean. Error is taken as it is, so a machine that is
    always off by the same amount has no expected error after correction: pass the error less its mean.
    """
    from sklearn.linear_model import RidgeCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import PolynomialFeatures, StandardScaler

    x, places = np.asarray(features, float), np.asarray(coded, dtype=np.int64)
    model = make_pipeline(
        StandardScaler(), PolynomialFeatures(2, include_bias=False), RidgeCV(alphas=np.logspace(-1, 3, 9))
    )
    squares = np.asarray(error, float) ** 2
    weights = None if weight is None else np.asarray(weight, float)
    fitted = model.fit(x[places], squares, ridgecv__sample_weight=weights).predict(x)
    return np.asarray(np.sqrt(np.maximum(fitted, (0.2**2) * max(float(squares.mean()), 1e-12))))


def _proportional(size: Floats, n: int) -> Floats:
    """Probabilities in proportion to a size, none above 1, that add up to n."""
    found = np.zeros(len(size))
    certain = np.zeros(len(size), bool)
    while True:
        left, open_size = n - certain.sum(), np.where(certain, 0.0, size)
        if left <= 0 or open_size.sum() <= 0:
            return np.where(certain, 1.0, found)
        found = np.where(certain, 1.0, left * open_size / open_size.sum())
        above = (found >= 1) & ~certain
        if not above.any():
            return found
        certain |= above
