"""The reader never sees a name: exchanging one for another of its kind moves nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analytics.annotation import annotate
from analytics.annotation.masking import NUMBERED, Masked, is_placeholder, mask, number_names, placeholder
from analytics.annotation.reader import load_reader
from analytics.annotation.windows import Block
from analytics.annotation.written_names import written_names


def named(text: str) -> list[str]:
    return [text[name.start : name.end] for name in written_names(text)]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mayor Ada Brandt met Oren Tash.", ["Ada Brandt", "Oren Tash"]),
        ("The mayor met nobody on Monday in May.", []),
        ("Russian President Oren Tash spoke.", ["Russian", "Oren Tash"]),
        ("Mr. Tash and Sen. George W. Halm left.", ["Tash", "George W. Halm"]),
        ("“Critics doubt her,” Tash said. Critics smiled.", ["Tash"]),
        ("Republicans and the GOP accused Democrats.", ["Republicans", "GOP", "Democrats"]),
        ("The anti-Tash protest reached the U.S. border.", ["Tash", "U.S."]),
        ("He spoke with Crown Prince Mohammed bin Halm.", ["Crown", "Mohammed bin Halm"]),
        ("Don’t ask. It’s late.", []),
    ],
)
def test_names_are_told_by_how_they_are_written(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.model
def test_names_of_one_person_have_one_number_and_each_sentence_counts_anew() -> None:
    text = "Ada Brandt met Oren Tash. Tash smiled at Brandt and at Russia."
    pieces = [masked.piece for masked in number_names(written_names(text), [0, 26])]
    party = [placeholder("party", n) for n in range(2)]
    assert pieces == [*party, *party, placeholder("place", 0)]


def test_those_beyond_the_last_number_share_it() -> None:
    assert placeholder("party", NUMBERED + 3) == placeholder("party", NUMBERED - 1)
    assert all(is_placeholder(placeholder(kind, n)) for kind in ("party", "place") for n in range(NUMBERED))  # type: ignore[arg-type]


def test_a_name_is_one_piece_at_its_place() -> None:
    blocks = [Block([7, 8, 9, 10], [(0, 3), (3, 6), (7, 10), (10, 11)]), Block([11], [(13, 15)])]
    assert list(mask(blocks, [Masked(0, 6, 2), Masked(13, 15, 3)])) == [
        Block([2, 9, 10], [(0, 6), (7, 10), (10, 11)]),
        Block([3], [(13, 15)]),
    ]


@pytest.mark.model
@pytest.mark.parametrize("name", ["Vladimir Putin", "Joe Biden", "Fatima Haddad", "Xiaoli Zhang"])
def test_exchanging_a_name_moves_nothing(name: str) -> None:
    def read(who: str) -> np.ndarray:
        text = f"On Friday {who} lied to the council about the dam."
        return load_reader().read(text, known=[(10, 10 + len(who))]).hidden

    assert np.array_equal(read("Ada Brandt"), read(name))


@pytest.mark.model
def test_a_mention_lies_where_its_name_stands() -> None:
    annotated = annotate("Ada Brandt saved the town.")
    [mention] = annotated.mentions
    where = annotated.encoded.pieces(mention.start, mention.end)
    assert where.stop - where.start == 1
    again = load_reader().read_article(replace(annotated, encoded=None))
    assert np.array_equal(again.hidden, annotated.encoded.hidden)
