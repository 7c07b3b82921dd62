"""An article out of a web page: text, title, author and outlet by trafilatura, dates by what the page says of them.

A date is taken only where the page gives one as its own (metadata, structured data, its address or a marked time).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from ..ingest.dates import read_date
from ..ingest.placeholders import placeholder

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
_NAMES_OF_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_DEEPEST = 12  # objects inside each other, in structured data
_LONGEST_DATA = 1 << 20  # characters of structured data that are looked at
_FEWEST_WORDS = 15
_PAYWALL = "behind a paywall: perhaps only its beginning"


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
    try:
        tree = html.document_fromstring(source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, html.etree.LxmlError):
        return Page(reason="no page: nothing that can be read")
    if not urlsplit(url).path.strip("/") and not urlsplit(url).query:
        return Page(reason=f"no article: a home page{_feeds(tree)}")
    found = _extracted(source, url)
    text = _paragraphs(found.get("text") or "", found.get("title"))
    if len(text.split()) < _FEWEST_WORDS:
        return Page(reason=f"no article: hardly any text in the page{_feeds(tree)}")
    if why := placeholder(text):
        return Page(reason=why)
    data = list(_structured(tree))
    metas = _metas(tree)
    return Page(
        text=text,
        title=_line(found.get("title")),
        published=_date([*(metas.get(name) for name in _DATES[:3]), *_values(data, "datePublished")])
        or _date([*(metas.get(name) for name in _DATES), found.get("date")]),
        modified=_date([metas.get("article:modified_time"), *_values(data, "dateModified")]),
        outlet=_line(found.get("sitename")),
        author=_line(found.get("author")),
        language=_line(tree.get("lang")) or _line(found.get("language")),
        doubts=(_PAYWALL,) if _is_paid(data) else (),
    )


def _extracted(source: str, url: str) -> dict[str, Any]:
    from trafilatura import bare_extraction

    found = bare_extraction(
        source,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None:
        return {}
    return found if isinstance(found, dict) else dict(found.as_dict())


def _paragraphs(text: str, title: str | None) -> str:
    """The body, a blank line between paragraphs, without the headline that a page shows above it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and title and lines[0].casefold() == title.strip().casefold():
        del lines[0]
    return "\n\n".join(lines)


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


def _is_paid(data: list[dict[str, Any]]) -> bool:
    return any(str(each.get("isAccessibleForFree")).lower() == "false" for each in data)


def _date(values: list[str | None]) -> str | None:
    for value in values:
        if value and isinstance(published := read_date(value).published, datetime):
            return published.isoformat()
    return None


def _feeds(tree: Any) -> str:
    """The feeds that a page names, for a message."""
    links = [link for link in tree.iter("link") if (link.get("type") or "").strip().lower() in _NAMES_OF_FEEDS]
    found = list(dict.fromkeys(link.get("href") for link in links if link.get("href")))[:3]
    return f"; its feeds: {', '.join(str(each)[:200] for each in found)}" if found else ""


def _line(value: object) -> str | None:
    return " ".join(str(value).split())[:1_000] or None if value else None
