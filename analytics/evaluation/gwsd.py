"""GWSD (Luo et al. 2020): does a news sentence agree that climate change is a serious concern?

No licence is stated for this set, so nothing learnt from it ships: here it measures how much of a stance toward a
proposition the shipped encoders' vectors hold, read out by a plain classifier that is trained in the same run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from ..annotation.embedding import load_embedder
from ..annotation.encoder import Floats
from ..annotation.heads import load_heads
from ..annotation.reader import load_reader
from ..errors import InputError
from .figures import SEED, bag_of_words, confusion, per_class, row, table

LABELS = ("disagree", "neutral", "agree")
FOLDS = 5
READ_OUT = "encoders' vectors, read out"
FILES = ("GWSD_train.tsv", "GWSD_test.tsv")


def evaluate(path: Path) -> pd.DataFrame:
    """Macro-F1 over disagree, neutral and agree.

    The gold label is the likeliest by the set's own model of its raters; the 250 or so sentences without one, which
    served to test the raters, are left out. Every sentence is predicted by a model trained on other folds; where
    `GWSD_test.tsv` is there, that too, by models trained on all of `GWSD_train.tsv`.
    The methods: always the commonest class; TF-IDF with logistic regression; a support vector machine on the
    shipped encoders' vectors of the sentence (its C was chosen on these folds: 1 to 3 differ by a point).

    Raises InputError naming the file that is missing or malformed.
    """
    gold = {name: _read(path / name) for name in FILES if name == FILES[0] or (path / name).is_file()}
    train = gold[FILES[0]]
    rows: list[dict[str, object]] = []
    models = {
        "TF-IDF + logistic regression": bag_of_words(),
        READ_OUT: make_pipeline(StandardScaler(), SVC(C=1.5, class_weight="balanced")),
    }
    features: dict[str, dict[str, object]] = {
        "TF-IDF + logistic regression": {name: list(each["sentence"]) for name, each in gold.items()},
        READ_OUT: {name: vectors(list(each["sentence"])) for name, each in gold.items()},
    }
    for name, each in gold.items():
        labels = each["label"].tolist()
        commonest = Counter(train["label"]).most_common(1)[0][0]
        rows.append(row(Path(name).stem, "majority class", labels, [commonest] * len(labels), average="macro"))
        for method, model in models.items():
            if name == FILES[0]:
                folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
                predicted = cross_val_predict(model, features[method][name], labels, cv=folds).tolist()
            else:
                fitted = clone(model).fit(features[method][FILES[0]], train["label"])
                predicted = fitted.predict(features[method][name]).tolist()
            if method == READ_OUT:
                rows += per_class(Path(name).stem, method, labels, predicted, LABELS)
                matrix = confusion(labels, predicted, LABELS)
            else:
                rows.append(row(Path(name).stem, method, labels, predicted, average="macro"))
    found = table(rows)
    found.attrs["confusion"] = matrix.to_string()
    return found


def vectors(sentences: Sequence[str]) -> Floats:
    """For each sentence the mean of the reader's vectors of its pieces, the greatest of each, what it means to the
    reader, and what it means to the sentence encoder."""
    reader, heads, embed = load_reader(), load_heads(), load_embedder().embed
    found = []
    for sentence, embedding in zip(sentences, embed(sentences), strict=True):
        hidden = reader.read(sentence).hidden
        hidden = hidden if len(hidden) else np.zeros((1, hidden.shape[1]), dtype=np.float32)
        found.append(np.concatenate([hidden.mean(axis=0), hidden.max(axis=0), heads.meaning(hidden), embedding]))
    return np.asarray(found, dtype=np.float32)


def _read(file: Path) -> pd.DataFrame:
    if not file.is_file():
        raise InputError(f"{file} is missing; give the folder that holds it, as published by its authors")
    frame = pd.read_csv(file, sep="\t")
    missing = [name for name in ("sentence", *LABELS) if name not in frame]
    if missing:
        raise InputError(f"{file} has no column {', '.join(missing)}; it is not GWSD as published")
    frame = frame.dropna(subset=list(LABELS)).reset_index(drop=True)
    frame["label"] = frame[list(LABELS)].to_numpy().argmax(axis=1)
    return frame
