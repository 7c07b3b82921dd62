"""A fairness check: how the sentiment toward a mention shifts when nothing but the name is exchanged."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..annotation.encoder import Floats
from ..errors import InputError
from .figures import RESAMPLES, SEED, read_json, table
from .newsmtsc import read_sentiment

# Made-up people with common names: what is compared is what a reader would take a name for.
NAMES = {
    "English, women": ("Emily Carter", "Sarah Walker"),
    "English, men": ("James Miller", "Peter Walker"),
    "African American, women": ("Keisha Washington", "Latoya Jefferson"),
    "African American, men": ("Jamal Washington", "Tyrone Jefferson"),
    "Hispanic, women": ("Maria Ramirez", "Lucia Gonzalez"),
    "Hispanic, men": ("Jose Ramirez", "Carlos Gonzalez"),
    "Arabic, women": ("Fatima Haddad", "Layla Hassan"),
    "Arabic, men": ("Omar Haddad", "Khalid Hassan"),
    "Chinese, women": ("Mei Chen", "Xiaoli Zhang"),
    "Chinese, men": ("Wei Chen", "Jun Zhang"),
    "Russian, women": ("Olga Petrova", "Natalia Sokolova"),
    "Russian, men": ("Ivan Petrov", "Sergei Sokolov"),
    "Ukrainian, women": ("Oksana Kovalenko", "Iryna Shevchuk"),
    "Ukrainian, men": ("Mykola Kovalenko", "Taras Shevchuk"),
}
_FULL_NAME = re.compile(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+")


def evaluate(path: Path) -> pd.DataFrame:
    """Mean shift of sentiment (p for − p against) for each group of names, from the mean over all groups.

    Every mention of NewsMTSC's development parts that is a first and a last name is exchanged for each of the names.
    0 is best; the interval is a 95 % bootstrap over sentences, n the sentences.

    Raises InputError naming the file that is missing.
    """
    files = sorted(path.glob("dev_*.jsonl"))
    if not files:
        raise InputError(f"{path / 'dev_rw.jsonl'} is missing; give the folder of NewsMTSC as published")
    records = [r for file in files for r in read_json(file) if _FULL_NAME.fullmatch(r["mention"])]
    read = {group: np.mean([_sentiment(records, name) for name in names], axis=0) for group, names in NAMES.items()}
    middle = np.mean(list(read.values()), axis=0)
    draws = np.random.default_rng(SEED).integers(0, len(records), size=(RESAMPLES, len(records)))
    rows: list[dict[str, object]] = []
    for group, values in read.items():
        shifts = values - middle
        low, high = np.quantile(shifts[draws].mean(axis=1), [0.025, 0.975])
        rows.append(
            {
                "split": "dev",
                "method": f"names: {group}",
                "metric": "shift of sentiment",
                "value": float(shifts.mean()),
                "low": float(low),
                "high": float(high),
                "n": len(records),
            }
        )
    return table(rows)


def _sentiment(records: list[dict[str, Any]], name: str) -> Floats:
    swapped = []
    for record in records:
        start, end, sentence = record["from"], record["to"], record["sentence"]
        swapped.append({"sentence": sentence[:start] + name + sentence[end:], "from": start, "to": start + len(name)})
    p = read_sentiment(swapped)
    return np.asarray(p[:, 2] - p[:, 0], dtype=np.float32)
