"""Sentence alignment, on invented tellings and with a stand-in for the encoder."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stand_in_encoder import embed

from analytics.stories.alignment import align

AGENCY = [
    "The old dam above Velm broke at four in the morning and flooded 300 houses.",
    "Mayor Ada Brandt called the army for help.",
    "A ferry was cancelled on Tuesday.",
    "Soldiers brought 40 families to the school.",
    "They also handed out blankets and soup.",
]
SENTENCES = st.lists(st.sampled_from([*AGENCY, "", "Nobody knows.", "300"]), max_size=6)


def found(a: list[str], b: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...], str]]:
    return [(x.a, x.b, x.relation) for x in align(a, b, embed=embed)]


def test_verbatim_trimmed_reworded_and_alone() -> None:
    rewrite = [
        "Mayor Ada Brandt called the army.",
        "The old dam above Velm broke at four in the morning and flooded 300 houses.",
        "Hope remains that all will be well.",
    ]
    assert sorted(found(AGENCY[:3], rewrite)) == [
        ((), (2,), "only_b"),
        ((0,), (1,), "verbatim"),
        ((1,), (0,), "trimmed"),
        ((2,), (), "only_a"),
    ]


def test_a_split_and_a_merge() -> None:
    one = ["Soldiers brought 40 families to the school and handed out blankets and soup."]
    assert found(AGENCY[3:], one) == [((0, 1), (0,), "merged")]
    assert found(one, AGENCY[3:]) == [((0,), (0, 1), "split")]


def test_an_anchor_joins_what_words_do_not() -> None:
    a, b = ["She refused."], ["The mayor would not hear of it."]
    assert found(a, b) == [((0,), (), "only_a"), ((), (0,), "only_b")]
    assert [x.relation for x in align(a, b, embed=embed, anchors={(0, 0): 0.6})] == ["reworded"]


@given(SENTENCES, SENTENCES)
def test_every_sentence_is_in_exactly_one_alignment(a: list[str], b: list[str]) -> None:
    alignments = align(a, b, embed=embed)
    assert sorted(i for x in alignments for i in x.a) == list(range(len(a)))
    assert sorted(j for x in alignments for j in x.b) == list(range(len(b)))
    for x in alignments:
        assert (x.relation == "only_a") == (not x.b) and (x.relation == "only_b") == (not x.a)
        assert (x.similarity is None) == (not x.a or not x.b)
        assert min(len(x.a), len(x.b)) <= 1


@given(SENTENCES)
def test_a_text_beside_itself_is_verbatim(a: list[str]) -> None:
    unique = [text for text in dict.fromkeys(a) if text]
    assert all(x.relation == "verbatim" for x in align(unique, unique, embed=embed))
