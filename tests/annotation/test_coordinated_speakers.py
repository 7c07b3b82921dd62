"""Statements that several sources make together, with the real parser and the rules alone."""

from functools import cache

import pytest

from analytics.annotation import Annotator
from analytics.article import Article

pytestmark = pytest.mark.model


@cache
def annotator() -> Annotator:
    return Annotator(encoders=False)


def speakers(text: str) -> list[tuple[str | None, int | None]]:
    annotated = next(annotator().annotate([Article(article_id="a", text=text)]))
    return [(a.speaker_id, a.joint_with) for a in annotated.attributions]


@pytest.mark.parametrize(
    "text",
    [
        "Marta Kessel and Jonas Brandt said that the dam was safe.",
        "Marta Kessel along with Jonas Brandt said that the dam was safe.",
        "Marta Kessel, together with Jonas Brandt, said that the dam was safe.",
        "The dam was safe, according to Marta Kessel and Jonas Brandt.",
    ],
)
def test_two_sources_share_a_statement(text: str) -> None:
    assert speakers(text) == [("marta-kessel", None), ("jonas-brandt", 0)]


def test_an_actor_comes_before_somebody_unnamed() -> None:
    text = "Two officials and Marta Kessel said that the dam was safe."
    assert speakers(text) == [("marta-kessel", None), (None, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "Marta Kessel said that Jonas Brandt was safe.",
        "Marta Kessel or Jonas Brandt said that the dam was safe.",
        "Marta Kessel met Jonas Brandt and said that the dam was safe.",
        "Residents and officials said that the dam was safe.",
    ],
)
def test_one_source_stays_one(text: str) -> None:
    assert len(speakers(text)) == 1
