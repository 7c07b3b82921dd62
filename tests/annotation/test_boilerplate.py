"""Boilerplate: which stretches of a text it is, and that no measure reads them.

The golden cases are lines of golden/boilerplate.jsonl: a `text`, its `title` if any, and its `boilerplate` as pairs of
kind and words; none where the text is news and nothing else.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.annotation import Annotator
from analytics.annotation.boilerplate import find_boilerplate
from analytics.annotation.quotations import find_quotations
from analytics.article import AnnotatedArticle, Article
from analytics.knowledge.lexicon import load
from analytics.measures import hedging
from analytics.scoring.batch import article_rows
from analytics.vocabulary import BOILERPLATE_KINDS, BoilerplateKind

GOLDEN = [
    json.loads(line)
    for line in (Path(__file__).parent / "golden" / "boilerplate.jsonl").read_text(encoding="utf-8").splitlines()
]


def found(article: Article) -> list[tuple[str, str]]:
    quotations = find_quotations(article.content)
    spans = find_boilerplate(article.content, quotations, body_start=article.body_start)
    return [(span.kind, article.content[span.start : span.end]) for span in spans]


@pytest.mark.parametrize("case", GOLDEN, ids=[f"boilerplate-{n}" for n in range(1, len(GOLDEN) + 1)])
def test_golden_case(case: dict[str, Any]) -> None:
    article = Article(article_id="a", text=case["text"], title=case.get("title"))
    assert found(article) == [tuple(pair) for pair in case["boilerplate"]]


def test_every_kind_has_five_golden_cases_and_a_pattern() -> None:
    kinds = [kind for case in GOLDEN for kind in {kind for kind, _ in case["boilerplate"]}]
    assert min(kinds.count(kind) for kind in BOILERPLATE_KINDS) >= 5
    assert {entry.label for entry in load("boilerplate")} == set(get_args(BoilerplateKind)) == set(BOILERPLATE_KINDS)


def test_a_headline_holds_none() -> None:
    assert found(Article(article_id="a", title="Read more: a plea for books", text="The dam may hold.")) == []


PIECES = st.sampled_from(
    [
        "HALSMER (AP) — ",
        "Read more",
        ": ",
        "Photograph: Bo Snapper/AFP",
        ". ",
        "\n",
        "“",
        "”",
        '"',
        "Ada Brandt said ",
        "[+3 chars]",
        "©",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_spans_are_in_order_apart_and_not_blank(text: str) -> None:
    spans = find_boilerplate(text, find_quotations(text))
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges) and all(text[span.start : span.end].strip() for span in spans)


@pytest.mark.parametrize(
    "piece",
    [
        "A and B, Monday, ",
        "Read more: x. ",
        "Contributed by A. ",
        "A (",
        "@a ",
        "By Ada Brandt and ",
        "Share Email ",
        "a, 2031 ",
    ],
)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    text = piece * (200_000 // len(piece)) + " contributed cookies , 2031"
    began = time.process_time()
    find_boilerplate(text, [])
    assert time.process_time() - began < 5


TITLE, TEXT = (
    "Dam holds",
    (
        "HALSMER (Reuters) - The dam may hold, Ada Brandt said.\n\nRead more: Oren Tash may lose\n\n"
        "Sign up to our newsletter: you might win a prize.\n\nVELM, March 3 (AFP) — The river perhaps falls.\n\n"
        "Cai Lund said in an email. Photograph: Bo Snapper/EPA"
    ),
)


@pytest.fixture(scope="module")
def both() -> tuple[AnnotatedArticle, AnnotatedArticle]:
    """An article without its boilerplate and with it."""
    article = Article(article_id="a", title=TITLE, text=TEXT)
    [left_out], [kept] = (Annotator(keep_boilerplate=keep).annotate([article]) for keep in (False, True))
    return left_out, kept


@pytest.mark.model
def test_no_measure_reads_it(both: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    annotated, _ = both
    assert [cue["text"] for cue in hedging.find(annotated)] == ["may", "perhaps"]
    assert {mention.name for mention in annotated.mentions} == {"Ada Brandt"}  # not Reuters, AFP, Oren Tash, Cai Lund
    assert [(a.speaker_id, annotated.text_of(a.start, a.end)) for a in annotated.attributions] == [
        ("ada-brandt", "The dam may hold")
    ]
    rows = article_rows(annotated)
    news = {row["sentence_id"] for row in rows["sentences"] if row["boilerplate"] is None}
    assert len(news) < len(rows["sentences"])
    assert {int(n) for row in rows["frames"] for n in str(row["evidence"]).split(",")} <= news
    [row] = rows["articles"]
    assert row["n_words"] == len("Dam holds The dam may hold Ada Brandt said The river perhaps falls".split())
    assert row["n_words"] + row["n_words_boilerplate"] == both[1].n_words


@pytest.mark.model
def test_each_stretch_is_one_sentence(both: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    annotated, _ = both
    sentences = {(sentence.start, sentence.end) for sentence in annotated.sentences}
    assert len(annotated.boilerplate) == 5
    assert {(span.start, span.end) for span in annotated.boilerplate} <= sentences


@pytest.mark.model
def test_a_switch_brings_it_back(both: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    _, kept = both
    assert kept.boilerplate == () and kept.n_words_boilerplate == 0
    assert {cue["text"] for cue in hedging.find(kept)} >= {"may", "might", "perhaps"}
    assert "Oren Tash" in {mention.name for mention in kept.mentions}
