"""What a web page says: the article's text, title, date, author and outlet, by trafilatura (Barbaresi 2021, ACL).

Menus, related articles, tables and comments are left out. The date is one that the page states about itself, never one
that is only found in its text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .encodings import text_of_bytes
from .limits import MOST_PAGE_BYTES, MOST_PAGE_CHARACTERS
from .page_metadata import page_metadata
from .records import UnreadableError

_DATES = {"original_date": True, "extensive_search": False}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 1 << 14
_FEWEST_WORDS = 5  # of an article; what a page without one has is a button or two
_SILENT_BEGINS = re.compile(r"<(script|style|svg|noscript)\b([^>]{0,1000})>", re.IGNORECASE)
_METADATA = "ld+json"  # a script in which a page says who wrote it, and when
_PAYWALL = "behind a paywall: perhaps only its beginning"


class NoArticleError(UnreadableError):
    """A page has no text that could be an article."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """An article as a page shows it: `text` with a blank line between paragraphs; and what it says about it."""

    text: str
    fields: Mapping[str, str]  # title, published, author, outlet, url, language, as far as the page tells them
    site: str | None = None  # the outlet by its own name, and not only by its address
    modified: str | None = None  # ISO 8601, UTC
    doubts: tuple[str, ...] = ()


def read_page(html: str, *, url: str | None = None) -> Page:
    """The article on a web page. Raises UnreadableError where there is none, or the page is far too long.

    >>> words = "<p>The council approved the harbour wall on Monday, Ada Brandt said.</p>" * 8
    >>> head = "<title>Council backs wall</title><meta property='og:site_name' content='Harbour Post'>"
    >>> page = read_page(f"<html><head>{head}</head><body><nav>Home</nav><article>{words}</article></body></html>")
    >>> page.fields["title"], page.fields["outlet"], page.text[:11]
    ('Council backs wall', 'Harbour Post', 'The council')
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    html = without_scripts(html)
    if len(html) > MOST_PAGE_CHARACTERS:
        raise UnreadableError(f"is too long a web page: {len(html):,} characters without its scripts")
    found = bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=dict(_DATES),
    )
    text = _paragraphs(found.text or "", found.title) if isinstance(found, Document) else ""
    if not isinstance(found, Document) or len(text.split()) < _FEWEST_WORDS:
        raise NoArticleError("is a web page on which no article can be told")
    said = page_metadata(html, also=found.date)
    fields = {
        "title": found.title,
        "published": said.published,
        "author": found.author,
        "outlet": found.sitename or found.hostname,
        "url": found.url or url,
        "language": said.language or found.language,
    }
    return Page(
        text=text,
        fields={name: str(value) for name, value in fields.items() if value},
        site=" ".join(found.sitename.split()) or None if found.sitename else None,
        modified=said.modified,
        doubts=(_PAYWALL,) if said.is_paid else (),
    )


def _paragraphs(text: str, title: str | None) -> str:
    """The body, a blank line between paragraphs, without the headline that a page shows above it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and title and lines[0].casefold() == title.strip().casefold():
        del lines[0]
    return "\n\n".join(lines)


def decoded(data: bytes, *, charset: str | None = None, most: int = MOST_PAGE_BYTES) -> str:
    """A page's bytes as text: by its byte order mark, what the server said, what it says itself, or what fits.

    Raises UnreadableError where there are too many.

    >>> decoded("<meta charset=iso-8859-1>Café".encode("latin-1"))
    '<meta charset=iso-8859-1>Café'
    """
    if len(data) > most:
        raise UnreadableError(f"is too large a web page ({len(data):,} bytes)")
    own = _XML_CHARSET.match(data) or _CHARSET.search(data, 0, _HEAD_BYTES)
    return text_of_bytes(data, [charset, own[1].decode("ascii") if own else None])


def without_scripts(html: str) -> str:
    """A page without scripts, styles and drawings, but with those in which it tells its metadata."""
    pieces, at, lower, unclosed = [], 0, html.lower(), set[str]()
    if len(lower) != len(html):  # a few letters have lower cases of two signs
        lower = html
    for begin in _SILENT_BEGINS.finditer(html):
        name = begin[1].lower()
        if begin.start() < at or _METADATA in begin[2].lower() or name in unclosed:
            continue
        end = lower.find(f"</{name}", begin.end())
        if end < 0:  # one that is never closed hides nothing
            unclosed.add(name)
            continue
        pieces.append(html[at : begin.start()])
        close = html.find(">", end)
        at = close + 1 if close >= 0 else len(html)
    return "".join([*pieces, html[at:]])
