"""Numbers in figures and in words, with scales: what a number at a place of a text is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..knowledge.units import units

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[,\u202f\u00a0\u2009 ]\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<sign>[$€£¥₴₽₹₪%°])|(?P<other>\S)"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[,\u202f\u00a0\u2009 ]\d{3})+(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_MINUS = re.compile(r"(?:(?<![\w)])[-−–]|\bminus )$")
CODES = frozenset("eur usd gbp uah rub chf pln jpy cny".split())
_ONES = {
    name: number
    for number, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {name: 10 * n for n, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SLIP = re.compile(r"([a-z])\1{2,}")  # milllion
_SMALL_SCALES = {"hundred": 1e2, "dozen": 12.0}
_SCALES = {
    **{"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6},
    **{"bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "lakh": 1e5, "crore": 1e7},
}
_PLURALS = frozenset("people men women children police troops staff personnel percent".split())
STOPS = frozenset("and or of in on at to for with by from as but the a an that who which were was are is".split())


class Number(NamedTuple):
    """A number, from its first token to the one after its last."""

    first: int  # token
    last: int  # token after it
    value: float
    scaled: bool  # whether a scale word is part of it
    bare: bool  # a single word "one"


class Numerals:
    """The tokens of a text, and the numbers that begin at them; `taken` are stretches that hold none, such as dates."""

    def __init__(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> None:
        self.text = text
        self.tokens = list(_TOKEN.finditer(text))
        self.forms = [_SLIP.sub(r"\1\1", m[0].replace("’", "'").lower()) for m in self.tokens]
        self.taken = taken

    def form(self, i: int) -> str:
        """A token in lower case; "" outside the text."""
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    def number_at(self, i: int) -> Number | None:
        """The number that begins at a token."""
        if i >= len(self.tokens) or any(s < self.tokens[i].end() and self.tokens[i].start() < e for s, e in self.taken):
            return None
        if self.tokens[i]["number"]:
            return self._in_figures(i)
        return self._in_words(i) if self.tokens[i]["word"] else None

    def _in_figures(self, i: int) -> Number | None:
        start = self.tokens[i].start()
        if re.search(r"[^\W\d_]$|[^\W\d_a-z][-–]$|[A-Z]\w*-$|\d[.,]$|[#№]$", self.text[max(start - 12, 0) : start]):
            return None
        below = _MINUS.search(self.text[max(start - 12, 0) : start])
        value = value_of(self.tokens[i][0]) * (-1 if below else 1)
        after = i + 1
        suffix = self._touching(i)
        if suffix and suffix not in _SCALES and suffix not in units():
            return None  # 3rd, 1980s, 5G
        if self.form(after) in ("-", "–") and len(self.form(after + 1)) > 2 and self.form(after + 1) in _SCALES:
            after += 1  # a 5-million-euro fund
        scale = self._scale(after)
        if scale:
            return Number(i, after + 1, value * scale, True, False)
        after = i + 1
        if self.form(after) in _SMALL_SCALES:  # 5 hundred, 3 dozen
            return Number(i, after + 1, value * _SMALL_SCALES[self.form(after)], True, False)
        return Number(i, after, value, False, False)

    def _touching(self, i: int) -> str:
        after = i + 1
        if after == len(self.tokens) or not self.tokens[after]["word"]:
            return ""
        return self.forms[after] if self.tokens[after].start() == self.tokens[i].end() else ""

    def _scale(self, i: int) -> float:
        """What a scale word at a place multiplies by; 0 for none. “5m” are metres but for money or people."""
        form = self.form(i)
        if form not in _SCALES:
            return 0.0
        if len(form) > 1:
            return _SCALES[form]
        if i == 0 or self.tokens[i].start() != self.tokens[i - 1].end():
            return 0.0  # 5 m, 5 k
        at = i - 4 if self.form(i - 2) in ("-", "–") else i - 2  # €5m, €5-6m
        sign = at >= 0 and (self.tokens[at]["sign"] or self.forms[at] in CODES)
        unit = units().get(self.form(i + 1))
        if sign or form == "k" or (unit is not None and unit.dimension == "currency") or self.is_plural(i + 1):
            return _SCALES[form]
        return 0.0

    def is_plural(self, i: int) -> bool:
        """Whether a token looks like a noun that is counted."""
        form = self.form(i)
        return form in _PLURALS or (len(form) > 3 and form.endswith("s") and form not in STOPS)

    def _in_words(self, i: int) -> Number | None:
        first, value, part, scaled = i, 0.0, None, False  # `part`: below the next scale word
        form = self.forms[i]
        if form in ("a", "an", "half", "several"):
            return self._after_article(i)
        while i < len(self.tokens):
            form = self.form(i)
            if form in _ONES and (part is None or part >= 100 or (part in _TENS.values() and _ONES[form] < 10)):
                part = (part or 0.0) + _ONES[form]
            elif form in _TENS and (part is None or part >= 100):
                part = (part or 0.0) + _TENS[form]
            elif form in _SMALL_SCALES and part is not None and part < 100:
                part, scaled = part * _SMALL_SCALES[form], True
            elif len(form) > 2 and form in _SCALES and part is not None:
                value, part, scaled = value + part * _SCALES[form], None, True
            elif form in ("-", "and") and self._joins(i, part, value):
                pass
            elif form == "and" and part is not None and part < 20 and self.forms[i + 1 : i + 3] == ["a", "half"]:
                part, i = part + 0.5, i + 2  # one and a half
            else:
                break
            i += 1
        if part is None and not value:
            return None
        return Number(first, i, value + (part or 0.0), scaled, i == first + 1 and self.forms[first] == "one")

    def _joins(self, i: int, part: float | None, value: float) -> bool:
        after = self.form(i + 1)
        if self.forms[i] == "-":
            return bool(part and part in _TENS.values() and 0 < _ONES.get(after, 0) < 10)
        whole = (part is not None and part >= 100 and part % 100 == 0) or (part is None and value >= 1000)
        return whole and (after in _ONES or after in _TENS)

    def _after_article(self, i: int) -> Number | None:
        """A hundred, a dozen, half a million, half an hour."""
        value = 0.5 if self.forms[i] == "half" else 1.0
        at = i + 1
        if value == 0.5 and self.form(at) in ("a", "an"):
            at += 1
        form = self.form(at)
        scale = _SMALL_SCALES.get(form) or (_SCALES.get(form, 0.0) if len(form) > 2 else 0.0)
        if self.forms[i] == "several" or (not scale and (value == 1.0 or form not in units())):
            return None
        if not scale:
            return Number(i, at, value, False, False)
        further = self.form(at + 1)  # a hundred thousand
        if len(further) > 2 and further in _SCALES:
            return Number(i, at + 2, value * scale * _SCALES[further], True, False)
        return Number(i, at + 1, value * scale, True, False)


def value_of(figure: str) -> float:
    """The value of a number in figures, with commas, spaces or several stops between the thousands.

    >>> value_of("12,500"), value_of("12 500"), value_of("1.234.567"), value_of("3.5"), value_of("2,5")
    (12500.0, 12500.0, 1234567.0, 3.5, 2.5)
    """
    if _THOUSANDS.fullmatch(figure):
        return float(re.sub(r"[^\d.]", "", figure))
    if _DOTTED.fullmatch(figure):
        return float(figure.replace(".", ""))
    if figure.count(",") == 1 and "." not in figure:
        return float(figure.replace(",", "."))
    kept = re.sub(r"[^\d.]", "", figure)
    return float(kept) if kept.count(".") <= 1 else float(kept.replace(".", "", kept.count(".") - 1))
