"""Words with their voices, and keyword in context, on an invented results folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics import Selection, open_store
from analytics.errors import SelectionError
from analytics.results.concordance import concordance
from analytics.results.words import WORD, words_of


def test_each_word_is_where_it_says(results: Path) -> None:
    store = open_store(results)
    found = words_of(store)
    for row in found.sample(60, random_state=1).itertuples(index=False):
        assert store.text(row.article_id)[row.start : row.end].lower() == row.word
    assert set(found["voice"]) == {"outlet", "quoted", "reported"}


def test_voices_tile_the_words(results: Path) -> None:
    store = open_store(results)
    by_voice = [len(words_of(store, Selection(voices=(voice,)))) for voice in ("outlet", "quoted", "reported")]
    assert sum(by_voice) == len(words_of(store)) and all(by_voice)


def test_words_around_an_actor_leave_out_its_name(results: Path) -> None:
    found = words_of(open_store(results), actor="person:mara_quill")
    assert "bridge" in set(found["word"]) and not {"mara", "quill"} & set(found["word"])
    assert words_of(open_store(results), actor="nobody").empty


def test_places_are_sorted_by_what_stands_beside_them(results: Path) -> None:
    store = open_store(results)
    for sort, at in (("right", 0), ("left", -1)):
        beside = concordance(store, "the", sort=sort)[sort].str.lower()  # type: ignore[arg-type]
        nearest = [found[at] for text in beside if (found := WORD.findall(text))]
        assert len(set(nearest)) > 3 and nearest == sorted(nearest)
    dates = concordance(store, "the", sort="date")["published"].dropna()
    assert dates.is_monotonic_increasing


def test_a_phrase_with_any_ending_and_its_offsets(results: Path) -> None:
    store = open_store(results)
    found = concordance(store, "bridge talk*", Selection(voices=("outlet",)))
    assert set(found["words"]) == {"bridge talks"} and set(found["voice"]) == {"outlet"}
    row = found.iloc[0]
    assert store.text(row["article_id"])[row["start"] : row["end"]] == "bridge talks"
    assert concordance(store, "idge").empty
    assert concordance(store, "nowhere at all").columns.tolist() == found.columns.tolist()


def test_a_phrase_without_letters_is_refused(results: Path) -> None:
    with pytest.raises(SelectionError, match="no letters"):
        concordance(open_store(results), "* !")
