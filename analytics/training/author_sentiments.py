"""Fits the coefficients of the author's sentiment to readers' judgements.

    python -m analytics.training author_sentiment GOLD OUT

The set states no licence: nothing but the coefficients and cut-offs that this writes may stem from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import cross_val_predict

from ..evaluation.figures import SEED
from ..evaluation.persent import Judged, best_cuts, read_judged
from ..measures.author_sentiment import FEATURES

STRENGTH = 10.0  # of the ridge; features are on like scales as they are
HEADER = (
    "# Coefficients of the author's sentiment toward an actor; features: measures/author_sentiment.py.",
    "# Fitted to readers' judgements of dev.csv of PerSenT (Bastan et al. 2020), from which nothing else stems.",
    "# Made by: python -m analytics.training author_sentiment",
    "term\tcoefficient",
)


def fit(gold: Path, out: Path) -> None:
    """Learn from `dev.csv` and write OUT/author_sentiment.tsv."""
    lines = [*HEADER, *(f"{term}\t{value:.4f}" for term, value in learn(read_judged(gold / "dev.csv")).items())]
    (out / "author_sentiment.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def learn(judged: Sequence[Judged]) -> dict[str, float]:
    """The constant, the coefficients and the two cut-offs, these from estimates by coefficients of other articles.

    Classes weigh alike, since macro-F1 is to be served.
    """
    known = [each for each in judged if each.features]
    x = np.array([[each.features[name] for name in FEATURES] for each in known if each.features])
    classes = np.array([each.gold for each in known])
    weights = (len(classes) / np.bincount(classes, minlength=3))[classes] / 3
    model = Ridge(alpha=STRENGTH).fit(x, classes - 1, sample_weight=weights)
    order = np.random.default_rng(SEED).permutation(len(x))
    apart = cross_val_predict(
        Ridge(alpha=STRENGTH), x[order], classes[order] - 1, cv=10, params={"sample_weight": weights[order]}
    )
    low, high = best_cuts(apart, classes[order].tolist())
    found = {"constant": float(model.intercept_)} | dict(zip(FEATURES, map(float, model.coef_), strict=True))
    return found | {"neutral from": low, "neutral to": high}
