"""How one quotation became another: word for word, with other marks, cut, extended or reworded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ..knowledge.places import same_place
from ..vocabulary import QuoteRelation
from .amounts import equal
from .quantities import quantities
from .word_difference import Piece, difference, is_negation, words

SAME_WORDS = ("verbatim", "punctuation", "trimmed")  # every word inside the marks stands in the other telling
_ELLIPSIS = re.compile(r"\.\.\.|…|\[\.{2,3}\]")
_FEW = 2  # so many words cut from within are a change of wording, more are a cut
_FEW_NEGATED = 5  # and so many with a negation among them
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " "})
_BRITISH = [
    *((f"is{ending}", f"iz{ending}") for ending in ("e", "ed", "es", "ing", "ation", "ations")),
    *((f"our{ending}", f"or{ending}") for ending in ("", "s", "ed", "ing", "able", "ite", "ful", "hood")),
    *((f"ll{ending}", f"l{ending}") for ending in ("ed", "ing", "er", "ers")),
    *(("tre", "ter"), ("tres", "ters"), ("ence", "ense"), ("ences", "enses"), ("ogue", "og"), ("amme", "am")),
    *(("yse", "yze"), ("ysed", "yzed")),
]
_ROMAN = {"ii": "two", "iii": "three", "iv": "four", "2nd": "second", "3rd": "third", "1st": "first"}
_SHORT_FORMS = re.compile(r"\bper cent\b|\bno\.(?= ?\d)|\bno\.?$|\bnr\.?(?= ?\d)|#(?=\d)|№ ?")
_GAP = 4  # characters around the place of missing words
_OUTER = " .,;:'\"\n"
_PARTED_ENDING = re.compile(r"\s+(?=[’']s\b)")  # Velm ’s
_EDITED = re.compile(
    r"\[(?![.…\s]*\])[^\]\n]{1,80}\]|\((?![.…\s]*\))[^)\n]{1,30}\)"
)  # an editor's words inside the marks


def classify(a: str, b: str) -> QuoteRelation:
    """How one quotation became another: verbatim, punctuation, trimmed, extended or reworded.

    verbatim: the same characters, but for kinds of marks and the stop or comma at either end, which belong to the
    sentence around the quotation. punctuation: the same words. trimmed: `b` lacks words at its ends, or within where
    it has an ellipsis or where three words or more in a row are gone; extended: the other way round. Everything else,
    and every loss or gain of a negation within, is reworded. An editor's words in square brackets change nothing, as
    they are not the speaker's; numbers are compared by value (12, twelve).

    >>> classify("We will not leave, and that is final.", "We will not leave")
    'trimmed'
    >>> classify("We will not leave, and that is final.", "We will leave, and that is final.")
    'reworded'
    """
    if _plain(a) == _plain(b):
        return "verbatim"
    a, b = (_PARTED_ENDING.sub("", text) for text in (a, b))
    if _EDITED.search(a) or _EDITED.search(b):
        return _of_edited(a, b)
    if [w.form for w in words(a)] == [w.form for w in words(b)] and _signs(a) == _signs(b):
        return "punctuation"
    pieces = [_as_same(piece) for piece in difference(a, b)]
    changed = [piece for piece in pieces if piece.operation != "same"]
    if not changed:
        return "punctuation"
    operations = {piece.operation for piece in changed}
    if operations == {"removed"} and _is_cut(pieces, b, side="a"):
        return "trimmed"
    if operations == {"added"} and _is_cut(pieces, a, side="b"):
        return "extended"
    return "reworded"


def _of_edited(a: str, b: str) -> QuoteRelation:
    """The same without the words in brackets, or with them as the speaker's, whichever changes less.

    Words that deny are always the speaker's: no editor may add them.
    """
    least: QuoteRelation = "reworded"
    for bare_a in dict.fromkeys((without_edits(a), _unmarked(a))):
        for bare_b in dict.fromkeys((without_edits(b), _unmarked(b))):
            found = classify(bare_a, bare_b)
            if found in ("verbatim", "punctuation"):
                return "punctuation"
            least = found if least == "reworded" else least
    return least


def without_edits(text: str) -> str:
    """A quotation without an editor's words in brackets, unless they deny: nobody may add these."""
    return _unmarked(_EDITED.sub(lambda m: m[0] if any(is_negation(w.form) for w in words(m[0])) else " ", text))


