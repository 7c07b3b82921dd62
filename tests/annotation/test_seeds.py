"""The two founding documents, read as a reader reads them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.annotation import Annotator
from analytics.annotation.tagger import TaggedAttribution, load_tagger
from analytics.annotation.windows import Window
from analytics.article import AnnotatedArticle
from analytics.ingest import RejectedRecord, read_articles

pytestmark = pytest.mark.model
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def tellings() -> tuple[AnnotatedArticle, AnnotatedArticle]:
    articles = [record for record in read_articles([SEEDS]) if not isinstance(record, RejectedRecord)]
    agency, rewrite = Annotator().annotate(articles)
    return agency, rewrite


def quotations(annotated: AnnotatedArticle) -> list[tuple[str | None, str]]:
    return [(a.speaker_id, annotated.text_of(a.start, a.end)) for a in annotated.attributions if a.kind == "direct"]


def test_ten_and_five_quotations_all_by_putin(tellings: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    agency, rewrite = tellings
    assert [speaker for speaker, _ in quotations(agency)] == ["vladimir-putin"] * 10
    assert [speaker for speaker, _ in quotations(rewrite)] == ["vladimir-putin"] * 5


def test_practically_impossible_is_putins_in_both(tellings: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    for annotated in tellings:
        at = annotated.content.rindex("practically impossible")
        span = annotated.voice_span_at(at)
        assert (span.voice, span.speaker_id) == ("quoted", "vladimir-putin")


def test_practically_impossible_is_putins_whomever_the_tagger_takes_for_its_source() -> None:
    """The tagger wavers between the one who says it and the one who reports it; the decision does not hang on it."""
    article, _ = [record for record in read_articles([SEEDS]) if not isinstance(record, RejectedRecord)]
    at = article.content.rindex("practically impossible")
    reporter = article.content.index("Euro News")
    tagged = load_tagger().tag(article.content)
    for source in (None, (reporter, reporter + len("Euro News"))):
        swayed = [
            replace(each, source=source) if any(start <= at < end for start, end in each.content) else each
            for each in tagged
        ]
        annotator = Annotator()
        annotator.tagger = _Swayed(swayed)  # type: ignore[assignment]
        [annotated] = annotator.annotate([article])
        span = annotated.voice_span_at(at)
        assert (span.voice, span.speaker_id) == ("quoted", "vladimir-putin"), source
    [by_rules] = Annotator(encoders=False).annotate([article])
    assert by_rules.voice_span_at(at)[2:4] == ("quoted", "vladimir-putin")


class _Swayed:
    """A tagger that finds what it is told to."""

    def __init__(self, tagged: list[TaggedAttribution]) -> None:
        self.tagged = tagged
        self.encoder = load_tagger().encoder

    def tag_windows(self, text: str, windows: Sequence[Window]) -> list[TaggedAttribution]:
        return self.tagged


def test_nested_report_belongs_to_the_inner_speaker(tellings: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    agency, _ = tellings
    at = agency.content.index("to reach an agreement")
    assert agency.voice_span_at(at)[2:4] == ("reported", "vladimir-putin")
    speech = agency.content.index("Putin stated")
    assert agency.voice_span_at(speech)[2:4] == ("reported", "euro-news")


def test_the_26_nations_are_zelenskys_and_macrons(tellings: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    for annotated in tellings:
        at = annotated.content.index("26 European")
        rows = [a for a in annotated.attributions if a.start <= at < a.end]
        assert [a.speaker_id for a in rows] == ["volodymyr-zelensky", "emmanuel-macron"]
        assert [a.joint_with for a in rows] == [None, rows[0].attribution_id]
        assert len({(a.start, a.end) for a in rows}) == 1
        assert annotated.voice_span_at(at)[2:] == ("reported", "volodymyr-zelensky", rows[0].attribution_id)


def test_euro_news_is_the_source_of_what_it_reports_only(tellings: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    agency, rewrite = tellings
    reported = [agency.text_of(a.start, a.end) for a in agency.attributions if a.speaker_id == "euro-news"]
    sentences = [s for s in agency.sentences if "Euro News" in agency.text_of(s.start, s.end)]
    assert len(sentences) == 2
    assert all(any(words in agency.text_of(s.start, s.end) for s in sentences) for words in reported) and reported
    assert all(a.speaker_id != "euro-news" for a in rewrite.attributions)


def test_every_he_is_putin(tellings: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    for annotated in tellings:
        pronouns = [t for t in annotated.tokens if t.text.lower() in ("he", "his")]
        resolved = [annotated.mention_at[t.index].actor_id for t in pronouns if t.index in annotated.mention_at]
        assert resolved == ["vladimir-putin"] * len(pronouns)


def test_the_russian_president_is_putin(tellings: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    for annotated in tellings:
        nominals = [m for m in annotated.mentions if m.form == "nominal"]
        assert [m.actor_id for m in nominals] == ["vladimir-putin"]


def test_countries_and_their_governments_are_one_actor(tellings: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    agency, _ = tellings
    by_text = {agency.text_of(m.start, m.end): m for m in agency.mentions}
    assert {by_text[name].actor_id for name in ("Moscow", "Kremlin", "Russia")} == {"russia"}
    assert {by_text[name].actor_id for name in ("Ukrainian", "Ukraine", "Kyiv")} == {"ukraine"}
    assert by_text["Ukrainian"].kind == "country"
    assert by_text["EU"].actor_id == "european-union"


def test_voices_tile_the_text(tellings: tuple[AnnotatedArticle, AnnotatedArticle]) -> None:
    for annotated in tellings:
        assert annotated.voices[0].start == 0
        assert annotated.voices[-1].end == len(annotated.content)
        assert all(a.end == b.start for a, b in zip(annotated.voices, annotated.voices[1:], strict=False))
