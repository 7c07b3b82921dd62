"""Are words found typical of a side where they were planted, and only there? On a corpus of one's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import false_discovery_control

from ..compare.distinctive_words import Counts, p_of_words
from ..compare.thresholds import thresholds
from ..compare.told import Bools
from ..errors import InputError
from ..results.words import WORD
from .contrasts import share
from .corpus import as_frame, read_corpus
from .figures import COLUMNS, SEED

ROUNDS = 200
MOST = 1000  # articles, drawn at random
SIDES = (0.5, 0.1)  # the share of articles that are called the group's
PLANTED = 20  # words whose every use on the group's side is doubled
COMMON = 100  # articles that hold a word that is doubled, at least
RARE = 0.001  # of all words, at most: doubling frequent ones would make all others rarer on that side
LEVEL = 0.05


def evaluate(path: Path) -> pd.DataFrame:
    """How often words are said to be typical of a side when sides are drawn by lot, and when some words are doubled.

    `path` is a file of articles or a results folder; at most 1,000 of its articles are drawn. Sides are drawn anew 200
    times, so nothing is typical of either. Planted: every use of twenty words by the group's articles counts twice.

    Rows: split (the group's share of the articles), method, metric, value, low, high (95 %, Wilson), n (rounds, or
    words in all rounds).

    Raises InputError where there are fewer than fifty articles.
    """
    frame = as_frame(read_corpus(path))
    if len(frame) < MOST // 20:
        raise InputError(f"{path}: {len(frame)} articles are too few to draw from")
    random = np.random.default_rng([SEED, 3])
    texts = frame["text"].iloc[random.permutation(len(frame))[:MOST]]
    counted = _counted([WORD.findall(str(text).lower()) for text in texts])
    rows = [row for part in SIDES for row in _trials(counted, part, random)]
    return pd.DataFrame(rows, columns=COLUMNS).round({"value": 3, "low": 3, "high": 3})


def _counted(texts: list[list[str]]) -> Counts:
    article = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    word, names = pd.factorize(np.array([word for text in texts for word in text], dtype=object))
    counts = sparse.coo_array((np.ones(len(word)), (article, word)), shape=(len(texts), len(names))).tocsc()
    counts.sum_duplicates()
    held = np.diff(counts.indptr) >= thresholds().min_articles_with_word
    names = names[held]
    return Counts(words=[str(name) for name in names], counts=counts[:, held], ours=np.zeros(len(texts), bool))


def _trials(counted: Counts, part: float, random: np.random.Generator) -> list[dict[str, object]]:
    articles = len(counted.ours)
    held, used = np.diff(counted.counts.indptr), np.asarray(counted.counts.sum(axis=0)).ravel()
    common = np.flatnonzero((held >= COMMON * articles / MOST) & (used <= RARE * used.sum()))
    below, any_found, planted, false = [], [], [], []
    for _ in range(ROUNDS):
        ours = np.zeros(articles, bool)
        ours[random.permutation(articles)[: round(part * articles)]] = True
        p = p_of_words(replace(counted, ours=ours))
        below.append(p < LEVEL)
        any_found.append(_found(p).any())
        words = random.choice(common, min(PLANTED, len(common)), replace=False)
        found = _found(p_of_words(_doubled(counted, ours, words)))
        planted.append(found[words])
        false.append(np.delete(found, words).sum() / max(1, found.sum()))
    split = f"{part:.0%} of the articles".replace("%", " %")
    rate = float(np.mean(false))
    spread = 1.96 * float(np.std(false)) / np.sqrt(ROUNDS)
    rows: list[dict[str, object]] = [
        share("sides drawn by lot", "p below 0.05", np.concatenate(below)),
        share("sides drawn by lot", "any word found", np.array(any_found)),
        share("words doubled", "found", np.concatenate(planted)),
        {
            "method": "words doubled",
            "metric": "share of the words found that were not doubled",
            "value": rate,
            "low": max(0.0, rate - spread),
            "high": rate + spread,
            "n": ROUNDS,
        },
    ]
    return [{"split": split, **row} for row in rows]


def _found(p: np.ndarray) -> Bools:
    return np.asarray(false_discovery_control(p) < LEVEL)


def _doubled(counted: Counts, ours: Bools, words: np.ndarray) -> Counts:
    counts = counted.counts.tocoo()
    row, column = counts.coords
    times = np.where(ours[row] & np.isin(column, words), 2.0, 1.0)
    made = sparse.coo_array((counts.data * times, (row, column)), shape=counts.shape).tocsc()
    return Counts(words=counted.words, counts=made, ours=ours)
