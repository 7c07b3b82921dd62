"""Rows of scores with the story of their article."""

from __future__ import annotations

import pandas as pd

from .store import Store


def with_stories(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that have an article_id, with story_id (null: a story of its own) and copy_of of their article.

    >>> from analytics import open_store
    >>> store = open_store("results")
    >>> with_stories(store, store.select("scores", limit=2))[["article_id", "story_id", "copy_of"]]
      article_id story_id copy_of
    0       a000     <NA>    <NA>
    1       a000     <NA>    <NA>
    """
    stories = store.select("articles", columns=["article_id", "story_id", "copy_of"])
    return rows.merge(stories, on="article_id", how="left", validate="m:1")
