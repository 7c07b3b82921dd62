"""Connections to the addresses that were checked, and to no others, with one deadline for all that happens on them."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from .addresses import Address
from .errors import UnreachableError
from .reach import Reach

Connect = Callable[[str, int, float], httpcore.NetworkStream]


def connected(ip: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """A connection to an address, not a name."""
    return httpcore.SyncBackend().connect_tcp(ip, port, timeout=seconds)


class Deadline:
    """The time that is left for a page, over redirects too; it only runs while something is asked for."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._left, self._clock, self._since = seconds, clock, clock()

    def left(self) -> float:
        """Seconds that are left. Raises UnreachableError where none is."""
        left = self._left - (self._clock() - self._since)
        if left <= 0:
            raise UnreachableError("took too long")
        return left

    def pause(self) -> None:
        """Stop the clock, to wait for one's turn."""
        self._left = self.left()

    def go_on(self) -> None:
        """Start the clock again."""
        self._since = self._clock()


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to where `reach` found that one host's name leads, whatever the name may lead to a moment later."""

    def __init__(self, address: Address, *, reach: Reach, deadline: Deadline, connect: Connect) -> None:
        self._address, self._reach, self._deadline, self._connect = address, reach, deadline, connect

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if (host.strip("[]"), port) != (self._address.host, self._address.port):
            raise UnreachableError("was to be asked at another host")  # a mistake of ours would be a hole
        ips = self._reach.addresses(self._address, seconds=self._deadline.left())
        failure: Exception | None = None
        for ip in ips:
            try:
                return _Timed(self._connect(ip, port, self._deadline.left()), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("no address")


class _Timed(httpcore.NetworkStream):
    """A connection on which each step has as much time as is left for all of them."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
