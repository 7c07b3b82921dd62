from collections.abc import Callable

import pytest

from analytics.article import AnnotatedArticle, Article
from analytics.measures import portrayal, sentiment


def test_probabilities_are_of_one_whole_and_follow_the_weights() -> None:
    weights = portrayal.Weights(
        means=[0.5, 1.0], spreads=[0.5, 2.0], weights=[[0, 0, 2.0, 0], [0, 0, 0, 1.0]], bias=[0, 0, 0, 0]
    )
    at_the_mean = portrayal.probabilities([0.5, 1.0], weights)
    assert at_the_mean == pytest.approx([0.25] * 4)
    bad_light = portrayal.probabilities([1.0, 1.0], weights)
    assert sum(bad_light) == pytest.approx(1)
    assert max(bad_light) == bad_light[portrayal.ROLES.index("villain")] > 0.7


def test_the_shipped_weights_have_every_feature() -> None:
    weights = portrayal.load_weights()
    assert len(weights.means) == len(weights.weights) == len(portrayal.FEATURES)
    assert min(weights.spreads) > 0
    villain = portrayal.ROLES.index("villain")
    negative, positive = (weights.weights[portrayal.FEATURES.index(f)] for f in ("negative", "positive"))
    assert max(negative) == negative[villain] and max(positive) == positive[portrayal.ROLES.index("hero")]


@pytest.mark.model
def test_an_actor_named_twice_in_a_bad_light_is_rather_villain_than_hero(
    annotate: Callable[[str], AnnotatedArticle],
) -> None:
    text = (
        "Ada Brandt lied to the town for years. Ada Brandt stole the relief money and destroyed the dam. "
        "Carl Moss, a brave nurse, saved forty children. Everyone praised Carl Moss for his courage."
    )
    found = {(row.actor_id, row.score): row.numerator for row in portrayal.score(annotate(text), [])}
    assert found["ada-brandt", "villain"] > 2 * found["carl-moss", "villain"]
    assert found["carl-moss", "hero"] > 2 * found["ada-brandt", "hero"]


@pytest.mark.model
def test_who_is_named_once_has_a_score_and_a_country_is_treated_like_a_person(
    annotate: Callable[[str], AnnotatedArticle],
) -> None:
    hero, villain, victim = portrayal.score(annotate("Ada Brandt lied to the town and stole the relief money."), [])
    assert villain.numerator > max(hero.numerator, victim.numerator)
    assert not {"person", "organisation", "country"} & set(portrayal.FEATURES)
    assert len(set(portrayal.load_weights().bias[1:])) == 1


def test_without_the_encoder_nothing_is_said() -> None:
    bare = AnnotatedArticle(article=Article(article_id="a", text="Ada Brandt."))
    assert list(sentiment.find(bare)) == list(portrayal.score(bare, [])) == []
