"""Dates as archives, feeds and spreadsheets write them, to UTC. What is in doubt is never guessed.

A day and month such as 03/04/2022 is read only where another value of the same column settles
the order (31/01/2022 or 01/31/2022, and never both); otherwise it is "ambiguous". So is 25-09-05, whose year
may come first or last. Two-digit years to 68 are of this century, those from 69 on of the last, as POSIX has it.
Impossible and unknown forms and unknown time-zone names are "unreadable". A time without
a zone is taken as UTC, a date without a time as midnight UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal, NamedTuple

Order = Literal["day first", "month first", "year first"]
Doubt = Literal["unreadable", "ambiguous"]
DateOrder = Literal["dmy", "mdy", "ymd"]
ORDERS: dict[str, Order] = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}

EARLIEST_YEAR, LATEST_YEAR = 1600, 2200  # outside: placeholders such as 0001-01-01 and 9999-12-31

_NAMES_OF_MONTHS = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sep sept", "october oct", "november nov", "december dec"),
)
_MONTHS = {name: number for number, names in enumerate(_NAMES_OF_MONTHS, start=1) for name in names.split()}
# The zone names that RFC 2822 defines, and others of one meaning; IST and BST have several.
_ZONE_HOURS = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6}
_ZONE_HOURS |= {"pst": -8, "pdt": -7, "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3}
_ZONE_HOURS |= {"hkt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13}
_AMERICAN_HOURS = {"et": -5, "ct": -6, "mt": -7, "pt": -8}  # in winter; an hour less in summer

_MONTH_NAME = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>\d{4})"
_ZONE = r"(?P<zone>[a-z]{1,4}|(?:utc|gmt)?[+-]\d{2}(?::?\d{2})?)(?:\s*\([\w ]+\))?"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?(?:\s*(?:uhr|hrs|hours))?"
)
_TIME = rf"{_CLOCK}(?:\s*{_ZONE})?"
_LATER = rf"(?:(?:,?\s+|t|\s*,\s*|\s+at\s+|\s*[-–|]\s*){_TIME})?"
_WRITTEN = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 5 January 2022; January 5, 2022
        rf"(?:{_WEEKDAY},?\s+)?{_DAY}[\s-](?:of\s)?{_MONTH},?[\s-]{_YEAR}(?:,?\s+{_WEEKDAY})?{_LATER}",
        rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR}(?:,?\s+{_WEEKDAY})?{_LATER}",
        # 5-Jan-22, Wednesday, 05-Jan-22 10:00:00 GMT
        rf"(?:{_WEEKDAY},?\s+)?{_DAY}-{_MONTH}-(?P<year>\d{{2}}){_LATER}",
        rf"{_WEEKDAY},?\s+{_DAY}\s{_MONTH}\s(?P<year>\d{{2}})\s{_TIME}",  # Wed, 05 Jan 22 10:00:00 GMT
        rf"{_WEEKDAY}\s+{_MONTH}\s+{_DAY}\s+{_TIME}\s+{_YEAR}",  # Wed Jan 5 10:00:00 +0000 2022
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}}){_LATER}",  # 2022/1/5
    )
)
_NUMERIC = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<mark>[-/.])(?P<b>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d{{2}}){_LATER}", re.IGNORECASE
)
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16}|\d{18,19})(?:\.\d*)?")
_EPOCH_UNITS = {10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}
_COMPACT = re.compile(r"(\d{8})(?:\.0)?")
# 20220105101500, as GDELT and web archives write it. Twelve digits that begin with such a day are a stamp, too: as
# milliseconds they would all be of 1976.
_STAMP = re.compile(
    r"((?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d)[ _-]?([0-2]\d[0-5]\d(?:[0-5]\d)?)(?:\.0+)?z?", re.IGNORECASE
)
_TICKS = re.compile(r"\\?/Date\((-?\d+)(?:[+-]\d{4})?\)\\?/")  # milliseconds, as .NET writes them in JSON
_CLOCK_FIRST = re.compile(  # 10:15, 5 January 2022
    rf"(?P<clock>{_TIME}),?\s+(?P<rest>(?:\d{{1,4}}[-/. ]|{_WEEKDAY}[ ,]|{_MONTH_NAME}\s).*)", re.IGNORECASE
)
_ZONE_IN_BRACKETS = re.compile(r"(?<=[\dZ])\[[A-Za-z_/]+\]$")  # as Java writes it beside the offset
_ISO_CALL = re.compile(r"(?:ISODate|Date|Timestamp)\([\"']([^\"']+)[\"']\)")  # MongoDB's shell, pandas
# What stands before a date, and the edition after it (archives of newspapers).
_LABEL = re.compile(
    r"(?:(?:first |last |originally )?(?:published|posted|updated|modified|created)|publication date|date|pubdate)"
    r"(?: (?:on|at))?\s*[:–—-]?\s+(?=\w)",
    re.IGNORECASE,
)
_EDITION_WORDS = (
    *("first", "second", "third", "fourth", "final", "late", "early", "main", "home", "city", "metro", "state", "web"),
    *("national", "international", "regional", "morning", "evening", "weekend", "online", "print", "london", "us"),
    *("scotland", "ireland", "ulster", "europe", "asia", "european", "asian", r"\d(?:st|nd|rd|th)?"),
)
_EDITION = re.compile(rf",?\s+(?:(?:{'|'.join(_EDITION_WORDS)})[ -]+){{1,3}}edition\b[\w \-–—,;]*", re.IGNORECASE)
_PIVOT = 69
_LONGEST = 200  # characters; no date is longer


class ReadDate(NamedTuple):
    """A date in UTC, or None and what is in doubt about it."""

    published: datetime | None
    doubt: Doubt | None = None


_UNREADABLE = ReadDate(None, "unreadable")


def read_date(value: object, *, order: Order | None = None, told: Order | None = None) -> ReadDate:
    """One date value in UTC. `order` is what the column's other values say of day and month.

    `told` is the order that somebody gave for what neither the value nor its column settles.

    >>> read_date("Mon, 31 Jan 2022 10:00:00 +0100").published.isoformat()
    '2022-01-31T09:00:00+00:00'
    >>> read_date("31/02/2022")
    ReadDate(published=None, doubt='unreadable')
    >>> read_date("03/04/2022")
    ReadDate(published=None, doubt='ambiguous')
    >>> read_date("03/04/2022", told="day first").published.date().isoformat()
    '2022-04-03'
    """
    try:
        if isinstance(value, datetime):
            return _in_utc(datetime.combine(value.date(), value.time(), value.tzinfo))
        if isinstance(value, date):
            return _in_utc(datetime(value.year, value.month, value.day))
        return _read_text(_bare(str(value)), order, told)
    except (ValueError, OverflowError, OSError):  # a day, hour or offset that does not exist
        return _UNREADABLE


def day_month_order(values: Iterable[object]) -> Order | None:
    """The one order of day and month that a column's values settle; None where none or both do."""
    found: set[Order] = set()
    for value in values:
        match = _NUMERIC.fullmatch(_bare(value)) if isinstance(value, str) else None
        if match and _year_may_be_first(match):
            continue
        if match and int(match["a"]) > 12 >= int(match["b"]):
            found.add("day first")
        elif match and int(match["b"]) > 12 >= int(match["a"]):
            found.add("month first")
    return found.pop() if len(found) == 1 else None


