"""Places of texts that may be mentions, and how many of them are linked."""

from pathlib import Path

import pytest

from analytics.article import Article
from analytics.errors import InputError
from analytics.evaluation.link_recall import NOBODY, SHEETS, draw, evaluate, read_sheet
from analytics.results.store import open_store

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


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda path: path.stem)
def test_a_sheet_holds_a_hundred_mentions(sheet: Path) -> None:
    assert sum(place.actor_id != NOBODY for place in read_sheet(sheet)) >= 100


def test_a_sheet_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sheet.tsv").write_text("a\tb\n")
    with pytest.raises(InputError, match="columns"):
        read_sheet(tmp_path / "sheet.tsv")


def test_a_later_sheet_has_splits_of_its_own(results: Path, tmp_path: Path) -> None:
    store = open_store(results)
    mentions = store.select("mentions", columns=("article_id", "start", "end", "actor_id"))
    article_id, start, end, actor_id = mentions.iloc[0].tolist()
    sheet = tmp_path / "later.tsv"
    sheet.write_text(
        "article_id\tstart\tend\tform\tactor_id\n"
        f"{article_id}\t{start}\t{end}\tname\t{actor_id}\n"
        f"{article_id}\t{start}\t{end}\tpronoun\tnobody-known\n"
    )
    figures = evaluate(store, sheets={", later": sheet}).set_index("split")
    assert figures["value"].to_dict() == {"text, later": 0.5, "text, names, later": 1.0, "text, resolved, later": 0.0}
