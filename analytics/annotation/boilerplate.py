"""Stretches of a text that are nobody's news: datelines, captions, credits, newsletter lines, notices of the page.

Patterns with their kinds and places stand in `knowledge/boilerplate.tsv`. Precision goes first: what somebody is
quoted as saying is never boilerplate, and a line is only where the whole of it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import cast

from ..article import BoilerplateKind, BoilerplateSpan
from ..errors import KnowledgeError
from ..knowledge.lexicon import Entry, load
from ..knowledge.wire_agencies import agencies
from .quotations import Quotation

_LONGEST_LINE, _LONGEST_SENTENCE, _LONGEST_INVITATION = 300, 500, 220  # characters; longer ones are news
# Invitations in running text often lack their full stop: they end where another sentence evidently begins.
_INVITATIONS = frozenset({"newsletter", "link", "share", "appeal", "advertisement"})
_NEXT_SENTENCE = re.compile(
    r"(?<=[\w)]) (?=[\"“‘][A-ZÀ-Þ]|(?:The|A|An|It|He|She|They|We|You|In|On|At|But|And|After|Before|His|Her|Their|Its"
    r"|This|That|These|Those|There|As|With|For|If|When|While|Mr|Mrs|Ms|Sir|Some|Many|One|Two|Both|Officials)"
    r" [\w’'-]+ [a-z])"
)
_NEVER_SAID = frozenset({"truncation"})  # stands inside a quotation that was cut off, too
_LINE = re.compile(r"[^\n]+")
_SENTENCE_START = re.compile(r"(?:\n|(?<=[.!?…:\"”’)\]])[ ]|_{2,}[ ]?)(?=\S)")
_ABBREVIATIONS = (
    r"Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Maj|St|Jr|Sr|No|vs|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|[ap]\.m"
    r"|Inc|Ltd|Co|Corp|[A-Z](?:\.[A-Z])*"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_MACROS = {
    "abbreviation": rf"(?:{_ABBREVIATIONS})",
    "month": _MONTH,
    "rest": rf"(?:\b(?:{_ABBREVIATIONS})\.|[^.!?\n]|[.!?](?=[^\s\"”’)\]]))*+(?:[.!?…]+[\"”’)\]]*+|(?=\n|\Z))",
    "city": r"[A-ZÀ-Þ][A-ZÀ-Þ'’]+\.?(?:[ /-][A-ZÀ-Þ'’]{2,}\.?)*",
    "place": r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2}",
    "date": rf"(?:{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?)",
    "dash": r"(?:—|–|―|--?)(?=[ \"“‘A-ZÀ-Þ])",
}
_BROADCASTERS = r"CNN(?: Business| Underscored)?|BBC(?: News)?|CBS(?: News)?|NBC(?: News)?|ABC(?: News)?|RT"


def find_boilerplate(
    content: str, quotations: Sequence[Quotation], *, body_start: int = 0
) -> tuple[BoilerplateSpan, ...]:
    """Boilerplate of a text, in order and without overlaps. Headlines hold none.

    Known failures: a link or a caption that runs into the next sentence without a full stop is not found, nor is a
    caption in running text with neither credit nor date.

    >>> text = "LONDON (Reuters) - The dam may hold.\\n\\nRead more: Dam in danger\\n\\n(Editing by Oren Tash)"
    >>> [(span.kind, text[span.start : span.end]) for span in find_boilerplate(text, [])]
    [('dateline', 'LONDON (Reuters) -'), ('link', 'Read more: Dam in danger'), ('credit', '(Editing by Oren Tash)')]
    """
    found = sorted(_candidates(content, body_start), key=lambda span: (span.start, -span.end))
    said = [(q.start, q.end) for q in quotations if q.closed]
    spans: list[BoilerplateSpan] = []
    for span in found:
        if spans and span.start < spans[-1].end:
            continue
        if span.kind in _NEVER_SAID or not _is_said(span, said):
            spans.append(span)
    return tuple(spans)


def covered_by(spans: Sequence[BoilerplateSpan]) -> Callable[[int], BoilerplateSpan | None]:
    """What tells of an offset which of the spans covers it."""
    starts = [span.start for span in spans]

    def covering(offset: int) -> BoilerplateSpan | None:
        at = bisect_right(starts, offset) - 1
        return spans[at] if at >= 0 and offset < spans[at].end else None

    return covering


def _candidates(content: str, body_start: int) -> Iterator[BoilerplateSpan]:
    patterns = {
        place: [pattern for needed, pattern in _patterns(place) if needed in content]
        for place in ("line", "sentence", "line_start", "body_start", "anywhere")
    }
    for line in _LINE.finditer(content, body_start):
        if line.end() - line.start() <= _LONGEST_LINE:
            found = (pattern.fullmatch(content, *line.span()) for pattern in patterns["line"])
            yield from (_span(match) for match in found if match)
    for start in _starts(content, body_start):
        before = content[start - 1 : start]
        places = ["body_start"] * (start == body_start) + ["line_start"] * (before in "\n") + ["sentence"]
        matches = (pattern.match(content, start) for place in places for pattern in patterns[place])
        yield from (span for match in matches if match and (span := _of_sentence(_span(match), content)))
    for pattern in patterns["anywhere"]:
        yield from map(_span, pattern.finditer(content, body_start))


def _starts(content: str, body_start: int) -> Iterator[int]:
    """Where lines and sentences may begin."""
    yield body_start
    for mark in _SENTENCE_START.finditer(content, body_start):
        yield mark.end()


def _span(match: re.Match[str]) -> BoilerplateSpan:
    text = match[0]
    start = match.start() + len(text) - len(text.lstrip())
    return BoilerplateSpan(start, start + len(text.strip()), _kinds()[str(match.lastgroup)])


def _of_sentence(span: BoilerplateSpan, content: str) -> BoilerplateSpan | None:
    """A span in running text without what runs on; None where it is too long for what it is taken for."""
    if span.kind in _INVITATIONS:
        if following := _NEXT_SENTENCE.search(content, span.start + 1, span.end):
            span = span._replace(end=following.start())
        return span if span.end - span.start <= _LONGEST_INVITATION else None
    return span if span.end - span.start <= _LONGEST_SENTENCE else None


def _is_said(span: BoilerplateSpan, said: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch begins or ends inside quotation marks; one that holds a quotation does neither."""
    before = bisect_right(said, (span.start, span.end)) - 1
    near = said[max(before, 0) : before + 3]
    return any(start <= span.start < end or start < span.end < end for start, end in near if (start, end) != span[:2])


