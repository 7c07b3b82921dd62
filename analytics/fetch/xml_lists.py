"""Addresses in RSS (0.9 to 2.0), Atom (0.3, 1.0), OPML and sitemaps.

Nothing outside of a document is read, none of its own entities is expanded, and what is malformed is read as far as it
goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from .errors import RefusedError
from .listed import Listed, Listing

_LONGEST = 100_000  # addresses of one list
_ENTITIES = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_TAG = re.compile(r"<(!?[\w.:-]+)")
_BEFORE = (("<!--", "-->"), ("<?", "?>"), ("<!doctype", ">"))
_HEAD = 65_536  # characters in which the first tag must stand
_KINDS = {"rss": "feed", "rdf": "feed", "feed": "feed", "opml": "opml", "urlset": "sitemap", "sitemapindex": "sitemaps"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def kind_of(text: str) -> str | None:
    """Which kind of list a text is by its first tag: feed, opml, sitemap or sitemaps; None where it is none.

    >>> kind_of('<?xml version="1.0"?><rss version="2.0">'), kind_of("<html>")
    ('feed', None)
    """
    return _KINDS.get(first_tag(text).rpartition(":")[2])


def first_tag(text: str) -> str:
    """The name of a document's first tag, in lower case, after declarations and comments; nothing where there is none.

    >>> first_tag("<!DOCTYPE html><!-- a page --><HTML lang='en'>")
    'html'
    """
    head, at = text[:_HEAD].lstrip("\ufeff"), 0
    while True:
        at = _past_spaces(head, at)
        beginning = head[at : at + 9].lower()
        end = next((end for begin, end in _BEFORE if beginning.startswith(begin)), None)
        if end is None:
            found = _TAG.match(head, at)
            return found[1].lower() if found else ""
        if end == ">" and "[" in head[at : max(head.find(">", at), at)]:  # with definitions inside
            end = "]>"
        after = head.find(end, at)
        if after < 0:
            return ""
        at = after + len(end)


def _past_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def read_xml(text: str) -> Listing | None:
    """The addresses of a feed, an outline or a sitemap; None where a text is none of these.

    Raises RefusedError for a document that defines entities, as bombs do.
    """
    kind = kind_of(text)
    if kind is None:
        return None
    if _ENTITIES.search(text):
        raise RefusedError("defines entities of its own, which are not read")
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(_DECLARATION.sub("", text, count=1).lstrip().encode("utf-8", "replace"), parser)
    if root is None:
        return None
    items: list[Listed] = []
    for listed in _READERS[kind](root):
        items.append(listed)
        if len(items) >= _LONGEST:
            break
    return Listing(kind, tuple(items))


def _feed(root: Any) -> Iterator[Listed]:
    outlet = _text(next((child for child in _within(root, "channel") or [root]), root), "title")
    for item in root.iter():
        if _name(item) in ("item", "entry"):
            url = _link(item)
            if url:
                published = _text(item, "pubdate", "published", "date", "issued", "created", "updated", "modified")
                yield Listed(url, title=_text(item, "title"), published=published, feed=outlet)


def _link(item: Any) -> str | None:
    """The address of a feed's entry: its link to a page, or an identifier that is one."""
    links = [child for child in item if _name(child) == "link"]
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href")).strip()
        if link.text and link.text.strip():
            return str(link.text).strip()
    for child in item:
        if _name(child) in ("origlink", "guid", "id") and (child.text or "").strip().startswith(
            ("http://", "https://")
        ):
            return str(child.text).strip()
    about = next((value for key, value in item.attrib.items() if key.rpartition("}")[2] == "about"), "")
    return about.strip() or None


def _opml(root: Any) -> Iterator[Listed]:
    for outline in root.iter():
        if _name(outline) == "outline":
            keys = {key.lower(): value for key, value in outline.attrib.items()}
            if url := (keys.get("xmlurl") or "").strip():
                yield Listed(url, title=keys.get("title") or keys.get("text"), is_list=True)
            elif keys.get("type", "").lower() in ("link", "include") and (url := (keys.get("url") or "").strip()):
                yield Listed(url, title=keys.get("text"), is_list=keys["type"].lower() == "include")


def _sitemap(root: Any) -> Iterator[Listed]:
    for entry in root.iter():
        if _name(entry) == "url" and (url := _text(entry, "loc")):
            news = _within(entry, "news")
            first = news[0] if news else entry
            published = _text(first, "publication_date") or _text(entry, "lastmod")
            yield Listed(url, title=_text(first, "title"), published=published, is_news=bool(news))


def _sitemaps(root: Any) -> Iterator[Listed]:
    for entry in root.iter():
        if _name(entry) == "sitemap" and (url := _text(entry, "loc")):
            yield Listed(url, published=_text(entry, "lastmod"), is_list=True)


_READERS = {"feed": _feed, "opml": _opml, "sitemap": _sitemap, "sitemaps": _sitemaps}


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _within(element: Any, name: str) -> list[Any]:
    return [child for child in element if _name(child) == name]


def _text(element: Any, *names: str) -> str | None:
    """The text of the first child with one of these names, in the order of the names."""
    for name in names:
        for child in _within(element, name):
            if text := " ".join("".join(child.itertext()).split()):
                return text
    return None
