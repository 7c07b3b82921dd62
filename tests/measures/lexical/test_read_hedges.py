from types import SimpleNamespace

import numpy as np
import pytest

from analytics.annotation.heads import HEDGES
from analytics.article import AnnotatedArticle, Article, Sentence, Token
from analytics.measures.lexical.read_hedges import read_hedges


def read(*words: tuple[str, str, float]) -> AnnotatedArticle:
    """A hand-made sentence: each word is one word piece, with the p that an encoder gives to a kind of hedge."""
    tokens, logits, at = [], [], 0
    for i, (form, kind, p) in enumerate(words):
        tokens.append(Token(i, at, at + len(form), form, form, "NOUN", "", "ROOT", i, ""))
        of = {kind: p, "probable" if kind == "none" else "none": 1 - p}
        logits.append([np.log(of.get(each, 1e-9)) for each in HEDGES])
        at += len(form) + 1
    places = {token.start: token.index for token in tokens}
    encoded = SimpleNamespace(
        hedge=np.array(logits, dtype=np.float32), pieces=lambda start, end: slice(places[start], places[start] + 1)
    )
    return AnnotatedArticle(
        article=Article(article_id="a", text=" ".join(form for form, *_ in words)),
        tokens=tuple(tokens),
        sentences=(Sentence(0, 0, at - 1, 0, len(tokens), False),),
        encoded=encoded,
    )


@pytest.mark.parametrize(("p", "found"), [(0.95, ["rumoured"]), (0.7, [])])
def test_a_word_that_no_lexicon_lists_counts_where_the_encoder_is_sure(p: float, found: list[str]) -> None:
    annotated = read(("boats", "none", 0.99), ("rumoured", "doxastic", p), ("lost", "none", 0.99))
    assert [annotated.text_of(m.start, m.end) for m in read_hedges(annotated, [])] == found


def test_neighbours_of_one_kind_are_one_cue_and_known_words_are_left_alone() -> None:
    annotated = read(("by", "doxastic", 0.9), ("rumour", "doxastic", 0.9), ("maybe", "possible", 0.9))
    both = list(read_hedges(annotated, []))
    assert [(m.entry.label, m.entry.pattern) for m in both] == [("doxastic", "by rumour"), ("possible", "maybe")]
    assert list(read_hedges(annotated, both)) == []
