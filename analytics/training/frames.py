"""Fits the frames' weights to coded articles, on top of a finished encoder.

    python -m analytics.training frames GOLD ENCODER_FOLDER

The coded articles are few (257), so nothing but one linear layer is learnt from them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from ..annotation import Annotator
from ..annotation.heads import Heads
from ..annotation.reading import Reader
from ..article import Article
from ..evaluation.narrative_frames import best_threshold, read_gold
from ..measures.framing import FRAMES, cue_strengths
from .calibration import change_heads

Array = NDArray[np.float64]
FOLDS, REPEATS = 8, 3


def fit(gold: Path, folder: Path, *, strength: float, cue_scale: float) -> None:
    """Learn from `train.txt` and add the weights to the folder's heads.npz; its sum is renewed.

    `strength` is C of the logistic regression, `cue_scale` how much less the cues' weights are held back than the
    meanings'. The threshold of each frame is the one that serves F1 best in cross-validation.
    """
    train = read_gold(gold / "train.txt")
    meanings, cues = features(list(train["text"]), folder)
    centre, spread = meanings.mean(axis=0), float(meanings.std(axis=0).mean())
    middle, width = cues.mean(axis=0), cues.std(axis=0)
    x = np.hstack([(meanings - centre) / spread, (cues - middle) / width * cue_scale])
    weights, biases, thresholds = [], [], []
    for frame in FRAMES:
        y = train[frame].to_numpy(dtype=np.int64)
        model = LogisticRegression(C=strength, max_iter=3000)
        p = np.mean([_held_out(model, x, y, seed) for seed in range(REPEATS)], axis=0)
        thresholds.append(best_threshold(y, p))
        model.fit(x, y)
        own, of_cues = model.coef_[0, : len(centre)] / spread, model.coef_[0, len(centre) :] / width * cue_scale
        weights.append(np.concatenate([own, of_cues]))
        biases.append(float(model.intercept_[0]) - float(of_cues @ middle))
    learnt = {"weight": weights, "bias": biases, "centre": centre, "threshold": thresholds}
    change_heads(folder, {f"frames.{name}": np.asarray(value, dtype=np.float32) for name, value in learnt.items()})


def _held_out(model: LogisticRegression, x: Array, y: NDArray[np.int64], seed: int) -> Array:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    return np.asarray(cross_val_predict(model, x, y, cv=folds, method="predict_proba")[:, 1])


def features(texts: list[str], folder: Path) -> tuple[Array, Array]:
    """Of each article the mean of what its sentences mean [article, 384], and its cues' strengths [article, frame]."""
    reader, heads = Reader(folder), Heads(folder)
    articles = [Article(article_id=str(i), text=text) for i, text in enumerate(texts)]
    meanings, cues = [], []
    for annotated in Annotator(encoders=False).annotate(articles):
        reading = reader.read(annotated.content)
        vectors = [reading.hidden[reading.pieces(s.start, s.end)] for s in annotated.sentences]
        meanings.append(np.mean([heads.meaning(each) for each in vectors if len(each)], axis=0))
        cues.append([each.p for each in cue_strengths(annotated).values()])
    return np.asarray(meanings, dtype=np.float64), np.asarray(cues, dtype=np.float64)
