"""Where the outlet tells of somebody else's attitude: toward whom, and that its own sentiment takes nothing from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from measures.golden_cases import each_case
from measures.parsed import parsed

from analytics.annotation import annotate
from analytics.measures import directed_sentiment, sentiment, stance
from analytics.measures.readings import readings
from analytics.measures.told_attitudes import told_attitudes

pytestmark = pytest.mark.model


@each_case("told_attitudes")
def test_golden_case(case: dict[str, Any]) -> None:
    annotated = parsed(case["text"], case["actors"])
    if case.get("title"):
        annotated = replace(annotated, sentences=tuple(s._replace(in_title=True) for s in annotated.sentences))
    spans = [span for told in told_attitudes(annotated).values() for each in told for span in each.targets]
    assert [annotated.text_of(*span) for span in spans] == case["targets"]


def read(text: str) -> dict[str, tuple[str, bool]]:
    """Name → which words were read, and whether that gave a value."""
    annotated = annotate(text)
    found = {annotated.mentions[int(str(f["mention_id"]))].name: f for f in sentiment.find(annotated)}
    return {name: (str(f["read_from"]), "sentiment" in f) for name, f in found.items()}


def test_who_is_praised_has_no_sentiment_of_the_outlets_and_who_praises_keeps_it() -> None:
    assert read("Oren Tash praised Ada Brandt for her steady hand.") == {
        "Oren Tash": ("sentence", True),
        "Ada Brandt": ("told_attitude", False),
    }


def test_each_reason_for_reading_less_than_the_sentence_is_named() -> None:
    assert read("Ada Brandt lied to the council.") == {"Ada Brandt": ("sentence", True)}
    assert read("“We will all be safe,” Ada Brandt said.") == {"Ada Brandt": ("too_few_words", False)}
    own = "Ada Brandt, who lied to the council for years, said that the weather was fine."
    assert read(own)["Ada Brandt"] == ("own_words", True)


def test_the_words_that_were_read_are_those_before_and_after_what_a_source_says() -> None:
    text = "Ada Brandt, who lied to the council for years, said that the weather was fine."
    [row] = [f for f in sentiment.find(annotate(text)) if f["mention_id"] == 0]
    stretches = [tuple(map(int, each.split("-"))) for each in str(row["read_words"]).split()]
    words = " ".join(text[start:end] for start, end in stretches)
    assert "lied to the council" in words and "weather" not in words


def test_a_sources_attitude_in_its_own_words_is_read_whole() -> None:
    annotated = annotate("“I admire Ada Brandt,” Oren Tash said.")
    [mention] = [m for m in annotated.mentions if m.name == "Ada Brandt"]
    assert readings(annotated)[mention.mention_id].read_from == "sentence"


def test_who_praises_whom_is_a_finding_of_its_own() -> None:
    annotated = annotate("Union leaders praised Ada Brandt's steady hand.")
    [row] = stance.find(annotated)
    assert (row["holder_id"], row["holder"], row["target_id"]) == (None, "Union leaders", "ada-brandt")
    [score] = stance.score(annotated, [row])
    assert score.actor_id == "ada-brandt" and score.numerator > 0


def test_others_for_or_against_an_actor_are_still_read_from_such_a_sentence() -> None:
    annotated = annotate("Oren Tash condemned Ada Brandt over the dam.")
    [row] = [f for f in directed_sentiment.find(annotated) if f["target_id"] == "ada-brandt"]
    assert float(str(row["stance"])) < 0 and (row["read_from"], row["read_words"]) == ("sentence", None)
