from collections.abc import Callable

import pytest

from analytics.article import AnnotatedArticle, Article
from analytics.measures import author_sentiment
from analytics.measures.author_sentiment import FEATURES, Coefficients


def test_an_estimate_is_linear_and_stays_in_its_range() -> None:
    known = Coefficients(constant=0.1, of={name: 0.5 for name in FEATURES}, neutral=(-0.1, 0.2))
    values = dict.fromkeys(FEATURES, 0.0)
    assert known.estimate(values) == pytest.approx(0.1)
    assert known.estimate({**values, "headline": 1.0}) == pytest.approx(0.6)
    assert known.estimate(dict.fromkeys(FEATURES, -1.0)) == -1


def test_the_shipped_coefficients_raise_the_estimate_with_a_good_light() -> None:
    known = author_sentiment.load_coefficients()
    assert set(known.of) == set(FEATURES) and known.neutral[0] < known.neutral[1]
    assert known.of["outlet"] > 0


def test_nothing_is_said_without_the_encoder() -> None:
    bare = AnnotatedArticle(article=Article(article_id="a", text="Ada Brandt."))
    assert list(author_sentiment.score(bare, [])) == []


@pytest.mark.model
def test_early_mentions_and_those_that_act_weigh_more(annotate: Callable[[str], AnnotatedArticle]) -> None:
    praised = "Ada Brandt saved the town and was praised for it."
    blamed = "Ada Brandt lied to the town and stole the relief money."
    first, last = annotate(f"{praised} {blamed}"), annotate(f"{blamed} {praised}")
    [good], [bad] = (author_sentiment.features(each).values() for each in (first, last))
    assert good["outlet"] > bad["outlet"]
