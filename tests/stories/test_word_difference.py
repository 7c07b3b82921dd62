"""Words, and how one wording becomes another."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.stories.word_difference import difference, words

TEXTS = st.lists(st.sampled_from("The dam, broke “at” night — 3,000 fled! isn’t it".split()), max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
def test_the_pieces_cover_every_word_of_both_sides_in_order(a: str, b: str) -> None:
    pieces = difference(a, b)
    assert [w.form for p in pieces for w in words(p.a)] == [w.form for w in words(a)]
    assert [w.form for p in pieces for w in words(p.b)] == [w.form for w in words(b)]
    assert all(a[p.start_a : p.end_a] == p.a and b[p.start_b : p.end_b] == p.b for p in pieces)


@given(TEXTS, TEXTS)
def test_what_is_called_the_same_is_the_same(a: str, b: str) -> None:
    for p in difference(a, b):
        same = [w.form for w in words(p.a)] == [w.form for w in words(p.b)]
        assert same == (p.operation == "same")


def test_kinds_of_apostrophe_and_case_tell_no_words_apart() -> None:
    assert [p.operation for p in difference("It’s Velm's dam.", "it's VELM’S dam")] == ["same"]
