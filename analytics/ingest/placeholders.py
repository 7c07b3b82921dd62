"""Texts that say that there is no text: "[Removed]", "Enable JavaScript", "403 Forbidden"."""

from __future__ import annotations

import re
from functools import cache

from ..knowledge.lexicon import load

LONGEST = 800  # characters; an article may begin like a placeholder
REASONS = {
    "removed": "that the text was removed",
    "value": "the mark of an empty value",
    "script": "a request to enable JavaScript or use another browser",
    "blocker": "a message about ad blockers",
    "cookies": "a cookie notice",
    "error": "an error page",
    "subscribe": "a request to subscribe or sign in",
    "robot": "a check for robots",
}
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def placeholder(text: str) -> str | None:
    """Why a normalised text is no article, None where it may be one.

    The first of its sentences is a placeholder's, and so are at least half of them.

    >>> placeholder("Please enable JavaScript and cookies to continue.")
    'no text but a request to enable JavaScript or use another browser'
    >>> placeholder("[Removed]"), placeholder("The council removed the statue.")
    ('no text but that the text was removed', None)
    """
    if len(text) > LONGEST:
        return None
    labels = [_label(sentence) for sentence in _SENTENCE_END.split(text) if sentence]
    first = labels[0] if labels else None
    return f"no text but {REASONS[first]}" if first and 2 * labels.count(None) <= len(labels) else None


def _label(sentence: str) -> str | None:
    return next((label for label, pattern in _patterns() if pattern.fullmatch(sentence.strip())), None)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry.label, re.compile(entry.pattern, re.IGNORECASE)) for entry in load("placeholders"))
