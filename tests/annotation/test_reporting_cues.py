"""Nominal and adverbial cues, cues that the parser misreads, and scare quotes, with the real parser and the rules."""

from functools import cache

import pytest

from analytics.annotation import Annotator
from analytics.annotation.reporting_cues import entry_of, load_cues, load_nouns
from analytics.article import AnnotatedArticle, Article


@cache
def annotate(text: str, title: str | None = None) -> AnnotatedArticle:
    return next(annotator().annotate([Article(article_id="a", text=text, title=title)]))


@cache
def annotator() -> Annotator:
    return Annotator(encoders=False)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "cue", "speaker", "content"),
    [
        ("The mayor rejected Marta Kessel's claim that the dam was safe.", "claim", "marta-kessel", "the dam was safe"),
        ("The claim by Marta Kessel that the dam was safe was false.", "claim", "marta-kessel", "the dam was safe"),
        (
            "Marta Kessel left. In the view of Kessel, the dam is safe.",
            "in the view of",
            "marta-kessel",
            "the dam is safe",
        ),
        ("Marta Kessel left. In her words, the dam is safe.", "in the words of", "marta-kessel", "the dam is safe"),
    ],
)
def test_nouns_report_the_clause_that_follows(text: str, cue: str, speaker: str, content: str) -> None:
    annotated = annotate(text)
    found = [(a.cue, a.speaker_id, annotated.text_of(a.start, a.end)) for a in annotated.attributions]
    assert (cue, speaker, content) in found
    at = text.index(content)
    assert annotated.voice_span_at(at)[2:4] == ("reported", speaker)


@pytest.mark.model
def test_a_relative_clause_is_no_report() -> None:
    assert annotate("Marta Kessel's claim, which nobody believed, was false.").attributions == ()


@pytest.mark.model
def test_a_scare_quote_is_the_outlets_own() -> None:
    text = 'The so-called "safe" dam broke on Monday.'
    annotated = annotate(text)
    assert annotated.attributions == ()
    assert [text[start:end] for start, end in annotated.scare_quotes] == ['"safe"']
    assert annotated.voice_span_at(text.index("safe")).voice == "outlet"


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        'Marta Kessel called the dam "a disgrace".',  # a source
        'The dam broke. "It did not hold." Nobody knew.',  # a clause
        'The dam broke. "Never." Nobody knew.',  # a sentence of its own
        'The dam was "not nearly safe enough" on Monday.',  # too long
    ],
)
def test_a_quotation_is_no_scare_quote(text: str) -> None:
    annotated = annotate(text)
    assert annotated.scare_quotes == ()
    assert "quoted" in {span.voice for span in annotated.voices}


@pytest.mark.parametrize(
    ("lemma", "form", "cue"),
    [("denys", "denies", "deny"), ("warns", "warns", "warn"), ("hop", "hoping", "hope"), ("urgeing", "urging", "urge")],
)
def test_a_wrong_lemma_is_mended_by_the_form(lemma: str, form: str, cue: str) -> None:
    found = entry_of(lemma, form)
    assert found is not None and found[0] == cue


def test_what_is_listed_nowhere_stays_so() -> None:
    assert entry_of("walk", "walks") is None


def test_verbs_and_nouns_have_the_same_classes() -> None:
    assert {entry.cue_class for entry in load_nouns().values()} <= {e.cue_class for e in load_cues().values()}
