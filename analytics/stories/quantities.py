"""Quantities of a text by value, with their places: numbers in figures or words, scales, units, ranges and bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..knowledge.units import Unit, units
from .times import moments

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[,\u202f\u00a0\u2009 ]\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<sign>[$€£¥₴₽₹₪%°])|(?P<other>\S)"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[,\u202f\u00a0\u2009 ]\d{3})+(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_THREE_PLACES = re.compile(r"\d{1,3}\.\d{3}(?!\d)")
_CODES = frozenset("eur usd gbp uah rub chf pln jpy cny".split())
_MINUS = re.compile(r"(?:(?<![\w)])[-−–]|\bminus )$")
_ONES = {
    name: number
    for number, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {name: 10 * n for n, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SMALL_SCALES = {"hundred": 1e2, "dozen": 12.0}
_SCALES = {
    **{"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6},
    **{"bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "lakh": 1e5, "crore": 1e7},
}
_SHARES = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_BOUNDS = {
    "at least": "at least|no fewer than|no less than|not fewer than|not less than|(?:a )?minimum(?: of)?|or more",
    "more than": "more than|over|above|upwards of|exceeding|exceeds|exceeded|in excess of|greater than|beyond",
    "at most": "up to|at most|as many as|as much as|no more than|not more than|(?:a )?maximum(?: of)?|or less|or fewer",
    "less than": "less than|fewer than|under|below|lower than|short of",
    "about": "about|around|some|roughly|approximately|an estimated|estimated|almost|nearly|close to|circa|approaching|"
    "or so|just over|just under|just above|just below|approx\\.?|in the region of|nearing",
}
_BEFORE = {
    name: re.compile(rf"(?<!\w)(?:{forms})\s+(?:(?:the|a|an|its|his|her|their)\s+)?$", re.I)
    for name, forms in sorted(_BOUNDS.items())  # "about" first: just over, close to
}
_AFTER = re.compile(r"\s+(?:[\w-]+\s+)?(?:(or more|and more|or above)|(or less|or fewer|at most)|(or so))\b", re.I)
_TIME_ONLY = frozenset({"over", "under", "some", "above", "below"})
_LONGEST_UNIT = 3  # words
_ROUNDED = 0.02  # of a value turned into another unit, or of a share written as a fraction twice as much
_PLURALS = frozenset("people men women children police troops staff personnel percent".split())
_STOPS = frozenset("and or of in on at to for with by from as but the a an that who which were was are is".split())


class Quantity(NamedTuple):
    """A quantity as a text writes it. `high` is above `low` for a range; offsets are into the text.

    `bound` is "", "at least", "more than", "at most", "less than", "about" or "between"; `counted` is the noun after
    it, without a plural's s; `fraction` that it is written as one (one in eight, a third), in per cent.
    """

    start: int
    end: int
    text: str  # with scale and unit
    low: float
    high: float
    unit: Unit | None = None
    counted: str = ""
    bound: str = ""
    fraction: bool = False


class _Number(NamedTuple):
    first: int  # token
    last: int  # token after it
    value: float
    scaled: bool  # whether a scale word is part of it
    bare: bool  # a single word "one"


@lru_cache(maxsize=4_000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, in order; dates, clock times, ordinals and parts of names (T-72) are none.

    >>> found = quantities("€5m for twelve ships, 984 feet each")
    >>> [(q.text, q.low, q.unit.name if q.unit else q.counted) for q in found]
    [('€5m', 5000000.0, 'euro'), ('twelve', 12.0, 'ship'), ('984 feet', 984.0, 'foot')]
    >>> [(q.low, q.high, q.bound) for q in quantities("between 280 and 300 metres, or at least a dozen yards")]
    [(280.0, 300.0, 'between'), (12.0, 12.0, 'at least')]
    """
    return tuple(_Scan(text).found)


