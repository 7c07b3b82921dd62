from collections.abc import Callable

import pytest

from analytics.article import AnnotatedArticle, Article
from analytics.measures import slanted_wording
from analytics.measures.meaning_readings import load_reading


def test_loaded_words_raise_p_but_only_so_far() -> None:
    values = [slanted_wording.probability(-0.3, loaded) for loaded in range(5)]
    assert values[0] < 0.5 and values[0] < values[1] < values[2] == values[3] == values[4] < 1


def test_the_reading_has_one_logit_over_the_encoders_width() -> None:
    reading = load_reading("slant")
    assert reading.weight.shape == (1, 384) and reading.bias.shape == (1,)


def test_nothing_is_said_without_the_encoder() -> None:
    bare = AnnotatedArticle(article=Article(article_id="a", text="Ada Brandt opened the fair."))
    assert list(slanted_wording.find(bare)) == list(slanted_wording.score(bare, [])) == []


@pytest.mark.model
def test_the_words_of_sources_are_left_out(annotate: Callable[[str], AnnotatedArticle]) -> None:
    text = (
        "The greedy tyrant shamelessly robbed his own people blind. "
        'Ada Brandt said: "The greedy tyrant shamelessly robbed his own people blind." '
        "The committee will meet again on the second of May."
    )
    found = {row["sentence_id"]: row["p_slanted"] for row in slanted_wording.find(annotate(text))}
    assert sorted(found) == [0, 2]  # of the sentence with the quotation two words are the outlet's
    assert found[0] > 0.6 > 0.5 > found[2]
