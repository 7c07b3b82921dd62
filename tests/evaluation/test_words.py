"""The check of words, on invented articles."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.errors import InputError
from analytics.evaluation import words


def corpus(articles: int, folder: Path) -> Path:
    random = np.random.default_rng(0)
    vocabulary = ["".join(letters) for letters in random.choice(list("abcdefghij"), (600, 6))]
    weights = 1 / np.arange(600, 1200)
    texts = [" ".join(random.choice(vocabulary, 250, p=weights / weights.sum())) for _ in range(articles)]
    file = folder / "articles.csv"
    pd.DataFrame({"title": [f"Title {n}" for n in range(articles)], "text": texts}).to_csv(file, index=False)
    return file


def test_sides_by_lot_and_words_doubled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "ROUNDS", 6)
    monkeypatch.setattr(words, "RARE", 0.02)
    monkeypatch.setattr(words, "read_corpus", lambda path: path)
    monkeypatch.setattr(words, "as_frame", pd.read_csv)
    found = words.evaluate(corpus(240, tmp_path)).set_index(["split", "method", "metric"])["value"]
    half = "50 % of the articles"
    assert found[half, "sides drawn by lot", "p below 0.05"] < 0.07
    assert found[half, "words doubled", "found"] > 0.15
    assert found[half, "words doubled", "share of the words found that were not doubled"] < 0.2


def test_a_corpus_too_small_to_draw_from_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "read_corpus", lambda path: path)
    monkeypatch.setattr(words, "as_frame", pd.read_csv)
    with pytest.raises(InputError, match="9 articles are too few to draw from"):
        words.evaluate(corpus(9, tmp_path))
