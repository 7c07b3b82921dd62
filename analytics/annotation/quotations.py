"""Finds what stands inside quotation marks, whatever the mix of straight and curly marks.

Works on characters, before any parse, so that the marks can also keep the sentence splitter from
cutting a closing mark off its sentence. No arrangement of marks raises, and an unclosed mark never
claims more than the sentence it opens.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

_DOUBLE = re.compile('[“”"]')
_SINGLE_OPENING = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–“\"-]))[‘'](?=\w)", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?][’')\]]*\s+(?=[A-Z“\"‘])")
_ELISION = re.compile(r"[‘’'](?:\d\ds?\b|em\b|til\b|tis\b|twas\b|cause\b|n\b|cos\b|bout\b|round\b)", re.IGNORECASE)
_REPORTING = re.compile(r"\b(?:said|says|told|tells|added|adds|according to|wrote|tweeted|asked)\b")
_LONGEST_SINGLE = 300  # characters; apostrophes pair by accident over longer stretches
_LONGEST_DOUBLE = 3000
_LONGEST_NESTED = 60


class Quotation(NamedTuple):
    """A stretch in quotation marks. [start, end) includes the marks, [inner_start, inner_end) does not."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    continues: bool  # the speaker goes on in the next paragraph, which opens with a mark again


def find_quotations(text: str) -> list[Quotation]:
    """Quotations of a text in order, without overlaps. Marks nested inside a quotation belong to it.

    >>> [text[q.inner_start:q.inner_end] for text in ['He said “yes" and "no.”'] for q in find_quotations(text)]
    ['yes', 'no.']
    """
    found: list[Quotation] = []
    blocks = list(_blocks(text))
    for number, (start, end) in enumerate(blocks):
        following = blocks[number + 1][0] if number + 1 < len(blocks) else None
        reopened = following is not None and text[following] in '“"'
        doubles = list(_double(text, start, end, reopened=reopened))
        found += doubles
        found += _single(text, start, end, doubles)
    return sorted(found)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        yield match.start(), match.end()


def _double(text: str, start: int, end: int, *, reopened: bool) -> Iterator[Quotation]:
    opening: int | None = None
    marks = [match.start() for match in _DOUBLE.finditer(text, start, end)]
    inner = -1  # the closing mark of a quotation inside the open one
    for number, at in enumerate(marks):
        mark = text[at]
        if number == inner:
            continue
        may_open = _may_open(text, at, start, end) and (mark != "”" or opening is None)
        may_close = mark != "“" and _may_close(text, at, start, end)
        if opening is None:
            if may_open or (mark == "“" and at + 1 < end) or _is_spaced_opening(text, marks, number, start, end):
                opening = at
        elif may_close or not may_open:
            if mark == "“":  # an opening mark where only a closing one can stand
                mark = "”"
            if at - opening > _LONGEST_DOUBLE:
                yield _unclosed(text, opening, end)
            elif at > opening + 1:
                yield Quotation(opening, at + 1, opening + 1, at, True, False)
            opening = None
        elif _is_nested(text, marks, number, start, end):
            inner = number + 1
        else:  # a second opening mark before any closing one
            yield _reopened(text, opening, at)
            opening = at
    if opening is not None:
        if reopened and end - opening <= _LONGEST_DOUBLE:
            yield Quotation(opening, end, opening + 1, end, False, True)
        elif end > opening + 1:
            yield _unclosed(text, opening, end)


def _is_spaced_opening(text: str, marks: list[int], number: int, start: int, end: int) -> bool:
    """Whether a straight mark between spaces opens: a sentence begins there, and the next mark can only close."""
    if number + 1 >= len(marks) or text[marks[number]] != '"' or marks[number] + 2 >= end:
        return False
    at, following = marks[number : number + 2]
    before = text[max(start, at - 2) : at]
    if text[at + 1] != " " or (before.strip()[-1:] not in ".:,!?…”" and before.strip()):
        return False
    return _may_close(text, following, start, end) and not _may_open(text, following, start, end)


def _is_nested(text: str, marks: list[int], number: int, start: int, end: int) -> bool:
    """Whether a mark opens a few words inside an open quotation: "press the "Save" button," she said."""
    if number + 2 >= len(marks) or text[max(start, marks[number] - 3) : marks[number]].rstrip()[-1:] in ".!?…":
        return False
    _, closing, last = marks[number : number + 3]
    closes = all(_may_close(text, at, start, end) and not _may_open(text, at, start, end) for at in (closing, last))
    return closes and closing - marks[number] <= _LONGEST_NESTED


def _may_open(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return (before.isspace() or before in "([{—–-/‘'…:" or before == "“") and not after.isspace()


def _may_close(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if text[at] == "”":
        return True
    return not before.isspace() and (not after.isalnum() or before in ".,!?…")


def _reopened(text: str, opening: int, at: int) -> Quotation:
    """What an opening mark claims when another opening mark comes before its closing one.

    In text whose paragraphs were joined, that is a speaker who goes on in the next paragraph:
    the stretch ends a sentence and holds no reporting verb. Otherwise a closing mark is missing.
    """
    stretch = text[opening + 1 : at]
    if stretch[:1].islower() and text[max(0, opening - 2) : opening - 1].isalnum():
        return _unclosed(text, opening, at)  # words out of a sentence, 'a "hostile act. …', not a speech that goes on
    ends_sentence = stretch.rstrip()[-1:] in ".!?…’'"
    if ends_sentence and len(stretch) <= _LONGEST_DOUBLE and not _REPORTING.search(stretch):
        last = opening + 1 + len(stretch.rstrip())
        return Quotation(opening, last, opening + 1, last, False, True)
    return _unclosed(text, opening, at)


def _unclosed(text: str, opening: int, end: int) -> Quotation:
    sentence_end = _SENTENCE_END.search(text, opening + 1, end)
    last = sentence_end.start() + 1 if sentence_end else min(end, opening + _LONGEST_SINGLE)
    last = opening + len(text[opening:last].rstrip())
    return Quotation(opening, last, opening + 1, last, False, False)


def _single(text: str, start: int, end: int, doubles: list[Quotation]) -> Iterator[Quotation]:
    """Quotations in single marks outside double ones; apostrophes and elisions are told apart."""
    starts = [q.start for q in doubles]
    ends_so_far = list(accumulate((q.end for q in doubles), max))
    at = start
    while match := _SINGLE_OPENING.search(text, at, end):
        at = match.end()
        opening = match.start()
        before = bisect_right(starts, opening)
        if _ELISION.match(text, opening) or (before and opening < ends_so_far[before - 1]):
            continue
        limit = min([end, opening + _LONGEST_SINGLE, *starts[before : before + 1]])
        closing = _closing_single(text, opening, limit, end)
        if closing is not None:
            yield Quotation(opening, closing + 1, opening + 1, closing, True, False)
            at = closing + 1


def _closing_single(text: str, opening: int, limit: int, end: int) -> int | None:
    curly = text[opening] == "‘"
    possessive: int | None = None
    for at in range(opening + 2, limit):
        mark = text[at]
        if mark not in "’'" or (curly and mark == "'"):
            if mark == "‘":
                break
            continue
        before, after = text[at - 1], text[at + 1] if at + 1 < end else " "
        if after.isalnum() or before.isspace():
            continue
        if before == "s" and after == " ":  # may be a plural possessive; a later mark is surer
            possessive = possessive or at
            continue
        return at
    return possessive
