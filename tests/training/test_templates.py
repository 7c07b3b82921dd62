"""Made-up sentences for training: places and labels."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")  # of the extra `train`

from analytics.training.templates import RELATION, SENTIMENT, templates


def test_each_mention_and_pair_stands_in_its_sentence_and_has_a_distribution() -> None:
    sentences = list(templates(most=400, seed=1))
    assert len({sentence.text for sentence in sentences}) == 400
    for sentence in sentences:
        places = {(start, end) for start, end, _ in sentence.mentions}
        assert places and all(sentence.text[start:end][0].isupper() for start, end in places)
        assert all({p, q} <= places for p, q, _ in sentence.pairs)
        assert not set("{}[]<>|") & set(sentence.text)
    assert all(sum(p) == pytest.approx(1) for p in (*SENTIMENT.values(), *RELATION.values()))


def test_no_class_is_rare() -> None:
    labels = [max(range(3), key=p.__getitem__) for s in templates(most=2000, seed=2) for *_, p in s.mentions]
    assert labels.count(0) > 300 and labels.count(1) > 300 and labels.count(2) > 80
