"""Narrative frames of climate news (Frermann et al. 2023): which frames coders saw in an article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from ..annotation import Annotator
from ..article import Article
from ..errors import InputError
from ..measures.framing import FRAMES, cue_strengths, find, likeness
from .figures import SEED, area, bag_of_words, row, table

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
SHIPPED = "likeness and cues, as shipped"

Array = NDArray[np.float64]


def evaluate(path: Path) -> pd.DataFrame:
    """Area under the ROC curve and F1 per frame over the articles of `dev.txt` and `test.txt`, those that are there.

    The area is the share of pairs, one article with the frame and one without, in which the first has the higher
    value; 0.5 is chance. The methods: every article has the frame; the strength of the lexicon's cues; TF-IDF
    with logistic regression trained on `train.txt` in the same run; p as shipped, of which `train.txt` gave the scale
    of likeness and cues and how common each frame is. F1 takes an article for framed from the threshold that served
    best over `train.txt`, TF-IDF in cross-validation. The area is given over `train.txt`, too, since there are more
    articles; there TF-IDF is cross-validated, and the others learnt nothing from which articles were coded how.

    Raises InputError naming the file that is missing or malformed.
    """
    train = read_gold(path / "train.txt")
    splits = read_splits(path)
    rows: list[dict[str, object]] = []
    known_as = read_frames(list(train["text"]))
    coded = [train[frame].to_numpy(dtype=np.int64) for frame in FRAMES]
    apart = [held_out(bag_of_words(), train["text"], known) for known in coded]
    for name, gold in splits.items():
        found = read_frames(list(gold["text"]))
        for number, frame in enumerate(FRAMES):
            truth, known = gold[frame].to_numpy(dtype=np.int64), coded[number]
            words = bag_of_words().fit(train["text"], known)
            methods = {
                "frame cues": (found["cues"][:, number], best_threshold(known, known_as["cues"][:, number])),
                "TF-IDF + logistic regression": (
                    words.predict_proba(gold["text"])[:, 1],
                    best_threshold(known, apart[number]),
                ),
                SHIPPED: (found["p"][:, number], best_threshold(known, known_as["p"][:, number])),
            }
            split = f"{name}: {frame}"
            rows.append(row(split, "every article", truth.tolist(), [1] * len(truth), average="binary"))
            for method, (values, threshold) in methods.items():
                rows.append(
                    row(split, method, truth.tolist(), (values >= threshold).astype(int).tolist(), average="binary")
                )
                rows.append(area(split, method, truth, values))
    for number, frame in enumerate(FRAMES):
        split, known = f"train, cross-validated: {frame}", coded[number]
        rows.append(area(split, "frame cues", known, known_as["cues"][:, number]))
        rows.append(area(split, "TF-IDF + logistic regression", known, apart[number]))
        rows.append(area(split, SHIPPED, known, known_as["p"][:, number]))
    return table(rows)


def held_out(classifier: Any, x: Any, y: NDArray[np.int64], *, folds: int = FOLDS, seed: int = SEED) -> Array:
    """p of every article by a classifier that learnt from the other folds."""
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed)
    return np.asarray(cross_val_predict(classifier, x, y, cv=parts, method="predict_proba")[:, 1])


def best_threshold(gold: NDArray[np.int64], values: NDArray[np.float64]) -> float:
    """The value from which on F1 is best if articles are taken for framed."""
    return float(max(np.unique(values.round(2)), key=lambda t: f1_score(gold, values >= t)))


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


def read_splits(path: Path) -> dict[str, pd.DataFrame]:
    """The articles to judge by, of `dev.txt` and `test.txt`, those that are there.

    Raises InputError where neither is.
    """
    files = [path / name for name in ("dev.txt", "test.txt") if (path / name).is_file()]
    if not files:
        raise InputError(f"{path / 'dev.txt'} is missing; put a split of the set beside train.txt")
    return {file.stem: read_gold(file) for file in files}


def read_frames(texts: Sequence[str], titles: Sequence[str] | None = None) -> dict[str, Array]:
    """Mean likeness of the sentences, strength of the cues, and p as shipped, each [article, frame]."""
    articles = [
        Article(article_id=str(i), text=text, title=titles[i] if titles else None) for i, text in enumerate(texts)
    ]
    found: dict[str, list[Any]] = {"likeness": [], "cues": [], "p": []}
    for annotated in Annotator().annotate(articles):
        p = {str(f["frame"]): float(str(f["p"])) for f in find(annotated)}
        alike = list(likeness(annotated).values())
        found["likeness"].append([fmean(float(each[number]) for each in alike) for number in range(len(FRAMES))])
        found["cues"].append([each.p for each in cue_strengths(annotated).values()])
        found["p"].append([p[frame] for frame in FRAMES])
    return {name: np.asarray(values, dtype=np.float64) for name, values in found.items()}
