"""The articles of a corpus of one's own, from its file or from its results folder: the same ids either way."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from ..article import TITLE_SEPARATOR, Article
from ..ingest import RejectedRecord, read_articles
from ..results.manifest import MANIFEST
from ..results.store import open_store

COLUMNS = ["article_id", "outlet", "published", "title", "url", "author", "text"]


def read_corpus(path: Path) -> list[Article]:
    """The articles of a file or folder of articles, or of a results folder, in the order of reading.

    Raises InputError where there is none, StoreError where a results folder is incomplete.
    """
    if (path / MANIFEST).is_file():
        return _scored(path)
    return [found for found in read_articles([path]) if not isinstance(found, RejectedRecord)]


def as_frame(articles: Sequence[Article]) -> pd.DataFrame:
    """One row per article: its id and metadata, and its body as `text`."""
    rows = [{column: getattr(article, column) for column in COLUMNS} for article in articles]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.assign(published=pd.to_datetime(frame["published"], utc=True))


def dated(articles: Sequence[Article]) -> list[Article]:
    """Those of known date, earliest first."""
    known = [(article.published, article.article_id, article) for article in articles if article.published]
    return [article for *_, article in sorted(known, key=lambda each: each[:2])]


def _scored(path: Path) -> list[Article]:
    store = open_store(path)
    wanted = tuple(column for column in COLUMNS if column != "text")
    rows = store.select("articles", columns=wanted).merge(store.select("texts"), on="article_id", validate="1:1")
    return [_article(row) for row in rows.to_dict("records")]


def _article(row: Mapping[Hashable, object]) -> Article:
    """An article from its row; the table `texts` holds the title and the body as one."""
    values = {str(name): None if pd.isna(value) else value for name, value in row.items()}  # type: ignore[call-overload]
    content, title, published = str(values["text"]), values["title"], values["published"]
    values["text"] = content[len(str(title)) + len(TITLE_SEPARATOR) :] if title else content
    values["published"] = published.to_pydatetime() if isinstance(published, pd.Timestamp) else None
    return Article(**values)  # type: ignore[arg-type]
