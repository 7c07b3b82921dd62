"""What a list of addresses says: addresses, and what it tells of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """An address as a list has it. What else the list says fills in where the page itself says nothing."""

    url: str
    title: str | None = None
    published: str | None = None  # as written
    outlet: str | None = None
    feed: str | None = None  # the title of the feed that it stood in
    is_list: bool = False  # of a feed or sitemap, not of a page
    is_news: bool = False  # a sitemap marks it as news


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that was read: its kind, and its addresses in order."""

    kind: str
    items: tuple[Listed, ...]
