"""Agreement of coders beyond chance: Krippendorff's alpha, with an interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..compare.groups import Floats
from ..compare.thresholds import thresholds
from .thresholds import coding_thresholds

Level = Literal["nominal", "ordinal", "interval"]
LEVELS: tuple[Level, ...] = get_args(Level)
NO_PAIRS = "no item has codes of two coders"
ALL_EQUAL = "all codes are equal: agreement beyond chance cannot be told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Alpha (1: perfect, 0: as by chance, below: worse) with its 95 % interval; None where it cannot be told."""

    alpha: float | None
    low: float | None
    high: float | None
    n_items: int  # with codes of at least two coders
    n_coders: int
    note: str = ""


def agreement(codes: pd.DataFrame, *, level: Level = "nominal", seed: int = 0) -> Agreement:
    """Krippendorff's alpha of a table of codes, items resampled for its interval.

    `codes` are rows of item_id, coder and code; the latest of a coder counts, adjudicated codes do not. Items with
    fewer than two codes say nothing. Source of the interval: Zapf et al. 2016.

    >>> codes = pd.DataFrame({"item_id": list("aabbccdd"), "coder": ["x", "y"] * 4, "code": [1, 1, 0, 0, 1, 0, 1, 1]})
    >>> found = agreement(codes)
    >>> round(found.alpha, 3), found.n_items, found.n_coders
    (0.533, 4, 2)
    """
    from .codes import ADJUDICATED

    kept = codes[(codes["coder"] != ADJUDICATED)].drop_duplicates(["item_id", "coder"], keep="last")
    kept = kept[kept["code"].notna()]
    matrix = kept.pivot(index="item_id", columns="coder", values="code").to_numpy(float, na_value=np.nan)
    pairable = matrix[(~np.isnan(matrix)).sum(axis=1) > 1]
    counts: dict[str, Any] = {
        "n_items": len(pairable),
        "n_coders": int((~np.isnan(pairable)).any(axis=0).sum()) if len(pairable) else 0,
    }
    if not len(pairable):
        return Agreement(alpha=None, low=None, high=None, note=NO_PAIRS, **counts)
    alpha = krippendorff_alpha(pairable, level=level)
    if np.isnan(alpha):
        return Agreement(alpha=None, low=None, high=None, note=ALL_EQUAL, **counts)
    random, n = np.random.default_rng(seed), len(pairable)
    weights = random.multinomial(n, np.full(n, 1 / n), size=coding_thresholds().resamples).astype(float)
    drawn = _alphas(pairable, weights, level)
    tail = (1 - thresholds().level) / 2
    low, high = np.nanquantile(drawn, [tail, 1 - tail])
    return Agreement(alpha=alpha, low=float(low), high=float(high), **counts)


def krippendorff_alpha(matrix: npt.ArrayLike, *, level: Level = "nominal") -> float:
    """Alpha of a matrix [item, coder] of numbers, NaN where a coder did not code; NaN where all codes are equal.

    1 − observed over expected disagreement. Disagreement of two codes is 1 where they differ (nominal), the squared
    number of codes between them (ordinal), or the squared difference (interval). Source: Krippendorff 2011,
    Computing Krippendorff's Alpha-Reliability; 2019, Content Analysis, chapter 12.

    Raises ValueError for an unknown level.

    >>> krippendorff_alpha([[1, 1], [0, 0], [1, 0], [1, 1]]).__round__(3)
    0.533
    """
    if level not in LEVELS:
        raise ValueError(f"no level {level!r}; there are: {', '.join(LEVELS)}")
    codes = np.asarray(matrix, float)
    codes = codes[(~np.isnan(codes)).sum(axis=1) > 1]
    return float(_alphas(codes, np.ones((1, len(codes))), level)[0])


def _alphas(codes: Floats, weights: Floats, level: Level) -> Floats:
    """Alpha for each row of item weights."""
    values, at = np.unique(codes[~np.isnan(codes)], return_inverse=True)
    counts = np.zeros((len(codes), len(values)))  # how many coders gave each item each value
    np.add.at(counts, (np.nonzero(~np.isnan(codes))[0], at), 1)
    per_item = counts.sum(axis=1)
    scaled = counts / (per_item - 1)[:, None]
    margins = weights @ counts
    with np.errstate(divide="ignore", invalid="ignore"):
        if level == "nominal":
            apart = weights @ (scaled * (per_item[:, None] - counts)).sum(axis=1)
            n = margins.sum(axis=1)
            chance = (n**2 - (margins**2).sum(axis=1)) / (n - 1)
        elif level == "interval":
            apart = weights @ (2 * (scaled @ values**2 * per_item - (scaled @ values) * (counts @ values)))
            n = margins.sum(axis=1)
            chance = 2 * (n * (margins @ values**2) - (margins @ values) ** 2) / (n - 1)
        else:
            apart, chance = _ordinal(counts, scaled, weights, margins)
        return np.where(chance > 0, 1 - apart / chance, np.nan)


def _ordinal(counts: Floats, scaled: Floats, weights: Floats, margins: Floats) -> tuple[Floats, Floats]:
    """Observed and expected disagreement of ranks; how far two values are apart depends on the margins."""
    apart, chance = np.empty(len(weights)), np.empty(len(weights))
    for i, (weight, margin) in enumerate(zip(weights, margins, strict=True)):
        rank = np.cumsum(margin) - margin / 2
        coincide = (scaled * weight[:, None]).T @ counts
        distance = (rank[:, None] - rank) ** 2
        apart[i] = (coincide * distance).sum()
        chance[i] = (np.outer(margin, margin) * distance).sum() / (margin.sum() - 1)
    return apart, chance
