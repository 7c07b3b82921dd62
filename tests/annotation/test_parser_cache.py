"""The quick attribute ruler and lemmatizer say what spaCy's own say."""

import json
from pathlib import Path

import pytest
from spacy.tokens import Doc

from analytics.annotation.parser_model import load_model

pytestmark = pytest.mark.model
SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "articles.jsonl"
TOLD = ("tag_", "pos_", "lemma_", "dep_", "morph")


def told(doc: Doc) -> list[tuple[str, ...]]:
    return [(token.text, *(str(getattr(token, name)) for name in TOLD)) for token in doc]


def test_they_say_the_same_of_every_token() -> None:
    texts = [json.loads(line)["text"] for line in SAMPLE.read_text(encoding="utf-8").splitlines()[:20]]
    texts.append("Let's go.\n\nShe ain't gonna stay, he's got ta leave: c'mon y'all! There's   rain, and 😀 too.")
    load_model()
    nlp = load_model.__wrapped__()  # one of its own, to be changed
    quick = [told(doc) for text in texts for doc in (nlp(text), nlp(text))]  # asked, and remembered
    nlp.disable_pipe("tellings_lemmas")
    for name in ("attribute_ruler", "lemmatizer"):
        nlp.enable_pipe(name)
    assert quick == [told(doc) for text in texts for doc in (nlp(text), nlp(text))]
