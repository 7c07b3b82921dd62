"""A permutation test within stories: are an outlet's tellings told apart from the others' by more than chance?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from .groups import Floats
from .thresholds import thresholds
from .told import Ints, Told

ELEMENTS = 200_000  # of a batch of relabellings: memory does not grow with the number of articles


def p_within_stories(
    articles: Told, outlets: Sequence[int], *, random: np.random.Generator, relabellings: int = 0
) -> Floats:
    """Two-sided p of each of these outlets against all others, by relabelling the articles within their stories.

    `articles` are those of stories that at least two outlets tell. Each relabelling deals a story's outlets anew
    to its articles, so it keeps who tells what how often. The statistic is S / √Q: S adds up what an outlet's
    articles are above the mean of all articles on the story, each weighing by how sure its value is (see `_weights`:
    a rate of few words is less sure, but not by as much as it has fewer words); Q adds up the squares of the stories'
    shares in S. With R relabellings (thresholds.toml, or as given),
    p = (1 + at least as extreme) / (1 + R) (Phipson and Smyth 2010), never 0.
    """
    rounds = relabellings or thresholds().permutations
    layout, wanted = _layout(articles), np.asarray(outlets, dtype=np.int64)
    above = _above_the_story(articles)
    least = np.abs(layout.statistic(above[None]))[0, wanted] * (1 - 1e-9)  # what changes nothing must count as equal
    extreme = np.ones(len(wanted))
    for dealt in _relabelled(articles, above, rounds, random):
        extreme += (np.abs(layout.statistic(dealt))[:, wanted] >= least).sum(axis=0)
    return np.asarray(extreme / (1 + rounds))


def _above_the_story(articles: Told) -> Floats:
    """What each article's value is above the mean of its story, times its weight."""
    weights = _weights(articles)
    sums, weight = (np.bincount(articles.story, of) for of in (weights * articles.value, weights))
    mean = np.divide(sums, weight, out=np.zeros_like(sums), where=weight > 0)[articles.story]
    above = articles.value - mean
    return weights * np.where(np.abs(above) <= 1e-12 * np.maximum(np.abs(mean), 1e-300), 0.0, above)


def _weights(articles: Told) -> Floats:
    """How sure the value of each article is: one over its variance within a story, a part of which falls with its size.

    Variance = a + b / size, both at least 0, by least squares on what articles are off the mean of their story. It
    knows nothing of outlets, so relabelling leaves it as it is.
    """
    n = np.bincount(articles.story)[articles.story]
    mean = (np.bincount(articles.story, articles.value) / np.maximum(np.bincount(articles.story), 1))[articles.story]
    size = articles.denominator / np.median(articles.denominator)
    off = (articles.value - mean) ** 2 * n / np.maximum(n - 1, 1)
    (fixed, falling), _ = nnls(np.column_stack([size, np.ones(len(size))]), off * size)
    if fixed + falling <= 0:
        return np.ones(len(size))
    weights = size / (fixed * size + falling)
    return np.asarray(weights / weights.mean())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Where in the sorted articles each outlet's telling of each story stands; a relabelling leaves it as it is."""

    starts: Ints  # of each cell: an outlet's articles on a story
    by_outlet: Ints  # the order of cells by outlet
    outlet_starts: Ints
    outlet_of: Ints  # the outlet of each start
    outlets: int

    def statistic(self, above: Floats) -> Floats:
        """S / √Q [relabelling, outlet] of what articles are above their story [relabelling, article]."""
        told = np.add.reduceat(above, self.starts, axis=1)[:, self.by_outlet]
        sums = np.add.reduceat(told, self.outlet_starts, axis=1)
        squares = np.add.reduceat(told * told, self.outlet_starts, axis=1)
        found = np.zeros((len(above), self.outlets))
        found[:, self.outlet_of] = np.divide(sums, np.sqrt(squares), out=np.zeros_like(sums), where=squares > 0)
        return found


def _layout(articles: Told) -> _Layout:
    new_cell = np.ones(len(articles), bool)
    new_cell[1:] = (articles.story[1:] != articles.story[:-1]) | (articles.outlet[1:] != articles.outlet[:-1])
    starts = np.flatnonzero(new_cell)
    outlet = articles.outlet[starts]
    by_outlet = np.argsort(outlet, kind="stable")
    first = np.diff(outlet[by_outlet], prepend=-1) != 0
    return _Layout(
        starts=starts,
        by_outlet=by_outlet,
        outlet_starts=np.flatnonzero(first),
        outlet_of=outlet[by_outlet][first],
        outlets=len(articles.outlets),
    )


def _relabelled(articles: Told, above: Floats, rounds: int, random: np.random.Generator) -> Iterator[Floats]:
    """Batches of the values dealt anew within each story [round, article]; stories of one size are dealt at once."""
    starts = np.flatnonzero(np.diff(articles.story, prepend=-1))
    sizes = np.diff(starts, append=len(articles))
    blocks = [starts[sizes == size][:, None] + np.arange(size) for size in np.unique(sizes)]
    step = max(1, ELEMENTS // len(articles))
    for first in range(0, rounds, step):
        n = min(step, rounds - first)
        dealt = np.empty((n, len(articles)))
        for block in blocks:
            dealt[:, block] = random.permuted(np.broadcast_to(above[block], (n, *block.shape)), axis=2)
        yield dealt
