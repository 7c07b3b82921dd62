"""Invented scores: articles of a given length with hedges at a given rate."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

Make = Callable[..., pd.DataFrame]


@pytest.fixture
def make() -> Make:
    """Score rows: n articles per outlet, hedges at a rate per word that varies between articles."""

    def rows(outlets: dict[str | None, int], *, rate: float = 0.01, seed: int = 0) -> pd.DataFrame:
        random = np.random.default_rng(seed)
        names = [name for name, n in outlets.items() for _ in range(n)]
        words = random.integers(100, 1500, len(names)).astype(float)
        hedges = random.poisson(words * rate * random.gamma(2, 0.5, len(names))).astype(float)
        return frame([f"a{i:06}" for i in range(len(names))], names, hedges, words)

    return rows


@pytest.fixture
def listed() -> Make:
    """Score rows from lists: article ids, outlets, numerators, denominators."""
    return frame


def frame(articles: object, outlets: object, numerators: object, denominators: object) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "article_id": pd.array(articles, dtype="string"),
            "outlet": pd.array(outlets, dtype="string"),
            "numerator": np.asarray(numerators, float),
            "denominator": np.asarray(denominators, float),
        }
    )
    return table.assign(
        published=pd.NaT, score="hedging", actor_id=None, voice="outlet", value=table.numerator / table.denominator
    )
