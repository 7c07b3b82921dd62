"""Which language a text is in, where that is certainly not English: such an article is not scored as if it were.

Two things have to agree: hardly any of its words are English function words, and the classifier of py3langid (Lui and
Baldwin 2012, ACL) is sure of another language, or most letters are not Latin ones. The classifier is loaded only where
a text lacks English function words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import islice
from typing import Any

_MOST_CHARACTERS = 20_000  # of a text that are looked at
_FEWEST_WORDS, _FEWEST_LETTERS = 25, 120  # fewer say too little
_ENGLISH_SHARE = 0.10  # of words that are function words; English news has 0.30 to 0.45
_SURE = 0.9
_FEWEST_LOWER = 0.4  # of words, in prose of any language in Latin letters; lists of names have fewer
_SAMPLED_LETTERS = 400
# The commonest words of English that are no usual word of another language in Latin letters.
_FUNCTION_WORDS = frozenset(
    "the of and to that for it was on with as by at from are be this is his her they he she we you have has had not "
    "but which who were their its been would will said there more after about up out when than if can could one "
    "all other what into over them an or".split()
)
_NO_OTHER = frozenset(("en", "zxx", "und", "mul"))  # English, no language, none told, several
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = {
    **{"af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech"},
    **{"da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian", "fa": "Persian"},
    **{"fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian"},
    **{"id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian"},
    **{"ms": "Malay", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish"},
    **{"pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian"},
    **{"sv": "Swedish", "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu"},
    **{"vi": "Vietnamese", "zh": "Chinese"},
}


def other_language(text: str) -> str | None:
    """The language of a text that is certainly not in English; None for English, and where there is doubt.

    >>> other_language("Der Rat hat am Montag die neue Mauer gebilligt, sagte Ada Brandt. Die Opposition lehnt den "
    ...                "Plan ab und will die Bürger befragen, bevor die Arbeiten im Hafen beginnen.")
    'German'
    >>> other_language("The council approved the new wall on Monday, Ada Brandt said. " * 3)
    """
    sample = text[:_MOST_CHARACTERS]
    words = _WORD.findall(sample)
    if sum(word.lower() in _FUNCTION_WORDS for word in words) >= _ENGLISH_SHARE * len(words) > 0:
        return None
    if sum(map(len, words)) < _FEWEST_LETTERS:
        return None
    foreign_letters = not _is_latin(sample)
    if not foreign_letters:
        lower = sum(word[0].islower() for word in words)
        if len(words) < _FEWEST_WORDS or lower < _FEWEST_LOWER * len(words):
            return None
    code, probability = _classifier().classify(sample)
    if code in _NO_OTHER or (probability < _SURE and not foreign_letters):
        return None
    return _NAMES.get(code, f"language code {code}")


def _is_latin(sample: str) -> bool:
    """Whether at least half of the letters are Latin ones."""
    letters = list(islice((sign for sign in sample if sign.isalpha()), _SAMPLED_LETTERS))
    return 2 * sum(unicodedata.name(sign, "").startswith("LATIN") for sign in letters) >= len(letters)


def in_another_language(text: str) -> str | None:
    """Why a text is not scored, where it is certainly not in English; else None."""
    language = other_language(text)
    return f"in another language than English: {language}" if language else None


@cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
