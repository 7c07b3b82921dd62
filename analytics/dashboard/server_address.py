"""Tells a page where its server answers. The toolkit's page would try every folder of its own address first, and each
miss is an error in the browser's console."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any

from .history_steps import SCRIPT as STEPS

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


class ServerAddress:
    """Puts into every HTML page a script that names the server: the page's address without its last part, if that is
    the name of one of `pages`. So it also holds behind a proxy that serves the dashboard in a folder. With it goes the
    script of `history_steps`."""

    def __init__(self, app: Application, *, pages: Collection[str]) -> None:
        self._app = app
        self._script = script(pages) + STEPS

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message | None = None  # of an HTML page whose body is still coming
        body = b""

        async def named(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
            elif start is None or message["type"] != "http.response.body":
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    page = body.replace(b"<head>", b"<head>" + self._script, 1)
                    length = str(len(page)).encode() if body else _length(start)
                    kept = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
                    await send({**start, "headers": [*kept, (b"content-length", length)]})
                    await send({**message, "body": page})

        if "." not in scope["path"].rpartition("/")[2]:  # a page, which can only be added to uncompressed
            plain = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
            scope = {**scope, "headers": plain}
        await self._app(scope, receive, named)


def script(pages: Collection[str]) -> bytes:
    """The script, as an element.

    >>> script(["outlets"])[:19]
    b'<script>{const last'
    """
    return (
        "<script>{const last = location.pathname.split('/').pop();"
        f"const pages = {json.dumps(sorted(pages))};"
        "const folder = pages.includes(last) ? location.pathname.slice(0, -last.length) : location.pathname;"
        "window.__streamlit = {BACKEND_BASE_URL: location.origin + folder};}</script>"
    ).encode()


def _is_html(message: Message) -> bool:
    headers = {name.lower(): value for name, value in message.get("headers", ())}
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers


def _length(start: Message) -> bytes:
    """What a page without a body, as an answer to HEAD, says of its length."""
    return next((value for name, value in start["headers"] if name.lower() == b"content-length"), b"0")
