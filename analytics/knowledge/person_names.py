"""The parts of a person's name and the shorter forms that news use for it afterwards."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from .aliases import slug
from .lexicon import KNOWLEDGE

PARTICLES = frozenset(
    "von van de der den del della di da das do dos du la le el al bin ibn ben bint abu ó ní mac nic uí ter ten".split()
)
_SUFFIXES = frozenset("Jr Sr II III IV".split())
_ARTICLE = re.compile(r"(?:al|el)[- ]", re.IGNORECASE)
# Syllables of pinyin, romanised Korean and Vietnamese, loosely: enough to tell "Kim Jong Un" from "Kim Marsh".
_SYLLABLE = r"(?:ng|nh|ch|zh|sh|th|tr|ph|kh|gi|qu|[bcdđfghjklmnpqrstvwxyz])?[aeiouwyăâêôơư]{1,4}(?:ng|nh|ch|[nklmptc])?"
_SYLLABLES = re.compile(rf"(?:{_SYLLABLE}){{1,2}}(?:-{_SYLLABLE})?", re.IGNORECASE)


class NameForms(NamedTuple):
    """The keys of a full name's shorter forms, the surest first."""

    surname: tuple[str, ...]
    given: tuple[str, ...]
    middle: tuple[str, ...]


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """What all spellings of a name share: "Al-Sisi" and "al Sisi", "O’Dell" and "O'Dell", "Sánchez" and "Sanchez"."""
    return slug(text)


@cache
def load_family_names() -> frozenset[str]:
    """Chinese, Korean and Vietnamese family names, which stand before the given name, by their keys."""
    lines = (KNOWLEDGE / "family_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(key(name) for line in lines if not line.startswith("#") for name in line.split())


def is_family_first(words: tuple[str, ...]) -> bool:
    """Whether a name puts the family first: "Xi Jinping", "Nguyen Thi Khai", but not "Kim Marsh".

    >>> is_family_first(("Lee", "Jae-ho")), is_family_first(("Lee", "Marsh"))
    (True, False)
    """
    return (
        2 <= len(words) <= 4
        and key(words[0]) in load_family_names()
        and all(_SYLLABLES.fullmatch(word) for word in words[1:])
    )


@lru_cache(maxsize=20_000)
def forms_of(name: str, nicknames: tuple[str, ...] = ()) -> NameForms:
    """The shorter forms of a full name, as keys.

    Surname: with and without its particles, every ending of two words or more (both surnames of a Spanish name), and
    the first word where the family comes first. Given: the first name, double first names, nicknames. Middle: single
    words between, of which one may be the surname in use (Spanish, Arabic).

    A known failure: which of two middle words of a long Arabic name its bearer goes by is not known.

    >>> forms_of("Ana Lucía Ruiz Vega").middle
    ('lucia', 'ruiz')
    >>> forms_of("Karim bin Nasser al-Dori").surname
    ('al-dori', 'dori', 'nasser-al-dori', 'bin-nasser-al-dori')
    """
    words = _without_suffix(tuple(name.split()))
    if len(words) < 2:
        return NameForms((), (), ())
    start = _surname_start(words)
    surname = [" ".join(words[start:])]
    surname.append(_ARTICLE.sub("", surname[0]) if _ARTICLE.match(surname[0]) else words[-1])
    surname += [" ".join(words[i:]) for i in range(len(words) - 2, 0, -1)]
    if is_family_first(words):
        surname.append(words[0])
    given = [words[0], *(" ".join(words[:i]) for i in range(2, start + 1)), *nicknames]
    given += [f"{nickname} {words[-1]}" for nickname in nicknames]
    middle = [word for word in words[1:start] if len(word.rstrip(".")) > 1 and word.lower() not in PARTICLES]
    middle += [f"{a} {b}" for a, b in pairwise(words[1:]) if a.lower() in ("bin", "ibn", "bint")]
    return NameForms(_keys(surname), _keys(given), _keys(middle))


def without_initials(name: str) -> tuple[str, str]:
    """A name without the initials between its first and last word, and those initials.

    >>> without_initials("Helen R. Marsh")
    ('Helen Marsh', 'R')
    """
    words = name.split()
    initials = [word for word in words[1:-1] if len(word.rstrip(".")) == 1]
    kept = [word for i, word in enumerate(words) if not (0 < i < len(words) - 1 and len(word.rstrip(".")) == 1)]
    return " ".join(kept), "".join(word[0] for word in initials)


def _without_suffix(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:-1] if len(words) > 2 and words[-1].rstrip(".") in _SUFFIXES else words


def _surname_start(words: tuple[str, ...]) -> int:
    i = len(words) - 1
    while i > 1 and words[i - 1].lower() in PARTICLES:
        i -= 1
    return i


def _keys(forms: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key(form) for form in forms))
