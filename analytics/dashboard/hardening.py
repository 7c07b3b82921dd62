"""Keeps the dashboard to those who opened it: its hosts by name, no page around it, nothing looked up outside.

What the toolkit offers for this as options is set in `serving.py`. The rest is set here, on the toolkit's own parts,
before it starts: its version is pinned, and `tests/dashboard/test_hardening.py` watches that each still takes hold.
"""

from __future__ import annotations

from typing import Any

from streamlit import net_util
from streamlit.web.server.starlette import starlette_server as server
from streamlit.web.server.starlette import starlette_websocket

from .entrance import Entrance
from .page_names import FORMER, PAGES
from .server_address import Application, Message, Receive, Send, ServerAddress

HEADERS = (
    (b"content-security-policy", b"frame-ancestors 'none'; object-src 'none'; base-uri 'self'"),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class Guard:
    """Answers only requests for an allowed host, and sends `HEADERS` with every answer."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # the toolkit checks the hosts of web sockets itself
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in HEADERS}
                kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in ours]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), None)
        if starlette_websocket.is_host_allowed(host):
            await self._app(scope, receive, guarded)
            return
        await guarded({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
        await guarded({"type": "http.response.body", "body": b"This host is not allowed."})


def harden(*, token: str | None = None) -> None:
    """Set what options cannot; with a token, answer only those who have it. Does nothing where it was done before."""
    net_util.get_external_ip = _unknown  # it would ask a server outside
    net_util.get_internal_ip = _unknown
    made = server.create_starlette_app  # type: ignore[attr-defined]
    if getattr(made, "guarded", False):
        return

    def guarded(*arguments: Any, **options: Any) -> Any:
        app = made(*arguments, **options)
        app.add_middleware(ServerAddress, pages=(*PAGES, *FORMER))
        if token is not None:
            app.add_middleware(Entrance, token=token)
        app.add_middleware(Guard)  # the last one comes first
        return app

    guarded.guarded = True  # type: ignore[attr-defined]
    server.create_starlette_app = guarded  # type: ignore[attr-defined]


def _unknown() -> None:
    return None
