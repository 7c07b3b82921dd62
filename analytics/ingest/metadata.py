"""Outlets and authors as tools and services give them: names, addresses, and lists that a table holds as text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from .domains import registered_domain
from .records import text_of

_LONGEST_WRITTEN = 4_000  # characters of a list or object that is looked at
_WRITTEN = re.compile(r"\[.*\]|\{.*\}", re.DOTALL)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE)


class Outlet(NamedTuple):
    """An outlet's name, or its domain; and the article's address, where that stood in the outlet's place."""

    name: str | None
    url: str | None = None


def outlet_of(values: Iterable[str | None]) -> Outlet:
    """The outlet by the columns that may name it: a name before an address, of which the domain counts.

    >>> outlet_of(["https://harbourpost.example/dam", "Harbour Post"])
    Outlet(name='Harbour Post', url='https://harbourpost.example/dam')
    >>> outlet_of(["https://www.harbourpost.example/"])
    Outlet(name='harbourpost.example', url=None)
    """
    domain: str | None = None
    url: str | None = None
    for value in values:
        name = unwritten(value)
        if name is None:
            continue
        host, has_path = _address(name)
        if host is None:
            return Outlet(name, url)
        if has_path:
            url = url or name
        if "/" not in name:  # a domain is a name, too
            return Outlet(host, url)
        domain = domain or host
    return Outlet(domain, url)


def _address(value: str) -> tuple[str | None, bool]:
    """The domain of an address, and whether the address is of a page in it; no domain where it is a name."""
    written = value.strip()
    if " " in written or len(written) > _LONGEST_WRITTEN:
        return None, False
    try:
        parts = urlsplit(written if "//" in written else f"//{written}")
        host = parts.hostname or ""
    except ValueError:  # brackets that are no address of version 6
        return None, False
    if not _HOST.fullmatch(host) or (parts.scheme and parts.scheme not in ("http", "https")):
        return None, False
    if "/" not in written and written != written.lower():  # "Harbour.com", a name with capitals
        return None, False
    return registered_domain(host), bool(parts.path.strip("/") or parts.query)


def unwritten(value: str | None) -> str | None:
    """A value; where a table holds a list or an object as text, as Python or JSON write it, what it says.

    >>> unwritten("['Ada Brandt', 'Bo Lind']"), unwritten("{'id': None, 'name': 'Harbour Post'}")
    ('Ada Brandt, Bo Lind', 'Harbour Post')
    """
    if not value or len(value) > _LONGEST_WRITTEN or not _WRITTEN.fullmatch(value.strip()):
        return value or None
    try:
        held = ast.literal_eval(re.sub(r"\bnull\b", "None", value.strip()))
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):  # "{{}}" is a set of what no set holds
        return value
    return text_of(held) if isinstance(held, list | dict) else value
