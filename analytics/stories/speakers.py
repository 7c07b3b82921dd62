"""Whether two names, or two sayings, are one speaker's."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from .attributed_speech import AttributedSpeech
from .word_difference import content_words

_SPELT_ALIKE = 0.8  # likeness of the letters of two spellings of a name: Serhiy, Sergiy; Ada and Ida are less alike
_SURNAME_ALIKE = 0.85


def same_speaker(a: str | None, b: str | None) -> bool:
    """Whether two actor ids can be one speaker: the same, a surname and the full name, or one name spelt in two ways.

    >>> same_speaker("ada-brandt", "brandt"), same_speaker("ada-brandt", "ida-brandt"), same_speaker(None, None)
    (True, False, False)
    >>> same_speaker("ada-k-brandt", "ada-brandt"), same_speaker("serhiy-haidai", "sergiy-haidai")
    (True, True)
    """
    if a is None or b is None:
        return False
    return a == b or a.endswith(f"-{b}") or b.endswith(f"-{a}") or _alike(a.split("-"), b.split("-"))


def _alike(a: list[str], b: list[str]) -> bool:
    """Names of as many words, initials left out, of which each is spelt alike and the last nearly the same."""
    a, b = ([name for name in names if len(name) > 1] for names in (a, b))
    likeness = [Indel.normalized_similarity(x, y) for x, y in zip(a, b, strict=False)]
    return len(a) == len(b) > 1 and min(likeness) >= _SPELT_ALIKE and likeness[-1] >= _SURNAME_ALIKE


def other_speaker(a: AttributedSpeech, b: AttributedSpeech) -> bool:
    """Whether two are said by different people: other actors, or other nouns where neither is an actor."""
    if a.speaker_id is None and b.speaker_id is None:
        one, other = (content_words(said.speaker_text or "") for said in (a, b))
        return bool(one and other) and not one & other
    return differ(a.speaker_id, b.speaker_id)


def differ(a: str | None, b: str | None) -> bool:
    """Whether two actor ids are known and cannot be one speaker."""
    return a is not None and b is not None and not same_speaker(a, b)
