"""Whether two wordings of a quotation are two reporters' of one statement, rather than one wording altered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .quantities import quantities
from .quotation_classes import is_one_writing
from .quotation_matching import QuotePair
from .quotation_trifles import Lemmas, is_trifle
from .word_difference import Piece, content_words, is_negation, numbers, words

_FEWEST_KEPT = 6  # words in common that show that two quotations have one wording
_ONE_WORDING = 0.8  # of the words between the first and the last of these, in one wording; translations share fewer
_FEW_REPLACED = 3  # words at an end of a quotation that stand for others there, and are no cut
_GAP = 4  # characters around a place in which a cut is marked
_CUT = re.compile(r"…|\.\.\.|\s{2}")
_LIGHT = frozenset("a an the this that these those of in on at to for and is are was were be been 's".split())
_FEWEST_ANEW = 2  # places in which a translator has other words than another
_OF_ARTICLE = frozenset("a an the my your his her its our their".split())
_PARTICLES = frozenset("really still just simply actually indeed".split())  # each stands for one of another language


def are_of_two_reports(quote: QuotePair, lemmas: Lemmas) -> bool:
    """Whether two reporters may have heard, cut or translated one statement for themselves, so that nobody altered it.

    Words put in marks, or more of them, are then what the second reporter heard. Other words inside the marks are an
    alteration only where nearly all are the same, so that they come from one wording; and not where the beginnings
    and ends differ alone, or a word that says nothing, or where two places are told in other words, as translators do.
    """
    if quote.a is None or quote.b is None or quote.relation not in ("reworded", "extended"):
        return True
    if quote.speaker_changed:
        return True  # what one denies another may have claimed
    core = _core(quote.difference)
    size = max(sum(len(words(p.a)) for p in core), sum(len(words(p.b)) for p in core), 1)
    same = sum(len(words(p.a)) for p in core if p.operation == "same")
    if same < _FEWEST_KEPT or same < _ONE_WORDING * size:
        return True
    changed = [p for p in core if p.operation != "same" and not is_trifle(p, lemmas)]
    changed = [p for p in changed if _says_otherwise(p) and not _fills_gap(p, quote.a.text)]
    return not changed or _are_translators(changed, quote.difference)


def _core(pieces: Sequence[Piece]) -> list[Piece]:
    """Two quotations from the first to the last words that they share, or that stand for one another at an end."""
    kept = list(pieces)
    for end in (0, -1):
        while kept and not (kept[end].operation == "same" or _stand_for_another(kept[end])):
            kept.pop(end)
    return kept


def _stand_for_another(piece: Piece) -> bool:
    sizes = len(words(piece.a)), len(words(piece.b))
    return piece.operation == "replaced" and max(sizes) <= _FEW_REPLACED


def _fills_gap(piece: Piece, before: str) -> bool:
    """Whether words were added where the first telling has cut the quotation, or its reporter comes in between."""
    around = before[max(piece.start_a - _GAP, 0) : piece.end_a + _GAP]
    return piece.operation == "added" and bool(_CUT.search(around))


def _says_otherwise(piece: Piece) -> bool:
    """Whether one wording in the place of another says anything else: no article, and no other writing of a number.

    A possessive in the place of an article is none, and no particle in the place of another.
    """
    old, new = ({w.form for w in words(text)} for text in (piece.a, piece.b))
    if (old ^ new) <= _LIGHT or is_one_writing(piece.a, piece.b):
        return False
    if old <= _PARTICLES and new <= _PARTICLES and old and new:
        return False
    article = bool(old and new and old | new <= _OF_ARTICLE and (old & _LIGHT or new & _LIGHT))
    return not article


def _are_translators(changed: Sequence[Piece], pieces: Sequence[Piece]) -> bool:
    """Whether content words stand for others in two places or more, or stand elsewhere, and no negation or number does.

    Who alters what somebody said changes a word; who translates it anew has other words throughout.
    """
    if any(is_negation(w.form) for p in changed for w in words(f"{p.a} {p.b}")):
        return False
    if any(numbers(p.a) != numbers(p.b) or quantities(p.a) or quantities(p.b) for p in changed):
        return False
    gone = {w for p in pieces if p.operation != "same" for w in content_words(p.a)}
    come = {w for p in pieces if p.operation != "same" for w in content_words(p.b)}
    moved = gone & come
    anew = [p for p in changed if content_words(p.a) and content_words(p.b)]
    elsewhere = [p for p in changed if p not in anew and moved & (content_words(p.a) | content_words(p.b))]
    return len(anew) + len(elsewhere) >= _FEWEST_ANEW
