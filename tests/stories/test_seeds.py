"""The two founding documents: what a standards editor must see in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics import Comparison, compare_tellings
from analytics.results.schemas import TABLES
from analytics.stories.changes import Change

pytestmark = pytest.mark.model
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare_tellings(*SEEDS)


def of_kind(comparison: Comparison, kind: str) -> list[Change]:
    return [change for change in comparison.changes if change.kind == kind]


def test_the_five_quotations_of_the_rewrite_have_their_originals(comparison: Comparison) -> None:
    pairs = [pair for pair in comparison.quotes if pair.b is not None and pair.b.direct]
    assert [pair.relation for pair in pairs] == ["reworded", "reworded", "verbatim", "punctuation", "reworded"]
    starts = ["If any troops", "And if decisions", "practically impossible", "Peace guarantees", "Ukraine’s decision"]
    assert all(pair.a is not None and pair.a.text.startswith(start) for pair, start in zip(pairs, starts, strict=True))
    assert {pair.speaker_id for pair in pairs} == {"vladimir-putin"}


def test_reworded_quotations_show_the_words(comparison: Comparison) -> None:
    first = next(pair for pair in comparison.quotes if pair.relation == "reworded")
    replaced = [(piece.a, piece.b) for piece in first.difference if piece.operation == "replaced"]
    assert ("any troops", "they") in replaced and ("fighting", "war") in replaced
    assert first.only_inside_marks_here


def test_no_quotation_of_the_agency_is_lost_sight_of(comparison: Comparison) -> None:
    starts = [pair.a.start for pair in comparison.quotes if pair.a is not None and pair.a.direct]
    assert len(starts) == len(set(starts)) == 10


def test_what_became_of_practically_impossible(comparison: Comparison) -> None:
    [change] = of_kind(comparison, "hedge_became_booster")
    assert change.a is not None and change.b is not None
    assert (change.a.text, change.b.text) == ("practically impossible", "extremely difficult")
    assert change.severity == 1


def test_the_credit_is_lost(comparison: Comparison) -> None:
    [change] = of_kind(comparison, "credit_lost")
    assert change.what.startswith("Euro News") and change.a is not None and "Euro News" in change.a.text


def test_the_last_paragraph_has_no_counterpart(comparison: Comparison) -> None:
    [change] = of_kind(comparison, "closing_added")
    assert change.b is not None
    assert change.b.end == len(comparison.b.content) and change.b.text.startswith("This ongoing conflict")


def test_verbs_are_compared(comparison: Comparison) -> None:
    told = [change.what for change in of_kind(comparison, "reporting_verb")]
    assert "reiterated → made clear" in told


def test_every_passage_is_its_words(comparison: Comparison) -> None:
    for change in comparison.changes:
        for passage, side in ((change.a, comparison.a), (change.b, comparison.b)):
            assert passage is None or (passage.text and side.content[passage.start : passage.end] == passage.text)
    assert all(change.a or change.b for change in comparison.changes)


def test_frames_have_the_columns_of_the_tables(comparison: Comparison) -> None:
    alignments, quotes = comparison.alignment_frame("story"), comparison.quote_frame()
    assert list(alignments.columns) == list(TABLES["alignments"].to_schema().columns)
    assert len(quotes) == len(comparison.quotes)
    assert set(alignments["sentence_b"].dropna()) == {s.sentence_id for s in comparison.b.sentences}


def test_it_is_plain_json(comparison: Comparison) -> None:
    told = json.loads(json.dumps(comparison.to_dict()))
    assert told["counts"]["closing_added"] == 1
    assert len(told["alignments"]) == len(comparison.alignments)


def test_a_text_beside_itself_has_not_changed() -> None:
    same = compare_tellings(SEEDS[0], SEEDS[0])
    assert same.changes == ()
    assert {x.relation for x in same.alignments} == {"verbatim"}
    assert {pair.relation for pair in same.quotes} == {"verbatim"}
