"""Gold sets as a population with two answers to each item: the machine's, and the coders' that are published."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from ..annotation import Annotator
from ..annotation.encoder import Floats
from ..article import AnnotatedArticle, Article
from . import dse, newsmtsc
from .attribution_systems import in_gold_terms
from .figures import read_json
from .polnear_gold import GoldAttribution, GoldText, read_polnear

COLUMNS = ["item_id", "article_id", "machine", "uncertainty", "denominator", "gold"]
_ARTICLE = re.compile(r"(.+?)_-?\d+_\d+_[^_]*_\d+_\d+$")  # of an item of NewsMTSC, without sentence and mention
_POLARITY = np.array([-1.0, 0.0, 1.0])
_FOR_OR_AGAINST = np.array([0.0, 1.0, 1.0, -1.0, -1.0])  # of the relations of DSE, whoever feels it


def of_newsmtsc(folder: Path) -> pd.DataFrame:
    """The mentions of the development parts: sentiment −1, 0 or 1; the machine's is p for less p against."""
    records = [record for file in sorted(folder.glob("dev_*.jsonl")) for record in read_json(file)]
    found = _ARTICLE.match
    articles = [match[1] if (match := found(record["id"])) else record["id"] for record in records]
    p = newsmtsc.read_sentiment(records)
    return _of_classes(articles, p, _POLARITY, [float(record["polarity"]) for record in records])


def of_dse(folder: Path) -> pd.DataFrame:
    """The pairs of `valid.txt`: 1 where one is for the other, −1 where against, 0 neither."""
    pairs = dse.read_dse(folder / "valid.txt")
    articles = [pair.sentence for pair in pairs]
    return _of_classes(articles, dse.read_relations(pairs), _FOR_OR_AGAINST, [_FOR_OR_AGAINST[p.label] for p in pairs])


def of_polnear(folder: Path) -> pd.DataFrame:
    """The sentences of the development part: how many of a sentence's words are somebody's other than the outlet's."""
    texts = read_polnear(folder / "dev" if (folder / "dev").is_dir() else folder)
    annotated = Annotator().annotate([Article(article_id=each.name, text=each.text) for each in texts])
    rows = [row for text, article in zip(texts, annotated, strict=True) for row in _sentences(text, article)]
    return pd.DataFrame(rows, columns=COLUMNS)


POPULATIONS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "newsmtsc": of_newsmtsc,
    "dse": of_dse,
    "polnear": of_polnear,
}


def _of_classes(articles: Sequence[str], p: Floats, values: Floats, gold: Sequence[float]) -> pd.DataFrame:
    mean = p @ values
    return pd.DataFrame(
        {
            "item_id": [f"i{n}" for n in range(len(gold))],
            "article_id": pd.factorize(np.asarray(articles, dtype=object))[0].astype(str),
            "machine": mean,
            "uncertainty": np.sqrt(np.maximum(p @ values**2 - mean**2, 0)),
            "denominator": 1.0,  # a mean of mentions
            "gold": np.asarray(gold, dtype=float),
        },
        columns=COLUMNS,
    )


_WORD = re.compile(r"\w[\w'’-]*")


def _sentences(text: GoldText, annotated: AnnotatedArticle) -> list[tuple[object, ...]]:
    marked, found = _attributed(text.attributions), _attributed(in_gold_terms(annotated))
    rows: list[tuple[object, ...]] = []
    for sentence in annotated.sentences:
        words = [sentence.start + word.start() for word in _WORD.finditer(text.text[sentence.start : sentence.end])]
        if words:
            by_machine = sum(_inside(word, found) for word in words)
            by_coder = sum(_inside(word, marked) for word in words)
            rows.append(
                (
                    f"{text.name}:{sentence.sentence_id}",
                    text.name,
                    float(by_machine),
                    float(len(words)),  # it says nothing of how sure it is: a longer sentence can be off by more
                    float(len(words)),
                    float(by_coder),
                )
            )
    return rows


def _attributed(attributions: Sequence[GoldAttribution]) -> list[tuple[int, int]]:
    return [piece for each in attributions for piece in each.content]


def _inside(place: int, pieces: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in pieces)
