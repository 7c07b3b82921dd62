"""Permutation tests: do a group's articles differ from other articles by more than chance?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from .groups import Floats, Group, pooled
from .thresholds import thresholds

Counts = npt.NDArray[np.int_]
BATCH = 200  # relabellings whose statistics are computed at once


def p_values(groups: Sequence[Group], *, random: np.random.Generator) -> Floats:
    """Two-sided p of each group against all the others together, by relabelling the articles.

    The statistic is the difference of the two ratios over its standard error (Welch's t of the
    linearised ratios). So the test also holds where the two sides have equal rates but different
    spreads, which a test of the bare difference does not (Chung and Romano 2013). With R
    relabellings, p = (1 + at least as extreme) / (1 + R) (Phipson and Smyth 2010), never 0.
    For many articles (thresholds.toml) p is that of Welch's t test, the limit of this one.
    A group of one article has p = 1.
    """
    set_to = thresholds()
    everything = pooled(groups)
    sizes = np.array([len(group) for group in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    terms = _terms(everything)
    observed, df = _welch(np.add.reduceat(terms, starts, axis=0), terms.sum(axis=0), sizes)
    if len(everything) > set_to.max_permuted:
        return np.asarray(np.maximum(2 * stdtr(df, -np.abs(observed)), np.finfo(float).tiny))
    extreme = np.ones(len(groups))
    least = np.abs(observed) * (1 - 1e-9)  # a relabelling that changes nothing must count as equal
    for first in range(0, set_to.permutations, BATCH):
        rounds = min(BATCH, set_to.permutations - first)
        sums = np.stack([_relabelled(terms, starts, random) for _ in range(rounds)])
        relabelled, _ = _welch(sums, terms.sum(axis=0), sizes)
        extreme += (np.abs(relabelled) >= least).sum(axis=0)
    return extreme / (1 + set_to.permutations)


def _relabelled(terms: Floats, starts: Counts, random: np.random.Generator) -> Floats:
    return np.asarray(np.add.reduceat(terms.take(random.permutation(len(terms)), axis=0), starts, axis=0))


def _terms(group: Group) -> Floats:
    """Per article what a ratio and its variance are made of: x, y, x², xy, y².

    y is the denominator and x the numerator less what the common ratio expects: that shifts
    every ratio alike and keeps the sums of squares small.
    """
    x, y = group.numerator - group.ratio * group.denominator, group.denominator
    return np.column_stack([x, y, x * x, x * y, y * y])


def _welch(sums: Floats, total: Floats, sizes: Counts) -> tuple[Floats, Floats]:
    """t of each group against the rest, and its degrees of freedom; sums are (…, groups, terms)."""
    rest = sizes.sum() - sizes
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, variance = _ratio(sums, sizes)
        rest_ratio, rest_variance = _ratio(total - sums, rest)
        difference, both = ratio - rest_ratio, variance + rest_variance
        t = np.where(np.isclose(difference, 0, atol=1e-12), 0.0, difference / np.sqrt(both))
        df = both**2 / (variance**2 / (sizes - 1) + rest_variance**2 / (rest - 1))
    return np.nan_to_num(t, nan=0.0, posinf=np.inf, neginf=-np.inf), df


def _ratio(sums: Floats, sizes: Counts) -> tuple[Floats, Floats]:
    """Σx / Σy and its variance by linearisation (Cochran 1977, Sampling Techniques, section 6.4)."""
    x, y, xx, xy, yy = np.moveaxis(sums, -1, 0)
    ratio = x / y
    squares = np.maximum(xx - 2 * ratio * xy + ratio**2 * yy, 0)
    return ratio, squares / y**2 * sizes / (sizes - 1)
