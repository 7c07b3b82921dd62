"""Stances toward listed statements, on invented countries."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from measures.golden_cases import each_case, golden
from measures.parsed import parsed

from analytics.ingest import read_articles
from analytics.knowledge.lexicon import load
from analytics.knowledge.targets import load_propositions
from analytics.measures import measures_for, scores_of, stance
from analytics.measures.lexical.matching import Matcher
from analytics.measures.stance.targets import PLACES
from analytics.results.schemas import columns, frame

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
ACTORS = {
    "Varlen": ("varlen", "country"),
    "Ostia": ("ostia", "country"),
    "Ostian": ("ostia", "country"),
    "Harbour League": ("harbour-league", "organisation"),
    "Lund": ("lund", "person"),
}
LEAGUE = """
[[target]]
id = "league"
statement = "Ostia should join the Harbour League"
keywords = [["Harbour League"], ["join", "membership", "member", "admit", "bid"]]
about = ["Ostia"]
reversed = [["neutral", "neutrality"]]
"""


@pytest.fixture(scope="module")
def league(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("targets") / "targets.toml"
    path.write_text(LEAGUE, encoding="utf-8")
    return path


def side(value: float) -> str:
    return "favour" if value > 0 else "against"


@pytest.mark.model
@each_case("statements")
def test_golden_case(case: dict[str, Any], league: Path) -> None:
    annotated = parsed(case["text"], ACTORS, case.get("voices", ()))
    rows = list(stance.find(annotated, propositions=load_propositions(league)))
    found = [
        [row["holder_id"], side(row["stance"]), row["voice"]]
        for row in rows
        if row["target_id"] == "proposition:league"
    ]
    assert found == case["found"]


@pytest.mark.model
def test_rows_are_distributions_with_evidence(league: Path) -> None:
    propositions = load_propositions(league)
    for case in golden("statements"):
        annotated = parsed(case["text"], ACTORS, case.get("voices", ()))
        rows = list(stance.find(annotated, propositions=propositions))
        assert rows == list(stance.find(annotated, propositions=propositions))
        assert [row["start"] for row in stance.find(annotated)] == sorted(r["start"] for r in stance.find(annotated))
        for row in rows:
            assert row["p_against"] + row["p_none"] + row["p_favour"] == pytest.approx(1)
            assert row["stance"] == pytest.approx(row["p_favour"] - row["p_against"])
            assert row["expression"] in annotated.text_of(row["start"], row["end"])
            assert set(row) | {"article_id", "read_from", "read_words"} == set(columns("stances"))
        frame("stances", [{"article_id": "a"} | row for row in rows])


@pytest.mark.model
def test_other_rows_stay_as_they_are(league: Path) -> None:
    annotated = parsed("Varlen condemned Lund and opposes the dam. Lund praised Ostia.", ACTORS)
    assert list(stance.find(annotated, propositions=load_propositions(league))) == list(stance.find(annotated))


def test_the_lexicon_can_be_read() -> None:
    prepositions = {"for", "to", "of", "from"}
    for entry in load("statement_stances"):
        assert entry.label in ("against", "favour", "none"), entry
        assert entry.label == "none" or set(entry.when.split("|")) <= prepositions | set(PLACES), entry
    assert Matcher((*load("stances"), *load("statement_stances")))


def row(holder: str | None, value: float, voice: str, target: str = "proposition:league") -> dict[str, object]:
    return {"holder_id": holder, "target_id": target, "target_kind": "proposition", "voice": voice, "stance": value}


def test_the_outlets_own_stance_is_a_score_apart(league: Path) -> None:
    [measure] = [m for m in measures_for(league) if m.name == "stance"]
    rows = [row("lund", 0.8, "quoted"), row("varlen", -0.4, "quoted"), row(None, -0.9, "outlet")]
    rows += [row("lund", 0.5, "outlet"), row("lund", 0.5, "outlet", "proposition:another")]
    annotated = parsed("Nothing is said.", {})
    found = {(s.score, s.voice): (s.actor_id, s.numerator, s.denominator) for s in measure.score(annotated, rows)}
    assert found == {
        ("own_stance_on:proposition:league", "outlet"): (None, -0.9, 1),
        ("stance_on:proposition:league", "outlet"): (None, 0.5, 1),
        ("stance_on:proposition:league", "quoted"): (None, pytest.approx(0.4), 2),
    }
    assert {name for name, _ in found} <= set(scores_of(measures_for(league)))


@pytest.mark.model
def test_without_an_encoder_the_patterns_decide(annotate: Any) -> None:
    bare = replace(annotate("Russia opposes Ukraine's membership in NATO."), encoded=None)
    [found] = stance.find(bare, propositions=load_propositions())
    assert (found["holder_id"], found["target_id"]) == ("russia", "membership:ukraine:nato")


@pytest.mark.model
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_the_seeds(annotate: Any, seed: Path) -> None:
    [article] = read_articles([seed])
    rows = list(stance.find(annotate(article.text), propositions=load_propositions()))

    def toward(target_id: str) -> dict[str, set[str]]:
        russians = [r for r in rows if r["target_id"] == target_id and r["holder_id"] in ("russia", "vladimir-putin")]
        return {str(r["holder_id"]): {side(r["stance"])} for r in russians}

    assert toward("membership:ukraine:nato") == {"russia": {"against"}}
    assert toward("membership:ukraine:european-union") == {"russia": {"favour"}, "vladimir-putin": {"favour"}}
    assert toward("troops:any:ukraine")["vladimir-putin"] == {"against"}
