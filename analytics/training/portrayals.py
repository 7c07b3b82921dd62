"""Fits the weights of heroes, villains and victims to the coded roles.

python -m analytics.training portrayals GOLD OUT
"""

from __future__ import annotations

from pathlib import Path

from ..evaluation.narrative_frames import read_gold
from ..evaluation.narrative_roles import candidates, learn, read_roles
from ..measures.portrayal import FEATURES, ROLES

HEADER = (
    "# Weights of a logistic regression: whom coders name as hero, villain or victim of a news article, or as none.",
    "# Learnt from the training part of the narrative frames of climate news (Frermann et al. 2023; MIT licence).",
    "# An actor's kind was held constant, and the roles' constants are levelled. Features: measures/portrayal.py.",
    "# Made by: python -m analytics.training portrayals",
)


def fit(gold: Path, out: Path) -> None:
    """Learn from the roles of the articles of `train.txt` and write OUT/portrayal.tsv."""
    train = read_gold(gold / "train.txt")
    found = candidates(dict(zip(train["id"], train["text"], strict=True)), read_roles(gold))
    learnt = learn(found)
    lines = [*HEADER, "\t".join(("feature", "mean", "spread", *ROLES))]
    for name, mean, spread, weights in zip(FEATURES, *learnt[:3], strict=True):
        lines.append("\t".join((name, *(f"{each:.4f}" for each in (mean, spread, *weights)))))
    lines.append("\t".join(("bias", "", "", *(f"{each:.4f}" for each in learnt.bias))))
    (out / "portrayal.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
