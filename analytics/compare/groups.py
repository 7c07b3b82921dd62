"""Scores added up to one pair of sums per article and group: the article is the unit of resampling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..vocabulary import UNKNOWN

Floats = npt.NDArray[np.float64]
REST = "rest"  # what a group is compared with: all the others together


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The articles of one group, by article id; an article's rows (voices, actors) are added up."""

    key: tuple[str, ...]
    articles: npt.NDArray[np.object_]
    numerator: Floats
    denominator: Floats

    def __len__(self) -> int:
        return len(self.articles)

    @property
    def ratio(self) -> float:
        """Sum of numerators over sum of denominators."""
        return float(self.numerator.sum() / self.denominator.sum())

    @property
    def varies(self) -> bool:
        """Whether the articles differ at all; where not, resampling them says nothing."""
        return not np.allclose(self.numerator, self.ratio * self.denominator, rtol=1e-9, atol=1e-12)

    def generator(self, seed: int, *, purpose: str = "") -> np.random.Generator:
        """Random numbers that depend on the group's own key, not on which other groups there are."""
        return np.random.default_rng([seed, crc32("\x1f".join([purpose, *self.key]).encode())])


def grouped(scores: pd.DataFrame, by: Sequence[str]) -> list[Group]:
    """Groups of score rows by their values in the columns `by`, sorted, null as UNKNOWN and last.

    No columns give one group of everything (none where there are no rows).
    """
    names = [f"key{i}" for i in range(len(by))]  # `by` may hold article_id itself
    keys = {name: scores[column].astype("string").fillna(UNKNOWN) for name, column in zip(names, by, strict=True)}
    sums = (
        scores[["article_id", "numerator", "denominator"]]
        .assign(**keys)
        .groupby([*names, "article_id"], sort=True, as_index=False)[["numerator", "denominator"]]
        .sum()
    )
    columns = [sums[name].to_numpy(object) for name in names]
    articles = sums["article_id"].to_numpy(object)
    numerator, denominator = sums["numerator"].to_numpy(float), sums["denominator"].to_numpy(float)
    found = [
        Group(
            key=tuple(column[run.start] for column in columns),
            articles=articles[run],
            numerator=numerator[run],
            denominator=denominator[run],
        )
        for run in _runs(columns, len(sums))
    ]
    return sorted(found, key=lambda group: [(name == UNKNOWN, name) for name in group.key])


def pooled(groups: Sequence[Group], *, key: tuple[str, ...] = ()) -> Group:
    """Several groups as one."""
    return Group(
        key=key,
        articles=np.concatenate([group.articles for group in groups]),
        numerator=np.concatenate([group.numerator for group in groups]),
        denominator=np.concatenate([group.denominator for group in groups]),
    )


def _runs(columns: Sequence[npt.NDArray[np.object_]], length: int) -> list[slice]:
    """Stretches of rows with equal keys; the rows are sorted by them."""
    changes = np.zeros(length, bool)
    changes[:1] = True
    for column in columns:
        changes[1:] |= column[1:] != column[:-1]
    edges = [*np.flatnonzero(changes).tolist(), length]
    return [slice(first, last) for first, last in pairwise(edges)]
