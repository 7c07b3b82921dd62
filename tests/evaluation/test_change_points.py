"""The check of change points, on invented values."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.errors import InputError
from analytics.evaluation import change_points


def values(n: int) -> pd.DataFrame:
    random = np.random.default_rng(0)
    return pd.DataFrame(
        {"numerator": random.gamma(2, 10, n), "denominator": random.integers(200, 900, n).astype(float)}
    )


def test_flat_and_planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_points, "article_scores", lambda path: {"invented": values(400)})
    monkeypatch.setattr(change_points, "FLAT", 15)
    monkeypatch.setattr(change_points, "PLANTED", 8)
    found = change_points.evaluate(Path()).set_index(["method", "metric"])["value"]
    assert found["nothing changes", "none found"] > 0.8
    assert found["1.0 sd added from one week on", "found within one week"] > 0.8


def test_a_corpus_too_small_to_draw_from_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_points, "article_scores", lambda path: {"invented": values(9)})
    with pytest.raises(InputError, match="9 articles with a value of invented are too few"):
        change_points.evaluate(Path("corpus"))
