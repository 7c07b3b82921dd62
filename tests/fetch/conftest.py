"""The made-up web, and no other: a connection to anywhere but this machine fails the test."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from loopback_web import Web, served

from analytics.fetch.extraction import Extraction


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def checked(self: socket.socket, address: Any) -> None:
        assert self.family == socket.AF_UNIX or address[0] in ("127.0.0.1", "::1"), f"a connection to {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", checked)


@pytest.fixture(scope="session")
def whole_web() -> Iterator[Web]:
    yield from served()


@pytest.fixture
def web(whole_web: Web) -> Web:
    whole_web.forget()
    return whole_web


@pytest.fixture(scope="session")
def extraction() -> Iterator[Extraction]:
    """One process that reads pages, for all tests."""
    with Extraction() as reading:
        yield reading
