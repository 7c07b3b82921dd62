"""B-cubed agreement of groups with judged ones (Bagga and Baldwin 1998): for each article, its own group is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .figures import RESAMPLES, SEED

METRICS = ("B-cubed precision", "B-cubed recall", "B-cubed F1", "B-cubed F1, unjudged counted wrong")


class Story(NamedTuple):
    """What readers said of one event: tellings of it, neighbours that are not, and those left open."""

    name: str
    same: frozenset[str]
    other: frozenset[str]
    unsure: frozenset[str]


class Sums(NamedTuple):
    """Over the tellings of one story: how many, and the sums of their precision, recall and strict precision."""

    n: int
    precision: float
    recall: float
    strict: float


def agreement(story: Story, groups: Mapping[str, Sequence[str]]) -> Sums:
    """How the groups of a story's tellings agree with it; `groups` names each article's whole group.

    A telling's precision is the share of the judged articles in its group that tell its event, its
    recall the share of the event's tellings in its group. Strict precision counts every article that
    nobody judged as one of another event: a lower bound. Articles left open count nowhere.

    >>> story = Story("a flood", frozenset("ab"), frozenset("x"), frozenset())
    >>> agreement(story, {"a": "ax", "b": "b"})
    Sums(n=2, precision=1.5, recall=1.0, strict=1.5)
    """
    precision = recall = strict = 0.0
    for telling in story.same:
        group = frozenset(groups[telling]) - story.unsure
        hits = len(group & story.same)
        precision += hits / (hits + len(group & story.other))
        recall += hits / len(story.same)
        strict += hits / len(group)
    return Sums(len(story.same), precision, recall, strict)


def figures(sums: Sequence[Sums]) -> list[tuple[str, float, float, float]]:
    """Each metric over all tellings, with a 95 % bootstrap interval over stories."""
    counts = np.array(sums, dtype=np.float64)
    draws = np.random.default_rng(SEED).integers(0, len(counts), size=(RESAMPLES, len(counts)))
    found = _metrics(counts.sum(axis=0))
    low, high = np.quantile(_metrics(counts[draws].sum(axis=1)), [0.025, 0.975], axis=0)
    cells = zip(METRICS, found, low, high, strict=True)
    return [(metric, float(value), float(least), float(most)) for metric, value, least, most in cells]


def _metrics(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    n, precision, recall, strict = np.moveaxis(cells, -1, 0)
    return np.stack([precision / n, recall / n, _f1(precision / n, recall / n), _f1(strict / n, recall / n)], axis=-1)


def _f1(precision: NDArray[np.float64], recall: NDArray[np.float64]) -> NDArray[np.float64]:
    return 2 * precision * recall / (precision + recall)
