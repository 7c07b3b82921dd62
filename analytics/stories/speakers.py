"""Whether two names, or two sayings, are one speaker's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import Indel

from .attributed_speech import AttributedSpeech
from .word_difference import content_words

_SPELT_ALIKE = 0.8  # likeness of the letters of two spellings of a name: Serhiy, Sergiy; Ada and Ida are less alike
_SURNAME_ALIKE = 0.85
# What one sound of a Slavic name is written as by way of Ukrainian, Russian or German, and one letter for it.
_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"shch|sch|sh|sz", "s"),
        (r"tch|ch|cz", "c"),
        (r"zh", "z"),
        (r"kh|gh|h", "g"),
        (r"ph", "f"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ts|tz", "c"),
        (r"ou", "u"),
        (r"[iyj]+(?=[aeou])", "i"),
        (r"[iyj]+", "i"),
        (r"^ole", "ale"),
        (r"^ie", "e"),
        (r"^volodim", "vladim"),
        (r"^mikola", "nikolai"),
        (r"(.)\1", r"\1"),
    )
)
_HEARD_ALIKE = 0.9
_LEAST_WRITTEN = 5  # letters of a surname that can be told by its sounds


def same_speaker(a: str | None, b: str | None) -> bool:
    """Whether two actor ids can be one speaker: the same, a surname and the full name, or one name spelt in two ways.

    >>> same_speaker("ada-brandt", "brandt"), same_speaker("ada-brandt", "ida-brandt"), same_speaker(None, None)
    (True, False, False)
    >>> same_speaker("ada-k-brandt", "ada-brandt"), same_speaker("serhiy-haidai", "sergiy-haidai")
    (True, True)
    >>> same_speaker("oleksiy-hroshenko", "alexey-groschenko"), same_speaker("oleksiy-hroshenko", "andrey-groschenko")
    (True, False)
    """
    if a is None or b is None:
        return False
    return a == b or a.endswith(f"-{b}") or b.endswith(f"-{a}") or _alike(a.split("-"), b.split("-"))


def _alike(a: list[str], b: list[str]) -> bool:
    """Names of as many words, initials left out, of which each is spelt alike and the last nearly the same."""
    a, b = ([name for name in names if len(name) > 1] for names in (a, b))
    if len(a) != len(b) or not a:
        return False
    if len(a) == 1:  # a surname alone has to be the same by its sounds
        return len(_sounds(a[0])) >= _LEAST_WRITTEN and _sounds(a[0]) == _sounds(b[0])
    likeness = [Indel.normalized_similarity(x, y) for x, y in zip(a, b, strict=True)]
    if min(likeness) >= _SPELT_ALIKE and likeness[-1] >= _SURNAME_ALIKE:
        return True
    heard = [Indel.normalized_similarity(_sounds(x), _sounds(y)) for x, y in zip(a, b, strict=True)]
    return min(heard) >= _SPELT_ALIKE and heard[-1] >= _HEARD_ALIKE


def are_parts_of_one(a: str | None, b: str | None, people: Iterable[str]) -> bool:
    """Whether two actor ids hold parts of the name of one of some people, in its order.

    >>> are_parts_of_one("karl-otto", "lindgren", ["karl-otto-lindgren"]), are_parts_of_one("otto", "lind", ["otto"])
    (True, False)
    """
    if a is None or b is None:
        return False
    parts = a.split("-"), b.split("-")
    return any(all(_is_within(part, full.split("-")) for part in parts) for full in people)


def _is_within(part: list[str], full: list[str]) -> bool:
    return any(full[i : i + len(part)] == part for i in range(len(full) - len(part) + 1))


@lru_cache(maxsize=10_000)
def _sounds(name: str) -> str:
    """A name with one letter for each sound, whatever the language by way of which it is written."""
    for pattern, letter in _SOUNDS:
        name = pattern.sub(letter, name)
    return name


def other_speaker(a: AttributedSpeech, b: AttributedSpeech) -> bool:
    """Whether two are said by different people: other actors, or other nouns where neither is an actor."""
    if a.speaker_id is None and b.speaker_id is None:
        one, other = (content_words(said.speaker_text or "") for said in (a, b))
        return bool(one and other) and not one & other
    return differ(a.speaker_id, b.speaker_id)


def differ(a: str | None, b: str | None) -> bool:
    """Whether two actor ids are known and cannot be one speaker."""
    return a is not None and b is not None and not same_speaker(a, b)
