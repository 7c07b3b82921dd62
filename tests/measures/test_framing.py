import numpy as np
import pytest
from measures.golden_cases import each_case

from analytics.article import AnnotatedArticle, Article, Sentence, Token
from analytics.knowledge.lexicon import load
from analytics.measures import framing
from analytics.measures.meaning_readings import load_reading
from analytics.training.frames import join


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
@each_case("framing")
def test_golden_case(annotate, case) -> None:
    cues = framing.cue_strengths(annotate(case["text"]))
    assert sorted(frame for frame, found in cues.items() if found.p) == sorted(case["frames"])


def strength(*words: str) -> framing.Cues:
    return framing.cue_strengths(of_words(*words))["economic"]


def test_cues_reach_one_half_at_the_documented_density() -> None:
    words = 850  # with the 150 expected ones: 1,000
    one = strength("inflation", *["stone"] * (words - 1))
    assert one.p == pytest.approx(1 - 2 ** (-1 / framing.HALF["economic"]))
    assert strength(*["inflation"] * 15, *["stone"] * (words - 15)).p == pytest.approx(0.5)


def test_each_sentence_has_its_part_of_the_cues_strength() -> None:
    found = strength("gas", "stone", "inflation", "gas")
    assert sorted(found.sentences, key=lambda i: (-found.sentences[i], i)) == [2, 0, 3]
    assert sum(found.sentences.values()) == pytest.approx(found.p)


def test_more_cues_never_lower_the_strength_and_it_stays_below_one() -> None:
    values = [strength(*["inflation"] * n, *["stone"] * (60 - n)).p for n in range(1, 60)]
    assert values == sorted(values) and values[0] > 0 and values[-1] <= 1


def test_nothing_without_words_or_without_a_reading() -> None:
    for article in (of_words(), of_words("inflation")):
        assert list(framing.find(article)) == list(framing.score(article, [])) == []


@pytest.mark.model
def test_an_article_on_prices_is_economic_and_its_sentences_say_so(annotate) -> None:
    text = "The mayor opened a park. Prices rose again and the recession cost thousands of workers their jobs."
    found = {str(f["frame"]): f for f in framing.find(annotate(text))}
    assert set(found) == set(framing.FRAMES)
    assert found["economic"]["p"] > found["human_interest"]["p"]
    assert str(found["economic"]["evidence"]).startswith("1")


def test_the_lexicon_and_the_frames_agree() -> None:
    entries = load("frames")
    assert {entry.label for entry in entries} == set(framing.FRAMES) == set(framing.HALF)
    assert all(entry.weight in (0.5, 1, 2) for entry in entries)


def test_likeness_and_cues_weigh_alike_and_the_average_article_has_the_base_rate() -> None:
    likeness, cues = np.array([-1.0, 0.0, 1.0]), np.array([0.0, 0.2, 0.4])
    found = join(likeness, cues, rate=0.3)
    assert found.p(0.0, 0.2) == pytest.approx(0.3)
    assert found.likeness * likeness.std() == pytest.approx(found.cues * cues.std())
    assert found.p(1.0, 0.2) == pytest.approx(found.p(0.0, 0.4)) and found.p(1.0, 0.2) > 0.3


def test_every_frame_has_coefficients_and_logits() -> None:
    assert list(framing.load_joins()) == list(framing.FRAMES)
    assert load_reading("frames").weight.shape == (len(framing.FRAMES), 384)
