"""From what was given to the articles that will be measured: as they are read, with what a user decided about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from ...article import Article
from ...errors import InputError
from ...ingest import RejectedRecord, read_articles
from ...ingest.dates import DateOrder

Says = tuple[str, str, str]  # outlet, title, text: what makes two records one article


@dataclass(frozen=True)
class Choice:
    """What a user decided about a file: its columns by field, and what holds where an article does not say it."""

    columns: Mapping[str, str] = field(default_factory=dict)
    outlet: str | None = None
    day: date | None = None
    order: DateOrder | None = None
    first_line: bool = False  # is the headline


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The articles that will be measured, and what is left out and why. Every record is in one of them."""

    articles: tuple[Article, ...] = ()
    rejected: tuple[RejectedRecord, ...] = ()
    n_repeated: int = 0  # of the same outlet and with the same words as another, here or in the collection
    n_foreign: int = 0  # in another language than English, as they themselves say
    n_over: int = 0  # more than a collection may hold


def prepare(
    files: Iterable[tuple[Path, Choice]], *, known: Collection[Says] = (), most: int, foreign: bool = False
) -> Prepared:
    """Read files as `tellings score` does. `known` is what a collection says already; `most` how many may be added.

    Articles that say that they are in another language are left out unless `foreign` is set: the measures are made
    for English.
    """
    articles, rejected = list[Article](), list[RejectedRecord]()
    seen = set(known)
    n_repeated = n_foreign = n_over = 0
    for path, choice in files:
        for item in _items(path, choice):
            if isinstance(item, RejectedRecord):
                rejected.append(replace(item, source_file=path.name))
            elif not foreign and is_foreign(item):
                n_foreign += 1
            elif (says := says_of(item)) in seen:
                n_repeated += 1
            elif len(articles) >= most:
                n_over += 1
            else:
                seen.add(says)
                articles.append(item)
    return Prepared(
        articles=tuple(articles), rejected=tuple(rejected), n_repeated=n_repeated, n_foreign=n_foreign, n_over=n_over
    )


def _items(path: Path, choice: Choice) -> Iterable[Article | RejectedRecord]:
    try:
        for item in read_articles(path, columns=choice.columns, date_order=choice.order):
            yield _decided(item, choice) if isinstance(item, Article) else item
    except InputError as error:  # after the last record, where none was an article: all of them are told
        if "no article could be read" not in str(error):
            yield RejectedRecord(source_file=path.name, source_row=None, reason=str(error))


def _decided(article: Article, choice: Choice) -> Article:
    if choice.first_line:
        article = with_headline(article)
    published = article.published
    if published is None and choice.day is not None:
        published = datetime.combine(choice.day, time(), UTC)
    return replace(article, outlet=article.outlet or choice.outlet, published=published)


def with_headline(article: Article) -> Article:
    """An article without a title, its first line taken for it; unchanged where there is but one line."""
    head, _, body = article.text.partition("\n")
    if article.title is not None or not body.strip():
        return article
    return replace(article, title=head.strip(), text=body.strip())


def is_foreign(article: Article) -> bool:
    """Whether an article says that it is in another language than English."""
    said = (article.language or "").strip().lower()
    return bool(said) and not said.startswith("en")


def says_of(article: Article) -> Says:
    """What makes an article the same as another."""
    return article.outlet or "", article.title or "", article.text


def says(record: Mapping[str, Any]) -> Says:
    """The same of a record as a collection has it."""
    return record.get("outlet") or "", record.get("title") or "", record.get("text") or ""


def record_of(article: Article) -> dict[str, Any]:
    """An article as a collection has it, with names that reading knows."""
    return {
        "title": article.title,
        "text": article.text,
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "author": article.author,
        "url": article.url,
        "language": article.language,
        "added_from": Path(article.source_file).name if article.source_file else None,
        "added_row": article.source_row,
    }
