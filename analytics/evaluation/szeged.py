"""Szeged Uncertainty Corpus (Szarvas et al. 2012), FactBank part: is a news sentence uncertain?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ..annotation import Annotator
from ..article import Article
from ..errors import InputError
from ..measures.hedging import UNCERTAINTY, find
from .figures import bag_of_words, read_json, row, table

TRAIN = "wiki.cleaned.json"


def evaluate(path: Path) -> pd.DataFrame:
    """F1 of "this sentence is uncertain" on the FactBank files of a folder.

    The methods: every sentence; the hedge lexicon (a sentence with at least one hedge that is no
    approximator); TF-IDF with logistic regression trained on the Wikipedia part in the same run.

    Raises InputError naming the file that is missing.
    """
    train = read_json(path / TRAIN)
    splits = sorted(path.glob("factbank*.cleaned.json"))
    if not splits:
        raise InputError(f"{path / 'factbank_dev.cleaned.json'} is missing; put it beside {TRAIN}")
    words = bag_of_words([record["text"] for record in train], _labels(train))
    rows = []
    for file in splits:
        records = read_json(file)
        texts = [record["text"] for record in records]
        predictions: dict[str, Sequence[int]] = {
            "every sentence": [1] * len(records),
            "hedge lexicon": uncertain(texts),
            "TF-IDF + logistic regression": words.predict(texts),
        }
        for method, predicted in predictions.items():
            rows.append(row(file.name.split(".")[0], method, _labels(records), predicted, average="binary"))
    return table(rows)


def uncertain(texts: Sequence[str]) -> list[int]:
    """1 for each text with at least one hedge that is no approximator, else 0."""
    articles = [Article(article_id=str(i), text=text) for i, text in enumerate(texts)]
    return [
        int(any(cue["measure"] == "hedge" and cue["kind"] in UNCERTAINTY for cue in find(annotated)))
        for annotated in Annotator().annotate(articles)
    ]


def _labels(records: Sequence[dict[str, Any]]) -> list[int]:
    return [int(bool(record["ccue"])) for record in records]
