"""Narrative frames of climate news (Frermann et al. 2023): which frames coders saw in an article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from ..annotation import Annotator
from ..annotation.heads import Heads, load_heads
from ..article import AnnotatedArticle, Article
from ..errors import InputError
from ..measures.framing import FRAMES, cue_strengths, find
from .figures import RESAMPLES, SEED, bag_of_words, row, table

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
SHIPPED = "encoder and cues, as shipped"
LEARNT_ANEW = "encoder and cues, learnt from other articles"
STRENGTH = 0.01  # C of the logistic regression; this and the next chosen by cross-validation over `train.txt`
CUE_SCALE = 3.0  # how much less the weights of the cues are held back than those of the meanings

Array = NDArray[np.float64]


class Inputs(NamedTuple):
    """What frames are learnt from, [article, feature], and how it was made of meanings and cues."""

    x: Array
    centre: Array
    spread: float
    middle: Array
    width: Array


def evaluate(path: Path) -> pd.DataFrame:
    """Area under the ROC curve and F1 per frame over the articles of `dev.txt` and `test.txt`, those that are there.

    The area is the share of pairs, one article with the frame and one without, in which the first has the higher
    value; 0.5 is chance. The methods: every article has the frame; the strength of the lexicon's cues; TF-IDF
    with logistic regression trained on `train.txt` in the same run; p as shipped, which learnt from `train.txt`, too.
    F1 takes an article for framed from the threshold that served best in cross-validation over `train.txt`.
    The area is given over `train.txt`, too, each article by a model that learnt from others: there are more of them
    (its two settings were chosen on them, which flatters it a little).

    Raises InputError naming the file that is missing or malformed.
    """
    train = read_gold(path / "train.txt")
    splits = read_splits(path)
    rows: list[dict[str, object]] = []
    known_as = _read(list(train["text"]))
    inputs = make_inputs(known_as["meanings"], known_as["cues"])
    coded = [train[frame].to_numpy(dtype=np.int64) for frame in FRAMES]
    apart = [held_out(bag_of_words(), train["text"], known) for known in coded]
    for name, gold in splits.items():
        found = _read(list(gold["text"]))
        for number, frame in enumerate(FRAMES):
            truth, known = gold[frame].to_numpy(dtype=np.int64), coded[number]
            words = bag_of_words().fit(train["text"], known)
            methods = {
                "frame cues": (found["cues"][:, number], best_threshold(known, known_as["cues"][:, number])),
                "TF-IDF + logistic regression": (
                    words.predict_proba(gold["text"])[:, 1],
                    best_threshold(known, apart[number]),
                ),
                SHIPPED: (found["p"][:, number], float(load_heads().thresholds[number])),
            }
            split = f"{name}: {frame}"
            rows.append(row(split, "every article", truth.tolist(), [1] * len(truth), average="binary"))
            for method, (values, threshold) in methods.items():
                rows.append(
                    row(split, method, truth.tolist(), (values >= threshold).astype(int).tolist(), average="binary")
                )
                rows.append(_area(split, method, truth, values))
    for number, frame in enumerate(FRAMES):
        split, known = f"train, cross-validated: {frame}", coded[number]
        rows.append(_area(split, "frame cues", known, known_as["cues"][:, number]))
        rows.append(_area(split, "TF-IDF + logistic regression", known, apart[number]))
        rows.append(_area(split, LEARNT_ANEW, known, held_out(model(), inputs.x, known)))
    return table(rows)


def model() -> LogisticRegression:
    """The kind of model that ships, to be trained on inputs and one frame."""
    return LogisticRegression(C=STRENGTH, max_iter=3000)


def make_inputs(meanings: Array, cues: Array) -> Inputs:
    """Meanings [article, 384] and cues' strengths [article, frame] on a common scale."""
    centre, spread = meanings.mean(axis=0), float(meanings.std(axis=0).mean())
    middle, width = cues.mean(axis=0), np.maximum(cues.std(axis=0), 1e-9)
    x = np.hstack([(meanings - centre) / spread, (cues - middle) / width * CUE_SCALE])
    return Inputs(x, centre, spread, middle, width)


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


def _read(texts: Sequence[str]) -> dict[str, Array]:
    """What the sentences mean on average, strength of the cues, and p as shipped, each [article, …]."""
    articles = [Article(article_id=str(i), text=text) for i, text in enumerate(texts)]
    found: dict[str, list[Any]] = {"meanings": [], "cues": [], "p": []}
    for annotated in Annotator().annotate(articles):
        p = {str(f["frame"]): float(str(f["p"])) for f in find(annotated)}
        found["meanings"].append(meaning_of(annotated, load_heads()))
        found["cues"].append([each.p for each in cue_strengths(annotated).values()])
        found["p"].append([p[frame] for frame in FRAMES])
    return {name: np.asarray(values, dtype=np.float64) for name, values in found.items()}


def meaning_of(annotated: AnnotatedArticle, heads: Heads) -> Array:
    """The mean of what an article's sentences mean [384]."""
    reading = annotated.encoded
    if reading is None:
        raise InputError("the encoder's weights are not installed; install the package again")
    vectors = [reading.hidden[reading.pieces(s.start, s.end)] for s in annotated.sentences]
    return np.asarray(np.mean([heads.meaning(each) for each in vectors if len(each)], axis=0), dtype=np.float64)


def _area(split: str, method: str, gold: NDArray[np.int64], values: NDArray[np.float64]) -> dict[str, object]:
    generator = np.random.default_rng(SEED)
    draws = generator.integers(0, len(gold), size=(RESAMPLES, len(gold)))
    resampled = [roc_auc_score(gold[d], values[d]) for d in draws if 0 < gold[d].sum() < len(d)]
    low, high = np.quantile(resampled, [0.025, 0.975])
    return {
        "split": split,
        "method": method,
        "metric": "AUC",
        "value": float(roc_auc_score(gold, values)),
        "low": float(low),
        "high": float(high),
        "n": len(gold),
    }
