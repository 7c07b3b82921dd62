"""Fits the frames' weights to coded articles, on top of a finished encoder.

    python -m analytics.training frames GOLD ENCODER_FOLDER

The coded articles are few (257), so nothing but one linear layer is learnt from them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from ..annotation import Annotator
from ..annotation.heads import Heads
from ..annotation.reader import Reader
from ..article import Article
from ..evaluation.narrative_frames import CUE_SCALE, best_threshold, held_out, make_inputs, meaning_of, model, read_gold
from ..measures.framing import FRAMES, cue_strengths
from .calibration import change_heads

FOLDS, REPEATS = 8, 3


def fit(gold: Path, folder: Path) -> None:
    """Learn from `train.txt` and add the weights to the folder's heads.npz; its sum is renewed.

    The threshold of each frame is the one that serves F1 best in cross-validation.
    """
    train = read_gold(gold / "train.txt")
    meanings, cues = _read(list(train["text"]), folder)
    inputs = make_inputs(meanings, cues)
    width = len(inputs.centre)
    weights, biases, thresholds = [], [], []
    for frame in FRAMES:
        y = train[frame].to_numpy(dtype=np.int64)
        p = np.mean([held_out(model(), inputs.x, y, folds=FOLDS, seed=seed) for seed in range(REPEATS)], axis=0)
        thresholds.append(best_threshold(y, p))
        fitted = model().fit(inputs.x, y)
        of_meanings = fitted.coef_[0, :width] / inputs.spread
        of_cues = fitted.coef_[0, width:] / inputs.width * CUE_SCALE
        weights.append(np.concatenate([of_meanings, of_cues]))
        biases.append(float(fitted.intercept_[0]) - float(of_cues @ inputs.middle))
    learnt = {"weight": weights, "bias": biases, "centre": inputs.centre, "threshold": thresholds}
    change_heads(folder, {f"frames.{name}": np.asarray(value, dtype=np.float32) for name, value in learnt.items()})


def _read(texts: list[str], folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """What the articles' sentences mean to the encoder of a folder, and their cues' strengths."""
    reader, heads = Reader(folder), Heads(folder)
    articles = [Article(article_id=str(i), text=text) for i, text in enumerate(texts)]
    meanings, cues = [], []
    for annotated in Annotator(encoders=False).annotate(articles):
        meanings.append(meaning_of(replace(annotated, encoded=reader.read_article(annotated)), heads))
        cues.append([each.p for each in cue_strengths(annotated).values()])
    return np.asarray(meanings), np.asarray(cues, dtype=np.float64)
