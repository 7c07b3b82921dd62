"""Which quotation each outlet has, from pairs of quotations; which outlet left out what most told."""

from __future__ import annotations

import pandas as pd

from analytics.stories.quotation_spread import FIRST, left_out, statements

OUTLETS = {"p": "Post", "l": "Ledger", "f": "Ferry", "l2": "Ledger"}  # articles, earliest first


def pair(a: tuple[str, int] | None, b: tuple[str, int] | None, relation: str) -> dict[str, object]:
    row: dict[str, object] = {"relation": relation, "speaker_id": "mara"}
    for side, place in (("a", a), ("b", b)):
        article, start = place or (None, None)
        row |= {f"article_{side}": article, f"start_{side}": start, f"end_{side}": start and start + 5}
    return row


def told(*pairs: dict[str, object]):
    return statements(pd.DataFrame(pairs), OUTLETS)


def hows(statement) -> dict[str, str]:
    return {outlet: version.how for outlet, version in statement.by_outlet.items()}


def test_a_chain_of_pairs_is_one_statement_seen_from_the_earliest() -> None:
    [found] = told(pair(("p", 10), ("l", 20), "reworded"), pair(("l", 20), ("f", 30), "verbatim"))
    assert hows(found) == {"Post": FIRST, "Ledger": "reworded", "Ferry": "quoted"}
    [found] = told(pair(("p", 10), ("l", 20), "reworded"), pair(("l", 20), ("f", 30), "paraphrased"))
    assert hows(found)["Ferry"] == "indirect"
    assert (found.first.article_id, found.first.start, found.first.end) == ("p", 10, 15)
    assert found.speaker_id == "mara"


def test_the_nearest_version_of_an_outlet_counts() -> None:
    [found] = told(pair(("p", 10), ("l", 20), "reworded"), pair(("p", 10), ("l2", 5), "punctuation"))
    assert hows(found)["Ledger"] == "same words"
    assert found.by_outlet["Ledger"].article_id == "l2"


def test_indirect_speech_is_never_the_quotation_that_others_are_seen_from() -> None:
    [found] = told(pair(("p", 10), ("l", 20), "put_in_marks"))
    assert hows(found) == {"Post": "indirect", "Ledger": FIRST}
    assert found.first.article_id == "l"


def test_a_quotation_of_one_outlet_is_no_statement_of_the_story() -> None:
    assert told(pair(None, ("f", 30), "only_b")) == []
    assert told(pair(("l", 20), ("l2", 5), "verbatim")) == []


def test_most_is_more_than_half_of_the_others_and_at_least_two() -> None:
    assert left_out({"x": {"A", "B"}}, ["A", "B", "C", "D", "E"]) == []
    assert left_out({"x": {"A", "B", "C"}}, ["A", "B", "C", "D", "E"]) == [("D", "x", 3, 4), ("E", "x", 3, 4)]
    assert left_out({"x": {"A"}}, ["A", "B"]) == []
