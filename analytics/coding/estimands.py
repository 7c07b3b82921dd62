"""What is to be estimated, as a sum over items: rates, their contrasts, the same within stories, and slopes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..compare.groups import Floats

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimand:
    """θ = Σ coefficient × value over items, and how it moves with each cluster of items.

    `centred(values)` gives each item's value less what θ and the known sizes expect of it, already times the
    coefficient: added up by cluster, that is the cluster's influence on θ. It is linear in the values.
    """

    coefficient: Floats
    size: Floats  # what of each item counts below the line, such as its words; 1 for a mean of items
    side: Ints  # of each item, the side of a contrast (0, 1) on which the machine's error is estimated
    cluster: Ints  # of each item, what is independent of the others: its article, or its story
    leverage: Floats  # of each cluster, the part of its side, or of all stories, that it makes up
    centred: Callable[[Floats], Floats]

    def total(self, values: Floats) -> float:
        """θ of these values."""
        return float(self.coefficient @ values)

    def influence(self, values: Floats) -> Floats:
        """How far θ moves when a cluster is left out, with the sign turned (the jackknife's terms)."""
        return np.bincount(self.cluster, self.centred(values)) / (1 - self.leverage)

    def variance(self, influence: Floats) -> float:
        """The jackknife's variance of θ over clusters (the estimator known as CR3 for regressions)."""
        return float(influence @ influence) * (len(influence) - 1) / len(influence)


def rate(size: Floats, article: Ints) -> Estimand:
    """Σ value / Σ size of one group."""
    total, cluster = size.sum(), _numbered(article)

    def centred(values: Floats) -> Floats:
        return np.asarray((values - size * (values.sum() / total)) / total)

    return Estimand(
        coefficient=np.full(len(size), 1 / total),
        size=size,
        side=np.zeros(len(size), dtype=np.int64),
        cluster=cluster,
        leverage=_below_one(_sums(cluster, size) / total),
        centred=centred,
    )


def contrast(size: Floats, ours: Bools, article: Ints) -> Estimand:
    """The rate of one side less that of the other."""
    totals = np.where(ours, size[ours].sum(), size[~ours].sum())
    sign, cluster = np.where(ours, 1.0, -1.0), _numbered(article)

    def centred(values: Floats) -> Floats:
        expected = np.where(ours, values[ours].sum(), values[~ours].sum()) / totals * size
        return np.asarray(sign * (values - expected) / totals)

    return Estimand(
        coefficient=sign / totals,
        size=size,
        side=(~ours).astype(np.int64),
        cluster=cluster,
        leverage=_below_one(_sums(cluster, size / totals)),
        centred=centred,
    )


def within_stories(size: Floats, ours: Bools, story: Ints) -> Estimand:
    """The difference within stories that both sides tell, weighted as `same_story_contrasts` does.

    The items must be of such stories only.
    """
    of = _numbered(story)
    our_size, their_size = np.bincount(of, size * ours), np.bincount(of, size * ~ours)
    weight = our_size * their_size / (our_size + their_size)
    share = weight / weight.sum()
    coefficient = np.where(ours, (share / our_size)[of], -(share / their_size)[of])
    per_item = (share / np.bincount(of))[of]

    def centred(values: Floats) -> Floats:
        return np.asarray(coefficient * values - per_item * float(coefficient @ values))

    return Estimand(
        coefficient=coefficient,
        size=size,
        side=(~ours).astype(np.int64),
        cluster=of,
        leverage=_below_one(share),
        centred=centred,
    )


def slope(size: Floats, time: Floats, article: Ints) -> Estimand:
    """The slope of the rate over time, by least squares weighted by size."""
    mean = float(size @ time / size.sum())
    away = time - mean
    spread, cluster = float(size @ away**2), _numbered(article)

    def centred(values: Floats) -> Floats:
        level, along = values.sum() / size.sum(), float(away @ values) / spread
        return np.asarray(away * (values - size * (level + along * away)) / spread)

    return Estimand(
        coefficient=away / spread,
        size=size,
        side=np.zeros(len(size), dtype=np.int64),
        cluster=cluster,
        leverage=_below_one(_sums(cluster, size * (1 / size.sum() + away**2 / spread))),
        centred=centred,
    )


def _sums(of: Ints, values: Floats) -> Floats:
    """The sum of the values of each group."""
    return np.asarray(np.bincount(of, values), dtype=np.float64)


def _below_one(leverage: Floats) -> Floats:
    """A cluster that is all there is of its side says nothing of how clusters vary; the number stays finite."""
    return np.minimum(leverage, 0.9)


def _numbered(cluster: Ints) -> Ints:
    return np.unique(cluster, return_inverse=True)[1].astype(np.int64)
