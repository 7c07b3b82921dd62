"""Which address is next: of the sites that may be asked again, the one that waited longest; each by one at a time."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

Task = TypeVar("Task")
_LONGEST_NAP = 0.5  # seconds, after which a stop is noticed


class Schedule(Generic[Task]):
    """Tasks by the site that they are of, taken by several threads."""

    def __init__(
        self, next_at: Callable[[str], float], *, stop: threading.Event, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._next_at, self._stop, self._clock = next_at, stop, clock
        self._waiting: dict[str, deque[Task]] = {}
        self._busy: set[str] = set()
        self._changed = threading.Condition()

    def put(self, site: str, task: Task) -> None:
        """Add a task to those of a site."""
        with self._changed:
            self._waiting.setdefault(site, deque()).append(task)
            self._changed.notify()

    def take(self) -> tuple[str, Task] | None:
        """The next task, as soon as its site may be asked; None when all are done or the run is stopped."""
        with self._changed:
            while not self._stop.is_set():
                if not self._waiting and not self._busy:
                    self._changed.notify_all()
                    return None
                free = [site for site in self._waiting if site not in self._busy]
                site = min(free, key=self._next_at, default=None)
                wait = _LONGEST_NAP if site is None else self._next_at(site) - self._clock()
                if site is not None and wait <= 0:
                    return site, self._pop(site)
                self._changed.wait(min(wait, _LONGEST_NAP))
        return None

    def _pop(self, site: str) -> Task:
        task = self._waiting[site].popleft()
        if not self._waiting[site]:
            del self._waiting[site]
        self._busy.add(site)
        return task

    def done(self, site: str) -> None:
        """A task of a site is done: its next may be taken."""
        with self._changed:
            self._busy.discard(site)
            self._changed.notify_all()

    @property
    def left(self) -> int:
        """How many tasks wait."""
        with self._changed:
            return sum(map(len, self._waiting.values()))