@cache
def _kinds() -> dict[str, BoilerplateKind]:
    """The name of the group of each pattern, and its kind of boilerplate."""
    return {_group(entry): cast(BoilerplateKind, entry.label) for entry in load("boilerplate")}


@cache
def _patterns(place: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of a place as few, each behind the word that a text must hold for it ("" for none)."""
    by_word: dict[str, list[str]] = {}
    for entry in load("boilerplate"):
        of, _, needed = entry.when.partition(" ")
        if of == place:
            by_word.setdefault(needed, []).append(_compiled(entry))
    return tuple((needed, re.compile("|".join(patterns))) for needed, patterns in by_word.items())


def _compiled(entry: Entry) -> str:
    """Raises KnowledgeError, naming the line, where a pattern is no regular expression."""
    pattern = entry.pattern
    for name, means in (*_MACROS.items(), ("agency", _agency())):
        pattern = pattern.replace(f"%{name}%", means)
    try:
        re.compile(pattern)
    except re.error as error:
        raise KnowledgeError(f"boilerplate.tsv:{entry.line}: {pattern!r} is no regular expression ({error})") from error
    return f"(?P<{_group(entry)}>{pattern})"


@cache
def _agency() -> str:
    return "(?:" + "|".join([*(pattern for name, pattern in agencies() if name != "agencies"), _BROADCASTERS]) + ")"


def _group(entry: Entry) -> str:
    return f"line{entry.line}"
