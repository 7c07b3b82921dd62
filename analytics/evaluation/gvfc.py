"""Gun Violence Frame Corpus (Liu et al. 2019): do the frames tell apart what its coders did, on another subject?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from ..errors import InputError
from ..measures.framing import FRAMES
from .figures import area, bag_of_words, table
from .narrative_frames import SHIPPED, held_out, read_frames

COLUMNS = ("headline_text", "body_text", "Q3 Theme1", "Q3 Theme2")
# The set's themes that are nearest to a frame: what lawmakers and parties quarrel about, and what it costs.
THEMES = {"conflict": 3, "economic": 9}


def evaluate(path: Path) -> pd.DataFrame:
    """Area under the ROC curve over headlines with their summaries: of the conflict frame for the theme "politics", of
    the economic frame for "economic consequences", each where it is one of an item's two themes.

    The methods: the strength of the lexicon's cues; TF-IDF with logistic regression, each item by a model that learnt
    from others of them, which no other method did; p as shipped, which was learnt on other subjects.

    Raises InputError naming the file that is missing or malformed.
    """
    gold = pd.concat([_read(file) for file in sorted(path.glob("*.csv"))] or [_read(path / "dev.csv")])
    texts, titles = gold["body_text"].fillna("").tolist(), gold["headline_text"].fillna("").tolist()
    found = read_frames(texts, titles)
    rows = []
    for frame, theme in THEMES.items():
        number = list(FRAMES).index(frame)
        truth = np.array(gold[["Q3 Theme1", "Q3 Theme2"]].eq(theme).any(axis=1), dtype=np.int64)
        words = held_out(bag_of_words(), [f"{a} {b}" for a, b in zip(titles, texts, strict=True)], truth)
        methods = {"frame cues": found["cues"][:, number], SHIPPED: found["p"][:, number]}
        rows += [area(frame, method, truth, values) for method, values in methods.items()]
        rows.append(area(frame, "TF-IDF + logistic regression, learnt on this set", truth, words))
    return table(rows)


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(f"{path} is missing; give the folder that holds it, as published by its authors")
    frame = pd.read_csv(path)
    if missing := set(COLUMNS) - set(frame.columns):
        raise InputError(f"{path} has no columns {', '.join(sorted(missing))}; it is not as published")
    return frame[list(COLUMNS)]
