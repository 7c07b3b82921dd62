from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.article import AnnotatedArticle, Article, Sentence, Token, VoiceSpan
from analytics.errors import KnowledgeError
from analytics.knowledge import lexicon
from analytics.knowledge.lexicon import NOT_A_CUE, load
from analytics.measures import loaded_language
from analytics.measures.lexical import loaded_context
from analytics.measures.lexical.matching import compile_pattern
from analytics.measures.loaded_language import KINDS

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
WORDS = """The regime of silence sanctions brutal winter war historic bridge slammed into a door so-called hero Hero
shameful “ ” , . accused him of as called lies about could be devastating explosive dictator Stalin terrorists … —"""
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
def test_the_seeds_words_are_where_the_findings_say(annotate, seed: Path) -> None:
    annotated = annotate(seed.read_text(encoding="utf-8"))
    for f in loaded_language.find(annotated):
        assert annotated.text_of(f["start"], f["end"]) == f["text"]
        assert f["kind"] in KINDS and f["cue_type"] == "loaded"


@pytest.mark.model
@settings(max_examples=40, deadline=None)
@given(words=st.lists(PIECES, max_size=30))
def test_every_finding_lies_in_the_text_in_order(annotate, words: list[str]) -> None:
    annotated = annotate(" ".join(words))
    end = 0
    for f in loaded_language.find(annotated):
        assert annotated.content[f["start"] : f["end"]] == f["text"]
        assert end <= f["start"] < f["end"] <= len(annotated.content)
        end = f["end"]


def test_scores_are_findings_per_word_of_each_voice_that_has_words() -> None:
    text = "a shameful vote . so shameful a vote ."
    quoted = VoiceSpan(18, len(text), "quoted", "ada-brandt", 0)
    annotated = plain(text, (VoiceSpan(0, 18, "outlet", None, None), quoted))
    findings = list(loaded_language.find(annotated))
    assert [(f["text"], f["voice"], f["speaker_id"]) for f in findings] == [
        ("shameful", "outlet", None),
        ("shameful", "quoted", "ada-brandt"),
    ]
    rows = {(r.score, r.voice): (r.numerator, r.denominator) for r in loaded_language.score(annotated, findings)}
    assert rows == {("loaded_language", "outlet"): (1, 3), ("loaded_language", "quoted"): (1, 4)}


def test_a_voice_without_loaded_words_scores_zero_and_one_without_words_has_no_score() -> None:
    annotated = plain("the vote was held", (VoiceSpan(0, 17, "outlet", None, None),))
    [row] = loaded_language.score(annotated, list(loaded_language.find(annotated)))
    assert (row.voice, row.numerator, row.denominator) == ("outlet", 0, 4)


def test_an_empty_article_gives_nothing() -> None:
    annotated = AnnotatedArticle(article=Article(article_id="a", text=""))
    assert list(loaded_language.find(annotated)) == []
    assert list(loaded_language.score(annotated, [])) == []


def test_an_unknown_context_rule_is_named_with_its_line(monkeypatch) -> None:
    entry = lexicon.Entry(
        pattern="regime", label="label", weight=1, source="own", when="at full moon", lexicon="loaded", line=9
    )
    monkeypatch.setattr(loaded_language, "load", lambda name: (entry,))
    loaded_language._matcher.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match=r"loaded\.tsv:9: no context rule 'at full moon'"):
            list(loaded_language.find(plain("regime")))
    finally:
        loaded_language._matcher.cache_clear()


def test_every_rule_and_list_is_used_and_every_kind_is_documented() -> None:
    entries = load("loaded")
    assert {entry.when for entry in entries} - {""} == set(loaded_context.RULES)
    assert {entry.label for entry in entries} - {NOT_A_CUE} == set(KINDS)
    source = Path(loaded_context.__file__).read_text(encoding="utf-8")
    lists = {label for entry in load("loaded_contexts") for label in entry.label.split("|")}
    assert {label for label in lists if f'"{label}"' not in source} == set()


def test_intensity_is_left_to_the_boosters() -> None:
    assert _single_words("loaded") & _single_words("boosters") == set()


def _single_words(name: str) -> set[str]:
    """Forms and lemmas that are cues of a lexicon by themselves."""
    steps = [compile_pattern(entry) for entry in load(name) if entry.label != NOT_A_CUE]
    return {form for each in steps if len(each) == 1 for form in each[0].forms}
