"""Quantities of a text by value, with their places: numbers in figures or words, scales, units, ranges and bounds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..knowledge.units import Unit, units
from .numerals import CODES, STOPS, Number, Numerals, value_of
from .times import moments

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
        self.numerals = Numerals(text, [(m.start, m.end) for m in moments(text)])
        self.tokens, self.forms, self._form = self.numerals.tokens, self.numerals.forms, self.numerals.form
        self.found: list[Quantity] = []
        i = 0
        while i < len(self.tokens):
            i = self._at(i)

    def _at(self, i: int) -> int:
        share = self._share(i)
        if share is not None:
            return share
        number = self.numerals.number_at(i)
        if number is None:
            return i + 1
        second, after = self._range(number)
        return self._add(number, second, after)

    # ---- what stands around --------------------------------------------

    def _range(self, number: Number) -> tuple[Number | None, int]:
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
        second = self.numerals.number_at(at)
        if second is None or second.bare:
            return None, number.last
        low = number.value
        if second.scaled and not number.scaled and low < 1000 and self.tokens[number.first]["number"]:
            low *= second.value / value_of(self.tokens[second.first][0]) if self.tokens[second.first]["number"] else 1
        return (second, second.last) if low < second.value else (None, number.last)

    def _sign_before(self, i: int) -> int:
        """The token at which a number with its sign begins: $5, US$5, EUR 5."""
        sign = i - 1
        if sign >= 0 and (self.tokens[sign]["sign"] or self.forms[sign] in CODES):
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
                    if written == "m" and (touching or not self.numerals.is_plural(last)):
                        return known["metres"], last
        return None, i

    def _add(self, number: Number, second: Number | None, after: int) -> int:
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

    def _ends(self, number: Number, second: Number | None) -> tuple[float, float]:
        if second is None:
            return number.value, number.value
        low = number.value
        if second.scaled and not number.scaled and low < 1000 and self.tokens[second.first]["number"]:
            low *= second.value / (value_of(self.tokens[second.first][0]) or 1.0)
        return low, second.value

    def _counted(self, i: int) -> str:
        """The noun that is counted: the next plural within three words, else the next word."""
        near: list[str] = []
        i += self._form(i) == "+"
        for at in range(i, min(i + 3, len(self.tokens))):
            if not self.tokens[at]["word"] or self.forms[at] in STOPS:
                break
            near.append(self.forms[at])
            if self.numerals.is_plural(at):
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
        number = None if form in ("a", "an") else self.numerals.number_at(i)
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
        whole = self.numerals.number_at(at)
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
