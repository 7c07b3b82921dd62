"""Learns what wording is slanted, and how each frame is told, from invented sentences.

    python -m analytics.training readings - OUT

The sentences stand in `loaded_sentences.tsv` and `frame_sentences.tsv` beside this file; the vectors are those of the
published sentence encoder, so that nothing has to be learnt anew when the reader changes.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from ..annotation.embedding import load_embedder
from ..measures.framing import FRAMES
from ..measures.meaning_readings import FILE

HERE = Path(__file__).parent
STRENGTH = 0.3  # C of the logistic regressions; from 0.03 to 10 nothing that was looked at changes by more than 0.02
SLANTED, PLAIN = "slanted", "plain"


def fit(out: Path) -> None:
    """Write OUT/readings.npz and its sum: for each reading weights [class, 384] and bias [class]."""
    frames, told = _frames(HERE / "frame_sentences.tsv")
    slant, worded = _slant(HERE / "loaded_sentences.tsv")
    learnt = _learn("frames", frames, told, list(FRAMES)) | _learn("slant", slant, worded, [SLANTED])
    np.savez(out / FILE, **learnt)  # type: ignore[arg-type]  # its stubs take the names for options
    digest = hashlib.sha256((out / FILE).read_bytes()).hexdigest()
    (out / "SHA256SUMS").write_text(f"{digest}  {FILE}\n", encoding="utf-8")


def _learn(name: str, sentences: list[str], labels: list[str], classes: list[str]) -> dict[str, np.ndarray]:
    """The logits of `classes` by a logistic regression over the vectors of labelled sentences."""
    fitted = LogisticRegression(C=STRENGTH, max_iter=5000).fit(load_embedder().embed(sentences), labels)
    rows = [list(fitted.classes_).index(each) for each in classes] if len(fitted.classes_) > 2 else [0]
    weight, bias = fitted.coef_[rows], fitted.intercept_[rows]
    return {f"{name}.weight": weight.astype(np.float32), f"{name}.bias": bias.astype(np.float32)}


def _frames(path: Path) -> tuple[list[str], list[str]]:
    rows = _read(path)
    return [row["sentence"] for row in rows], [row["frame"] for row in rows]


def _slant(path: Path) -> tuple[list[str], list[str]]:
    rows = _read(path)
    pairs = [(row[kind], kind) for kind in (SLANTED, PLAIN) for row in rows if row[kind]]
    return [sentence for sentence, _ in pairs], [kind for _, kind in pairs]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
