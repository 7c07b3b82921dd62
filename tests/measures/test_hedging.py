from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.article import AnnotatedArticle, Article, Sentence, Token, VoiceSpan
from analytics.errors import KnowledgeError
from analytics.knowledge import lexicon
from analytics.measures import hedging
from analytics.measures.lexical.certainty_context import RULES

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
WORDS = """The a bridge may might could not sink burst perhaps if whether about 200 some of " “ ” , . ? no doubt doubts
clear certain very so likely to n't is believed think I almost certainly 5% … — sort kind seems as must have"""
PIECES = st.sampled_from([*WORDS.split(), "\n\n"])


def plain(text: str, voices: tuple[VoiceSpan, ...] = ()) -> AnnotatedArticle:
    """A hand-made annotation: one sentence, tokens at spaces, every token on the first."""
    tokens, at = [], 0
    for i, form in enumerate(text.split(" ")):
        tokens.append(Token(i, at, at + len(form), form, form.lower(), "X", "", "dep", 0, ""))
        at += len(form) + 1
    sentence = Sentence(0, 0, len(text), 0, len(tokens), False)
    return AnnotatedArticle(
        article=Article(article_id="a", text=text), tokens=tuple(tokens), sentences=(sentence,), voices=voices
    )


@pytest.mark.model
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_practically_impossible_is_a_hedge_in_the_quoted_voice(annotate, seed: Path) -> None:
    annotated = annotate(seed.read_text(encoding="utf-8"))
    scopes = [
        (annotated.text_of(f["scope_start"], f["scope_end"]), f["voice"])
        for f in hedging.find(annotated)
        if f["text"] == "practically"
    ]
    assert scopes and set(scopes) == {("practically impossible", "quoted")}


@pytest.mark.model
@settings(max_examples=40, deadline=None)
@given(words=st.lists(PIECES, max_size=30))
def test_every_cue_lies_in_the_text_and_in_its_scope(annotate, words: list[str]) -> None:
    annotated = annotate(" ".join(words))
    end = 0
    for f in hedging.find(annotated):
        assert annotated.content[f["start"] : f["end"]] == f["text"]
        assert end <= f["start"] < f["end"]  # in order, without overlap
        assert 0 <= f["scope_start"] <= f["start"] < f["end"] <= f["scope_end"] <= len(annotated.content)
        end = f["end"]


def test_scores_are_cues_per_word_of_each_voice_that_has_words() -> None:
    text = "perhaps it sank . perhaps not at all ."
    quoted = VoiceSpan(18, len(text), "quoted", "ada-brandt", 0)
    annotated = plain(text, (VoiceSpan(0, 18, "outlet", None, None), quoted))
    findings = list(hedging.find(annotated))
    assert [(f["text"], f["voice"], f["speaker_id"]) for f in findings] == [
        ("perhaps", "outlet", None),
        ("perhaps", "quoted", "ada-brandt"),
    ]
    rows = {(r.score, r.voice): (r.numerator, r.denominator) for r in hedging.score(annotated, findings)}
    assert rows == {
        ("hedging", "outlet"): (1, 3),
        ("hedging", "quoted"): (1, 4),
        ("boosting", "outlet"): (0, 3),
        ("boosting", "quoted"): (0, 4),
    }


def test_an_empty_article_gives_nothing() -> None:
    annotated = AnnotatedArticle(article=Article(article_id="a", text=""))
    assert list(hedging.find(annotated)) == []
    assert list(hedging.score(annotated, [])) == []


def test_an_unknown_context_rule_is_named_with_its_line(monkeypatch) -> None:
    entry = lexicon.Entry(
        pattern="likely", label="probable", weight=1, source="own", when="at full moon", lexicon="hedges", line=9
    )
    monkeypatch.setattr(hedging, "load", lambda name: (entry,))
    hedging._matcher.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match=r"hedges\.tsv:9: no context rule 'at full moon'"):
            list(hedging.find(plain("likely")))
    finally:
        hedging._matcher.cache_clear()


def test_every_rule_is_used_by_a_lexicon_and_every_kind_is_documented() -> None:
    entries = [entry for name in hedging.LEXICONS for entry in lexicon.load(name)]
    assert {entry.when for entry in entries} - {""} == set(RULES)
    kinds = {entry.label for entry in entries if entry.lexicon == "hedges"} - {"none"}
    assert kinds == {*hedging.UNCERTAINTY, "approximator"}
    assert {e.label for e in entries if e.lexicon == "boosters"} - {"none"} == {
        "certainty",
        "extremity",
        "universal",
        "emphasis",
    }
