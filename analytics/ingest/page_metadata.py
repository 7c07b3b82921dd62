"""What a web page says about itself in its head and its structured data (JSON-LD): dates, language, paywall, feeds.

A date is taken only where the page gives one as its own (metadata, structured data, its address or a marked time).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from .dates import read_date

_DATES = (  # in the order in which they are believed
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "pubdate",
    "date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "cxenseparse:recs:publishtime",
)
_SUREST = 3  # of these; structured data comes next
_NAMES_OF_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_DEEPEST = 12  # objects inside each other, in structured data
_LONGEST_DATA = 1 << 20  # characters of structured data that are looked at


@dataclass(frozen=True, kw_only=True)
class PageMetadata:
    """What a page says about itself. Dates are ISO 8601, in UTC."""

    published: str | None = None
    modified: str | None = None
    language: str | None = None
    is_paid: bool = False
    feeds: tuple[str, ...] = ()


def page_metadata(source: str, *, also: str | None = None) -> PageMetadata:
    """What a page says about itself; `also` is a date that was found otherwise, and is believed last.

    >>> page = '<html lang="en"><meta property="article:published_time" content="2031-01-06T10:15:00+01:00"></html>'
    >>> page_metadata(page).published, page_metadata(page).language
    ('2031-01-06T09:15:00+00:00', 'en')
    """
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, html.etree.LxmlError):
        return PageMetadata(published=_date([also]))
    metas, data = _metas(tree), list(_structured(tree))
    stated = [*(metas.get(name) for name in _DATES[:_SUREST]), *_values(data, "datePublished")]
    return PageMetadata(
        published=_date([*stated, *(metas.get(name) for name in _DATES), also]),
        modified=_date([metas.get("article:modified_time"), *_values(data, "dateModified")]),
        language=" ".join((tree.get("lang") or "").split())[:100] or None,
        is_paid=any(str(each.get("isAccessibleForFree")).lower() == "false" for each in data),
        feeds=tuple(_feeds(tree)),
    )


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if meta.get("content"):
            found.setdefault(name.strip().lower(), meta.get("content"))
    return found


def _structured(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        written = script.text_content()
        if len(written) > _LONGEST_DATA:
            continue
        try:
            yield from _objects(json.loads(written, strict=False))
        except (ValueError, RecursionError):
            continue


def _objects(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _objects(each, depth + 1)


def _values(data: list[dict[str, Any]], name: str) -> list[str]:
    return [each[name] for each in data if isinstance(each.get(name), str)]


def _date(values: list[str | None]) -> str | None:
    for value in values:
        if value and (published := read_date(value).published) is not None:
            return published.isoformat()
    return None


def _feeds(tree: Any) -> Iterator[str]:
    """The feeds that a page names."""
    links = [link for link in tree.iter("link") if (link.get("type") or "").strip().lower() in _NAMES_OF_FEEDS]
    yield from list(dict.fromkeys(str(link.get("href"))[:200] for link in links if link.get("href")))[:3]
