"""Who may be reached: hosts by the addresses that their names lead to, and ports."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import Empty, Queue

from .addresses import Address
from .errors import RefusedError, UnreachableError
from .networks import is_public

Resolve = Callable[[str, int], Sequence[str]]


def resolved(host: str, port: int) -> list[str]:
    """The addresses that a host's name leads to now, in the system's order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What may be asked: public addresses at ports 80 and 443, and what a user adds.

    `own` are hosts of the user's own network ("archive.local", "127.0.0.1:8000"): they may have private addresses,
    and with a port, that port. No page and no list from elsewhere can lead there.
    """

    ports: frozenset[int] = frozenset((80, 443))
    own: frozenset[str] = frozenset()
    resolve: Resolve = field(default=resolved, repr=False)

    def is_own(self, address: Address) -> bool:
        """Whether a user named this host as one of their own network."""
        host = f"[{address.host}]" if ":" in address.host else address.host
        return bool({host, f"{host}:{address.port}"} & self.own)

    def check(self, address: Address, *, led_from: Address | None = None) -> None:
        """Raise RefusedError for a port or for a way into the user's network from outside, before anything is asked."""
        own = self.is_own(address)
        if own and led_from is not None and not self.is_own(led_from):
            raise RefusedError("leads from the public network into your own")
        if address.port not in self.ports and not self._is_named(address):
            raise RefusedError(f"is at port {address.port}, which is not allowed; allow it with --allow-port")

    def _is_named(self, address: Address) -> bool:
        return address.origin.partition("://")[2] in self.own  # host and port

    def addresses(self, address: Address, *, seconds: float) -> list[str]:
        """Where a host may be connected to: all that its name leads to, now, each of them public.

        The connection is to one of these very addresses: the name is not looked up again, so that it cannot be made
        to lead elsewhere in between. Raises RefusedError where any is not public, UnreachableError where none is found.
        """
        found = _within(seconds, lambda: self.resolve(address.host, address.port))
        if not found:
            raise UnreachableError("has a host whose name leads nowhere")
        if not self.is_own(address) and (closed := [each for each in found if not is_public(each)]):
            raise RefusedError(f"leads into a private network: {address.host} is {closed[0]}")
        return list(found)


def _within(seconds: float, look_up: Callable[[], Sequence[str]]) -> Sequence[str]:
    """What a look-up gives. The system's own has no limit of time, so it is waited for beside."""
    answers: Queue[Sequence[str] | OSError | UnicodeError] = Queue()

    def run() -> None:
        try:
            answers.put(look_up())
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0))
    except Empty:
        raise UnreachableError("took too long: its host's name was not found in time") from None
    if isinstance(answer, Exception):
        raise UnreachableError("has a host whose name leads nowhere") from answer
    return answer
