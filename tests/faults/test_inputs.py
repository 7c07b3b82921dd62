"""Nothing that is given loses an article or stops the others: odd inputs, each read as it has to be."""

import time
from pathlib import Path

import pytest

from analytics.annotation.parse import _docs, load_model, pieces
from analytics.article import Article
from analytics.evaluation import CHECKS, robustness
from analytics.evaluation.robustness.inputs import OddInput, odd_inputs, written
from analytics.evaluation.robustness.reading import Outcome, problem_of, read_one, try_inputs

ALL = list(odd_inputs(robustness.MAKERS))
KINDS = list(dict.fromkeys(odd.kind for odd in ALL))
LONG = ("size",)  # megabytes: for the long run


def test_there_are_enough_of_them_and_a_seed_says_which() -> None:
    assert len(ALL) >= 400
    assert [odd.what for odd in odd_inputs(robustness.MAKERS)] == [odd.what for odd in ALL]
    assert sum(odd.records is not None for odd in ALL) > 0.8 * len(ALL)
    assert CHECKS["robustness"] is robustness.evaluate


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in LONG])
def test_no_odd_input_loses_a_record(kind: str, tmp_path: Path) -> None:
    failed = []
    for number, odd in enumerate(odd for odd in ALL if odd.kind == kind and "1,000,000" not in odd.what):
        folder = tmp_path / str(number)
        folder.mkdir()
        odd.write(folder / odd.name)
        if problem := problem_of(odd, read_one(folder / odd.name)):
            failed.append((odd.what, problem))
    assert not failed


def odd(what: str, content: str, *, records: int, name: str = "news.csv") -> OddInput:
    return OddInput(kind="kind", what=what, name=name, write=written(content), records=records)


def test_a_failure_is_counted_and_named(tmp_path: Path) -> None:
    inputs = [odd("right", "text\nThe wall.\n", records=1), odd("wrong", "text\nThe wall.\n", records=2)]
    table = try_inputs(inputs, tmp_path, way="reading")
    (row,) = table.to_dict("records")
    assert (row["part"], row["kind"], row["tried"], row["failed"]) == ("inputs, reading", "kind", 2, 1)
    assert row["first_failure"] == "wrong: 1 articles and rejected records of 2 records"


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [
        (Outcome(problem="ValueError: x"), "ValueError: x"),
        (Outcome(records=2), "2 articles and rejected records of 1 records"),
        (Outcome(records=1, seconds=11), "11 s of the processor"),
        (Outcome(records=1, megabytes=501), "501 MB"),
        (Outcome(records=1, seconds=9, megabytes=400), None),
    ],
)
def test_what_a_failure_is(outcome: Outcome, problem: str | None) -> None:
    assert problem_of(odd("one", "", records=1), outcome) == problem


@pytest.mark.model
@pytest.mark.parametrize("pattern", ["(", '"', "a/", "- ", "he said "])
def test_long_strings_are_cut_before_they_are_taken_apart(pattern: str) -> None:
    nlp = load_model()
    article = Article(article_id="a", text=pattern * (16_000 // len(pattern)))
    began = time.process_time()
    docs = list(_docs(nlp, [article.text], [[]], [()]))
    assert time.process_time() - began < 5  # 20 s when it grew with the square of a string's length
    assert "".join(doc.text for doc in docs) == article.text


def test_pieces_tile_a_text_and_prose_is_cut_only_where_it_is_long() -> None:
    prose = "The harbour was closed on Monday, said Ada Brandt. " * 300
    assert pieces(prose) == [(0, len(prose))]
    for text in ("x" * 2_500, "word " * 3_000, prose + "(" * 5_000 + " " + prose, "a. " * 20_000, ""):
        found = pieces(text)
        assert "".join(text[start:end] for start, end in found) == text
        assert all(end - start <= 20_000 for start, end in found)
    assert pieces("x" * 2_500) == [(0, 1_000), (1_000, 2_000), (2_000, 2_500)]
    assert max(end - start for start, end in pieces("word " * 3_000)) == 5_000
