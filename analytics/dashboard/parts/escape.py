"""Article text, titles and names come from anywhere: how they are made to show as plain text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def markdown(text: object) -> str:
    """The text as Markdown that shows exactly these characters, on one line.

    >>> markdown("*Gazette* $x$ <b>")
    '\\\\*Gazette\\\\* \\\\$x\\\\$ \\\\<b\\\\>'
    """
    return _PUNCTUATION.sub(r"\\\1", " ".join(str(text).split()))


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