class _Scan:
    """One walk over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_TOKEN.finditer(text))
        self.forms = [m[0].replace("’", "'").lower() for m in self.tokens]
        self.taken = [(m.start, m.end) for m in moments(text)]
        self.found: list[Quantity] = []
        i = 0
        while i < len(self.tokens):
            i = self._at(i)

    def _at(self, i: int) -> int:
        share = self._share(i)
        if share is not None:
            return share
        number = self._number(i)
        if number is None:
            return i + 1
        second, after = self._range(number)
        return self._add(number, second, after)

    # ---- numbers -------------------------------------------------------

    def _number(self, i: int) -> _Number | None:
        if i >= len(self.tokens) or any(s < self.tokens[i].end() and self.tokens[i].start() < e for s, e in self.taken):
            return None
        if self.tokens[i]["number"]:
            return self._in_figures(i)
        return self._in_words(i) if self.tokens[i]["word"] else None

    def _in_figures(self, i: int) -> _Number | None:
        start = self.tokens[i].start()
        if re.search(r"[^\W\d_]$|[^\W\d_a-z][-–]$|[A-Z]\w*-$|\d[.,]$|[#№]$", self.text[max(start - 12, 0) : start]):
            return None
        below = _MINUS.search(self.text[max(start - 12, 0) : start])
        value = _value(self.tokens[i][0]) * (-1 if below else 1)
        after = i + 1
        suffix = self._touching(i)
        if suffix and suffix not in _SCALES and suffix not in units():
            return None  # 3rd, 1980s, 5G
        if self._form(after) in ("-", "–") and len(self._form(after + 1)) > 2 and self._form(after + 1) in _SCALES:
            after += 1  # a 5-million-euro fund
        scale = self._scale(after)
        if scale:
            return _Number(i, after + 1, value * scale, True, False)
        after = i + 1
        if self._form(after) in _SMALL_SCALES:  # 5 hundred, 3 dozen
            return _Number(i, after + 1, value * _SMALL_SCALES[self._form(after)], True, False)
        return _Number(i, after, value, False, False)

    def _touching(self, i: int) -> str:
        after = i + 1
        if after == len(self.tokens) or not self.tokens[after]["word"]:
            return ""
        return self.forms[after] if self.tokens[after].start() == self.tokens[i].end() else ""

    def _scale(self, i: int) -> float:
        """What a scale word at a place multiplies by; 0 for none. “5m” are metres but for money or people."""
        form = self._form(i)
        if form not in _SCALES:
            return 0.0
        if len(form) > 1:
            return _SCALES[form]
        if i == 0 or self.tokens[i].start() != self.tokens[i - 1].end():
            return 0.0  # 5 m, 5 k
        at = i - 4 if self._form(i - 2) in ("-", "–") else i - 2  # €5m, €5-6m
        sign = at >= 0 and (self.tokens[at]["sign"] or self.forms[at] in _CODES)
        unit = units().get(self._form(i + 1))
        if sign or form == "k" or (unit is not None and unit.dimension == "currency") or self._is_plural(i + 1):
            return _SCALES[form]
        return 0.0

    def _is_plural(self, i: int) -> bool:
        form = self._form(i)
        return form in _PLURALS or (len(form) > 3 and form.endswith("s") and form not in _STOPS)

    def _in_words(self, i: int) -> _Number | None:
        first, value, part, scaled = i, 0.0, None, False  # `part`: below the next scale word
        form = self.forms[i]
        if form in ("a", "an", "half", "several"):
            return self._after_article(i)
        while i < len(self.tokens):
            form = self._form(i)
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
        return _Number(first, i, value + (part or 0.0), scaled, i == first + 1 and self.forms[first] == "one")

    def _joins(self, i: int, part: float | None, value: float) -> bool:
        after = self._form(i + 1)
        if self.forms[i] == "-":
            return bool(part and part in _TENS.values() and 0 < _ONES.get(after, 0) < 10)
        whole = (part is not None and part >= 100 and part % 100 == 0) or (part is None and value >= 1000)
        return whole and (after in _ONES or after in _TENS)

    def _after_article(self, i: int) -> _Number | None:
        """A hundred, a dozen, half a million, half an hour."""
        value = 0.5 if self.forms[i] == "half" else 1.0
        at = i + 1
        if value == 0.5 and self._form(at) in ("a", "an"):
            at += 1
        form = self._form(at)
        scale = _SMALL_SCALES.get(form) or (_SCALES.get(form, 0.0) if len(form) > 2 else 0.0)
        if self.forms[i] == "several" or (not scale and (value == 1.0 or form not in units())):
            return None
        if not scale:
            return _Number(i, at, value, False, False)
        further = self._form(at + 1)  # a hundred thousand
        if len(further) > 2 and further in _SCALES:
            return _Number(i, at + 2, value * scale * _SCALES[further], True, False)
        return _Number(i, at + 1, value * scale, True, False)

    def _form(self, i: int) -> str:
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    # ---- what stands around --------------------------------------------

    def _range(self, number: _Number) -> tuple[_Number | None, int]:
        """The other end of a range, and the token after it: 280-300, 280 to 300, between 280 and 300."""
        at = number.last
        currency = at if self._form(at) in ("%", "€", "$", "£") else None
        if currency is not None:
            at += 1
        link, before = self._form(at), self._form(self._sign_before(number.first) - 1)
        named = self._form(at) in units() and self._form(at + 1)  # between 5 metres and 6 metres
        if named in ("and", "to", "-", "–"):
            at, link = at + 1, named
        if not (link in ("-", "–") or (link == "to" and before != "from") or (link == "and" and before == "between")):
            return None, number.last
        at += 1
        if at < len(self.tokens) and self.tokens[at]["sign"]:
            at += 1
        second = self._number(at)
        if second is None or second.bare:
            return None, number.last
        low = number.value
        if second.scaled and not number.scaled and low < 1000 and self.tokens[number.first]["number"]:
            low *= second.value / _value(self.tokens[second.first][0]) if self.tokens[second.first]["number"] else 1
        return (second, second.last) if low < second.value else (None, number.last)

    def _sign_before(self, i: int) -> int:
        """The token at which a number with its sign begins: $5, US$5, EUR 5."""
        sign = i - 1
        if sign >= 0 and (self.tokens[sign]["sign"] or self.forms[sign] in _CODES):
            if self.tokens[sign][0] == "$" and self._form(sign - 1) in ("us", "a", "c", "nz", "hk"):
                near = self.tokens[sign].start() == self.tokens[sign - 1].end()
                return sign - 1 if near else sign
            return sign if self.forms[sign] not in ("%", "°") else i
        return i

    def _unit(self, i: int) -> tuple[Unit | None, int]:
        """The unit that begins at a token, over up to three words, and the token after it."""
        hyphen = self._form(i) in ("-", "–") and i + 1 < len(self.tokens)
        at = i + 1 if hyphen and self.tokens[i].end() == self.tokens[i + 1].start() else i
        known = units()
        for n in range(_LONGEST_UNIT, 0, -1):
            for last in (at + n, at + n + n - 1):  # hyphens between the words are tokens, too
                if at < last <= len(self.tokens):
                    written = self.text[self.tokens[at].start() : self.tokens[last - 1].end()].lower()
                    touching = at > 0 and self.tokens[at].start() == self.tokens[at - 1].end()
                    if written in known and (len(written) > 1 or touching or written in "%€$£°"):
                        return known[written], last
                    if written == "m" and (touching or not self._is_plural(last)):
                        return known["metres"], last
        return None, i

    def _add(self, number: _Number, second: _Number | None, after: int) -> int:
        begins = self._sign_before(number.first)
        unit, end = self._unit(after)
        if begins < number.first:
            written = self.text[self.tokens[begins].start() : self.tokens[number.first - 1].end()].lower()
            unit = units().get(written, unit)
            if end > after and units().get(self._form(after)) != unit:
                end = after
        elif unit is None and self._form(number.last) in units() and second is not None:
            unit = units()[self._form(number.last)]
        low, high = self._ends(number, second)
        start, stop = self.tokens[begins].start(), self.tokens[end - 1].end()
        if unit is not None and unit.name == "year" and self._form(end) == "-" and self._form(end + 1) == "old":
            unit, end = units()["year-old"], end + 2
        bound = "between" if second is not None else self._bound(start, stop, unit)
        if number.bare and unit is None and not bound:
            return after
        counted = "" if unit is not None and unit.dimension != "share" else self._counted(end)
        self.found.append(Quantity(start, stop, self.text[start:stop], low, high, unit, counted, bound))
        return max(end, number.last)

    def _ends(self, number: _Number, second: _Number | None) -> tuple[float, float]:
        if second is None:
            return number.value, number.value
        low = number.value
        if second.scaled and not number.scaled and low < 1000 and self.tokens[second.first]["number"]:
            low *= second.value / (_value(self.tokens[second.first][0]) or 1.0)
        return low, second.value

    def _counted(self, i: int) -> str:
        """The noun that is counted: the next plural within three words, else the next word."""
        near: list[str] = []
        i += self._form(i) == "+"
        for at in range(i, min(i + 3, len(self.tokens))):
            if not self.tokens[at]["word"] or self.forms[at] in _STOPS:
                break
            near.append(self.forms[at])
            if self._is_plural(at):
                return self.forms[at].rstrip("s")
        return near[0].rstrip("s") if near else ""

    def _bound(self, start: int, end: int, unit: Unit | None) -> str:
        before = self.text[max(start - 24, 0) : start]
        for name, pattern in _BEFORE.items():
            match = pattern.search(before)
            if match:
                timed = unit is not None and unit.dimension == "time" and match[0].split()[0].lower() in _TIME_ONLY
                return "" if timed else name
        if match := _AFTER.match(self.text, end):
            return "at least" if match[1] else "at most" if match[2] else "about"
        return "at least" if self.text[end : end + 1] == "+" else ""

    # ---- shares --------------------------------------------------------

    def _share(self, i: int) -> int | None:
        """Fractions as per cent: one in eight, three out of four, a third of, two-thirds, half the."""
        form = self.forms[i]
        if form == "half" and self._form(i + 1) in ("of", "the", "its", "their", "all"):
            return self._fraction(i, i + 1, 50.0)
        number = None if form in ("a", "an") else self._number(i)
        at = number.last if number else i + 1
        if number is None and form not in ("a", "an"):
            return None
        value = number.value if number else 1.0
        if self._form(at) == "-":
            at += 1
        below = self._form(at).rstrip("s") if self._form(at) != "halves" else "half"
        if below in _SHARES and (self._form(at + 1) == "of" or value > 1) and value < _SHARES[below]:
            return self._fraction(i, at + 1, 100 * value / _SHARES[below])
        if number is None or number.scaled:
            return None
        skipped = 2 if self._form(at) == "out" and self._form(at + 1) == "of" else 1 if self._form(at) == "in" else 0
        if not skipped:
            return None
        at += skipped
        if self._form(at) == "every":
            at += 1
        whole = self._number(at)
        unit = self._unit(whole.last)[0] if whole else None
        if whole is None or unit is not None or not number.value < whole.value <= 1000:
            return None
        return self._fraction(i, whole.last, 100 * number.value / whole.value)

    def _fraction(self, first: int, last: int, value: float) -> int:
        start, end = self.tokens[first].start(), self.tokens[last - 1].end()
        bound = self._bound(start, end, None)
        self.found.append(
            Quantity(start, end, self.text[start:end], value, value, units()["%"], self._counted(last), bound, True)
        )
        return last


def _value(figure: str) -> float:
    """The value of a number in figures, with commas, spaces or several stops between the thousands.

    >>> _value("12,500"), _value("12 500"), _value("1.234.567"), _value("3.5"), _value("2,5")
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