def order_told(values: Iterable[object], told: Order | None = None) -> str | None:
    """How days and months are read where both are numbers, in words; None where no value has them so.

    `told` is the order that somebody gave for what the values leave open.

    >>> order_told(["03/04/2022", "31/01/2022"])
    'day first'
    >>> order_told(["03/04/2022", "05/06/2022"])
    'undecided: no value says which is the day'
    """
    written = [value for value in values if isinstance(value, str) and _NUMERIC.fullmatch(_bare(value))]
    if not written:
        return None
    if (order := day_month_order(written)) is not None:
        return order
    undecided = any(read_date(value, order="day first") != read_date(value, order="month first") for value in written)
    if told and (undecided or any(read_date(value).doubt == "ambiguous" for value in written)):
        return f"{told}, as told"
    if undecided:
        settled = any(read_date(value).published and not _is_same(value) for value in written)
        return "undecided: some values have the day first, others the month" if settled else _UNDECIDED
    return "as each value itself says" if any(read_date(value).published for value in written) else _UNDECIDED


_UNDECIDED = "undecided: no value says which is the day"


def _is_same(value: str) -> bool:
    """Whether day and month are one number, so that nothing follows from a date."""
    match = _NUMERIC.fullmatch(_bare(value))
    return match is not None and int(match["a"]) == int(match["b"])


