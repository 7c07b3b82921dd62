"""Article text, titles and names come from anywhere: how they are made to show as plain text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# What is made into links, emoji, icons or arrows after the marks are read, escaped or not: addresses, :words:, <-.
_MADE_INTO = re.compile(r"(?<=:)(?=\S)|(?=@)|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=~])", re.IGNORECASE)
_JOINER = "\u2060"  # is not seen and takes no room


def markdown(text: object) -> str:
    """The text as Markdown that shows exactly these characters, on one line, and nothing of it as a link.

    >>> markdown("*Gazette* $x$ <b>")
    '\\\\*Gazette\\\\* \\\\$x\\\\$ \\\\<b\\\\>'
    """
    apart = _MADE_INTO.sub(_JOINER, " ".join(str(text).split()))
    return _PUNCTUATION.sub(r"\\\1", apart)


def web_address(url: object) -> str | None:
    """The address if it is a web address (http or https with a host), else None.

    >>> web_address("javascript:alert(1)"), web_address("https://example.org/a")
    (None, 'https://example.org/a')
    """
    if not isinstance(url, str) or any(character.isspace() for character in url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None
