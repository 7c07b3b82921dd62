"""What holds for every registered measure, on the seeds and on invented articles."""

from contextlib import closing
from copy import deepcopy
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from analytics import open_store
from analytics.annotation import Annotator
from analytics.article import AnnotatedArticle, Article
from analytics.dashboard.parts.evidence_queries import evidence_of, findings
from analytics.dashboard.view import View
from analytics.ingest import RejectedRecord, read_articles
from analytics.measures import MARKS, MEASURES, SCORES, Measure
from analytics.results.schemas import TABLES, columns
from analytics.results.store import Selection
from analytics.scoring.batch import score_batch

pytestmark = pytest.mark.model
ROOT = Path(__file__).parents[2]
EVERY = pytest.mark.parametrize("measure", MEASURES, ids=[m.name for m in MEASURES])


@cache
def articles() -> tuple[Article, ...]:
    records = read_articles([ROOT / "seeds", ROOT / "data" / "sample" / "articles.jsonl"])
    return tuple(r for r in records if not isinstance(r, RejectedRecord))[:10]


@cache
def annotated() -> tuple[AnnotatedArticle, ...]:
    return tuple(Annotator().annotate(articles()))


@EVERY
def test_same_input_same_findings_and_scores(measure: Measure) -> None:
    for article in annotated():
        first, second = list(measure.find(article)), list(measure.find(article))
        assert first == second
        assert list(measure.score(article, first)) == list(measure.score(article, second))


@EVERY
def test_findings_carry_known_columns_and_their_words(measure: Measure) -> None:
    known = set(columns(measure.table))
    for article in annotated():
        for finding in measure.find(article):
            assert set(finding) <= known
            if "start" in finding:
                assert 0 <= finding["start"] < finding["end"] <= len(article.content)
                sentence = article.sentences[finding["sentence_id"]]
                assert sentence.start <= finding["start"] < sentence.end
            if "text" in finding:
                assert article.text_of(finding["start"], finding["end"]) == finding["text"]
            if "voice" in finding and measure.table == "cues":
                assert finding["voice"] == article.voice_span_at(finding["start"]).voice


@EVERY
def test_scores_are_declared_in_range_and_never_over_nothing(measure: Measure) -> None:
    declared = {score.name: score for score in measure.scores}
    for article in annotated():
        for row in measure.score(article, list(measure.find(article))):
            score = declared[row.score]
            low, high = score.range
            value = score.scale * row.numerator / row.denominator
            assert row.denominator > 0
            assert low <= value and (high is None or value <= high)
            assert (row.actor_id is not None) == score.per_actor


@EVERY
def test_the_article_is_left_as_it_was(measure: Measure) -> None:
    article = annotated()[0]
    before = deepcopy((article.article, article.tokens, article.mentions, article.attributions, article.voices))
    list(measure.score(article, list(measure.find(article))))
    assert before == (article.article, article.tokens, article.mentions, article.attributions, article.voices)


@EVERY
def test_an_empty_article_gives_nothing(measure: Measure) -> None:
    empty = AnnotatedArticle(article=Article(article_id="empty", text=""))
    assert list(measure.find(empty)) == []
    assert list(measure.score(empty, [])) == []


@EVERY
def test_the_declaration_says_what_a_reader_needs(measure: Measure) -> None:
    assert measure.table in TABLES
    assert all((measure.method, measure.source, measure.limits))
    for score in measure.scores:
        assert score.question.endswith("?") and score.unit and score.higher_means
        assert score.label[0].isupper()


@EVERY
def test_every_score_has_evidence_or_says_why_not(measure: Measure, results: Path) -> None:
    with closing(open_store(results)) as store:
        view = View(store=store, fingerprint="contract")
        for score in measure.scores:
            assert score.evidence or score.no_evidence.endswith("."), score.name
            if score.evidence:
                assert score.evidence.table in TABLES
                for voice in score.evidence.of_voices or ("outlet",):
                    found = evidence_of(score, (voice,))
                    assert found is not None
                    sql, parameters = findings(view, found, Selection(voices=(voice,)))
                    rows = store.query(f"SELECT * FROM ({sql}) LIMIT 1", parameters)  # every column it names exists
                    assert {"sentence", "words", "value", "who", "start", "end"} <= set(rows.columns)


def test_marks_are_the_classes_that_tables_hold() -> None:
    assert len({mark.kind for mark in MARKS}) == len(MARKS)
    for measure in (each for each in MEASURES if each.table == "cues"):
        types = {str(f["cue_type"]) for article in annotated() for f in measure.find(article)}
        assert types <= {mark.kind for mark in measure.marks}


def test_score_names_are_unique() -> None:
    assert len(SCORES) == sum(len(measure.scores) for measure in MEASURES)


def test_a_batch_equals_the_sum_of_its_parts() -> None:
    together, _ = score_batch(articles())
    apart = [score_batch([article])[0] for article in articles()]
    for name, table in together.items():
        joined = pd.concat([tables[name] for tables in apart], ignore_index=True)
        pd.testing.assert_frame_equal(table.reset_index(drop=True), joined.astype(table.dtypes))


@EVERY
def test_what_is_said_of_a_measure_is_said_in_sentences(measure: Measure) -> None:
    for text in (measure.method, measure.source, measure.limits):
        assert len(text.split()) >= 4 and text.rstrip().endswith("."), text