def _bare(value: str) -> str:
    """A date on one line, without what labels it and the edition that it is of."""
    text = " ".join(value[:_LONGEST].split())
    if (call := _ISO_CALL.fullmatch(text)) is not None:
        return str(call[1])
    if (label := _LABEL.match(text)) is not None:
        text = text[label.end() :]
    text = _ZONE_IN_BRACKETS.sub("", text)
    if (clock_first := _CLOCK_FIRST.fullmatch(text)) is not None:
        text = f"{clock_first['rest']} {clock_first['clock']}"
    if (edition := _EDITION.search(text)) is not None and edition.end() == len(text):
        text = text[: edition.start()]
    return text


def _read_text(text: str, order: Order | None, told: Order | None) -> ReadDate:
    if match := _STAMP.fullmatch(text):
        stamp = "%Y%m%d%H%M%S" if len(match[2]) == 6 else "%Y%m%d%H%M"
        return _in_utc(datetime.strptime(match[1] + match[2], stamp))
    if match := _TICKS.fullmatch(text):
        return _in_utc(datetime.fromtimestamp(int(match[1]) / 1_000, UTC))
    if match := _EPOCH.fullmatch(text):
        digits = match[1]
        unit = next(each for length, each in _EPOCH_UNITS.items() if len(digits) <= length)
        return _in_utc(datetime.fromtimestamp(int(digits) / unit, UTC))
    if match := _COMPACT.fullmatch(text):
        return _in_utc(datetime.strptime(match[1], "%Y%m%d"))
    for form in _WRITTEN:
        if match := form.fullmatch(text):
            month = match["month"].lower()
            return _from_parts(match, _MONTHS.get(month) or int(month), int(match["day"]))
    if match := _NUMERIC.fullmatch(text):
        return _read_numeric(match, order, told)
    return _in_utc(datetime.fromisoformat(text)) if re.match(r"\d{4}-?[\dW]", text) else _UNREADABLE


def _read_numeric(match: re.Match[str], order: Order | None, told: Order | None) -> ReadDate:
    a, b, last = int(match["a"]), int(match["b"]), match["year"]
    if told == "year first" and order is None:  # 25-09-05; a year of four digits would stand first
        return _from_parts(match, b, int(last), a) if len(last) == 2 else ReadDate(None, "ambiguous")
    if _year_may_be_first(match) and told is None:
        return ReadDate(None, "ambiguous")
    if a > 12 or a == b:
        return _from_parts(match, b, a)
    if b > 12:
        return _from_parts(match, a, b)
    order = order or told
    if order is None:
        return ReadDate(None, "ambiguous")
    return _from_parts(match, b, a) if order == "day first" else _from_parts(match, a, b)


def _year_may_be_first(match: re.Match[str]) -> bool:
    """Whether 25-09-05 may be written like 2025-09-05."""
    a, b, year = int(match["a"]), int(match["b"]), match["year"]
    return match["mark"] == "-" and len(year) == 2 and a > 12 and b <= 12 and 1 <= int(year) <= 31


def _from_parts(match: re.Match[str], month: int, day: int, year: int | None = None) -> ReadDate:
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if match["half"]:
        if not 1 <= hour <= 12:
            return _UNREADABLE
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    short = year is not None or len(match["year"]) == 2
    year = int(match["year"]) if year is None else year
    if short:
        year += 2000 if year < _PIVOT else 1900
    zone = _zone(match["zone"], date(year, month, day)) if match["zone"] else UTC
    return _in_utc(datetime(year, month, day, hour, minute, second, tzinfo=zone))


def _zone(name: str, day: date) -> timezone:
    name = name.lower()
    if name in _AMERICAN_HOURS:
        return timezone(timedelta(hours=_AMERICAN_HOURS[name] + _is_american_summer(day)))
    if sign := re.search(r"([+-])(\d{2}):?(\d{2})?", name):
        offset = timedelta(hours=int(sign[2]), minutes=int(sign[3] or 0))
        return timezone(-offset if sign[1] == "-" else offset)
    if name not in _ZONE_HOURS:
        raise ValueError(f"the time zone {name} is not known")
    return timezone(timedelta(hours=_ZONE_HOURS[name]))


def _is_american_summer(day: date) -> bool:
    """Whether clocks are an hour ahead in North America: by the rule since 2007 (Energy Policy Act), for all years."""
    march, november = (date(day.year, month, 1) for month in (3, 11))
    begins = march + timedelta(days=7 + (6 - march.weekday()) % 7)
    ends = november + timedelta(days=(6 - november.weekday()) % 7)
    return begins <= day < ends


def _in_utc(moment: datetime) -> ReadDate:
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return _UNREADABLE
    return ReadDate(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))
