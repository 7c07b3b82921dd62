"""The bootstrap of a ratio of sums over articles, and its interval."""

from __future__ import annotations

from math import ceil

import numpy as np
from scipy.special import ndtr, stdtrit

from .groups import Floats, Group
from .thresholds import thresholds

CELLS = 200_000  # counts held at once: memory does not grow with the number of articles


def tail(*, df: float, inflation: float, level: float) -> float:
    """The probability at which to cut each side of a bootstrap distribution.

    The percentile interval is too narrow for few articles: it divides by n instead of n - 1 and
    uses the normal instead of Student's t. The expanded percentile interval cuts further out,
    at Φ(√inflation · t), where inflation is n / (n - 1) and t the quantile of t with df = n - 1.

    Source: Hesterberg 2015, What teachers should know about the bootstrap, section 4.

    >>> round(tail(df=4, inflation=5 / 4, level=0.95), 4)
    0.001
    """
    return float(ndtr(stdtrit(df, (1 - level) / 2) * np.sqrt(inflation)))


def resamples_for(articles: int) -> int:
    """How many resamples an interval over so many articles needs."""
    set_to = thresholds()
    cut = tail(df=articles - 1, inflation=articles / (articles - 1), level=set_to.level)
    return max(set_to.resamples, ceil(set_to.resamples_per_tail / cut))


def replicates(group: Group, *, resamples: int, random: np.random.Generator) -> Floats:
    """Σ numerator / Σ denominator of so many resamples of the group's articles, with replacement."""
    sums = resampled_sums(np.column_stack([group.numerator, group.denominator]), resamples=resamples, random=random)
    return np.asarray(sums[:, 0] / sums[:, 1])


def resampled_sums(columns: Floats, *, resamples: int, random: np.random.Generator) -> Floats:
    """The sum of each column [unit, column] over so many resamples of the units, with replacement."""
    blocks = _units(columns, random)
    units = len(blocks)
    rows = max(1, CELLS // units)
    sums = np.empty((resamples, columns.shape[1]))
    for first in range(0, resamples, rows):
        size = min(rows, resamples - first)
        drawn = random.integers(units, size=(size, units)) + units * np.arange(size)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=size * units).reshape(size, units)
        sums[first : first + size] = counts.astype(float) @ blocks
    return sums


def cut(values: Floats, probability: float) -> tuple[float, float]:
    """The interval between the two quantiles that leave a probability on each side."""
    low, high = np.quantile(values, [probability, 1 - probability])
    return float(low), float(high)


def _units(pairs: Floats, random: np.random.Generator) -> Floats:
    """The units' sums; of a large group, the sums of random blocks of equal size."""
    most = thresholds().max_units
    if len(pairs) <= most:
        return pairs
    starts = np.arange(most) * len(pairs) // most
    return np.asarray(np.add.reduceat(random.permutation(pairs), starts, axis=0))
