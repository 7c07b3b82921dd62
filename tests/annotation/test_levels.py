"""Reports inside reports: the level of each attribution, and the one that it is inside of."""

from __future__ import annotations

import time

import pytest

from analytics.annotation import Annotator
from analytics.annotation.levels import with_levels
from analytics.article import Article, Attribution


def attribution(
    number: int, start: int, end: int, cue: int | None, speaker: str, joint: int | None = None
) -> Attribution:
    return Attribution(
        attribution_id=number,
        sentence_id=0,
        kind="indirect",
        start=start,
        end=end,
        speaker_id=speaker,
        speaker_text=speaker,
        cue="say" if cue is not None else None,
        cue_class=None,
        cue_start=cue,
        cue_end=None if cue is None else cue + 4,
        joint_with=joint,
    )


def levels(*attributions: Attribution) -> list[tuple[int, int | None]]:
    return [(a.level, a.within) for a in with_levels(attributions)]


def test_a_cue_among_the_words_of_another_is_inside_of_it() -> None:
    assert levels(
        attribution(0, 10, 100, 5, "post"), attribution(1, 40, 100, 30, "brandt"), attribution(2, 70, 100, 60, "moor")
    ) == [(1, None), (2, 0), (3, 1)]


def test_quoted_words_of_one_report_are_on_its_level() -> None:
    assert levels(attribution(0, 10, 100, 5, "brandt"), attribution(1, 40, 60, 5, "brandt")) == [(1, None), (1, None)]


def test_words_of_somebody_else_without_a_cue_are_inside() -> None:
    assert levels(attribution(0, 10, 100, 5, "post"), attribution(1, 40, 60, None, "brandt")) == [(1, None), (2, 0)]


def test_two_that_hold_each_others_cue_are_side_by_side() -> None:
    assert levels(attribution(0, 10, 50, 60, "post"), attribution(1, 55, 90, 20, "brandt")) == [(1, None), (1, None)]


def test_all_of_several_sources_are_inside_the_same_report() -> None:
    assert levels(
        attribution(0, 10, 100, 5, "post"),
        attribution(1, 40, 100, 30, "brandt"),
        attribution(2, 40, 100, 30, "moor", joint=1),
    ) == [(1, None), (2, 0), (2, 0)]


def test_many_attributions_take_time_in_proportion() -> None:
    many = [attribution(i, 40 * i, 40 * i + 30, 40 * i + 31, "brandt") for i in range(50_000)]
    began = time.process_time()
    with_levels(many)
    assert time.process_time() - began < 5


@pytest.mark.model
def test_a_report_of_a_report_in_a_text() -> None:
    text = "The Halsmer Post reported that Mayor Ada Brandt had called the dam “a ruin”. Brandt said nothing more."
    [annotated] = Annotator().annotate([Article(article_id="a", text=text)])
    ruin = next(a for a in annotated.attributions if annotated.text_of(a.start, a.end) == "a ruin")
    outer = annotated.attributions[ruin.within or 0]
    assert (ruin.speaker_id, ruin.level, outer.level) == ("ada-brandt", 2, 1)
    assert outer.speaker_text is not None and "Post" in outer.speaker_text
