"""One request at a time to each site, with a pause after it, and only where its robots.txt allows it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .addresses import Address
from .client import Answer
from .errors import FetchError, RefusedError, UnreachableError
from .robots import Robots, is_robots, read_robots

_MOST_FAILURES = 5
LONGEST_PAUSE = 120.0  # seconds between two requests; a site that asks for more is left for another day


class StoppedFetchingError(FetchError):
    """The run is ending: nothing more is asked for."""

    passing = True


@dataclass
class _Site:
    lock: threading.Lock = field(default_factory=threading.Lock)
    robots: Robots | None = None
    next_at: float = 0.0
    put_off: str | None = None
    failures: int = 0  # in a row


class Hosts:
    """The sites of a run. `ask` gets an answer without waiting for a turn; `delay` is in seconds."""

    def __init__(
        self,
        ask: Callable[[Address], Answer],
        *,
        delay: float,
        stop: threading.Event | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask, self._delay, self._clock = ask, delay, clock
        self._stop = stop or threading.Event()
        self._sites: dict[str, _Site] = {}
        self._lock = threading.Lock()

    def turn(self, address: Address) -> None:
        """Wait until an address may be asked for. Raises RefusedError where its site forbids it."""
        site = self._site(address)
        with site.lock:
            if site.put_off:
                raise UnreachableError(site.put_off)
            self._wait(site.next_at)
            if site.robots is None:
                site.robots = read_robots(address, self._ask)
                self._pause(site, self._wanted(site.robots))
                if site.robots.closed is None and not site.put_off:
                    self._wait(site.next_at)
            if site.put_off:
                raise UnreachableError(site.put_off)
            if site.robots.closed:
                raise site.robots.closed
            if not is_robots(address) and not site.robots.allows(address.url):
                raise RefusedError("is closed to programs by its site's robots.txt")
            self._pause(site, self._wanted(site.robots))

    def next_at(self, origin: str) -> float:
        """When a site may be asked again, by the clock; 0 where it was not asked yet, or is not asked any more."""
        with self._lock:
            site = self._sites.get(origin)
        return site.next_at if site is not None and not site.put_off else 0.0

    def asked_to_wait(self, address: Address, seconds: float) -> None:
        """A site answered that it is asked too often: give it the time that it wants."""
        self._pause(self._site(address), seconds)

    def answered(self, address: Address, *, well: bool) -> None:
        """A site gave an answer, or failed to; one that fails again and again is left for another day."""
        site = self._site(address)
        site.failures = 0 if well else site.failures + 1
        if site.failures >= _MOST_FAILURES:
            site.put_off = site.put_off or f"is put off: its site failed {_MOST_FAILURES} times in a row"

    def _site(self, address: Address) -> _Site:
        with self._lock:
            return self._sites.setdefault(address.origin, _Site())

    def _wanted(self, robots: Robots) -> float:
        return max(self._delay, robots.delay)

    def _pause(self, site: _Site, seconds: float) -> None:
        if seconds > LONGEST_PAUSE:
            site.put_off = f"is put off: its site asks for {seconds:,.0f} seconds between two requests"
        site.next_at = max(site.next_at, self._clock() + seconds)

    def _wait(self, until: float) -> None:
        if self._stop.wait(max(until - self._clock(), 0.0)):
            raise StoppedFetchingError("is left for the next run")
