"""Whether two wordings of a quotation are two reporters' of one statement, rather than one wording altered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..knowledge.aliases import is_given_name
from ..knowledge.opposites import opposites
from .alignment import Embed
from .quantities import quantities
from .quotation_classes import in_brackets, is_one_writing
from .quotation_matching import QuotePair
from .quotation_trifles import Lemmas, is_trifle
from .word_difference import Piece, content_words, is_negation, numbers, words

_FEWEST_KEPT = 6  # words in common that show that two quotations have one wording
_ONE_WORDING = 0.8  # of the words between the first and the last of these, in one wording; translations share fewer
_FEW_REPLACED = 3  # words at an end of a quotation that stand for others there, and are no cut
_GAP = 4  # characters around a place in which a cut is marked
_CUT = re.compile(r"…|\.\.\.|\s{2}")
_LOST = re.compile(r"[.!?]\s+[a-z]|\s[,.;]")
_LIGHT = frozenset("a an the this that these those of in on at to for and is are was were be been 's".split())
_FEWEST_ANEW = 2  # places in which a translator has other words than another
_OF_ARTICLE = frozenset("a an the my your his her its our their".split())
_NEAR = 0.4  # cosine of words that two translators have for one; of words that say another thing few have it
_BETWEEN = 2  # words
_MODALS = frozenset("will would shall should can could may might must ought".split())
_FILLERS = frozenset("sorry uh um er well".split())
_NEARBY = 12  # words on each side of a false start
_PARTICLES = frozenset("really still just simply actually indeed".split())  # each stands for one of another language


def are_of_two_reports(quote: QuotePair, lemmas: Lemmas, *, embed: Embed) -> bool:
    """Whether two reporters may have heard, cut or translated one statement for themselves, so that nobody altered it.

    Words put in marks, or more of them, are then what the second reporter heard. Other words inside the marks are an
    alteration only where nearly all are the same, so that they come from one wording; and not where the beginnings
    and ends differ alone, or a word that says nothing, or where places are told in words that mean much the same, as
    translators do; nor where a page has lost a word, so that a sentence begins with a small letter.
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
    before, after = quote.a.text, quote.b.text
    changed = [p for p in changed if _says_otherwise(p) and not _fills_gap(p, before, after)]
    changed = [p for p in changed if not (_is_edited(p, before, after) or _is_given_name(p, before, after))]
    changed = [p for p in changed if not _is_repeated(p, before, after)]
    if not changed or _are_translators(changed, quote.difference):
        return True
    return all(_is_much_the_same(p, embed) for p in _together(changed, before, after))


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


def _fills_gap(piece: Piece, before: str, after: str) -> bool:
    """Whether words stand where the other telling has cut the quotation, its reporter comes in between, or one is lost.

    A page that has lost a name goes on with a small letter: “…our security. needs to adapt”.
    """
    if piece.operation == "added":
        at, text = (piece.start_a, piece.end_a), before
    elif piece.operation == "removed":
        at, text = (piece.start_b, piece.end_b), after
    else:
        return False
    around = text[max(at[0] - _GAP, 0) : at[1] + _GAP]
    return bool(_CUT.search(around) or _LOST.search(around))


def _is_edited(piece: Piece, before: str, after: str) -> bool:
    """Whether the words of either side are an editor's, in brackets."""
    return in_brackets(piece.start_a, piece.end_a, before) or in_brackets(piece.start_b, piece.end_b, after)


def _is_repeated(piece: Piece, before: str, after: str) -> bool:
    """Whether one text alone has a word twice, or a false start, as in speech: “a wrongful, wrongful arrest”."""
    if bool(piece.a) == bool(piece.b):
        return False
    start, end, text = (piece.start_a, piece.end_a, before) if piece.a else (piece.start_b, piece.end_b, after)
    beside = [*words(text[:start])[-_NEARBY:], *words(text[end:])[:_NEARBY]]
    forms = {w.form for w in words(text[start:end])}
    return not any(map(is_negation, forms)) and forms - _FILLERS <= {w.form for w in beside}


def _is_given_name(piece: Piece, before: str, after: str) -> bool:
    """Whether one text has a given name before the surname that both have."""
    start, end, text = (piece.start_a, piece.end_a, before) if piece.a else (piece.start_b, piece.end_b, after)
    if bool(piece.a) == bool(piece.b):
        return False
    return is_given_name(text[start:end]) and text[end : end + 2].strip()[:1].isupper()


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


def _together(pieces: Sequence[Piece], before: str, after: str) -> list[Piece]:
    """Changes with no more than a word or two between them as one: "The time has come" for "It is time"."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and len(words(before[last.end_a : piece.start_a])) <= _BETWEEN:
            found.pop()
            ends = (last.start_a, piece.end_a, last.start_b, piece.end_b)
            piece = Piece("replaced", *ends, before[ends[0] : ends[1]], after[ends[2] : ends[3]])
        found.append(piece)
    return found


def _is_much_the_same(piece: Piece, embed: Embed) -> bool:
    """Whether words stand for others that mean much the same: soldiers for warriors, but neither must nor wounded."""
    old, new = (frozenset(w.form for w in words(text)) for text in (piece.a, piece.b))
    if not (content_words(piece.a) and content_words(piece.b)) or (old ^ new) & _MODALS:
        return False
    if any(is_negation(form) for form in old | new) or quantities(piece.a) or quantities(piece.b):
        return False
    if any(frozenset({x, y}) in opposites() for x in old - new for y in new - old):
        return False
    vectors = embed([piece.a, piece.b])
    return float(vectors[0] @ vectors[1]) >= _NEAR
