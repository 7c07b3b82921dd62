"""Dates and clock times of a text, with their places: weekdays, days, months, years, hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = r"(?P<month>(?:Jan|Febr?|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|" + "|".join(m.title() for m in _MONTHS)
_MONTH += r")\b"
_WEEKDAY = r"(?P<weekday>" + "|".join(f"{w.title()}s?" for w in _WEEKDAYS) + r"|(?:Mon|Tues?|Weds?|Thur?s?|Fri|Sat)\.)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:\s?[-–]\s?[0-3]?\d(?:st|nd|rd|th)?)?(?![\d:%]|[.,]\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d:%]|[.,]\d)"
_BEFORE_MONTH = (
    r"(?:in|since|by|until|till|from|of|during|last|next|this|late|early|mid|before|after|to|between|for|and|through|"
    r"a|the|its|end|beginning|middle)"
)
_BEFORE_YEAR = r"(?:in|since|by|until|till|from|of|during|late|early|mid|before|after|through|the|a|year|spring|summer"
_BEFORE_YEAR += r"|autumn|fall|winter|and|to)"
_DATES = [
    re.compile(pattern)
    for pattern in (
        rf"(?:\b{_WEEKDAY},?\s+)?(?<![\w$€£.,-])(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
        rf"(?:\b{_WEEKDAY},?\s+)?\b{_MONTH}\s+(?:the\s+)?{_DAY}(?:,?\s+{_YEAR})?",
        rf"\b{_MONTH},?\s+{_YEAR}",
        r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?![\d-])",
        r"(?<![\d./-])(?P<day>[0-3]?\d)(?P<mark>[/.])(?P<number>[0-3]?\d)(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)",
        rf"\b{_WEEKDAY}",
        rf"(?i:\b{_BEFORE_MONTH})[\s-]+{_MONTH}",
        rf"(?i:\b{_BEFORE_YEAR})[\s-]+{_YEAR}(?!\s+[a-z]+s\b)",
        rf"(?<=\(){_YEAR}(?=\))",
    )
]
_CLOCK = re.compile(
    r"(?<![\w.,:-])(?P<hour>[0-2]?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?<![\w.,:-])(?P<hour2>[0-2]?\d)[:h](?P<minute2>[0-5]\d)(?![\d:])(?:\s?(?P<half2>[ap])\.?m\b\.?)?"
    r"|(?<![\w.,:-])(?P<hour3>[0-2]\d)(?P<minute3>[0-5]\d)(?=\s(?:GMT|UTC|hours|hrs|local|CET|EST|BST)\b)"
    r"|(?<![\w.,:-])(?P<hour4>1?\d)\s+o[’']clock|\b(?P<past>half past|quarter past|quarter to) (?P<spelt>\w+)"
    r"|\b(?P<word>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\s*\(?(GMT|UTC|CET|CEST|EST|EDT|BST|ET|PST|PT|local)\b")
_HALF_DAY = 12 * 60
_HOURS = "twelve one two three four five six seven eight nine ten eleven".split()
_PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}


class Moment(NamedTuple):
    """A date or a time of day as a text writes it; what it does not say is None. Offsets are into the text.

    `weekday` and `month` count from 0 and 1. `minutes` are since midnight; `half_known` is whether it is clear which
    half of the day they are in.
    """

    start: int
    end: int
    text: str
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    minutes: int | None = None
    half_known: bool = True
    zone: str = ""

    @property
    def fields(self) -> dict[str, int]:
        """What of a date it says."""
        named = {"weekday": self.weekday, "day": self.day, "month": self.month, "year": self.year}
        return {name: value for name, value in named.items() if value is not None}


@lru_cache(maxsize=4_000)
def moments(text: str) -> tuple[Moment, ...]:
    """Dates and clock times in order of the text; a month's name counts only beside a day, a year or a preposition.

    >>> [(m.text, m.fields) for m in moments("On Monday, 3 March, they may march until May.")]
    [('Monday, 3 March', {'weekday': 0, 'day': 3, 'month': 3}), ('May', {'month': 5})]
    >>> [m.minutes for m in moments("3pm, 15:00 and noon")]
    [900, 900, 720]
    """
    found: list[Moment] = []
    for each in (*_dates(text), *_clock_times(text)):
        if not any(other.start < each.end and each.start < other.end for other in found):
            found.append(each)
    return tuple(sorted(found))


def _dates(text: str) -> Iterator[Moment]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            spans = [match.span(name) for name, value in groups.items() if value and name != "mark"]
            start, end = min(s for s, _ in spans), max(e for _, e in spans)
            day = int(groups["day"]) if groups.get("day") else None
            month = int(groups["number"]) if groups.get("number") else _place(_MONTHS, groups.get("month"))
            if groups.get("mark") and day is not None and month is not None:
                if max(day, month) <= 12 and day != month:
                    day = month = None  # 3/4: the third of April, or March the fourth
                elif month > 12:
                    day, month = month, day
            if day is not None and not 1 <= day <= 31:
                continue
            yield Moment(
                start,
                end,
                text[start:end],
                weekday=_place(_WEEKDAYS, groups.get("weekday")),
                day=day,
                month=month + 1 if month is not None and not groups.get("number") else month,
                year=int(groups["year"]) if groups.get("year") else None,
            )


def _place(names: list[str], written: str | None) -> int | None:
    if not written:
        return None
    return next((n for n, name in enumerate(names) if name[:3] == written[:3].lower()), None)


def _clock_times(text: str) -> Iterator[Moment]:
    for match in _CLOCK.finditer(text):
        groups = match.groupdict()
        zone = _ZONE.match(text, match.end())
        if word := groups["word"]:
            minutes, known = (0 if word.lower() == "midnight" else _HALF_DAY), True
        elif past := groups["past"]:
            if groups["spelt"].lower() not in _HOURS:
                continue
            minutes = _HOURS.index(groups["spelt"].lower()) * 60 + _PAST[past.lower()]
            known = False
        else:
            hour = int(next(groups[name] for name in ("hour", "hour2", "hour3", "hour4") if groups[name]))
            minute = int(next((groups[name] for name in ("minute", "minute2", "minute3") if groups[name]), 0))
            half = groups["half"] or groups["half2"]
            if hour > 24 or (half and not 1 <= hour <= 12):
                continue
            minutes, known = _since_midnight(hour, minute, half), bool(half) or not groups["hour4"]
        yield Moment(*match.span(), match[0], minutes=minutes, half_known=known, zone=zone[1] if zone else "")


def _since_midnight(hour: int, minute: int, half: str | None) -> int:
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return hour % 24 * 60 + minute


def agree(a: Moment, b: Moment) -> bool:
    """Whether two moments can be the same one: they say something in common, and nothing against each other.

    >>> [agree(*moments(f"{x} {y}")) for x, y in (("3 March", "Monday, March 3,"), ("Monday", "Friday"))]
    [True, False]
    """
    if a.minutes is not None or b.minutes is not None:
        return a.minutes is not None and b.minutes is not None and _same_hour(a, b)
    shared = a.fields.keys() & b.fields.keys()
    return bool(shared) and all(a.fields[name] == b.fields[name] for name in shared)


def differ(a: Moment, b: Moment) -> bool:
    """Whether two moments say different things of the same: another weekday, day, month, year or hour."""
    if a.minutes is not None or b.minutes is not None:
        return a.minutes is not None and b.minutes is not None and not _same_hour(a, b)
    shared = a.fields.keys() & b.fields.keys()
    return any(a.fields[name] != b.fields[name] for name in shared)


def _same_hour(a: Moment, b: Moment) -> bool:
    assert a.minutes is not None and b.minutes is not None
    if a.half_known and b.half_known:
        return a.minutes == b.minutes
    return a.minutes % _HALF_DAY == b.minutes % _HALF_DAY
