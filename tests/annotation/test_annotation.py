"""Actors, coreference and attributions on invented sentences, with the real parser."""

from functools import cache

import pytest

from analytics.annotation import Annotator
from analytics.article import AnnotatedArticle, Article

pytestmark = pytest.mark.model


@cache
def annotate(text: str, title: str | None = None) -> AnnotatedArticle:
    return next(annotator().annotate([Article(article_id="a", text=text, title=title)]))


@cache
def annotator() -> Annotator:
    return Annotator()


def actors(annotated: AnnotatedArticle) -> list[tuple[str, str]]:
    return [(annotated.text_of(m.start, m.end), m.actor_id) for m in annotated.mentions]


def said(annotated: AnnotatedArticle) -> list[tuple[str | None, str, str]]:
    return [(a.speaker_id, a.kind, annotated.text_of(a.start, a.end)) for a in annotated.attributions]


def test_a_surname_is_merged_with_the_full_name() -> None:
    found = actors(annotate("Marta Kessel opened the port on Monday. Kessel said nothing about the strike."))
    assert found == [("Marta Kessel", "marta-kessel"), ("Kessel", "marta-kessel")]


def test_two_bearers_of_a_surname_leave_it_unmerged() -> None:
    text = "Marta Kessel met Jonas Kessel in the harbour on Monday. Kessel left early."
    assert ("Kessel", "marta-kessel") not in actors(annotate(text))


def test_a_title_does_not_make_a_second_mention() -> None:
    found = actors(annotate("French President Emil Dardant opened the port. The French president smiled."))
    assert found == [("Emil Dardant", "emil-dardant"), ("The French president", "emil-dardant")]


def test_an_acronym_in_brackets_is_an_alias() -> None:
    text = "The Harbour Workers Union (HWU) went on strike on Monday. The HWU wants higher pay."
    assert {actor for _, actor in actors(annotate(text))} == {"harbour-workers-union"}


def test_a_capital_is_a_government_or_a_place() -> None:
    assert ("Oslo", "norway") in actors(annotate("Oslo rejected the treaty on Monday."))
    assert ("Oslo", "norway") not in actors(annotate("They met in Oslo on Monday."))


def test_an_ambiguous_pronoun_stays_unresolved() -> None:
    text = "Jonas Kessel and Emil Dardant spoke in the harbour on Monday. He left early."
    assert all(text != "He" for text, _ in actors(annotate(text)))


def test_she_is_not_a_man() -> None:
    text = "Mr Jonas Kessel thanked Ms Marta Brandt at the port. She left early."
    assert ("She", "marta-brandt") in actors(annotate(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marta Kessel said that the dam is safe.", ("marta-kessel", "indirect", "the dam is safe")),
        ("The dam is safe, Marta Kessel said.", ("marta-kessel", "indirect", "The dam is safe")),
        ("According to Marta Kessel, the dam is safe.", ("marta-kessel", "indirect", "the dam is safe")),
        ('"The dam is safe," said Marta Kessel.', ("marta-kessel", "direct", "The dam is safe,")),
        ('Marta Kessel called the dam "a disgrace".', ("marta-kessel", "direct", "a disgrace")),
        ('Marta Kessel: "The dam is safe."', ("marta-kessel", "direct", "The dam is safe.")),
        (
            'Marta Kessel warned that the dam is "not safe" at all.',
            ("marta-kessel", "mixed", 'the dam is "not safe" at all'),
        ),
    ],
)
def test_who_says_what(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in said(annotate(text))


def test_a_second_quotation_goes_on_with_the_same_speaker() -> None:
    found = said(annotate('"The dam is safe," Marta Kessel said. "We checked every stone of it."'))
    assert found[-1] == ("marta-kessel", "direct", "We checked every stone of it.")


def test_the_name_of_a_programme_is_not_speech() -> None:
    assert said(annotate('Marta Kessel appeared on "This Week in Halsmer" at noon.')) == []


def test_denied_saying_is_no_report() -> None:
    assert said(annotate("Marta Kessel did not say that the dam is safe.")) == []


def test_the_title_is_its_own_sentence() -> None:
    annotated = annotate("The dam held.", title="Dam holds, says Kessel")
    assert [s.in_title for s in annotated.sentences] == [True, False]


def test_an_article_of_marks_only() -> None:
    annotated = annotate('""" “” " ‘’')
    assert annotated.mentions == () and annotated.voices[-1].end == len(annotated.content)


def test_a_very_long_article_keeps_its_offsets() -> None:
    annotated = annotate("Marta Kessel said the dam is safe. " * 3000)
    assert len(annotated.sentences) == 3000
    assert all(annotated.content[t.start : t.end] == t.text for t in annotated.tokens[-50:])


def test_text_in_another_language_is_flagged() -> None:
    text = "Der Hafen bleibt geschlossen, weil die Arbeiter streiken und niemand verhandeln will. " * 4
    assert annotate(text).flags == ("perhaps not English prose",)
