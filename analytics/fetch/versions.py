"""What an outlet changed after publication: pages with more than one version, and the versions as articles."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from ..article import Article
from ..errors import InputError
from ..ingest.dates import read_date
from ..ingest.normalise import normalise
from .addresses import address_of, page_of
from .folder import VERSIONS, FetchFolder


class Version(NamedTuple):
    """One version of a page, as an article, and when it was fetched."""

    number: int
    fetched: datetime
    article: Article


class ChangedPage(NamedTuple):
    """A page with more than one version."""

    url: str
    title: str | None
    n_versions: int
    first: datetime
    last: datetime


def changed_pages(folder: str | Path) -> list[ChangedPage]:
    """The pages of a folder that `fetch` wrote that have more than one version, the last changed first.

    Raises InputError where `fetch` wrote no such folder.
    """
    fetched = _opened(folder)
    found = []
    for url, versions in fetched.pages.items():
        if versions.number > 1:
            records = fetched.versions_of(url)
            first, last = (_fetched(record) for record in (records[0], records[-1]))
            found.append(ChangedPage(url, records[-1].get("title"), versions.number, first, last))
    return sorted(found, key=lambda page: page.last, reverse=True)


def versions_of(folder: str | Path, address: str) -> list[Version]:
    """The versions of a page, oldest first. `address` is that of the page, or one that led to it.

    Raises InputError where the folder holds no such page.
    """
    fetched = _opened(folder)
    url = page_of(address_of(address).url)
    if url not in fetched.pages and url in fetched.known:
        url = fetched.known[url].page or url
    if url not in fetched.pages:
        raise InputError(f"{folder} holds no page of {address}; without an address, the pages that changed are listed")
    return [_version(record) for record in fetched.versions_of(url)]


def _opened(folder: str | Path) -> FetchFolder:
    if not (Path(folder) / VERSIONS).is_file():
        raise InputError(f"{folder} holds nothing that tellings fetch has fetched")
    return FetchFolder(Path(folder))


def _fetched(record: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(record["fetched"])


def _version(record: dict[str, Any]) -> Version:
    title = " ".join(normalise(record.get("title") or "").split()) or None
    article = Article(
        article_id=f"version-{record['version']}",
        text=normalise(record["text"]),
        title=title,
        outlet=record.get("outlet"),
        published=read_date(record.get("published") or "").published,
        url=record["url"],
        author=record.get("author"),
        language=record.get("language"),
    )
    return Version(int(record["version"]), _fetched(record), article)
