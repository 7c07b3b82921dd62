"""Quotation marks: every mix is read, none raises, none swallows the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.annotation.quotations import find_quotations

CASES = [
    ("straight", 'He said "the dam is safe" on Monday.', ["the dam is safe"]),
    ("curly", "He said “the dam is safe” on Monday.", ["the dam is safe"]),
    ("opened curly, closed straight", 'He said, “The dam is safe."', ["The dam is safe."]),
    ("opened straight, closed curly", 'He said, "The dam is safe.” She left.', ["The dam is safe."]),
    ("two in a sentence", '"Yes," he said, "of course."', ["Yes,", "of course."]),
    ("single curly in a headline", "Minister ‘knew of leak’ for weeks", ["knew of leak"]),
    ("single straight in a headline", "'Greedy' firm must pay, says mayor", ["Greedy"]),
    ("apostrophes are no marks", "The dockers' union won't say it's over in the '90s style.", []),
    ("possessive plural inside single marks", "‘The dockers’ pay is low,’ she said.", ["The dockers’ pay is low,"]),
    ("single inside double", "She said: “He called it ‘a gift’ to us.”", ["He called it ‘a gift’ to us."]),
    ("inches", 'A 6" pipe and a 4" pipe burst.', []),
    ("in brackets", 'The port ("our lifeline") is shut.', ["our lifeline"]),
    ("after a dash", "It was—“a shambles”—from the start.", ["a shambles"]),
    ("unclosed takes its sentence only", "He said “we will build. The plan is old. Nobody came.", ["we will build."]),
    (
        "goes on in the next paragraph",
        "“We will build.\n“We will not stop,” he said.",
        ["We will build.", "We will not stop,"],
    ),
    (
        "paragraphs joined by a space",
        "“We will build. “We will not stop,” he said.",
        ["We will build.", "We will not stop,"],
    ),
    (
        "unclosed words out of a sentence do not go on in the next",
        'He saw it as a "hostile act. This week he left for Velm. "We will not stop," he said.',
        ["hostile act.", "We will not stop,"],
    ),
    (
        "unclosed term before a quotation",
        'It is a "dam of straw. The port is old. “I know,” she said.',
        ["dam of straw.", "I know,"],
    ),
    ("a space after the opening mark", 'She left. " was clear, we will wait," he said.', [" was clear, we will wait,"]),
    ("a space after the opening mark, after a colon", 'He said: " The dam is safe."', [" The dam is safe."]),
    ("a space on both sides of a lone mark", 'The board " is here.', []),
    ("only marks", '"""“”"“““', None),
    ("stray closing mark", "The dam is safe” he said.", []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_quoted_words(text: str, expected: list[str] | None) -> None:
    found = [text[q.inner_start : q.inner_end] for q in find_quotations(text)]
    assert expected is None or found == expected


@given(st.text(alphabet="ab .,?!\n\"“”'‘’()—A1s", max_size=200))
def test_any_marks_give_ordered_spans_inside_the_text(text: str) -> None:
    end = 0
    for quotation in find_quotations(text):
        assert end <= quotation.start < quotation.inner_start <= quotation.inner_end <= quotation.end <= len(text)
        end = quotation.end


@given(st.integers(0, 3000))
def test_an_unclosed_mark_never_swallows_the_rest(length: int) -> None:
    text = "He said “this. " + "The port stayed open. " * length
    assert all(q.end < 40 for q in find_quotations(text))
