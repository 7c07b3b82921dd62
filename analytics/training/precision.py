"""What the int8 export costs: the reader's figures on the development parts in int8 and in full precision.

python -m analytics.training precision GOLD OUT --start WEIGHTS
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from ..annotation.reader import Reader
from ..evaluation.dse import read_dse, read_relations
from ..evaluation.figures import read_json, row, table
from ..evaluation.newsmtsc import read_sentiment
from ..evaluation.szeged import read_uncertain
from .export import export_reader
from .model import Model


def compare(model: Model, gold: Path, out: Path) -> pd.DataFrame:
    """Export a model to OUT/int8 and OUT/fp32: macro-F1 of sentiment and relations, F1 of uncertainty of both, and
    how large the difference of their hidden vectors is, as a share of the vectors' length (median over sentences)."""
    records = [record for name in ("dev_rw", "dev_mt") for record in read_json(gold / "newsmtsc" / f"{name}.jsonl")]
    pairs = read_dse(gold / "dse" / "valid.txt")
    hedged = read_json(gold / "szeged_uncertainty" / "factbank_dev.cleaned.json")
    rows: list[dict[str, object]] = []
    vectors = []
    for name in ("fp32", "int8"):
        folder = out / name
        export_reader(model, folder, quantise=name == "int8")
        sentiment = read_sentiment(records, folder).argmax(axis=1).tolist()
        relations = read_relations(pairs, folder).argmax(axis=1).tolist()
        uncertain = read_uncertain([record["text"] for record in hedged], folder)
        rows += [
            row("newsmtsc", name, [r["polarity"] + 1 for r in records], sentiment, average="macro"),
            row("dse", name, [pair.label for pair in pairs], relations, average="macro"),
            row("factbank", name, [int(bool(r["ccue"])) for r in hedged], uncertain, average="binary"),
        ]
        reader = Reader(folder)
        vectors.append([reader.read(pair.sentence).hidden for pair in pairs])
    apart = [np.linalg.norm(a - b) / np.linalg.norm(a) for a, b in zip(*vectors, strict=True)]
    median = {"split": "dse", "method": "int8", "metric": "share by which vectors differ", "value": np.median(apart)}
    low, high = np.quantile(apart, [0.025, 0.975])
    return table([*rows, {**median, "low": low, "high": high, "n": len(pairs)}])
