"""Texts that are nothing but names, labels or turns: read without a crash, in time that grows with their length."""

from __future__ import annotations

import re
import time

import pytest

from analytics.annotation import Annotator
from analytics.annotation.attributions import find_attributions
from analytics.annotation.parse import Parse
from analytics.annotation.quotations import find_quotations
from analytics.article import Article, Attribution, Sentence, Token

TEXTS = {
    "interview": lambda n: "\n".join(f"Q: Is dam {i} safe?\nA: Dam {i} is safe." for i in range(n)),
    "labels": lambda n: "\n".join(f"{'ABCDEFGH'[i % 8]}LMA BRANDT:" for i in range(n)),
    "one label": lambda n: "ALMA BRANDT:\n" * n,
    "names": lambda n: "Ada Brandt Olin Moor Nora Quill " * n,
    "speakers": lambda n: "\n".join(f"{('Ada Brandt', 'Olin Moor')[i % 2]}: The dam is safe." for i in range(n)),
    "open marks": lambda n: "“The dam is safe. " * n,
    "lone marks": lambda n: 'The " dam " is. ' * n,
}
HEADLINE = "Brandt says dam will hold as Moor warns of flood and " * 300


def attributions(text: str) -> tuple[Attribution, ...]:
    """What the rules find over words without a grammar: every step of theirs runs, and none needs the parser."""
    tokens, sentences = [], []
    for line in re.finditer(r"[^\n]+", text):
        first = len(tokens)
        for word in re.finditer(r"\w+|[^\w\s]", line[0]):
            start = line.start() + word.start()
            number = len(tokens)
            tokens.append(
                Token(number, start, start + len(word[0]), word[0], word[0].lower(), "NOUN", "NN", "dep", first, "")
            )
        sentences.append(Sentence(len(sentences), line.start(), line.end(), first, len(tokens), False))
    parse = Parse(
        tokens=tuple(tokens), sentences=tuple(sentences), entities=(), quotations=tuple(find_quotations(text))
    )
    children = tuple(() for _ in tokens)
    return find_attributions(Article(article_id="a", text=text), parse, {}, children, [])[0]


@pytest.mark.parametrize("kind", TEXTS)
def test_time_grows_with_the_length(kind: str) -> None:
    attributions(TEXTS[kind](50))
    seconds = []
    for n in (500, 4000):
        text = TEXTS[kind](n)
        began = time.process_time()
        attributions(text)
        seconds.append(time.process_time() - began)
    assert seconds[1] < 30 * max(seconds[0], 0.02)  # in proportion: 8 times


def test_every_answer_of_an_interview_is_the_interviewees() -> None:
    found = attributions(TEXTS["interview"](500))
    assert len(found) == 500 and {a.kind for a in found} == {"direct"}


@pytest.mark.model
@pytest.mark.parametrize("kind", TEXTS)
def test_the_whole_annotation_takes_them(kind: str) -> None:
    text = TEXTS[kind](15)
    [annotated] = Annotator().annotate([Article(article_id="a", text=text)])
    assert annotated.voices[0].start == 0 and annotated.voices[-1].end == len(annotated.content)


@pytest.mark.model
def test_a_headline_of_thousands_of_words() -> None:
    article = Article(article_id="a", title=HEADLINE.strip(), text="The dam held.")
    [annotated] = Annotator().annotate([article])
    assert annotated.content.startswith("Brandt says") and annotated.sentences[-1].end == len(annotated.content)
