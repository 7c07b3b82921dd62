"""The selection of stories that at least two outlets tell."""

from __future__ import annotations

import pytest
from story_store import write_story_store

from analytics.results.schemas import TABLES
from analytics.results.store import Selection, Store, open_store
from analytics.results.story_columns import with_stories

SAME = Selection(stories="same")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(write_story_store(tmp_path_factory.mktemp("told") / "results"))


def told(store: Store, *outlets: str) -> set[str]:
    """The articles, no copies, of stories that at least two of the outlets tell, without SQL."""
    articles = store.select("articles")
    articles = articles[articles["copy_of"].isna() & articles["story_id"].notna()]
    if outlets:
        articles = articles[articles["outlet"].isin(outlets)]
    shared = articles.groupby("story_id")["outlet"].transform("nunique") > 1
    return set(articles.loc[shared, "article_id"])


def test_same_stories_keep_what_two_outlets_tell(store: Store) -> None:
    assert set(store.select("articles", SAME)["article_id"]) == told(store) != set()
    first, second = sorted(store.select("articles", SAME)["outlet"].dropna().unique())[:2]
    pair = SAME.but(outlets=(first, second))
    assert set(store.select("articles", pair)["article_id"]) == told(store, first, second)
    assert store.count("articles", SAME.but(outlets=(first,))) == 0


def test_every_table_can_be_selected_by_it(store: Store) -> None:
    for table in TABLES:
        assert store.count(table, SAME) <= store.count(table)
    assert set(store.select("scores", SAME)["article_id"]) <= told(store)
    assert SAME.describe() == {"stories": "same"}


def test_rows_get_the_story_of_their_article(store: Store) -> None:
    rows = with_stories(store, store.select("scores"))
    of_articles = store.select("articles").set_index("article_id")["story_id"]
    assert len(rows) == store.count("scores")
    assert (rows["story_id"].fillna("") == rows["article_id"].map(of_articles).fillna("")).all()
