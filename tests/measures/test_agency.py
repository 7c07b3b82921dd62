from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measures.golden_cases import each_case
from measures.parsed import parsed

from analytics.article import AnnotatedArticle
from analytics.knowledge.lexicon import load
from analytics.measures import agency

LABELS = {"state", "state_passive", "raising", "undergoer", "event", "proxy"}
ACTORS = {"Norland": ("norland", "country"), "Varlen": ("varlen", "country"), "Lund": ("lund", "person")}
WORDS = """Norland Varlen Lund attacked was were by and the dam of invasion forces government , . “ ” said that which
to has forced seems winning 's against sanctions suffered who mayor gave"""


@pytest.mark.model
@each_case("agency")
def test_golden_case(case: dict[str, Any]) -> None:
    annotated = parsed(case["text"], case["actors"])
    roles = [row["role"] for row in agency.find(annotated)]
    found = [[annotated.text_of(m.start, m.end), role] for m, role in zip(annotated.mentions, roles, strict=True)]
    assert found == case["roles"]


def agentless(annotated: AnnotatedArticle) -> list[tuple[str, float, float]]:
    scores = agency.score(annotated, list(agency.find(annotated)))
    return [(s.voice, s.numerator, s.denominator) for s in scores if s.score == "agentless_passive"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("The port was shelled at dawn.", (1, 1)),
        ("The port was shelled by Norland.", (0, 1)),
        ("Norland shelled the port.", (0, 1)),
        ("Norland is committed to the accord.", (0, 1)),
        ("Lund said the port had been shelled.", (1, 2)),
    ],
)
def test_passives_without_by_among_clauses(text: str, share: tuple[float, float]) -> None:
    assert agentless(parsed(text, ACTORS)) == [("outlet", *share)]


@pytest.mark.model
def test_a_text_without_clauses_has_no_share() -> None:
    assert agentless(parsed("Norland at dawn.", ACTORS)) == []


@pytest.mark.model
def test_agency_is_agents_among_agents_and_patients_by_voice() -> None:
    text = "Norland attacked Varlen. “Norland was beaten,” Lund said. Norland is small."
    annotated = parsed(text, ACTORS, [("Norland was beaten,", "quoted", "lund")])
    scores = agency.score(annotated, list(agency.find(annotated)))
    found = {(s.actor_id, s.voice): (s.numerator, s.denominator) for s in scores if s.score == "agency"}
    assert found == {
        ("norland", "outlet"): (1, 1),  # the subject of "is" counts neither way
        ("norland", "quoted"): (0, 1),
        ("varlen", "outlet"): (0, 1),
        ("lund", "outlet"): (1, 1),
    }


def test_every_row_of_the_lexicon_has_a_known_label_and_events_their_prepositions() -> None:
    for entry in load("agency"):
        assert entry.label in LABELS, entry
        assert bool(entry.when) == (entry.label == "event"), entry


@pytest.mark.model
@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS.split()), max_size=25))
def test_every_mention_has_one_role_and_nothing_changes(words: list[str]) -> None:
    annotated = parsed(" ".join(["Norland", *words]), ACTORS)
    before = repr(annotated)
    rows = list(agency.find(annotated))
    assert [row["mention_id"] for row in rows] == [m.mention_id for m in annotated.mentions]
    assert {row["role"] for row in rows} <= {"agent", "patient", "other"}
    for score in agency.score(annotated, rows):
        assert 0 <= score.numerator <= score.denominator and score.denominator > 0
    assert repr(annotated) == before
