"""An article out of a page that was fetched, or why it is none."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from ..ingest import pages
from ..ingest.page_metadata import page_metadata
from ..ingest.placeholders import placeholder
from ..ingest.records import UnreadableError

_FEWEST_WORDS = 15


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page holds. `reason` says why it is no article; None where it is one."""

    text: str = ""
    title: str | None = None
    published: str | None = None  # ISO 8601, UTC
    modified: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    doubts: tuple[str, ...] = ()
    reason: str | None = None


def read_page(source: str, url: str) -> Page:
    """The article of a page, by its source and address."""
    if not source.strip():
        return Page(reason="no page: nothing that can be read")
    if not urlsplit(url).path.strip("/") and not urlsplit(url).query:
        return Page(reason=f"no article: a home page{_feeds(source)}")
    try:
        found = pages.read_page(source, url=url)
    except UnreadableError as error:
        told = "hardly any text in the page" if isinstance(error, pages.NoArticleError) else str(error)
        return Page(reason=f"no article: {told}{_feeds(source)}")
    if len(found.text.split()) < _FEWEST_WORDS:
        return Page(reason=f"no article: hardly any text in the page{_feeds(source)}")
    if why := placeholder(found.text):
        return Page(reason=why)
    fields = {name: _line(value) for name, value in found.fields.items()}
    return Page(
        text=found.text,
        title=fields.get("title"),
        published=fields.get("published"),
        modified=found.modified,
        outlet=found.site,
        author=fields.get("author"),
        language=fields.get("language"),
        doubts=found.doubts,
    )


def _feeds(source: str) -> str:
    """The feeds that a page names, for a message."""
    found = page_metadata(source).feeds
    return f"; its feeds: {', '.join(found)}" if found else ""


def _line(value: str) -> str | None:
    return " ".join(value.split())[:1_000] or None
