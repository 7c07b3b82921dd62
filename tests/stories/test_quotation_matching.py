"""What became of a quotation: classes and pairs, on invented words."""

from __future__ import annotations

import pytest
from stand_in_encoder import embed

from analytics.stories.attributed_speech import AttributedSpeech
from analytics.stories.quotation_classes import classify
from analytics.stories.quotation_matching import pair_quotations

WHOLE = "We will not leave the valley, and the mill stays open until the last day of March."


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        (WHOLE, "verbatim"),
        ("We will not leave the valley, and the mill stays open until the last day of March,", "verbatim"),
        ("“We will not leave the valley, and the mill stays open until the last day of March”", "verbatim"),
        ("We will not leave the valley — and the mill stays open until the last day of March!", "punctuation"),
        ("we will not leave the valley, and the mill stays open until the last day of March", "punctuation"),
        ("We will not leave the valley", "trimmed"),
        ("the mill stays open until the last day of March", "trimmed"),
        ("We will not leave the valley … until the last day of March.", "trimmed"),
        ("We will leave the valley, and the mill stays open until the last day of March.", "reworded"),
        ("We will not leave the valley, and the mill stays open until the last day of May.", "reworded"),
        ("We shall never quit the valley, and the mill stays open until spring.", "reworded"),
        (WHOLE + " That is a promise to all of you.", "extended"),
    ],
)
def test_classes(words: str, relation: str) -> None:
    assert classify(WHOLE, words) == relation


def test_trimmed_and_extended_are_one_another_turned_round() -> None:
    part = "the mill stays open until the last day of March"
    assert classify(part, WHOLE) == "extended"


def said(
    text: str, speaker: str | None = "ada-brandt", *, direct: bool = True, start: int = 0, context: str = ""
) -> AttributedSpeech:
    return AttributedSpeech(
        direct=direct,
        text=text,
        start=start,
        end=start + len(text),
        clause=text,
        context=context or text,
        sentence_id=0,
        speaker_id=speaker,
    )


def relations(a: list[AttributedSpeech], b: list[AttributedSpeech]) -> list[str]:
    return [pair.relation for pair in pair_quotations(a, b, embed=embed)]


def test_every_quotation_is_in_one_pair() -> None:
    a = [said(WHOLE), said("Nobody asked the fishermen about the new weir.", start=200)]
    b = [said("Nobody asked the fishermen.", start=10), said("It rains too much here.", start=300)]
    pairs = pair_quotations(a, b, embed=embed)
    assert [p.relation for p in pairs] == ["trimmed", "only_b", "only_a"]
    assert sorted(p.a.start for p in pairs if p.a) == [0, 200]
    assert sorted(p.b.start for p in pairs if p.b) == [10, 300]


def test_words_said_twice_are_told_apart_by_their_sentences() -> None:
    a = [
        said("out of the question", context="A new weir is out of the question, she said of the plan."),
        said("out of the question", start=90, context="Selling the mill is out of the question, she said."),
    ]
    b = [said("out of the question", context="To sell the mill was out of the question, she added.")]
    pairs = pair_quotations(a, b, embed=embed)
    assert [(p.relation, p.a.start if p.a else None) for p in pairs] == [("verbatim", 90), ("only_a", 0)]


def test_indirect_speech_of_the_same_speaker_takes_a_quotation_up() -> None:
    report = said("the mill stays open until the last day of March", direct=False)
    assert relations([said(WHOLE)], [report]) == ["paraphrased"]
    assert relations([report], [said(WHOLE)]) == ["put_in_marks"]
    other = said("the mill stays open until the last day of March", "ivo-lang", direct=False)
    assert relations([said(WHOLE)], [other]) == ["only_a"]


def test_the_same_words_by_another_speaker_are_paired_and_flagged() -> None:
    [pair] = pair_quotations([said(WHOLE)], [said(WHOLE, "ivo-lang")], embed=embed)
    assert pair.relation == "verbatim" and pair.speaker_changed
    assert relations([said(WHOLE)], [said("The valley is not for sale.", "ivo-lang")]) == ["only_b", "only_a"]


def test_a_surname_is_the_full_name() -> None:
    [pair] = pair_quotations([said(WHOLE)], [said(WHOLE, "brandt")], embed=embed)
    assert not pair.speaker_changed


def test_words_that_only_the_second_has_are_warned_of() -> None:
    a = [said(WHOLE)]
    for words, warned in (
        (WHOLE, False),
        ("We will not leave the valley", False),
        (WHOLE.replace("not", "never"), True),
    ):
        [pair] = pair_quotations(a, [said(words)], embed=embed)
        assert pair.only_inside_marks_here == warned
    assert pair_quotations([], a, embed=embed)[0].only_inside_marks_here


def test_nothing_to_pair() -> None:
    assert pair_quotations([], [], embed=embed) == []
