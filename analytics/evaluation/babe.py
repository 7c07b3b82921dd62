"""BABE (Spinde et al. 2021): is a news sentence slanted, as experts saw it, and by which words?"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..annotation import Annotator
from ..article import AnnotatedArticle, Article
from ..errors import InputError
from ..measures import loaded_language, slanted_wording
from .figures import RESAMPLES, SEED, area, bag_of_words, interval, row, table
from .narrative_frames import held_out

COLUMNS = ("text", "label_bias", "biased_words")
VERDICTS = {"Biased": 1, "Non-biased": 0}  # of the others the experts were split
SHIPPED = "slanted wording, as shipped"
_WORD = re.compile(r"[a-z0-9]+")


class Sentence(NamedTuple):
    """A judged sentence: the verdict and p; loaded words and those also marked; words marked and those also found."""

    slanted: int
    p: float
    loaded: int
    right: int
    marked: int
    found: int


def evaluate(path: Path) -> pd.DataFrame:
    """Area under the ROC curve and F1 of "this sentence is slanted", and how the words marked agree with the experts'.

    One split per file of the folder; sentences on which the experts were split are left out. The methods: every
    sentence; the number of loaded words; TF-IDF with logistic regression, each sentence by a model that learnt from
    others of them, which no other method did; the largest p of the sentence as shipped (from 0.5 on it counts as
    slanted). Words: precision is the share of loaded words that an expert marked, over all of these sentences; recall
    the share of words and phrases that experts marked in which a loaded word was found.

    Raises InputError naming the file that is missing or malformed.
    """
    files = sorted(path.glob("*.csv"))
    if not files:
        raise InputError(f"{path / 'SG1.csv'} is missing; give the folder that holds it, as published by its authors")
    return table([figure for file in files for figure in _figures(file)])


def _figures(file: Path) -> list[dict[str, object]]:
    gold = read_gold(file)
    texts = gold["text"].tolist()
    judged = read_slanted(gold)
    truth = np.array([each.slanted for each in judged])
    words = held_out(bag_of_words(), texts, truth)
    p = np.array([each.p for each in judged])
    split = file.stem
    rows = [row(split, "every sentence", truth.tolist(), [1] * len(truth), average="binary")]
    learnt = "TF-IDF + logistic regression, learnt on this set"
    methods = {"loaded words": np.array([each.loaded for each in judged]), learnt: words, SHIPPED: p}
    for method, values in methods.items():
        cut = 1 if method == "loaded words" else 0.5
        rows.append(row(split, method, truth.tolist(), (values >= cut).astype(int).tolist(), average="binary"))
        rows.append(area(split, method, truth, values))
    return [*rows, *words_marked(split, judged)]


def read_gold(path: Path) -> pd.DataFrame:
    """Sentences with a verdict: text, label_bias, and biased_words as a list."""
    frame = pd.read_csv(path, sep=";", encoding="utf-8-sig")
    if missing := set(COLUMNS) - set(frame.columns):
        raise InputError(f"{path} has no columns {', '.join(sorted(missing))}; it is not as published")
    frame = frame[frame["label_bias"].isin(VERDICTS)]
    return frame.assign(text=frame["text"].str.strip(), biased_words=frame["biased_words"].map(ast.literal_eval))


def read_slanted(gold: pd.DataFrame) -> list[Sentence]:
    """What the measures say of each sentence of a frame that `read_gold` gave."""
    articles = [Article(article_id=str(i), text=text) for i, text in enumerate(gold["text"])]
    return [
        judge(annotated, marked, VERDICTS[verdict])
        for annotated, marked, verdict in zip(
            Annotator().annotate(articles), gold["biased_words"], gold["label_bias"], strict=True
        )
    ]


def judge(annotated: AnnotatedArticle, marked: Sequence[str], slanted: int) -> Sentence:
    """The verdict on a sentence beside what was found in it."""
    loaded = [frozenset(_WORD.findall(str(cue["text"]).lower())) for cue in loaded_language.find(annotated)]
    phrases = [frozenset(_WORD.findall(phrase.lower())) for phrase in marked]
    p = [float(str(finding["p_slanted"])) for finding in slanted_wording.find(annotated)]
    return Sentence(
        slanted=slanted,
        p=max(p, default=0.0),
        loaded=len(loaded),
        right=sum(any(words & phrase for phrase in phrases) for words in loaded),
        marked=len(phrases),
        found=sum(any(words & phrase for words in loaded) for phrase in phrases),
    )


def words_marked(split: str, judged: Sequence[Sentence]) -> list[dict[str, object]]:
    """Precision and recall of loaded words against those that experts marked."""
    counts = np.array([(each.right, each.loaded, each.found, each.marked) for each in judged])
    draws = np.random.default_rng(SEED).integers(0, len(counts), size=(RESAMPLES, len(counts)))
    sums = np.array([counts[d].sum(axis=0) for d in draws])
    return [
        _share(split, "words also marked by experts", counts[:, :2], sums[:, :2]),
        _share(split, "experts' words found", counts[:, 2:], sums[:, 2:]),
    ]


def _share(split: str, metric: str, counts: NDArray[np.int64], sums: NDArray[np.int64]) -> dict[str, object]:
    right, of = (int(each) for each in counts.sum(axis=0))
    resampled = (sums[:, 0] / np.maximum(sums[:, 1], 1)).tolist()
    return interval(split, "loaded words", metric, right / max(of, 1), resampled, n=of)
