"""Differences of two wordings of a quotation that change nothing: short forms, tense, number of a noun, articles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..article import AnnotatedArticle
from .attributed_speech import AttributedSpeech
from .word_difference import Piece, is_negation, words

_ARTICLES = frozenset("a an the this that these those".split())
_BE = frozenset("am is are was were be been being".split())
_AUXILIARIES = _BE | frozenset("has have had do does did".split())
_FUTURE = frozenset(("will", "shall"))  # where nothing stands for it; “would” or “may” say something else
_INFLECTED = ("NOUN", "VERB", "AUX")  # a comparative has the lemma of its adjective, and says more
_SHORT_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), full)
    for pattern, full in (
        (r"\bwon't\b", "will not"),
        (r"\bshan't\b", "shall not"),
        (r"\b(?:can't|cannot)\b", "can not"),
        (r"n't\b", " not"),
        (r"\b(he|she|it|that|there|here|what|who|where|how)'s\b", r"\1 is"),
        (r"'re\b", " are"),
        (r"'m\b", " am"),
        (r"'ve\b", " have"),
        (r"'ll\b", " will"),
    )
)

Lemmas = Mapping[str, str]


def in_full(text: str) -> str:
    """A text with its short forms written out.

    >>> in_full("He’s sure they won't go.")
    'He is sure they will not go.'
    """
    text = text.replace("’", "'")
    for pattern, full in _SHORT_FORMS:
        text = pattern.sub(full, text)
    return text


def lemmas_of(article: AnnotatedArticle, said: AttributedSpeech) -> dict[str, str]:
    """Lemmas of the nouns and verbs of what is said, by their forms."""
    inside = (t for t in article.tokens if said.start <= t.start < said.end)
    return {t.text.casefold(): t.lemma.casefold() for t in inside if t.pos in _INFLECTED}


def are_trifles(pieces: Sequence[Piece], lemmas: Lemmas) -> bool:
    """Whether nothing in all those pieces that differ says anything else."""
    return all(is_trifle(piece, lemmas) for piece in pieces if piece.operation != "same")


def is_trifle(piece: Piece, lemmas: Lemmas) -> bool:
    """Whether two wordings differ in an article, an auxiliary, the tense of a verb or the number of a noun alone.

    `lemmas` are those of both texts. Negations never are trifles, nor is one modal verb for another.

    >>> from .word_difference import difference
    >>> [change] = [p for p in difference("I see a boat.", "I saw a boat.") if p.operation != "same"]
    >>> is_trifle(change, {"see": "see", "saw": "see"}), is_trifle(change, {})
    (True, False)
    """
    old, new = ([w.form for w in words(in_full(text))] for text in (piece.a, piece.b))
    if sum(map(is_negation, old)) != sum(map(is_negation, new)) or _turns_passive(old, new):
        return False
    left, right = (
        [lemmas.get(form, form) for form in forms if form not in _ARTICLES | _AUXILIARIES] for forms in (old, new)
    )
    return [form for form in left if form not in _FUTURE] == [form for form in right if form not in _FUTURE]


def _turns_passive(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one side alone has a form of to be, so that who attacked may have been attacked; not with an -ing."""
    with_be = [forms for forms in (a, b) if _BE & set(forms)]
    return len(with_be) == 1 and not any(form.endswith("ing") for form in with_be[0])
