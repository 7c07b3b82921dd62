import pytest

from analytics.article import AnnotatedArticle, Article, Sentence, Token
from analytics.knowledge.lexicon import load
from analytics.measures import framing


def of_words(*words: str) -> AnnotatedArticle:
    """A hand-made annotation: every word a sentence of its own."""
    tokens, sentences, at = [], [], 0
    for i, word in enumerate(words):
        tokens.append(Token(i, at, at + len(word), word, word, "NOUN", "", "ROOT", i, ""))
        sentences.append(Sentence(i, at, at + len(word), i, i + 1, False))
        at += len(word) + 1
    return AnnotatedArticle(
        article=Article(article_id="a", text=" ".join(words)), tokens=tuple(tokens), sentences=tuple(sentences)
    )


@pytest.mark.model
def test_golden_cases(annotate, golden) -> None:
    for case in golden("framing"):
        annotated = annotate(case["text"])
        assert sorted(f["frame"] for f in framing.find(annotated)) == sorted(case["frames"]), case["text"]


def test_p_is_one_half_at_the_documented_density() -> None:
    words = 850  # with the 150 expected ones: 1,000
    article = of_words("inflation", *["stone"] * (words - 1))
    (finding,) = framing.find(article)
    assert finding["frame"] == "economic"
    assert finding["p"] == pytest.approx(1 - 2 ** (-1 / framing.HALF["economic"]))
    full = of_words(*["inflation"] * 15, *["stone"] * (words - 15))
    assert next(framing.find(full))["p"] == pytest.approx(0.5)


def test_evidence_names_the_weightiest_sentences_first() -> None:
    article = of_words("gas", "stone", "inflation", "gas")
    (finding,) = framing.find(article)
    assert finding["evidence"] == "2,0,3"


def test_more_cues_never_lower_p_and_p_stays_below_one() -> None:
    values = [next(framing.find(of_words(*["inflation"] * n, *["stone"] * (60 - n))))["p"] for n in range(1, 60)]
    assert values == sorted(values) and values[0] > 0 and values[-1] <= 1


def test_every_frame_is_scored_zero_without_cues_and_not_at_all_without_words() -> None:
    article = of_words("stone")
    rows = list(framing.score(article, list(framing.find(article))))
    assert {row.score: row.numerator for row in rows} == {f"frame_{frame}": 0 for frame in framing.FRAMES}
    empty = of_words()
    assert list(framing.find(empty)) == list(framing.score(empty, [])) == []


def test_the_lexicon_and_the_frames_agree() -> None:
    entries = load("frames")
    assert {entry.label for entry in entries} == set(framing.FRAMES) == set(framing.HALF)
    assert all(entry.weight in (0.5, 1, 2) for entry in entries)
