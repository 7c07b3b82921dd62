"""What every evaluation shares: reading gold files, F1 with an interval, a bag-of-words baseline."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import Pipeline, make_pipeline

from ..errors import InputError

RESAMPLES = 1000
SEED = 20240607
COLUMNS = ["split", "method", "metric", "value", "low", "high", "n"]

Labels = NDArray[np.int64]


def read_json(path: Path) -> list[dict[str, Any]]:
    """Records of a JSON array or of JSON lines. Raises InputError, naming the file, where it is neither."""
    if not path.is_file():
        raise InputError(f"{path} is missing; give the folder that holds it, as published by its authors")
    text = path.read_text(encoding="utf-8")
    try:
        records = json.loads(text) if text.lstrip().startswith("[") else [json.loads(x) for x in text.splitlines() if x]
    except json.JSONDecodeError as error:
        raise InputError(f"{path} is no JSON as published ({error}); obtain the file again") from error
    return list(records)


def row(split: str, method: str, gold: Sequence[int], predicted: Sequence[int], *, average: str) -> dict[str, object]:
    """One figure: macro-F1, or F1 of label 1 (average "binary"), with a 95 % percentile bootstrap interval."""
    truth, guess = np.asarray(gold, dtype=np.int64), np.asarray(predicted, dtype=np.int64)
    generator = np.random.default_rng(SEED)
    draws = generator.integers(0, len(truth), size=(RESAMPLES, len(truth)))
    values = [f1(truth[draw], guess[draw], average=average) for draw in draws]
    low, high = np.quantile(values, [0.025, 0.975])
    return {
        "split": split,
        "method": method,
        "metric": "F1" if average == "binary" else f"{average}-F1",
        "value": f1(truth, guess, average=average),
        "low": float(low),
        "high": float(high),
        "n": len(truth),
    }


def f1(gold: Labels, predicted: Labels, *, average: str) -> float:
    """F1 as scikit-learn defines it, 0 where nothing is predicted."""
    return float(f1_score(gold, predicted, average=average, zero_division=0))


def table(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """The figures as a frame, rounded to three decimals."""
    return pd.DataFrame(list(rows), columns=COLUMNS).round({"value": 3, "low": 3, "high": 3})


def bag_of_words(texts: Sequence[str], labels: Sequence[int]) -> Pipeline:
    """TF-IDF of words and word pairs with logistic regression, classes weighted evenly, trained here and now."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=4.0, class_weight="balanced", max_iter=1000),
    )
    return model.fit(list(texts), list(labels))
