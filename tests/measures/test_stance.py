from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measures.golden_cases import each_case
from measures.parsed import parsed

from analytics.article import AnnotatedArticle, Article, Sentence, Token, VoiceSpan
from analytics.ingest import read_articles
from analytics.knowledge.lexicon import load
from analytics.measures import stance
from analytics.measures.lexical.matching import Matcher
from analytics.measures.stance.contexts import StanceContext
from analytics.measures.stance.targets import PLACES
from analytics.results.schemas import columns, frame

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
FIELDS = ("expression", "target_id", "target", "p_against", "p_none", "p_favour", "voice")
WORDS = """Norland Varlen Lund Brandt Russia NATO opposes supported rejection support of for to against in favour not
n't is willing refused calling it a legitimate choice mistake the dam , . ? “ ” " ( ) and but if said we I by was which
condemned might there no point joining membership 's would"""


@pytest.mark.model
@each_case("stance")
def test_golden_case(case: dict[str, Any]) -> None:
    annotated = parsed(case["text"], case["actors"], case.get("voices", ()))
    found = [{"holder": r["holder_id"] or r["holder"]} | {k: r[k] for k in FIELDS} for r in stance.find(annotated)]
    assert found == case["stances"]


def hand_made(words: str, *, voice: VoiceSpan | None = None) -> AnnotatedArticle:
    """One sentence of `form/lemma/POS/TAG/dep/head`; forms with a capital initial are no actors here."""
    tokens, at = [], 0
    for i, word in enumerate(words.split()):
        form, lemma, pos, tag, dep, head = word.split("/")
        tokens.append(Token(i, at, at + len(form), form, lemma, pos, tag, dep, int(head), ""))
        at += len(form) + 1
    text = " ".join(token.text for token in tokens)
    sentence = Sentence(0, 0, len(text), 0, len(tokens), False)
    voices = (voice or VoiceSpan(0, len(text), "outlet", None, None),)
    return AnnotatedArticle(
        article=Article(article_id="a", text=text), tokens=tuple(tokens), sentences=(sentence,), voices=voices
    )


EVALUATION = (
    "Delay/delay/NOUN/NN/nsubj/1 is/be/AUX/VBZ/ROOT/1 unacceptable/unacceptable/ADJ/JJ/acomp/1 ././PUNCT/./punct/1"
)


@pytest.mark.parametrize(
    ("voice", "speaker", "holders"),
    [("outlet", None, [None]), ("quoted", "lund", ["lund"]), ("reported", None, [])],
)
def test_an_evaluation_belongs_to_whoever_speaks(voice: Any, speaker: str | None, holders: list[str | None]) -> None:
    annotated = hand_made(EVALUATION, voice=VoiceSpan(0, 23, voice, speaker, None))
    assert [row["holder_id"] for row in stance.find(annotated)] == holders


@pytest.mark.parametrize(
    ("label", "context", "expected"),
    [
        ("against", StanceContext(), (0.9, 0.0)),
        ("favour", StanceContext(), (0.0, 0.9)),
        ("against", StanceContext(weak=True), (0.45, 0.0)),
        ("against", StanceContext(negated=True), (0.0, 0.4)),
        ("favour", StanceContext(negated=True), (0.5, 0.0)),
        ("favour", StanceContext(negated=True, weak=True), (0.25, 0.0)),
    ],
)
def test_conventions_of_negation_and_doubt(label: str, context: StanceContext, expected: tuple[float, float]) -> None:
    assert stance.probabilities(label, 0.9, context) == expected


def test_two_negations_cancel() -> None:
    assert not StanceContext(negated=True).under(StanceContext(negated=True)).negated


def test_every_row_of_the_lexicon_can_be_read() -> None:
    places = {"of", "to", "for", "with", "in", "on", "at", "by", "about", "over", "against", "toward", "towards"}
    for entry in load("stances"):
        assert entry.label in ("against", "favour", "none"), entry
        assert entry.label == "none" or 0.3 <= entry.weight <= 1, entry
        assert entry.label == "none" or set(entry.when.split("|")) <= places | set(PLACES), entry
    assert Matcher(load("stances")) and Matcher(load("propositions"))


@pytest.mark.model
@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS.split()), max_size=25))
def test_rows_are_distributions_with_evidence_in_their_sentence(words: list[str]) -> None:
    actors = {name: (name.lower(), "country") for name in ("Norland", "Varlen", "Russia")}
    actors |= {"Lund": ("lund", "person"), "Brandt": ("brandt", "person"), "NATO": ("nato", "organisation")}
    annotated = parsed(" ".join(["Norland", *words]), actors)
    before = repr(annotated)
    rows = list(stance.find(annotated))
    for row in rows:
        sentence = annotated.sentences[row["sentence_id"]]
        evidence = annotated.text_of(row["start"], row["end"])
        assert sentence.start <= row["start"] < row["end"] <= sentence.end
        assert row["target"] in annotated.content and row["target"].strip()
        assert row["expression"] in evidence
        assert row["p_against"] + row["p_none"] + row["p_favour"] == pytest.approx(1)
        assert row["stance"] == pytest.approx(row["p_favour"] - row["p_against"])
        assert (row["target_kind"] == "actor") <= (row["target_id"] is not None)
        assert row["holder_id"] is not None or row["voice"] == "outlet"
        assert row["holder_id"] is None or row["holder_id"] != row["target_id"]
        assert set(row) | {"article_id", "read_from", "read_words"} == set(columns("stances"))  # no encoder read them
    frame("stances", [{"article_id": "a"} | row for row in rows])
    assert repr(annotated) == before


def row(target: str | None, kind: str, voice: str, value: float) -> dict[str, object]:
    return {"target_id": target, "target_kind": kind, "voice": voice, "stance": value}


def test_scores_are_means_over_actors_as_targets_by_voice() -> None:
    findings = [
        row("ostia", "actor", "outlet", 0.8),
        row("ostia", "actor", "outlet", -0.4),
        row("ostia", "actor", "quoted", -0.9),
        row("membership:ostia:harbour-league", "proposition", "outlet", -0.9),
        row(None, "proposition", "outlet", 0.7),
    ]
    scores = [(s.actor_id, s.voice, s.numerator, s.denominator) for s in stance.score(hand_made(EVALUATION), findings)]
    assert scores == [("ostia", "outlet", pytest.approx(0.4), 2), ("ostia", "quoted", -0.9, 1)]


@pytest.mark.model
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_the_seeds_are_against_one_membership_and_not_against_the_other(annotate: Any, seed: Path) -> None:
    [article] = read_articles([seed])
    rows = list(stance.find(annotate(article.text)))
    speaks_for_russia = ("vladimir-putin", "russia")

    def toward(target_id: str) -> list[float]:
        return [r["stance"] for r in rows if r["target_id"] == target_id and r["holder_id"] in speaks_for_russia]

    assert toward("membership:ukraine:nato") and all(s < -0.5 for s in toward("membership:ukraine:nato"))
    european = toward("membership:ukraine:european-union")
    assert 0.4 in european and all(s > 0 for s in european)
    choices = [(r["holder_id"], r["target_id"]) for r in rows if r["expression"] == "legitimate choice"]
    assert choices == [("vladimir-putin", "membership:ukraine:european-union")]
    willing = [r for r in rows if r["expression"] == "willingness" and r["holder_id"] == "russia"]
    assert len(willing) == 1 and "agreements" in willing[0]["target"] and willing[0]["stance"] > 0.5
    pointless = [r["holder_id"] for r in rows if "no point" in r["expression"] or "no reason" in r["expression"]]
    assert pointless and set(pointless) <= set(speaks_for_russia)
