"""Narrative frames of climate news (Frermann et al. 2023): how well p ranks articles that coders saw framed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from ..annotation import Annotator
from ..article import Article
from ..errors import InputError
from ..measures.framing import FRAMES, find
from .figures import RESAMPLES, SEED, bag_of_words, table

COLUMNS = (
    "id",
    "source",
    "bias",
    "date",
    "text",
    "responsibility",
    "human_interest",
    "conflict",
    "morality",
    "economic",
)
FOLDS = 5


def evaluate(path: Path) -> pd.DataFrame:
    """Area under the ROC curve per frame over the articles of `train.txt` and `dev.txt`.

    0.5 is chance: the share of pairs, one article with the frame and one without, in which the
    first has the higher value. The methods: p of the frame cues; TF-IDF with logistic regression,
    each article predicted by a model trained on the other folds.

    Raises InputError naming the file that is missing or malformed.
    """
    gold = pd.concat([read_gold(path / name) for name in ("train.txt", "dev.txt")], ignore_index=True)
    cues = _cues(list(gold["text"]))
    rows = []
    for frame in FRAMES:
        truth = gold[frame].to_numpy(dtype=np.int64)
        words = cross_val_predict(bag_of_words(), gold["text"], truth, cv=FOLDS, method="predict_proba")[:, 1]
        rows.append(_row(frame, "frame cues", truth, cues[frame].to_numpy(dtype=np.float64)))
        rows.append(_row(frame, "TF-IDF + logistic regression", truth, words))
    return table(rows)


def read_gold(path: Path) -> pd.DataFrame:
    """The coded articles of one file: id, source, bias, date, text and a column of booleans per frame."""
    if not path.is_file():
        raise InputError(f"{path} is missing; give the folder that holds it, as published by its authors")
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for n, cells in enumerate(lines, 1):
        if len(cells) != len(COLUMNS) or set(cells[5:]) - {"True", "False"}:
            raise InputError(f"{path}:{n}: not {len(COLUMNS)} columns that end in five of True or False")
    frame = pd.DataFrame(lines, columns=list(COLUMNS))
    frame[list(COLUMNS[5:])] = frame[list(COLUMNS[5:])] == "True"
    return frame


def _cues(texts: Sequence[str]) -> pd.DataFrame:
    """p of every frame for each text."""
    articles = [Article(article_id=str(i), text=text) for i, text in enumerate(texts)]
    found = [{str(f["frame"]): f["p"] for f in find(annotated)} for annotated in Annotator().annotate(articles)]
    return pd.DataFrame(found, columns=list(FRAMES)).fillna(0.0)


def _row(frame: str, method: str, gold: NDArray[np.int64], values: NDArray[np.float64]) -> dict[str, object]:
    generator = np.random.default_rng(SEED)
    draws = generator.integers(0, len(gold), size=(RESAMPLES, len(gold)))
    resampled = [roc_auc_score(gold[d], values[d]) for d in draws if 0 < gold[d].sum() < len(d)]
    low, high = np.quantile(resampled, [0.025, 0.975])
    return {
        "split": frame,
        "method": method,
        "metric": "AUC",
        "value": float(roc_auc_score(gold, values)),
        "low": float(low),
        "high": float(high),
        "n": len(gold),
    }
