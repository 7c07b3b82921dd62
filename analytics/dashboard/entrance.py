"""Lets in only those who have the token, where the dashboard is open to others than this machine.

A browser shows the token once, in the address or on the page that asks for it, and keeps it in a cookie that no script
can read. Whoever has none gets that page, and nothing else: no page, no file, no web socket.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from html import escape
from urllib.parse import parse_qsl, quote, urlencode

from .server_address import Application, Message, Receive, Send

PARAMETER = "token"
FEWEST_CHARACTERS = 16
_BYTES = 24
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; form-action 'self'">
<meta name="color-scheme" content="light dark"><title>Tellings</title>
<style>body { font: 1rem/1.5 sans-serif; max-width: 32rem; margin: 15vh auto; padding: 0 1rem }
input, button { font: inherit; padding: .3rem .6rem } input { width: 60% }</style></head>
<body><h1>Tellings</h1><p role="status">SAID</p>
<form method="get"><label>Token <input name="token" type="password" autocomplete="off" autofocus required></label>
REST<button>Open</button></form>
<p>Whoever started this dashboard was told the token in the terminal.</p></body></html>
"""
_MISSING = "This dashboard is open only to those who have its token."
_WRONG = "This is not the token of this dashboard. It may have changed since it was told to you."


def new_token() -> str:
    """A token that nobody can guess: 192 random bits."""
    return secrets.token_urlsafe(_BYTES)


class Entrance:
    """Passes on only requests, web sockets among them, that come with the token."""

    def __init__(self, app: Application, *, token: str) -> None:
        self._app, self._token = app, token.encode()
        # Browsers send cookies to every port of a host: each dashboard has one of its own.
        self._cookie = f"tellings_{hashlib.sha256(self._token).hexdigest()[:8]}"

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._is_known(scope):
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # before it is accepted: refused
            return
        shown, rest = _shown(scope)
        if any(map(self._is_token, shown)):
            path = scope["path"].rpartition("/")[2]
            secure = "; Secure" if (b"x-forwarded-proto", b"https") in scope["headers"] else ""
            kept = f"{self._cookie}={self._token.decode()}; Path=/; HttpOnly; SameSite=Lax{secure}"
            answer = [(b"location", _quoted(f"./{path}", rest)), (b"set-cookie", kept.encode())]
            await _answer(send, 303, answer, b"")
            return
        kept_on = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in rest)
        page = _PAGE.replace("SAID", _WRONG if shown else _MISSING).replace("REST", kept_on).encode()
        await _answer(send, 401, [(b"content-type", b"text/html; charset=utf-8")], page)

    def _is_known(self, scope: Message) -> bool:
        return any(self._is_token(value) for name, value in _cookies(scope) if name == self._cookie)

    def _is_token(self, value: str) -> bool:
        return hmac.compare_digest(value.encode("utf-8", "surrogateescape"), self._token)


def _cookies(scope: Message) -> Iterator[tuple[str, str]]:
    for name, value in scope["headers"]:
        if name == b"cookie":
            for each in value.decode("latin-1").split(";"):
                key, _, held = each.strip().partition("=")
                yield key, held


def _shown(scope: Message) -> tuple[list[str], list[tuple[str, str]]]:
    """The tokens that an address shows, and its other parameters."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return [value for name, value in pairs if name == PARAMETER], [pair for pair in pairs if pair[0] != PARAMETER]


def _quoted(path: str, parameters: list[tuple[str, str]]) -> bytes:
    """An address beside the one that was asked for: so it also holds behind a proxy that serves a folder."""
    return (quote(path) + (f"?{urlencode(parameters)}" if parameters else "")).encode()


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
