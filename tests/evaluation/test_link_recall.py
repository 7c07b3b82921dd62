"""Places of texts that may be mentions, and how many of them are linked."""

from pathlib import Path

import pytest

from analytics.article import Article
from analytics.errors import InputError
from analytics.evaluation.link_recall import NOBODY, draw, read_sheet

TEXTS = ["The mayor thanked Ada Brandt. She smiled at Otto.", "Karl Odmark said it was his."]


def articles() -> list[Article]:
    return [Article(article_id=str(i), text=text) for i, text in enumerate(TEXTS)]


def test_places_are_drawn_from_the_text_alone() -> None:
    places = draw(articles(), 100, seed=1)
    found = [TEXTS[int(place.article_id)][place.start : place.end] for place in places]
    assert found == ["The mayor", "Ada Brandt", "She", "Otto", "Karl Odmark", "it", "his"]


def test_the_same_seed_draws_the_same_places() -> None:
    assert draw(articles(), 3, seed=4) == draw(articles(), 3, seed=4)
    assert len({tuple(draw(articles(), 3, seed=seed)) for seed in range(8)}) > 1


def test_the_sheet_holds_a_hundred_mentions() -> None:
    assert sum(place.actor_id != NOBODY for place in read_sheet()) >= 100


def test_a_sheet_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sheet.tsv").write_text("a\tb\n")
    with pytest.raises(InputError, match="columns"):
        read_sheet(tmp_path / "sheet.tsv")
