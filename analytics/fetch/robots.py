"""What a site's robots.txt lets us ask for (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from .addresses import Address, address_of
from .charsets import read_characters
from .client import Answer
from .errors import FetchError, RefusedError, UnreachableError

AGENT = "tellings"  # the name that a site's rules may call us by
LARGEST = 500 << 10  # bytes that are read of robots.txt, as the standard has it
_MOST_LINES = 20_000
_AGENT_LINE = re.compile(r"\s*user-?agent\s*:\s*([^#]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Robots:
    """A site's rules for us. Without `rules` nothing is forbidden; where `closed` says why, everything is."""

    rules: Protego | None = None
    closed: FetchError | None = None

    def allows(self, url: str) -> bool:
        """Whether an address may be asked for."""
        return self.closed is None and (self.rules is None or bool(self.rules.can_fetch(url, AGENT)))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the site asks for; 0 where it asks for nothing."""
        return (self.rules.crawl_delay(AGENT) or 0.0) if self.rules is not None else 0.0

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps that the site names."""
        return list(self.rules.sitemaps) if self.rules is not None else []


def read_robots(address: Address, ask: Callable[[Address], Answer]) -> Robots:
    """The rules of the site of an address, asked for now.

    Where there are none, all is allowed; where the server fails, nothing is, as the standard has it.
    """
    where = address_of(f"{address.origin}/robots.txt")
    try:
        answer = ask(where)
    except RefusedError as error:  # what holds for this address holds for the site's others
        return Robots(closed=error)
    except UnreachableError as error:
        return Robots(closed=UnreachableError(f"may not be asked for: its site's robots.txt {error}"))
    except FetchError:  # 404 and its like: there are no rules
        return Robots()
    text, _ = read_characters(answer.body, answer.content_type)
    return Robots(Protego.parse(_of_us(text)))


def is_robots(address: Address) -> bool:
    """Whether an address is of a robots.txt."""
    return urlsplit(address.url).path == "/robots.txt"


def _of_us(text: str) -> str:
    """Rules with other agents' names made one, so that a file of nothing but names costs no more than another."""
    lines = text.splitlines()[:_MOST_LINES]
    for n, line in enumerate(lines):
        found = _AGENT_LINE.match(line)
        if found and (name := found[1].strip().lower()) != "*" and AGENT not in name:
            lines[n] = "User-agent: another"
    return "\n".join(lines)
