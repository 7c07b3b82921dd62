"""The check of contrasts, on an invented corpus."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.errors import InputError
from analytics.evaluation import contrasts


def scores(stories: int) -> pd.DataFrame:
    random = np.random.default_rng(0)
    story = np.repeat(np.arange(stories), 3)
    return pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(len(story))],
            "outlet": np.resize(["Daily Ferry", "Harbour Post", "Northern Ledger"], len(story)),
            "story_id": story.astype(str),
            "numerator": random.normal(0, 1, stories)[story] + random.normal(0, 1, len(story)),
            "denominator": 1.0,
        }
    )


def test_relabelled_planted_and_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contrasts, "article_scores", lambda path: {"invented": scores(60)})
    for name, value in {"NULLS": 60, "PLANTED": 20, "RELABELLINGS": 199}.items():
        monkeypatch.setattr(contrasts, name, value)
    found = contrasts.evaluate(Path()).set_index(["method", "metric"])["value"]
    assert found["same stories, relabelled", "p below 0.05"] < 0.12
    picked = "higher half of the stories picked: found"
    assert found["all articles", picked] > 0.8 and found["same stories", picked] <= 0.2
    assert found["same stories", "0.2 sd added in 300 stories: found"] > 0.5
    assert found["same stories", "nothing added: found"] <= 0.2


def test_a_corpus_that_shares_no_stories_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contrasts, "article_scores", lambda path: {"invented": scores(4)})
    with pytest.raises(InputError, match="fewer than 10 stories are told by two outlets"):
        contrasts.evaluate(Path("corpus"))
