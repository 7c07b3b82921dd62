"""A dashboard that is open to others asks for its token, and answers nothing else to whoever has none."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from watched_dashboard import ask, served

from analytics.cli.dashboard import dashboard
from analytics.dashboard.entrance import Entrance, new_token

TOKEN = "harbour-wall-2031"
OTHER = "news.example"


@pytest.fixture(scope="module")
def port(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("open")
    with served(results, folder, "--allow-host", OTHER, TELLINGS_TOKEN=TOKEN) as (found, _):
        yield found
    told = (folder / "terminal.txt").read_text(encoding="utf-8")
    assert f"Open to others as {OTHER}" in told and f"Token: {TOKEN}" in told


def cookie_of(answer: http.client.HTTPResponse) -> str:
    return answer.headers["Set-Cookie"].partition(";")[0]


def web_socket(port: int, **headers: str) -> int:
    """The status of a web-socket handshake."""
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    return ask(port, "/_stcore/stream", Host=f"{OTHER}:{port}", **upgrade, **key, **headers).status


@pytest.mark.parametrize(
    "path", ["/", "/outlets", "/_stcore/health", "/_stcore/host-config", "/favicon.png", "/a?token="]
)
@pytest.mark.parametrize("cookie", ["", "tellings_0=x", "token=harbour-wall-2031"])
def test_without_the_token_there_is_the_page_that_asks_for_it(port: int, path: str, cookie: str) -> None:
    answer = ask(port, path, Host=OTHER, Cookie=cookie)
    page = answer.read().decode()
    assert answer.status == 401 and '<input name="token"' in page
    assert "script" not in page and "_stcore" not in page and TOKEN not in page
    assert "Set-Cookie" not in answer.headers and answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("shown", [TOKEN[:-1], f"{TOKEN}x", TOKEN.upper(), "%00", "%F0%9F", "%C3%A9"])
def test_a_wrong_token_is_said_to_be_wrong(port: int, shown: str) -> None:
    answer = ask(port, f"/?token={shown}", Host=OTHER)
    assert answer.status == 401 and "This is not the token" in answer.read().decode()


def test_the_token_stands_in_the_address_once(port: int) -> None:
    answer = ask(port, f"/outlets?a=1&token={TOKEN}&b=%22", Host=OTHER)
    assert answer.status == 303 and answer.headers["Location"] == "./outlets?a=1&b=%22"
    kept = answer.headers["Set-Cookie"]
    assert "HttpOnly" in kept and "SameSite=Lax" in kept and "Secure" not in kept
    page = ask(port, "/outlets", Host=OTHER, Cookie=f"other=1; {cookie_of(answer)}")
    assert page.status == 200 and TOKEN not in page.read().decode()
    behind = ask(port, f"/?token={TOKEN}", Host=OTHER, X_Forwarded_Proto="https")
    assert behind.headers["Set-Cookie"].endswith("; Secure")


def test_no_web_socket_without_the_token(port: int) -> None:
    cookie = cookie_of(ask(port, f"/?token={TOKEN}", Host=OTHER))
    assert web_socket(port) == 403
    assert web_socket(port, Cookie=cookie[:-1]) == 403
    assert web_socket(port, Cookie=cookie) == 101
    assert web_socket(port, Cookie=cookie, Origin="http://evil.example") == 403


def test_what_the_page_keeps_of_an_address_is_no_markup(port: int) -> None:
    page = ask(port, "/?collection=%22%3E%3Cimg%20src%3Dx%3E", Host=OTHER).read().decode()
    assert "<img" not in page and "&quot;&gt;&lt;img src=x&gt;" in page


def test_its_own_user_needs_the_token_too(port: int) -> None:
    """Whoever comes through a proxy on this machine looks like its user."""
    assert ask(port, "/", Host=f"localhost:{port}").status == 401


def test_tokens_are_long_and_two_dashboards_keep_theirs_apart() -> None:
    first, second = new_token(), new_token()
    assert first != second and len(first) >= 32
    assert Entrance(None, token=first)._cookie != Entrance(None, token=second)._cookie  # type: ignore[arg-type]


@pytest.mark.parametrize("token", ["short", "a b c d e f g h i j k", "ü" * 20, "x" * 201])
def test_a_token_of_ones_own_must_be_hard_to_guess(token: str, monkeypatch: pytest.MonkeyPatch, results: Path) -> None:
    monkeypatch.setenv("TELLINGS_TOKEN", token)
    shown = CliRunner().invoke(dashboard, [str(results), "--allow-host", OTHER])
    assert shown.exit_code == 2 and "TELLINGS_TOKEN must be at least 16" in shown.output
