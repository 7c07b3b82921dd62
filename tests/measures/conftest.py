"""What the tests of measures share: the real annotator, loaded once, and golden cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analytics.annotation import Annotator
from analytics.article import AnnotatedArticle, Article

GOLDEN = Path(__file__).parent / "golden"

Annotate = Callable[[str], AnnotatedArticle]


@pytest.fixture(scope="session")
def annotate() -> Annotate:
    """Annotate one text, without a title, with the shipped parser."""
    annotator = Annotator()

    def one(text: str) -> AnnotatedArticle:
        return next(annotator.annotate([Article(article_id="a", text=text)]))

    return one


@pytest.fixture(scope="session")
def golden() -> Callable[[str], list[dict[str, Any]]]:
    """The golden cases of a measure."""

    def read(name: str) -> list[dict[str, Any]]:
        lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.strip()]

    return read
