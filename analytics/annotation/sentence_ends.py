"""Where sentences begin that a parser misses: after "p.m.", "Inc." and other abbreviations, and after a dateline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:,?\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?)?"
_SOURCE = r"\([A-Z][^()\n]{1,40}\)"
DATELINE = re.compile(  # "PARIS, March 3 (AFP) — ", "HALSMER, Norland – ", "Halsmer (Capstan) - "
    rf"^(?:[A-Z][A-Z.'’-]{{2,}}(?:[ /][A-Z][A-Z.'’-]*){{0,4}}(?:,\s[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?"
    rf"{_DAY}\s*(?:{_SOURCE})?"
    rf"|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){{0,2}}(?:,\s[A-Z][\w.]+)?{_DAY}\s{_SOURCE})\s*(?:--|[-–—])\s+(?=\S)",
    re.MULTILINE,
)
_TIMES = frozenset({"a.m.", "p.m.", "am.", "pm."})
_ZONES = frozenset(
    "et est edt gmt utc cet cest bst pt pst pdt ct cst cdt mt eastern pacific central local time monday tuesday"
    " wednesday thursday friday saturday sunday january february march april may june july august september october"
    " november december".split()
)
_FIRMS = frozenset({"inc.", "corp.", "ltd.", "co.", "plc.", "llc.", "bros."})
_DEGREES = frozenset({"jr.", "sr.", "ph.d.", "m.d.", "esq.", "b.a.", "m.a.", "mba."})
_LISTS = frozenset({"etc.", "al.", "a.k.a.", "approx.", "est."})
_PLACES = frozenset(
    {"u.s.", "u.k.", "u.n.", "e.u.", "d.c.", "l.a.", "n.y.", "u.s.a.", "u.s.s.r.", "st.", "ave.", "blvd.", "rd."}
)
_STREETS = frozenset({"st.", "ave.", "blvd.", "rd."})
_RANKS = frozenset("cpl cllr supt insp det sgt cmdr brig revd pte cdr".split())
_ABBREVIATIONS = _TIMES | _FIRMS | _DEGREES | _LISTS | _PLACES
_AMOUNT = re.compile(r"[$€£]?(\d[\d.,]*)?(?:m|bn|k|tn|km|kg|cm|mm|ft|lb|mph|kph)\.$", re.IGNORECASE)
_STARTERS = frozenset(  # words with a capital that begin a sentence, whatever is before them
    "he she it they we you i this that these those nobody everybody everyone someone somebody nothing the a an his her"
    " its their our my some many most both each every another but and or yet so however meanwhile still then now when"
    " while if although though after before since as because in on at for from with by under during who what why how"
    " where there here not later earlier only even once until also".split()
)
_ROLES_AFTER_FIRMS = frozenset(
    "chief ceo cfo coo president chairman chairwoman chair director spokesman spokeswoman spokesperson executive"
    " founder co vice analyst managing senior general".split()
)
_NAMED_AFTER = frozenset("day high boulevard street drive memorial library center centre hall park school".split())
_FRONTED = 5  # tokens: "At 5 p.m. Ada Brandt said …" has its time in front
_STOP_KEPT = re.compile(
    r"(?:\b[A-Za-z]\.(?:[A-Za-z]\.)+|\b(?:[AaPp]\.?m|Inc|Corp|Ltd|Co|Plc|Bros|Jr|Sr|Ph\.?D|St|Ave|etc|al|No)\.)$"
)


def datelines(content: str) -> list[tuple[int, int]]:
    """Where the datelines of a text stand: "PARIS, March 3 (AFP) — "."""
    return [match.span() for match in DATELINE.finditer(content)]


def keeps_its_stop(text: str) -> bool:
    """Whether the stop at the end of some words belongs to the last of them: "by 6 p.m."."""
    return text.endswith(".") and _STOP_KEPT.search(text[-12:]) is not None


def mark_sentence_ends(doc: Doc) -> None:
    """Set where sentences begin after abbreviations and datelines; all else is left to the parser."""
    start = 0
    for token in doc[:-1]:
        if token.is_sent_start:
            start = token.i
        if token.text[-1] != ".":
            if (
                token.lower_ == "no"
                and token.nbor().text == "."
                and token.i + 2 < len(doc)
                and doc[token.i + 2].is_digit
            ):
                token.nbor().is_sent_start = doc[token.i + 2].is_sent_start = False
            if token.lower_ in _RANKS and token.nbor().text == "." and token.i + 2 < len(doc):
                token.nbor().is_sent_start = doc[token.i + 2].is_sent_start = False
            continue
        following = token.nbor()
        if token.lower_ in ("no.", "nos.") and following.is_digit:
            following.is_sent_start = False
        elif token.lower_ in _TIMES and token.i + 2 < len(doc) and doc[token.i + 2].lower_ == "time":
            following.is_sent_start = False  # "10 a.m. Oslo time"
        elif following.is_sent_start is None and _ends_sentence(token, following, token.i - start):
            following.is_sent_start = True
            start = following.i
    _mark_datelines(doc)


def _ends_sentence(token: Token, following: Token, place: int) -> bool:
    """Whether a sentence ends with an abbreviation, `place` tokens after its beginning."""
    word, after = token.lower_, following.lower_
    amount = _is_amount(token)
    if not (amount or word in _ABBREVIATIONS) or not following.text[0].isupper():
        return False
    if after in _STARTERS:
        return True
    beyond = following.nbor() if following.i + 1 < len(following.doc) else None
    plain = beyond is not None and beyond.text[0].islower()  # "Residents returned", not "Tom Reed" or "Day Parade"
    if word in _STREETS:
        return plain and place > 1 and token.nbor(-1).text[0].isupper()  # "Mill St.", not "in St. Louis"
    if word in _TIMES:
        return place >= _FRONTED and after not in _ZONES
    if word in _FIRMS:
        return place > 1 and after not in _ROLES_AFTER_FIRMS
    if word in _DEGREES:
        return place > 1 and plain and after not in _NAMED_AFTER
    numbered = after in ("no", "no.") and beyond is not None and (beyond.is_digit or beyond.text == ".")
    return (amount or word in _LISTS) and (plain or numbered)


def _is_amount(token: Token) -> bool:
    match = _AMOUNT.match(token.text)
    return match is not None and (match[1] is not None or (token.i > 0 and token.nbor(-1).like_num))


def _mark_datelines(doc: Doc) -> None:
    found = datelines(doc.text)
    if not found:
        return
    lines = iter(found)
    start, end = next(lines)
    for token in doc:
        while token.idx >= end:
            if token.idx == end:
                token.is_sent_start = True
            start, end = next(lines, (len(doc.text), len(doc.text) + 1))
        if start < token.idx < end:
            token.is_sent_start = False
