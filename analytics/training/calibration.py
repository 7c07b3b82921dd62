"""Fits the temperatures by which the logits of sentiment and relations are divided, so that p means something.

python -m analytics.training calibration GOLD READER_FOLDER
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..annotation.encoder import Floats
from ..evaluation.dse import read_dse, read_relations
from ..evaluation.figures import read_json
from ..evaluation.newsmtsc import read_sentiment

TEMPERATURES = np.arange(0.5, 3.01, 0.05)


def calibrate(gold: Path, folder: Path) -> dict[str, float]:
    """Find both temperatures on the development parts and write them into the folder's heads.npz."""
    change_heads(folder, {f"{head}.temperature": np.float32(1) for head in ("sentiment", "relation")})
    records = [record for name in ("dev_rw", "dev_mt") for record in read_json(gold / "newsmtsc" / f"{name}.jsonl")]
    pairs = read_dse(gold / "dse" / "valid.txt")
    found = {
        "sentiment": best_temperature(read_sentiment(records, folder), [r["polarity"] + 1 for r in records]),
        "relation": best_temperature(read_relations(pairs, folder), [pair.label for pair in pairs]),
    }
    change_heads(folder, {f"{head}.temperature": np.float32(value) for head, value in found.items()})
    return found


def best_temperature(p: Floats, gold: Sequence[int]) -> float:
    """The temperature under which the gold classes are likeliest (Guo et al. 2017)."""

    def surprise(temperature: float) -> float:
        logits = np.log(np.maximum(p, 1e-9)) / temperature
        log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return float(-log_p[np.arange(len(gold)), list(gold)].mean())

    return float(min(TEMPERATURES, key=surprise))


def change_heads(folder: Path, changed: Mapping[str, NDArray[np.float32] | np.float32]) -> None:
    """Put weights into heads.npz, in half precision but for single numbers, and renew the folder's sums."""
    with np.load(folder / "heads.npz") as file:
        heads = {name: file[name] for name in file.files} | dict(changed)
    small = {name: value.astype(np.float16) if value.size > 1 else value for name, value in heads.items()}
    np.savez(folder / "heads.npz", **small)
    names = [line.split()[1] for line in (folder / "SHA256SUMS").read_text().splitlines()]
    sums = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(sums))
