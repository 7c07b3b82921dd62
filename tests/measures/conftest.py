"""What the tests of measures share: the real annotator, loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analytics.annotation import Annotator
from analytics.article import AnnotatedArticle, Article

Annotate = Callable[[str], AnnotatedArticle]


@pytest.fixture(scope="session")
def annotate() -> Annotate:
    """Annotate one text, without a title, with the shipped parser."""
    annotator = Annotator()

    def one(text: str) -> AnnotatedArticle:
        return next(annotator.annotate([Article(article_id="a", text=text)]))

    return one
