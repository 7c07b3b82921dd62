"""The dashboard answers only those who opened it: by name, in no other page, and it looks nothing up outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from watched_dashboard import ask, served


@pytest.fixture(scope="module")
def server(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    with served(results, tmp_path_factory.mktemp("watched")) as found:
        yield found


def handshake(port: int, *, host: str, origin: str) -> int:
    """The status of a web-socket handshake."""
    return ask(
        port,
        "/_stcore/stream",
        Host=host,
        Origin=origin,
        Upgrade="websocket",
        Connection="Upgrade",
        Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
    ).status


def test_pages_cannot_be_framed_and_say_nothing_on(server: tuple[int, Path]) -> None:
    answer = ask(server[0], "/")
    assert answer.status == 200
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", "10.0.0.1", ""])
@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config"])
def test_another_name_is_refused(server: tuple[int, Path], host: str, path: str) -> None:
    assert ask(server[0], path, Host=host).status == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_its_own_names_are_answered(server: tuple[int, Path], host: str) -> None:
    assert ask(server[0], "/_stcore/health", Host=f"{host}:{server[0]}").status == 200
    assert handshake(server[0], host=f"{host}:{server[0]}", origin=f"http://{host}:{server[0]}") == 101


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("evil.example", "http://evil.example"),  # a name that was made to lead here
        ("localhost", "http://evil.example"),
        ("127.0.0.1", "https://203.0.113.7"),
    ],
)
def test_web_sockets_of_strangers_are_refused(server: tuple[int, Path], host: str, origin: str) -> None:
    assert handshake(server[0], host=host, origin=origin) == 403


def test_nothing_is_ever_looked_up_or_sent_outside(server: tuple[int, Path]) -> None:
    port, log = server
    handshake(port, host="localhost", origin="http://203.0.113.9")  # made the toolkit ask for its address
    asked = [line for line in log.read_text(encoding="utf-8").splitlines() if line]
    here = ("localhost", "127.0.0.1", "::1", "None", "/")  # the last are sockets of this machine without an address
    assert not [line for line in asked if not any(each in line for each in here)], asked
