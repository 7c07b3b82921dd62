"""The characters of a page: by its bytes first, since what servers and pages say of them is often wrong."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_IN_PAGE = re.compile(rb"(?:charset\s*=\s*[\"']?|<\?xml[^>]{0,100}encoding\s*=\s*[\"'])([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page must say its encoding
_SAMPLE = 1 << 17
# Python knows more that a page may name, and some of them are no text or may hide markup (UTF-7).
_KNOWN = re.compile(
    r"utf-(?:8|16|16-le|16-be|32)|iso8859-\d{1,2}|cp125\d|cp874|cp932|cp949|koi8-[ru]|mac-roman|gbk|gb18030|gb2312|big5"
    r"|big5hkscs|euc_jp|euc_kr|shift_jis|iso2022_jp"
)
_AS_BROWSERS_DO = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}


def read_characters(body: bytes, content_type: str = "") -> tuple[str, str | None]:
    """A body as text, and a doubt about it where it was not in the encoding that it was said to be in.

    >>> read_characters("It isn’t.".encode("cp1252"), "text/html; charset=utf-8")
    ('It isn’t.', 'encoding said to be utf-8, read as cp1252')
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace"), None
    said = [name for name in _said(body, content_type) if name]
    if not body.isascii() and _decoded(body, "utf-8") is not None:
        said_other = bool(said) and said[0] not in ("utf-8", "utf-8-sig")
        return body.decode("utf-8"), f"encoding said to be {said[0]}, read as utf-8" if said_other else None
    for name in said:
        if (text := _decoded(body, name)) is not None:
            return text, None if name == said[0] else f"encoding said to be {said[0]}, read as {name}"
    text, name = _guessed(body)
    return text, f"encoding said to be {said[0]}, read as {name}" if said and said[0] != name else None


def _said(body: bytes, content_type: str) -> list[str | None]:
    header = _IN_HEADER.search(content_type)
    page = _IN_PAGE.search(body[:_HEAD])
    return [_known(header[1]) if header else None, _known(page[1].decode("ascii", "replace")) if page else None]


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = _AS_BROWSERS_DO.get(found, found)
    return found if _KNOWN.fullmatch(found) else None


def _decoded(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, ValueError):
        return None


def _guessed(body: bytes) -> tuple[str, str]:
    if (text := _decoded(body, "cp1252")) is not None:
        return text, "cp1252"
    best = charset_normalizer.from_bytes(body[:_SAMPLE]).best()
    name = best.encoding if best is not None else "cp1252"
    return body.decode(name, "replace"), name
