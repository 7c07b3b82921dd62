"""What an address may look like, and when two are one page."""

from __future__ import annotations

import re
from contextlib import suppress
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from .errors import RefusedError

SCHEMES = {"http": 80, "https": 443}
_LONGEST = 2_000  # characters
_ODD = re.compile(r"[\x00-\x20\x7f\\\u2028\u2029]")  # two programs may read such an address as two hosts
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?")
_OF_THE_WAY = re.compile(  # parameters that tell from where a reader came, and not which page it is
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|at_(?:medium|campaign|custom\d|link\w*)|ns_(?:mchannel|source"
    r"|campaign|linkname|fee)|cmpid|ito|smid|smtyp|ocid|xtor|__twitter_impression",
    re.IGNORECASE,
)
_SAFE = "/%:@!$&'()*+,;=~-._"


class Address(NamedTuple):
    """An http or https address that was found to be in order."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Scheme, host and port: what robots.txt and the delay between requests are for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == SCHEMES[self.scheme] else f":{self.port}")


def address_of(text: str, *, base: str | None = None) -> Address:
    """An address as it will be asked for: host in ASCII, no fragment. `base` is where a relative one was found.

    Raises RefusedError for anything but http and https, for credentials, for an odd host or port.

    >>> address_of("https://Harbour.example/dam?page=2#comments").url
    'https://harbour.example/dam?page=2'
    >>> address_of("file:///etc/passwd")
    Traceback (most recent call last):
    analytics.fetch.errors.RefusedError: is no web address: file
    """
    text = text.strip()
    if len(text) > _LONGEST:
        raise RefusedError(f"is no web address: longer than {_LONGEST:,} characters")
    if _ODD.search(text):
        raise RefusedError("is no web address: it holds spaces, backslashes or control characters")
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        port, host = parts.port, (parts.hostname or "")
    except ValueError as error:
        raise RefusedError(f"is no web address: {error}") from None
    if parts.scheme not in SCHEMES:
        raise RefusedError(f"is no web address: {parts.scheme[:20] or 'it does not begin with http:// or https://'}")
    if "@" in parts.netloc:
        raise RefusedError("holds a user name or password")
    host = _host(host)
    if port == 0:
        raise RefusedError("is no web address: port 0")
    address = Address("", parts.scheme, host, port or SCHEMES[parts.scheme])
    query = f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
    return address._replace(url=f"{address.origin}{quote(parts.path or '/', safe=_SAFE)}{query}")


def _host(host: str) -> str:
    """A host name in ASCII, or an address in its one spelling."""
    if "%" in host:  # a zone of an address of version 6, or an escape
        raise RefusedError("is no web address: its host is no name")
    with suppress(ValueError):
        return str(ip_address(host))
    try:
        host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise RefusedError("is no web address: its host is no name") from None
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise RefusedError("is no web address: its host is no name")
    return host.rstrip(".")


def page_of(url: str) -> str:
    """The page that an address is of: without parameters that only tell from where a reader came.

    >>> page_of("https://harbour.example/dam?id=7&utm_source=feed")
    'https://harbour.example/dam?id=7'
    """
    head, mark, query = url.partition("?")
    if not mark:
        return url
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _OF_THE_WAY.fullmatch(pair[0])]
    if len(kept) == len(pairs):
        return url
    return f"{head}?{urlencode(kept)}" if kept else head
