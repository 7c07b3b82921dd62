"""Asking for an address: redirects followed by hand, each checked like the first, within limits of time and size."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from typing import NamedTuple

import httpcore

from .addresses import Address, address_of
from .bodies import ENCODINGS, read_body, too_large
from .connections import Connect, Deadline, PinnedBackend, connected
from .errors import FetchError, RefusedError, UnreachableError
from .reach import Reach

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PASSING = frozenset((408, 425, 429, *range(500, 600)))
NOT_MODIFIED = 304
Turn = Callable[[Address], None]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one address may take."""

    bytes: int = 16 << 20  # of a body, packed and unpacked
    seconds: float = 30.0  # from the first look-up of a name to the last byte, over redirects too; waiting not counted
    redirects: int = 8


class Answer(NamedTuple):
    """What was sent for an address. Names of headers are in lower case."""

    address: Address  # of the last redirect
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


def user_agent(contact: str | None = None) -> str:
    """How Tellings names itself to servers. `contact` is an address at which its user can be asked to stop."""
    about = f" ({contact})" if contact else ""
    return f"Tellings/{version('tellings')}{about}"


@cache
def _trusted() -> ssl.SSLContext:
    """Certificates by the authorities that certifi and the system trust; making it takes a moment."""
    return httpcore.default_ssl_context()


@dataclass(frozen=True, kw_only=True)
class Client:
    """Asks for addresses within a reach and limits. `connect` makes a connection to an address that was checked.

    There are no cookies, no credentials, no proxies and no scripts; nothing of an answer but its bytes is used.
    """

    reach: Reach = field(default_factory=Reach)
    limits: Limits = field(default_factory=Limits)
    agent: str = field(default_factory=user_agent)
    connect: Connect = field(default=connected, repr=False)
    context: ssl.SSLContext = field(default_factory=_trusted, repr=False)

    def get(
        self,
        address: Address,
        *,
        headers: Mapping[str, str] | None = None,
        limit: int | None = None,
        turn: Turn | None = None,
        led_from: Address | None = None,
    ) -> Answer:
        """The answer of an address, after redirects.

        `turn` is called before each request, to wait or to refuse; `led_from` is where the address was found. Raises
        RefusedError where an address or its answer breaks a limit, UnreachableError where it may answer another time,
        FetchError for any other answer but 200, 203 and 304.
        """
        deadline, seen = Deadline(self.limits.seconds), set[str]()
        while True:
            self.reach.check(address, led_from=led_from)
            if address.url in seen:
                raise RefusedError("leads in circles")
            if len(seen) > self.limits.redirects:
                raise RefusedError(f"leads on more than {self.limits.redirects} times")
            seen.add(address.url)
            if turn is not None:
                deadline.pause()
                turn(address)
                deadline.go_on()
            answer = self._once(address, headers or {}, limit or self.limits.bytes, deadline)
            if answer.status not in _REDIRECTS:
                return _in_order(answer)
            led_from, address = address, _led_to(answer)

    def _once(self, address: Address, headers: Mapping[str, str], limit: int, deadline: Deadline) -> Answer:
        backend = PinnedBackend(address, reach=self.reach, deadline=deadline, connect=self.connect)
        url = httpcore.URL(
            scheme=address.scheme, host=address.host, port=address.port, target=_target(address).encode()
        )
        sent = {
            "Host": address.origin.partition("://")[2],
            "User-Agent": self.agent,
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": ENCODINGS,
            "Connection": "close",
            **headers,
        }
        pairs = [(name.encode(), value.encode("latin-1", "ignore")) for name, value in sent.items()]
        pool = httpcore.ConnectionPool(network_backend=backend, ssl_context=self.context, max_connections=1)
        with _told(), pool, pool.stream("GET", url, headers=pairs) as response:
            received = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            status = response.status
            body = b""
            if status in (200, 203):
                if (told := received.get("content-length", "")).isdigit() and int(told[:20]) > limit:
                    raise too_large(limit)
                body = read_body(response.iter_stream(), received.get("content-encoding", ""), limit=limit)
            return Answer(address, status, received, body)


@contextmanager
def _told() -> Iterator[None]:
    """What can go wrong on a connection, in plain words."""
    try:
        yield
    except httpcore.TimeoutException:
        raise UnreachableError("took too long") from None
    except httpcore.ConnectError as error:
        what = "a certificate that cannot be trusted" if "CERTIFICATE" in str(error).upper() else "no connection"
        raise UnreachableError(f"gave {what}") from None
    except httpcore.ProtocolError:
        raise UnreachableError("ends in the middle, or is no answer of a web server") from None
    except (httpcore.NetworkError, OSError):
        raise UnreachableError("broke off") from None


def _target(address: Address) -> str:
    return address.url[len(address.origin) :]


def _led_to(answer: Answer) -> Address:
    where = answer.headers.get("location")
    if not where:
        raise FetchError("leads on without saying where to")
    # Servers send names beyond ASCII as bytes of UTF-8, or of Latin-1.
    raw = where.encode("latin-1", "replace")
    with suppress(UnicodeDecodeError):
        where = raw.decode("utf-8")
    try:
        return address_of(where.replace(" ", "%20"), base=answer.address.url)
    except RefusedError as error:
        raise RefusedError(f"leads to what {error}") from None


def _in_order(answer: Answer) -> Answer:
    status = answer.status
    if status in (200, 203, NOT_MODIFIED):
        return answer
    if status in _PASSING:
        raise UnreachableError(f"is not served at present: status {status}", wait=_wait(answer.headers))
    if status in (404, 410):
        raise FetchError(f"is not there: status {status}")
    raise FetchError(f"is not given to us: status {status}")


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that a server asks to wait, which it may give as a date."""
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        return max((parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return None
