"""Fits the coefficients that join likeness and cues of each frame to coded articles.

    python -m analytics.training frames GOLD OUT

The coded articles are few (257) and of one subject, so nothing but three coefficients a frame is learnt from them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..evaluation.narrative_frames import inputs, model, read_frames, read_gold
from ..measures.framing import FRAMES

HEADER = (
    "# Coefficients that join the likeness of sentences and the cues of each frame; p is their logistic function.",
    "# Fitted to the training part of the narrative frames of climate news (Frermann et al. 2023; MIT licence).",
    "# Made by: python -m analytics.training frames",
    "frame\tbias\tlikeness\tcues",
)


def fit(gold: Path, out: Path) -> None:
    """Learn from `train.txt` and write OUT/frame_joins.tsv."""
    train = read_gold(gold / "train.txt")
    found = read_frames(list(train["text"]))
    lines = [*HEADER]
    for number, frame in enumerate(FRAMES):
        fitted = model().fit(inputs(found, number), train[frame].to_numpy(dtype=np.int64))
        values = (fitted.intercept_[0], *fitted.coef_[0])
        lines.append("\t".join((frame, *(f"{value:.4f}" for value in values))))
    (out / "frame_joins.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
