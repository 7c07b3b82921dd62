"""Tells nouns for people, bodies and documents, which can say something, from those for events and things."""

from __future__ import annotations

import csv
from functools import cache

from ..article import Token
from ..knowledge.aliases import load_person_nouns, load_titles
from ..knowledge.lexicon import KNOWLEDGE

_AGENTS = ("er", "or", "ist", "ian", "man", "woman", "people")  # "a hiker", "the chemist"


@cache
def load_evidence() -> dict[str, str]:
    """Nouns of those and of that which can be said to show or suggest something → "document" or "speaker"."""
    with (KNOWLEDGE / "evidence.tsv").open(encoding="utf-8", newline="") as file:
        nouns = {row["noun"]: row["kind"] for row in csv.DictReader(file, delimiter="\t")}
    return nouns | dict.fromkeys((*load_person_nouns(), *load_titles()), "speaker")


def is_listed_speaker(noun: Token) -> bool:
    """Whether a noun is listed as one for people or a body."""
    return _kind(noun) == "speaker"


def is_speaker(noun: Token) -> bool:
    """Whether a noun stands for people or a body, by list or by its ending."""
    kind = _kind(noun)
    return kind == "speaker" or (kind is None and noun.lemma.lower().endswith(_AGENTS))


def is_evidence(noun: Token) -> bool:
    """Whether a noun stands for somebody or for a document that somebody has written."""
    return _kind(noun) == "document" or is_speaker(noun)


def _kind(noun: Token) -> str | None:
    words = noun.lemma.lower(), noun.text.lower(), noun.lemma.lower().rpartition("-")[2]
    return next((kind for word in words if (kind := load_evidence().get(word))), None)
