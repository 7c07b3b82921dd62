"""What one article may cost: a text that nobody wrote to be read is rejected before it holds up the others.

Every step of scoring takes time in proportion to a text's words and signs. A megabyte of news has some
200,000 of them and is scored in a minute or two; a megabyte of brackets has a million, and says nothing.
"""

from __future__ import annotations

import re

from .limits import MOST_CHARACTERS

_SHORT = 2_000  # characters; a shorter text is scored in a second, whatever it holds
# English news has 4 to 6 characters for each word or sign with the space after it, tables of results 3 to 4.
_FEWEST_CHARACTERS_A_TOKEN = 2.5
_FEWEST_DIFFERENT_TOKENS = 8  # news of 2,000 characters has 130 or more
# The same before a text is repaired, when half of its signs may be entities; for texts whose repair takes seconds.
_LONG, _FEWEST_CHARACTERS_BEFORE_REPAIR = 100_000, 1.6
_TOKEN = re.compile(r"\w+|[^\w\s]")


def beyond_repair(text: str) -> str | None:
    """Why a text as it stands in its file is not even repaired; None where it is."""
    if len(text) > 2 * MOST_CHARACTERS:
        return _too_long(text)
    if len(text) < _LONG:
        return None
    tokens = sum(1 for _ in _TOKEN.finditer(text))
    return _too_many(tokens, text) if len(text) < _FEWEST_CHARACTERS_BEFORE_REPAIR * tokens else None


def over_budget(text: str) -> str | None:
    """Why a text is not scored; None where it is.

    >>> over_budget("(" * 30_000)
    'no prose: 30,000 words and signs in 30,000 characters'
    >>> over_budget("Ada Brandt " * 1_000)
    'no prose: 2 different words and signs in 11,000 characters'
    >>> over_budget("The dam is safe, said Ada Brandt.")
    """
    if len(text) < _SHORT:
        return None
    if len(text) > MOST_CHARACTERS:
        return _too_long(text)
    tokens = _TOKEN.findall(text)
    if len(text) < _FEWEST_CHARACTERS_A_TOKEN * len(tokens):
        return _too_many(len(tokens), text)
    if (different := len(set(tokens))) < _FEWEST_DIFFERENT_TOKENS:
        return f"no prose: {different} different words and signs in {len(text):,} characters"
    return None


def _too_long(text: str) -> str:
    return f"too long for one article: {len(text):,} characters, at most {MOST_CHARACTERS:,}; split it"


def _too_many(tokens: int, text: str) -> str:
    return f"no prose: {tokens:,} words and signs in {len(text):,} characters"
