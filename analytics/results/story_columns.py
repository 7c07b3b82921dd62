"""Rows of scores with the story of their article."""

from __future__ import annotations

import pandas as pd

from .store import Store


def with_stories(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that have an article_id, with story_id (null: a story of its own) and copy_of of their article.

    >>> from analytics import open_store
    >>> store = open_store("results")
    >>> rows = with_stories(store, store.select("scores", limit=2))
    >>> rows["article_id"].tolist(), rows["story_id"].isna().tolist(), rows["copy_of"].isna().tolist()
    (['a000', 'a000'], [True, True], [True, True])
    """
    stories = store.select("articles", columns=["article_id", "story_id", "copy_of"])
    return rows.merge(stories, on="article_id", how="left", validate="m:1")
