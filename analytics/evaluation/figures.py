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
from sklearn.metrics import confusion_matrix, roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline

from ..errors import InputError

RESAMPLES = 1000
SEED = 20240607
COLUMNS = ["split", "method", "metric", "value", "low", "high", "n"]


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
    """One figure: macro-F1, or F1 of label 1 (average "binary"), with a 95 % percentile bootstrap interval.

    Drawing items with replacement draws the cells of the confusion matrix from a multinomial
    distribution, so the resamples need no loop.
    """
    labels = sorted({*gold, *predicted, *((0, 1) if average == "binary" else ())})
    cells = confusion_matrix(gold, predicted, labels=labels)
    n = int(cells.sum())
    draws = np.random.default_rng(SEED).multinomial(n, cells.ravel() / n, size=RESAMPLES)
    only = labels.index(1) if average == "binary" else None
    low, high = np.quantile(f1(draws.reshape(-1, *cells.shape), only=only), [0.025, 0.975])
    return {
        "split": split,
        "method": method,
        "metric": "F1" if average == "binary" else f"{average}-F1",
        "value": float(f1(cells[None], only=only)[0]),
        "low": float(low),
        "high": float(high),
        "n": n,
    }


def per_class(
    split: str, method: str, gold: Sequence[int], predicted: Sequence[int], names: Sequence[str]
) -> list[dict[str, object]]:
    """Macro-F1, then F1 of each class, whose numbers are the places of their names."""
    rows = [row(split, method, gold, predicted, average="macro")]
    for label, name in enumerate(names):
        only = row(
            split, method, [int(g == label) for g in gold], [int(p == label) for p in predicted], average="binary"
        )
        rows.append({**only, "metric": f"F1 of {name}", "n": sum(g == label for g in gold)})
    return rows


def calibration(split: str, method: str, gold: Sequence[int], p: NDArray[np.float32]) -> dict[str, object]:
    """Expected calibration error over ten equal bins of the highest p (Guo et al. 2017), 0 best, with its interval.

    How far, on average, the share of right answers is from the p that they were given. `p` is [item, class].
    """
    sure, right = p.max(axis=1), (p.argmax(axis=1) == np.asarray(gold)).astype(float)
    bins = np.minimum((sure * 10).astype(int), 9)
    draws = np.random.default_rng(SEED).integers(0, len(gold), size=(RESAMPLES, len(gold)))

    def error(items: NDArray[np.int64]) -> float:
        gaps = np.bincount(bins[items], weights=(sure - right)[items], minlength=10)
        return float(np.abs(gaps).sum() / len(items))

    low, high = np.quantile([error(items) for items in draws], [0.025, 0.975])
    value = error(np.arange(len(gold)))
    return {
        "split": split,
        "method": method,
        "metric": "calibration error",
        "value": value,
        "low": float(low),
        "high": float(high),
        "n": len(gold),
    }


def area(split: str, method: str, gold: NDArray[np.int64], values: NDArray[np.float64]) -> dict[str, object]:
    """Area under the ROC curve, with a 95 % percentile bootstrap interval: the share of pairs, one item with the class
    and one without, in which the first has the higher value."""
    draws = np.random.default_rng(SEED).integers(0, len(gold), size=(RESAMPLES, len(gold)))
    return interval(
        split,
        method,
        "AUC",
        float(roc_auc_score(gold, values)),
        [roc_auc_score(gold[d], values[d]) for d in draws if 0 < gold[d].sum() < len(d)],
        n=len(gold),
    )


def interval(
    split: str, method: str, metric: str, value: float, resampled: Sequence[float], *, n: int
) -> dict[str, object]:
    """A figure with the 95 % percentile interval of its resamples."""
    low, high = (float(each) for each in np.quantile(resampled, [0.025, 0.975]))
    return {"split": split, "method": method, "metric": metric, "value": value, "low": low, "high": high, "n": n}


def confusion(gold: Sequence[int], predicted: Sequence[int], names: Sequence[str]) -> pd.DataFrame:
    """How many items of each class (rows) were taken for which (columns)."""
    cells = confusion_matrix(gold, predicted, labels=range(len(names)))
    return pd.DataFrame(cells, index=pd.Index(names, name="gold"), columns=list(names))


def f1(cells: NDArray[np.int64], *, only: int | None = None) -> NDArray[np.float64]:
    """F1 of confusion matrices (gold × predicted in the last two axes): of one class, or the mean over classes.

    As in scikit-learn, a class that occurs neither in gold nor in prediction is left out of the mean.
    """
    hits = np.diagonal(cells, axis1=-2, axis2=-1)
    seen = cells.sum(axis=-1) + cells.sum(axis=-2)
    per_class = 2 * hits / np.maximum(seen, 1)
    if only is not None:
        return np.asarray(per_class[..., only], dtype=np.float64)
    return np.asarray(per_class.sum(axis=-1) / (seen > 0).sum(axis=-1), dtype=np.float64)


def table(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """The figures as a frame, rounded to three decimals."""
    return pd.DataFrame(list(rows), columns=COLUMNS).round({"value": 3, "low": 3, "high": 3})


def bag_of_words() -> Pipeline:
    """TF-IDF of words and word pairs with logistic regression, classes weighted evenly; to be trained."""
    return make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=4.0, class_weight="balanced", max_iter=1000),
    )