def equal(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are the same amount, whatever the writing and the unit; bounds apart.

    >>> def same(x, y): return equal(quantities(x)[0], quantities(y)[0])
    >>> same("5 million euros", "€5m"), same("300 metres", "984 feet"), same("5 million euros", "5 million dollars")
    (True, True, False)
    >>> same("12 percent", "one in eight"), same("4 percent", "4 percentage points")
    (True, False)
    """
    if any(_THREE_PLACES.match(q.text) and q.low * 1000 == r.low for q, r in ((a, b), (b, a))):
        return True  # 3.500 for 3,500, as written in much of Europe
    if a.unit is None or b.unit is None:
        return (a.low, a.high) == (b.low, b.high)
    ends_a, ends_b = (a.low, a.high), (b.low, b.high)
    if a.unit.name == b.unit.name:
        room = 0.05 if a.fraction != b.fraction else 1e-9
        return all(abs(x - y) <= room * max(abs(x), abs(y)) for x, y in zip(ends_a, ends_b, strict=True))
    if not convertible(a, b):
        return False
    in_a = [_in_base(x, a.unit, b.unit) for x in (a.low, a.high)]
    in_b = [_in_base(x, b.unit, a.unit) for x in (b.low, b.high)]
    room = 0.06 if "about" in (a.bound, b.bound) else _ROUNDED
    return all(abs(x - y) <= room * max(abs(x), abs(y)) for x, y in zip(in_a, in_b, strict=True))


def convertible(a: Quantity, b: Quantity) -> bool:
    """Whether two units measure the same, so that the one amount can be turned into the other."""
    if a.unit is None or b.unit is None:
        return False
    one, other = a.unit, b.unit
    if one.dimension == other.dimension:
        if one.dimension == "share":
            return {one.name, other.name} == {"point", "basis point"}
        if one.dimension == "currency":
            return {one.name, other.name} in ({"dollar", "cent"}, {"euro", "cent"}, {"pound", "penny"})
        return True
    return {one.name, other.name} <= {"pound", "kilogram", "tonne", "ton", "gram"} and "pound" in (one.name, other.name)


def _in_base(value: float, unit: Unit | None, other: Unit | None) -> float:
    assert unit is not None and other is not None
    if unit.name == "degree Fahrenheit":
        return (value - 32) / 1.8
    if unit.name == "pound" and other.dimension == "mass":
        return value * units()["lb"].factor
    return value * unit.factor


def matching(found: Sequence[Quantity], sought: Quantity) -> Quantity | None:
    """The first of some quantities that is the same amount, of one that can count the same."""
    return next((q for q in found if equal(q, sought)), None)
