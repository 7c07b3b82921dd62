"""In the outlet's voice the outlet's own words are read, not what a source says in the same sentence."""

from __future__ import annotations

import pytest

from analytics.annotation import annotate
from analytics.annotation.own_words import OwnWords
from analytics.measures import directed_sentiment, sentiment

pytestmark = pytest.mark.model
PRAISE = "Ada Brandt, who lied to the council for years, said that Oren Tash was a brave and honest mayor."


def tones(text: str, *, whole: bool = False) -> dict[str, float]:
    annotated = annotate(text)
    find = sentiment.find_in_whole_sentences if whole else sentiment.find
    names = {m.mention_id: m.name for m in annotated.mentions if m.form == "name"}
    valued = [f for f in find(annotated) if "sentiment" in f]
    return {names[i]: float(str(f["sentiment"])) for f in valued if (i := int(str(f["mention_id"]))) in names}


def test_what_a_source_says_is_left_out_of_the_outlets_words() -> None:
    annotated = annotate(PRAISE)
    own: OwnWords = annotated.own_words[0]
    assert "lied to the council" in own.text and "honest" not in own.text
    start = PRAISE.index("council")
    assert own.place(start, start + 7) == (own.text.index("council"), own.text.index("council") + 7)
    assert own.place(PRAISE.index("honest"), PRAISE.index("honest") + 6) is None


def test_a_mention_in_a_sources_words_is_read_from_the_whole_sentence() -> None:
    assert tones(PRAISE)["Oren Tash"] == tones(PRAISE, whole=True)["Oren Tash"]


@pytest.mark.parametrize(
    "text", ["“We will all be safe and free,” Ada Brandt said.", "Ada Brandt said that the town was a wonderful place."]
)
def test_who_only_speaks_has_no_value(text: str) -> None:
    assert tones(text) == {} and len(tones(text, whole=True)) == 1


def test_a_sentence_without_a_source_is_read_whole() -> None:
    text = "Ada Brandt lied to the council for years."
    assert annotate(text).own_words == {}
    assert tones(text) == tones(text, whole=True)


def test_for_or_against_is_read_from_the_outlets_words_too() -> None:
    text = "Oren Tash attacked Ada Brandt over the dam and said that the weather was fine."
    [row] = [f for f in directed_sentiment.find(annotate(text)) if f["target_id"] == "ada-brandt"]
    assert row["holder_id"] == "oren-tash" and float(str(row["p_against"])) > 0.6
