import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_news import news

from analytics.errors import InputError
from analytics.evaluation import alterations, quotation_matching
from analytics.evaluation.corpus import as_frame
from analytics.evaluation.figures import COLUMNS
from analytics.evaluation.planting import CHANGES, Planted, Tellings, altered, places, retell
from analytics.evaluation.quotation_matching import Seen

QUOTE = "We will hold the dam, and 20 soldiers will help because it is very important."
seeds = st.integers(0, 500)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    file = tmp_path / "news.parquet"
    as_frame(news()).drop(columns="article_id").to_parquet(file)
    return file


def forms(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@given(seeds)
def test_other_punctuation_keeps_the_words(seed: int) -> None:
    found = alterations.punctuated(QUOTE, np.random.default_rng(seed))
    assert found is not None and found != QUOTE
    assert forms(found) == forms(QUOTE)


@given(seeds)
def test_a_trimmed_quotation_has_fewer_words_in_the_same_order(seed: int) -> None:
    found = alterations.trimmed(QUOTE, np.random.default_rng(seed))
    assert found is not None
    words, rest = forms(found), iter(forms(QUOTE))
    assert all(word in rest for word in words)
    assert 4 <= len(words) < len(forms(QUOTE))


@given(seeds)
def test_a_reworded_quotation_has_other_words(seed: int) -> None:
    found = alterations.reworded(QUOTE, np.random.default_rng(seed))
    assert found is not None and forms(found) != forms(QUOTE)
    assert len(set(forms(found)) & set(forms(QUOTE))) >= 6


def test_words_that_offer_no_place_are_left() -> None:
    generator = np.random.default_rng(0)
    assert alterations.punctuated("Stay", generator) is None
    assert alterations.trimmed("We stay here now", generator) is None
    assert alterations.reworded("Xyzzy plugh", generator) is None


@pytest.mark.parametrize(
    ("words", "subject", "reported"),
    [
        ("I have seen it.", "he", "he had seen it"),
        ("We don't know who can stop them,", "Ada Brandt", "they did not know who could stop them"),
        ("We want to have our town back", "Moor", "they wanted to have their town back"),
        ("I am sure of my count", "She", "she was sure of her count"),
        ("I am sure of my count", "Moor", None),
        ("It was 'a lie'", "he", None),
        ("It's been a long war", "She", "it had been a long war"),
        ("They will have to leave.", "Moor", "they would have to leave"),
        ("Where are we?", "he", None),
        ("It broke. We fled.", "he", None),
        ("as a result of the flood", "he", None),
    ],
)
def test_indirect_speech_shifts_persons_and_tenses(words: str, subject: str, reported: str | None) -> None:
    assert alterations.indirect(words, subject) == reported


def test_replacements_keep_capitals_and_obey_their_limit() -> None:
    lexicon = {"big": ["large"]}
    assert alterations.replaced("Big and big", lexicon, np.random.default_rng(0)) == "Large and large"
    assert alterations.replaced("Big and big", lexicon, np.random.default_rng(0), share=0) == "Big and big"
    assert alterations.replaced("big big big", lexicon, np.random.default_rng(0), most=1).count("large") == 1


def test_every_rewording_names_its_source_and_changes_its_word() -> None:
    header, *rows = alterations.REWORDINGS.read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == ["kind", "word", "instead", "source"]
    cells = [row.split("\t") for row in rows]
    assert all(len(row) == 4 and all(row) and row[1] != row[2] for row in cells)
    assert len({(row[0], row[1]) for row in cells}) == len(cells)


def test_quotations_are_found_with_their_speaker() -> None:
    found = places(news()[0])
    assert [(p.subject, p.verb, p.quote_first) for p in found] == [
        ("Ada Brandt", "said", True),
        ("Ada Brandt", "said", False),
        ("Ada Brandt", "added", True),
    ]
    assert found[0].quote.startswith("We will close the dam")


def test_a_quotation_that_stands_twice_is_left_alone() -> None:
    article = news()[0]
    again = replace(article, title="Nobody in Damford was hurt when the crack at the dam was found")
    assert len(places(again)) == len(places(article)) - 1


@pytest.mark.parametrize("change", CHANGES)
def test_the_spans_of_a_change_are_its_words(change: str) -> None:
    article = news()[1]
    [place, *_] = [p for p in places(article) if p.quote.startswith("We will")]
    for seed in range(20):
        generator = np.random.default_rng(seed)
        words = altered(place, change, generator)
        assert words is not None
        told = retell(article, [(place, change, words)], generator)
        [planted] = told.planted
        assert (planted.a is None) == (change == "added") and (planted.b is None) == (change == "dropped")
        if planted.a:
            assert told.a.content[slice(*planted.a)] == place.quote
        else:
            assert place.quote not in told.a.content
        if planted.b is None:
            assert forms(place.quote)[2:8] != [] and place.quote.strip(",.") not in told.b.content
        else:
            expected = place.quote if change == "added" else words
            assert forms(told.b.content[slice(*planted.b)]) == forms(expected)
            marked = told.b.content[planted.b[0] - 1] in '“"' and told.b.content[planted.b[1]] in '”"'
            assert marked == (change != "indirect")


def test_planting_is_seeded_and_even() -> None:
    made = quotation_matching.plant(news())
    assert made == quotation_matching.plant(news())
    changes = [planted.change for pair in made for planted in pair.planted]
    assert set(changes) == set(CHANGES)


def oracle(tellings: Sequence[Tellings]) -> Iterator[list[Seen]]:
    for pair in tellings:
        yield [Seen(planted.change, planted.a, planted.b) for planted in pair.planted]


def nothing(tellings: Sequence[Tellings]) -> Iterator[list[Seen]]:
    for _ in tellings:
        yield []


def test_what_is_seen_right_is_counted_right(corpus: Path) -> None:
    table = quotation_matching.evaluate(corpus, compare=oracle)
    assert list(table.columns) == COLUMNS
    right = table[table["metric"] == "classed right"].set_index(["method", "split"])["value"]
    assert (right["tellings"] == 1).all()
    assert right["similarity between the marks"]["indirect"] == 0
    assert right["similarity between the marks"]["verbatim"] == 1
    assert {f"shown as {change}" for change in CHANGES} <= set(table["metric"])


def test_what_is_not_seen_is_counted_wrong(corpus: Path) -> None:
    table = quotation_matching.evaluate(corpus, compare=nothing)
    of_ours = table[table["method"] == "tellings"]
    assert (of_ours.loc[of_ours["metric"] == "classed right", "value"] == 0).all()
    assert set(of_ours["metric"]) == {"classed right", "shown as not seen"}


@pytest.mark.parametrize(
    ("planted", "seen", "shown"),
    [
        (Planted("dropped", (5, 30), None), [Seen("dropped", (5, 30), None)], "dropped"),
        (Planted("dropped", (5, 30), None), [Seen("reworded", (5, 30), (7, 9))], "reworded"),
        (Planted("added", None, (5, 30)), [Seen("added", None, (6, 29))], "added"),
        (Planted("added", None, (5, 30)), [Seen("dropped", (5, 30), None)], "not seen"),
        (Planted("verbatim", (5, 30), (8, 20)), [Seen("verbatim", (5, 30), (40, 60))], "verbatim elsewhere"),
        (
            Planted("trimmed", (5, 30), (8, 20)),
            [Seen("x", (4, 7), (8, 9)), Seen("trimmed", (7, 30), (9, 20))],
            "trimmed",
        ),
        (Planted("trimmed", (5, 30), (8, 20)), [Seen("trimmed", (30, 40), (8, 20))], "not seen"),
    ],
)
def test_a_change_is_judged_where_it_stands(planted: Planted, seen: list[Seen], shown: str) -> None:
    assert quotation_matching.judged(planted, seen) == shown


def test_a_corpus_without_quotations_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "news.csv"
    file.write_text(f"title,text\nA dam,{'It broke. ' * 100}\n", encoding="utf-8")
    with pytest.raises(InputError, match="two quotations or more"):
        quotation_matching.evaluate(file)


@pytest.mark.model
def test_the_comparison_of_tellings_sees_what_was_dropped_and_what_was_kept(corpus: Path) -> None:
    made = quotation_matching.plant(news()[:3])
    shown = [
        (planted.change, quotation_matching.judged(planted, seen))
        for pair, seen in zip(made, quotation_matching._tellings(made), strict=True)
        for planted in pair.planted
    ]
    easy = [each for each in shown if each[0] in ("verbatim", "punctuation", "dropped", "added")]
    assert easy and all(change == relation for change, relation in easy)
