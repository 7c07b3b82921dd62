"""What an editor must be told of two short tellings, and what must not alarm anybody."""

import pytest

from analytics import compare_tellings

pytestmark = pytest.mark.model
BRANDT = "Ada Brandt said that the ministry had ignored all the warnings."


@pytest.mark.parametrize(
    ("a", "b", "kind", "what"),
    [
        ("The minister will not resign on Monday.", "The minister will resign on Monday.", "negation_changed", "not"),
        (
            "The claims could not be independently verified on Monday.",
            "The claims were independently verified on Monday.",
            "negation_changed",
            "could not be",
        ),
        (
            "A deal is unlikely this week, diplomats in Velm believe.",
            "A deal is likely this week, diplomats in Velm believe.",
            "negation_changed",
            "unlikely",
        ),
        (
            "Ada Brandt said: “We are not at all ready to leave.”",
            "Ada Brandt said: “We are ready to leave.”",
            "quotation_reworded",
            "Ada Brandt",
        ),
        (
            "The flood cost 3.5 million crowns in Velm.",
            "The flood cost 3.5 billion crowns in Velm.",
            "number_changed",
            "3.5 million became 3.5 billion",
        ),
        (
            "Shelling killed 12 soldiers and 21 civilians.",
            "Shelling killed 21 soldiers and 12 civilians.",
            "number_changed",
            "12 became 21, 21 became 12",
        ),
        ("Twelve people died in Velm.", "Twenty people died in Velm.", "number_changed", "twelve became twenty"),
        ("The dead in Velm rose to 12.", "The dead in Velm rose to 21.", "number_changed", "12 became 21"),
        (
            "The rebels shot the prisoners, the ministry said.",
            "The rebels shot the prisoners, the opposition said.",
            "speaker_changed",
            "the ministry in the first text, the opposition here",
        ),
        (
            "“The dam will hold for years,” the minister said.",
            "“The dam will hold for years,” the general said.",
            "speaker_changed",
            "the minister in the first text, the general here",
        ),
    ],
)
def test_serious_changes_are_seen(a: str, b: str, kind: str, what: str) -> None:
    found = compare_tellings(a, b).changes
    serious = {change.kind: change.what for change in found if change.severity == 1}
    assert kind in serious, found
    assert what in serious[kind]  # type: ignore[index]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "“We will stay,” Ada Brandt said, “and the dam is safe.”",
            "“We will stay, and the dam is safe,” Ada Brandt said.",
        ),
        (
            "Ada Brandt said: “We will not leave the town\nbefore the dam is safe.”",
            "Ada Brandt said: “We will not leave the town before the dam is safe.”",
        ),
        (BRANDT, "The ministry had, per Ada Brandt, ignored all the warnings."),
        (BRANDT, "Ada Brandt: the ministry had ignored all the warnings."),
        ("Between 12-15 people were hurt in Velm.", "Between 12 and 15 people were hurt in Velm."),
        ("The flood in Velm hit 3.5 million people.", "The flood in Velm hit 3,500,000 people."),
        ("Fifteen houses in Velm burnt down.", "15 houses in Velm burnt down."),
        ("Serhiy Haidai said: “The town is lost.”", "Sergiy Haidai said: “The town is lost.”"),
        ("“😀”, she said.", "“😀”, she said."),
    ],
)
def test_what_is_no_change_alarms_nobody(a: str, b: str) -> None:
    assert [change for change in compare_tellings(a, b).changes if change.severity < 3] == []


def test_sentences_that_differ_in_words_are_never_shown_as_unchanged() -> None:
    found = compare_tellings(
        "Norland accused Varlen of shelling the plant on Friday.",
        "Varlen accused Norland of shelling the plant on Friday.",
    )
    assert [(change.kind, change.severity) for change in found.changes] == [("wording_changed", 2)]


def test_another_headline_is_a_change() -> None:
    body = "The council met on Monday in Velm."
    found = compare_tellings(f"Title: Council meets\n\n{body}", f"Title: Traitors wreck the town\n\n{body}")
    assert [change.kind for change in found.changes] == ["headline_changed"]
    same = compare_tellings(f"Title: Council meets\n\n{body}", f"Title: Council meets\n\n{body}")
    assert same.changes == ()


def test_places_in_a_quotation_that_a_clause_interrupts_are_places_in_the_text() -> None:
    found = compare_tellings(
        "“We will stay,” Ada Brandt said, “and the dam is safe.”", "“We will stay, and it is safe,” Ada Brandt said."
    )
    [pair] = [pair for pair in found.quotes if pair.a]
    assert pair.a is not None
    content = found.a.content
    for piece in pair.difference:
        if piece.a and "  " not in piece.a:
            assert content[pair.a.start + piece.start_a : pair.a.start + piece.end_a] == piece.a


def test_a_long_line_behind_source_is_text() -> None:
    found = compare_tellings(
        "Source: The ministry said that the dam broke on Monday.\nThe town is under water.", "The town is under water."
    )
    assert found.a.article.outlet is None
    assert found.changes
