"""Which news agency an article credits for its own words, as against agencies that it merely cites."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..knowledge.wire_agencies import agencies

_HEAD = 400  # characters in which a dateline or byline stands
_TAIL = 500  # and those in which a closing credit does


class Credit(NamedTuple):
    """A credit and where it stands in the text (start == end where it is the byline's)."""

    agency: str
    start: int
    end: int


def wire_credit(text: str, author: str | None = None) -> str | None:
    """The agency an article credits for its words, None where it credits none.

    A credit is a dateline ("VELM (AP) —"), a byline, a line such as "Reuters contributed to this report", "with
    agencies" or "Reporting by …; Reuters", or a copyright notice. What an agency is cited for ("told Reuters", "the
    AFP reported") and photographs (AFP/Getty Images) are none.

    >>> wire_credit("VELM (AP) — The dam broke."), wire_credit("The mayor told Reuters that the dam broke.")
    ('AP', None)
    >>> wire_credit("The dam broke.", author="Ada Brandt and agencies")
    'agencies'
    """
    found = find_credit(text, author)
    return found.agency if found else None


def find_credit(text: str, author: str | None = None) -> Credit | None:
    """The first credit of an article: byline, then head, then foot."""
    if author and (agency := _in_byline(author)):
        return Credit(agency, 0, 0)
    head, tail = text[:_HEAD], text[-_TAIL:]
    if not (_any_name().search(head) or _any_name().search(tail)):
        return None
    for agency, at_head, at_tail in _patterns():
        if match := at_head.search(head):
            return Credit(agency, match.start(), match.end())
        if match := at_tail.search(tail):
            offset = len(text) - len(tail)
            return Credit(agency, offset + match.start(), offset + match.end())
    return None


def _in_byline(author: str) -> str | None:
    for agency, pattern in agencies():
        if re.search(rf"(?<![\w/])(?:{pattern})(?![\w/])", author):
            return agency
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """For each agency, what credits it at the head of an article and at its foot."""
    found = []
    for agency, pattern in agencies():
        name = rf"(?<![\w/])(?:[Tt]he )?(?:{pattern})(?![\w/])"
        closing = (
            rf"{name}[^.\n]{{0,60}}\bcontributed\b(?! to (?:the|a) )"
            rf"|(?:\bwith|\bfrom|\badditional reporting by|\breporting by|\bsource:|\bvia)\s+{name}\s*[.)\]]*\s*$"
            rf"|(?:©|\(c\)|[Cc]opyright)\s*(?:\d{{4}}\s*)?{name}"
            rf"|[(–—-]\s*(?:with\s+)?{name}\s*\)?\s*\.?\s*$"
            rf"|\bcontributed to this \w+,? (?:as well as|along with|with) {name}"
            rf"|\b[Rr]eporting by [^.\n]{{2,80}}\bfor {name}\s*\.?\s*$"
            rf"|\bReporting by [^.]{{2,200}}?;[^.]*{name}"
        )
        opening = (
            rf"\(\s*(?:with\s+)?{name}\s*\)\s*[—–:-]"
            rf"|^[A-Z][A-Z .,’'-]{{2,40}},?\s+(?:[A-Z][a-z]+\.? \d{{1,2}},?\s+)?[(/]\s*{name}\s*[)/]"
            rf"|^\s*(?:by|from)\s+(?:[A-Z][\w.’'-]+\s+){{0,6}}(?:and|with|for|,)?\s*{name}\s*(?:\n|$)"
            rf"|^\s*{name}\s*(?:\n|[—–:-]\s)"
        )
        found.append((agency, re.compile(opening, re.MULTILINE), re.compile(closing)))
    return tuple(found)


@cache
def _any_name() -> re.Pattern[str]:
    return re.compile(r"(?<![\w/])(?:" + "|".join(pattern for _, pattern in agencies()) + r")(?![\w/])")


def names_agency(text: str) -> str | None:
    """The agency whose name a text is, such as a source's; None for any other name.

    >>> names_agency("the Associated Press"), names_agency("Ada Brandt")
    ('AP', None)
    """
    stripped = re.sub(r"\s+(?:news )?(?:agency|service)$", "", text.strip())
    for agency, pattern in agencies():
        if agency != "agencies" and re.fullmatch(rf"(?:the |The )?(?:{pattern})", stripped):
            return agency
    return None
