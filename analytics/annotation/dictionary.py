"""The everyday words of English, as far as the parser's own lemmatizer lists them (from WordNet)."""

from __future__ import annotations

from functools import cache
from typing import Any

from .parser_model import load_model


class Dictionary:
    """Looks words up in lower case, whole or without their endings."""

    def __init__(self, index: dict[str, set[str]], irregular: dict[str, set[str]], function_words: set[str]) -> None:
        self._index = index
        self._irregular = irregular
        self.function_words = function_words

    def is_word(self, word: str) -> bool:
        """Whether a word is in the dictionary, inflected or not."""
        return word in self.function_words or any(self._has(kind, word) for kind in self._index)

    def is_noun_only(self, word: str) -> bool:
        """Whether a word is known, and only as a noun: perhaps a name, since WordNet lists the famous."""
        return self._has("noun", word) and not any(self._has(kind, word) for kind in ("verb", "adj", "adv"))

    def is_verb_form(self, word: str) -> bool:
        """Whether a word is an inflected verb: "says", "walked", "told"."""
        if word in self._irregular.get("verb", ()):
            return True
        return word.endswith(("s", "ed", "ing")) and word not in self._index["verb"] and self._has("verb", word)

    def _has(self, kind: str, word: str) -> bool:
        words = self._index[kind]
        return word in words or word in self._irregular.get(kind, ()) or any(s in words for s in _stems(word))


def _stems(word: str) -> list[str]:
    """What a word may be an inflection of."""
    stems = []
    for ending, put in (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("d", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stems.append(word[: -len(ending)] + put)
    for ending in ("ing", "er", "est", "ed"):
        if word.endswith(ending) and len(stem := word[: -len(ending)]) > 2:
            stems += [stem, stem + "e"]
            if stem[-1] == stem[-2]:
                stems.append(stem[:-1])
    return stems


@cache
def load_dictionary() -> Dictionary:
    """The dictionary of the installed parser; an empty one where it has none."""
    from spacy.lang.en.stop_words import STOP_WORDS

    pipe: Any = dict(load_model().pipeline) | dict(load_model().components)
    lookups = getattr(pipe.get("lemmatizer"), "lookups", None)

    def table(name: str, kind: str) -> set[str]:
        if lookups is None or not lookups.has_table(name):
            return set()
        return set(lookups.get_table(name).get(kind, ()))

    kinds = ("noun", "verb", "adj", "adv")
    return Dictionary(
        {kind: table("lemma_index", kind) for kind in kinds},
        {kind: table("lemma_exc", kind) for kind in kinds},
        set(STOP_WORDS) | {"near", "outside", "inside", "today", "yesterday", "tomorrow", "amid", "vs"},
    )
