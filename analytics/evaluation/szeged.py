"""Szeged Uncertainty Corpus (Szarvas et al. 2012), FactBank part: is a news sentence uncertain?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ..annotation import Annotator
from ..annotation.heads import softmax
from ..annotation.reader import FOLDER, load_reader
from ..article import Article
from ..errors import InputError
from ..measures.hedging import UNCERTAINTY, find
from .figures import bag_of_words, read_json, row, table

TRAIN = "wiki.cleaned.json"
HELD_OUT = 7  # every seventh Wikipedia sentence is kept from training and predicted


def evaluate(path: Path) -> pd.DataFrame:
    """F1 of "this sentence is uncertain" on the FactBank files of a folder, and on Wikipedia.

    The methods: every sentence; the hedge lexicon (a sentence with at least one hedge that is no
    approximator); the shipped encoder, which learnt from the same Wikipedia sentences and two biomedical
    parts; TF-IDF with logistic regression trained in the same run on the Wikipedia part, but for
    every seventh sentence, which is the split "wiki".

    Raises InputError naming the file that is missing.
    """
    wiki = [record for record in read_json(path / TRAIN) if record["text"].strip()]
    train = [record for i, record in enumerate(wiki) if i % HELD_OUT]
    splits = sorted(path.glob("factbank*.cleaned.json"))
    if not splits:
        raise InputError(f"{path / 'factbank_dev.cleaned.json'} is missing; put it beside {TRAIN}")
    words = bag_of_words().fit([record["text"] for record in train], _labels(train))
    gold = {file.name.split(".")[0]: read_json(file) for file in splits} | {"wiki": wiki[::HELD_OUT]}
    rows = []
    for split, records in gold.items():
        texts = [record["text"] for record in records]
        predictions: dict[str, Sequence[int]] = {
            "every sentence": [1] * len(records),
            "hedge lexicon, as used": uncertain(texts),
            "encoder, as shipped": read_uncertain(texts),
            "TF-IDF + logistic regression": words.predict(texts),
        }
        for method, predicted in predictions.items():
            rows.append(row(split, method, _labels(records), predicted, average="binary"))
    return table(rows)


def uncertain(texts: Sequence[str]) -> list[int]:
    """1 for each text with at least one hedge that is no approximator, else 0."""
    articles = [Article(article_id=str(i), text=text) for i, text in enumerate(texts)]
    return [
        int(any(cue["cue_type"] == "hedge" and cue["kind"] in UNCERTAINTY for cue in find(annotated)))
        for annotated in Annotator().annotate(articles)
    ]


def read_uncertain(texts: Sequence[str], folder: Path = FOLDER) -> list[int]:
    """1 for each text in which the shipped encoder sees a word that is rather a cue of uncertainty than none."""
    reader = load_reader(folder)
    found = []
    for text in texts:
        hedge = reader.read(text).hedge
        found.append(int(bool(len(hedge)) and bool((softmax(hedge)[:, 0] < 0.5).any())))
    return found


def _labels(records: Sequence[dict[str, Any]]) -> list[int]:
    return [int(bool(record["ccue"])) for record in records]
