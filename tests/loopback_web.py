"""A web of made-up sites, served by this machine alone: names and connections all lead to one loopback server."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus

import httpcore

from analytics.fetch.client import Client, Limits
from analytics.fetch.reach import Reach

PUBLIC = "93.184.215.14"  # what the made-up names lead to; nothing ever connects to it
ROBOTS = "/robots.txt"


@dataclass(frozen=True)
class Asked:
    """A request that reached the server."""

    host: str
    path: str
    headers: dict[str, str]


Answer = bytes | Iterable[bytes] | Callable[[Asked], bytes | Iterable[bytes]]


def answer(body: bytes | str = b"", *, status: int = 200, **headers: str) -> bytes:
    """An answer as it goes over the wire. `content_type="text/html"` is a header."""
    raw = body.encode() if isinstance(body, str) else body
    names = {"content_type": "text/html; charset=utf-8", "content_length": str(len(raw)), **headers}
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in names.items() if value]
    return "\r\n".join([*lines, "", ""]).encode() + raw


def redirect(location: str, *, status: int = 302) -> bytes:
    return answer(status=status, location=location)


def article(title: str, *paragraphs: str, head: str = "", outlet: str = "Harbour Post") -> str:
    """The source of a page with an article in it, as news sites make them."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title} | {outlet}</title>"
        f"<meta property='og:title' content='{title}'><meta property='og:site_name' content='{outlet}'>{head}</head>"
        "<body><nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>"
        f"<article><h1>{title}</h1>{body}</article><footer>All rights reserved.</footer></body></html>"
    )


@dataclass
class Web:
    """Sites by host and path. What a name leads to, and where connections went, can be set and seen."""

    port: int = 0
    sites: dict[tuple[str, str], Answer] = field(default_factory=dict)
    names: dict[str, list[list[str]]] = field(default_factory=dict)  # host → what each look-up gives, the last for ever
    asked: list[Asked] = field(default_factory=list)
    looked_up: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    connected: list[str] = field(default_factory=list)

    def forget(self) -> None:
        """Begin anew."""
        for each in (self.sites, self.names, self.asked, self.looked_up, self.connected):
            each.clear()

    def put(self, address: str, what: Answer) -> str:
        """Serve something at an address such as "harbour.example/dam"."""
        host, _, path = address.partition("/")
        self.sites[host, f"/{path}"] = what
        return f"http://{address}"

    def resolve(self, host: str, port: int) -> list[str]:
        self.looked_up[host] += 1
        if host not in self.names:
            return [PUBLIC]
        answers = self.names[host]
        return answers[min(self.looked_up[host], len(answers)) - 1]

    def connect(self, ip: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.connected.append(ip)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout=seconds)

    def client(self, *, seconds: float = 5.0, most: int = 1 << 20, **reach: frozenset[str]) -> Client:
        """A client for which this is the whole web."""
        return Client(
            reach=Reach(resolve=self.resolve, **reach),
            limits=Limits(seconds=seconds, bytes=most),
            connect=self.connect,
        )

    def paths(self, host: str) -> list[str]:
        """What was asked of a site, but for its rules."""
        return [each.path for each in self.asked if each.host == host and each.path != ROBOTS]


def served() -> Iterator[Web]:
    """The web while the server runs."""
    web = Web()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the other end has had enough
                self.answer(self.request)

        def answer(self, connection: socket.socket) -> None:
            connection.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head:
                if not (piece := connection.recv(65_536)):
                    return
                head += piece
            first, *lines = head.decode("latin-1").partition("\r\n\r\n")[0].split("\r\n")
            headers = {
                name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
            }
            asked = Asked(headers.get("host", ""), first.split(" ")[1], headers)
            web.asked.append(asked)
            what = web.sites.get((asked.host, asked.path), answer("nothing here", status=404))
            if callable(what):
                what = what(asked)
            for piece in [what] if isinstance(what, bytes) else what:
                connection.sendall(piece)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address, daemon_threads, block_on_close = True, True, False

    with Server(("127.0.0.1", 0), Handler) as server:
        web.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield web
        server.shutdown()
