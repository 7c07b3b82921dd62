from __future__ import annotations

import pytest

from analytics.dashboard.parts.escape import markdown, web_address


def test_markdown_escapes_every_mark_and_keeps_words() -> None:
    assert markdown("Tash & Sons, *Ltd*") == r"Tash \& Sons\, \*Ltd\*"


@pytest.mark.parametrize(
    "text", ["https://example.org/a", "WWW.example.org", "desk@example.org", ":smile:", ":material/home:", "a -> b"]
)
def test_what_would_be_made_into_something_else_is_parted(text: str) -> None:
    shown = markdown(text).replace("\\", "")
    assert shown != text and shown.replace("\u2060", "") == text


def test_markdown_stays_on_one_line() -> None:
    assert markdown("a\n\n# b") == r"a \# b"


@pytest.mark.parametrize("url", ["https://example.org/a?b=c", "http://example.org"])
def test_web_addresses_pass(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//example.org", "https://", "http://[", None],
)
def test_other_addresses_do_not(url: object) -> None:
    assert web_address(url) is None
