"""Finds the coefficients that join likeness and cues of each frame: both weigh alike, each by its own spread.

    python -m analytics.training frames GOLD OUT

Coded articles are few (257) and of one subject. Weights learnt from them made frames of other subjects worse than their
cues alone, so nothing but scales and base rates is taken from them (unit weighting; Dawes 1979, American Psychologist
34(7)).
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..evaluation.narrative_frames import read_frames, read_gold
from ..measures.framing import FRAMES, Join

HEADER = (
    "# Coefficients that join the likeness of sentences and the cues of each frame; p is their logistic function.",
    "# Scales and base rates: training part of the narrative frames of climate news (Frermann et al. 2023; MIT).",
    "# Made by: python -m analytics.training frames",
    "frame\tbias\tlikeness\tcues",
)


def fit(gold: Path, out: Path) -> None:
    """Read the articles of `train.txt` and write OUT/frame_joins.tsv."""
    train = read_gold(gold / "train.txt")
    found = read_frames(list(train["text"]))
    lines = [*HEADER]
    for number, frame in enumerate(FRAMES):
        values = join(found["likeness"][:, number], found["cues"][:, number], rate=float(train[frame].mean()))
        lines.append("\t".join((frame, *(f"{value:.4f}" for value in values))))
    (out / "frame_joins.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def join(likeness: NDArray[np.float64], cues: NDArray[np.float64], *, rate: float) -> Join:
    """Both weigh by one over their spread over articles; p of an average article is the share that have the frame."""
    parts = [1 / max(float(each.std()), 1e-9) for each in (likeness, cues)]
    average = parts[0] * float(likeness.mean()) + parts[1] * float(cues.mean())
    return Join(bias=math.log(rate / (1 - rate)) - average, likeness=parts[0], cues=parts[1])
