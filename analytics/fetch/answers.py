"""What an answer holds: a page, or a list of addresses."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from protego import Protego

from .charsets import read_characters
from .client import Answer
from .errors import FetchError
from .file_lists import read_packed, read_text_list
from .listed import Listed
from .robots import is_robots
from .xml_lists import first_tag, kind_of, read_xml

_TAGS = frozenset(("html", "head", "body", "article", "div", "p", "meta", "title", "main", "section"))
_PAGES = ("text/html", "application/xhtml+xml")
_NO_TEXT = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip", "application/javascript")
_SUFFIXES = {"application/json": ".json", "application/feed+json": ".json", "text/csv": ".csv"}


@dataclass(frozen=True)
class Content:
    """A page's source, or the addresses of a list; and a doubt about its encoding."""

    text: str = ""
    items: tuple[Listed, ...] | None = None
    doubt: str | None = None


def content_of(answer: Answer, *, may_be_list: bool) -> Content:
    """What an answer holds, by its bytes before what its server says of them.

    Raises FetchError where it is neither page nor list, or a list where only a page may be.
    """
    kind = answer.content_type.partition(";")[0].strip().lower()
    body = read_packed(answer.body)
    if kind.startswith(_NO_TEXT) or body.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise FetchError(f"is no web page: {kind[:60] or 'other data'}")
    if not body.strip():
        raise FetchError("is empty")
    text, doubt = read_characters(body, answer.content_type)
    if kind_of(text) is not None:
        if not may_be_list:
            raise FetchError("is a list of addresses where a page was expected")
        found = read_xml(text)
        if found is None:
            raise FetchError("is no feed or sitemap that can be read")
        return Content(items=found.items, doubt=doubt)
    if kind in _PAGES or first_tag(text) in _TAGS:
        return Content(text=text, doubt=doubt)
    if may_be_list:
        if is_robots(answer.address):
            return Content(items=tuple(Listed(url, is_list=True) for url in Protego.parse(text).sitemaps))
        if items := _listed(body, text, kind):
            return Content(items=items, doubt=doubt)
    raise FetchError(f"is no web page: {kind[:60] or 'other data'}")


def _listed(body: bytes, text: str, kind: str) -> tuple[Listed, ...]:
    """The addresses of a table, of JSON or of lines, read as a file is."""
    with tempfile.TemporaryDirectory(prefix="tellings-") as folder:
        path = Path(folder, f"list{_SUFFIXES.get(kind, '.txt')}")
        path.write_bytes(body)
        found = read_text_list(text, path)
    return found.items if found is not None else ()