def _unmarked(text: str) -> str:
    return re.sub(r"[\[\]()]", "", text)


def edited(a: str, b: str) -> bool:
    """Whether an editor's words in square brackets stand in the place of a speaker's in one of two quotations.

    >>> edited("He will stay.", "[Mr Falk] will stay."), edited("He will stay.", "Mr Falk will stay.")
    (True, False)
    """
    pieces = [p for p in difference(a, b) if p.operation != "same"]
    if any(is_negation(w.form) for p in pieces for w in words(f"{p.a} {p.b}")):
        return False
    return bool(pieces) and all(
        in_brackets(p.start_a, p.end_a, a) or in_brackets(p.start_b, p.end_b, b) for p in pieces
    )


def in_brackets(start: int, end: int, text: str) -> bool:
    """Whether a stretch of a quotation is an editor's words in brackets."""
    return start < end and any(m.start() <= start and end <= m.end() for m in _EDITED.finditer(text))


def _as_same(piece: Piece) -> Piece:
    """A piece, shown as the same where it is one thing in two writings."""
    if piece.operation == "replaced" and is_one_writing(piece.a, piece.b):
        return piece._replace(operation="same")
    return piece


def is_one_writing(a: str, b: str) -> bool:
    """Whether two stretches are one number, one amount or one word in two spellings: 12, twelve; per cent, percent."""
    forms = [[_spelling(w.form) for w in words(_SHORT_FORMS.sub(_in_full, text.lower()))] for text in (a, b)]
    if _unhyphened(forms[0]) == _unhyphened(forms[1]) or same_place(" ".join(forms[0]), " ".join(forms[1])):
        return True
    one, other = quantities(a), quantities(b)
    if len(one) != 1 or len(other) != 1 or (one[0].text, other[0].text) != (a.strip(_OUTER), b.strip(_OUTER)):
        return False
    return equal(one[0], other[0]) and (one[0].unit is None) == (other[0].unit is None)


def _unhyphened(forms: Sequence[str]) -> str:
    """Words as one without hyphens (cease-fire, ceasefire); re-signed is not resigned."""
    return "".join(form if form.startswith("re-") else form.replace("-", "") for form in forms)


def _in_full(match: re.Match[str]) -> str:
    return "percent" if match[0] == "per cent" else "number "


def _spelling(form: str) -> str:
    """A word as American English spells it, as far as endings tell (organise, colour, centre); II as two."""
    if form in _ROMAN:
        return _ROMAN[form]
    for ending, other in _BRITISH:
        if form.endswith(ending) and len(form) > len(ending) + 2:
            return form[: -len(ending)] + other
    return form


def _signs(text: str) -> list[str]:
    """The numbers below zero."""
    return re.findall(r"(?<![\w.,])[-−–]\d[\d.,]*", text)


def _plain(text: str) -> str:
    return " ".join(text.translate(_TYPOGRAPHY).split()).strip(_OUTER)


def _is_cut(pieces: Sequence[Piece], shorter: str, *, side: Literal["a", "b"]) -> bool:
    """Whether every missing piece is at an end, marked by an ellipsis, or long enough to be a cut."""
    marked = bool(_ELLIPSIS.search(shorter))
    for piece in pieces[1:-1]:
        if piece.operation == "same" or _is_at_gap(piece, shorter, side):
            continue
        missing = [w.form for w in words(piece.a if side == "a" else piece.b)]
        negated = any(map(is_negation, missing))
        if (negated and len(missing) <= _FEW_NEGATED) or (len(missing) <= _FEW and not marked):
            return False
    return True


def _is_at_gap(piece: Piece, shorter: str, side: Literal["a", "b"]) -> bool:
    """Whether words are missing where a reporting clause parts a quotation: “… we stay,” she said, “and …”."""
    at = piece.start_b if side == "a" else piece.start_a
    return "  " in shorter[max(at - _GAP, 0) : at + _GAP]
