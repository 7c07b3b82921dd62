"""Organisations and countries by pronouns and descriptions; what is no actor; with the real parser and no weights."""

from functools import cache

import pytest

from analytics.annotation import Annotator
from analytics.article import Article, Mention

pytestmark = pytest.mark.model


@cache
def annotator() -> Annotator:
    return Annotator(encoders=False)


def mentions(text: str) -> dict[str, Mention]:
    annotated = next(annotator().annotate([Article(article_id="a", text=text)]))
    return {annotated.text_of(m.start, m.end): m for m in annotated.mentions}


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Norway said on Monday that it would close the port.", "it", "norway"),
        ("Norway closed its embassy on Monday.", "its", "norway"),
        ("NATO declared itself ready on Monday.", "itself", "nato"),
        ("Germany joined NATO in 1955. Sweden wants to join the alliance soon.", "the alliance", "nato"),
        (
            "The Energy Ministry closed two ports on Monday. A spokesman for the ministry gave no reason.",
            "the ministry",
            "energy-ministry",
        ),
    ],
)
def test_what_is_nearly_certain_is_resolved(text: str, words: str, actor: str) -> None:
    mention = mentions(text)[words]
    assert mention.actor_id == actor
    assert mention.form == ("nominal" if " " in words else "pronoun")
    assert mention.confidence is not None and 0.8 < mention.confidence < 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norway said the port was full and it would close.", "it"),  # the port
        ("Norway said it was hard to find a port.", "it"),  # nobody
        ("Norway attacked the port and its owners.", "its"),  # the port's
        ("The Energy Ministry and the Culture Ministry closed ports. The ministry gave no reason.", "The ministry"),
        ("Marta Kessel met a delegation from Norway. They left early.", "They"),
    ],
)
def test_what_is_not_stays_unresolved(text: str, words: str) -> None:
    assert words not in mentions(text)


def test_a_name_has_no_confidence() -> None:
    assert mentions("Norway closed the port on Monday.")["Norway"].confidence is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ships passed the Halsmer Bridge on Monday.", "Halsmer Bridge"),
        ("The army fired HIMARS at the port on Monday.", "HIMARS"),
        ("The minister praised the Halsmer Treaty on Monday.", "Halsmer Treaty"),
    ],
)
def test_places_weapons_and_treaties_are_no_actors(text: str, words: str) -> None:
    assert words not in mentions(text)


def test_a_former_president_is_not_the_president() -> None:
    text = "Former President Marta Kessel met Jonas Brandt in the harbour. The president left early."
    assert "The president" not in mentions(text)


def test_who_is_told_may_be_meant() -> None:
    assert "he" not in mentions("Mr Jonas Kessel warned Mr Emil Brandt he could lose the port.")


def test_a_fronted_pronoun_means_the_subject() -> None:
    found = mentions("Mr Jonas Kessel left the port. In his speech on Monday, Mr Emil Brandt praised the dockers.")
    assert found["his"].actor_id == "emil-brandt"


def test_a_possessive_beside_a_name_means_that_name() -> None:
    found = mentions("Mr Jonas Kessel thanked Mr Emil Brandt and his brother.")
    assert found["his"].actor_id == "emil-brandt"
