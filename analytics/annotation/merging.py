"""Joins what the learnt tagger found with the parse, the quotation marks and the rules.

The tagger decides who is the source of what; marks give the exact words of a quotation; the
rules speak for quotations of which the tagger knows no source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..article import AttributionKind
from .attribution_rules import NOBODY, Content, Finder, Speaker
from .encoder import Span
from .quotations import Quotation
from .reporting_cues import Cue, CueEntry, entry_of, is_denied, load_nouns
from .tagger import TaggedAttribution

_UNLISTED = CueEntry("", False)  # a cue that the lexicon does not hold has no class


class _Tagged(NamedTuple):
    """A tagged attribution on the parse."""

    cue: Cue
    cue_span: Span
    speaker: Speaker
    content: tuple[Span, ...]


def join_tagged(finder: Finder, tagged: Sequence[TaggedAttribution]) -> list[Content]:
    """All contents of an article: quotations by their marks, and the reported speech between them."""
    links = [link for each in tagged if each.content and (link := _link(finder, each)) is not None]
    direct = _direct(finder, links)
    return [*direct, *_reported(finder, links, direct)]


def _link(finder: Finder, tagged: TaggedAttribution) -> _Tagged | None:
    cue = _cue(finder, tagged)
    if cue is None:
        return None
    names = (tagged.cue, *([tagged.source] if tagged.source else []))  # sometimes marked as content, too
    content = tuple(piece for piece in tagged.content if not any(a <= piece[0] and piece[1] <= b for a, b in names))
    return _Tagged(cue, tagged.cue, _speaker(finder, tagged.source), content)


def _cue(finder: Finder, tagged: TaggedAttribution) -> Cue | None:
    first, last = _tokens(finder, tagged.cue)
    if first >= last:
        return None
    verb = finder.tokens[finder.top(first, last)].head
    if all(finder.tokens[i].pos in ("AUX", "ADV", "PART") for i in range(first, last)) and last <= verb < last + 3:
        last = verb + 1  # a cue cut short: "would" of "would consider"
    listed = next((finder.cue_at[i] for i in range(first, last) if i in finder.cue_at), None)
    if listed is not None:
        return listed._replace(first=first, last=last)
    top = finder.top(first, last)
    if any(is_denied(finder.tokens[i], finder.tokens, finder.children) for i in (top, last - 1)):
        return None
    word = finder.tokens[top]
    entry = load_nouns().get(word.lemma) if word.pos == "NOUN" else None
    lemma, entry = (word.lemma, entry) if entry else entry_of(word.lemma, word.text) or (word.lemma, _UNLISTED)
    return Cue(first, last, top, lemma, entry, None)


def _speaker(finder: Finder, source: Span | None) -> Speaker:
    """The actor that a source span is about, with the words of the span's noun phrase."""
    if source is None:
        return NOBODY
    first, last = _tokens(finder, source)
    if first >= last:
        return NOBODY
    head = finder.top(first, last)
    while finder.tokens[head].dep in ("compound", "amod", "nmod"):
        head = finder.tokens[head].head  # a name cut short: "President" of "President Ada Brandt"
    return finder.speaker(head)._replace(start=source[0], end=source[1])


def _tokens(finder: Finder, span: Span) -> tuple[int, int]:
    """The token range [first, last) that a span touches: word pieces and tokens need not begin together."""
    first = max(bisect_right(finder.starts, span[0]) - 1, 0)
    last = bisect_left(finder.starts, span[1])
    if first < last and finder.tokens[first].end <= span[0]:
        first += 1
    while first < last and finder.tokens[first].text.isspace():
        first += 1
    while first < last and finder.tokens[last - 1].text.isspace():
        last -= 1
    return first, last


def _direct(finder: Finder, links: Sequence[_Tagged]) -> list[Content]:
    """The quotations that the rules find, given to the tagger's source where it has one."""
    found: list[Content] = []
    before: Content | None = None  # the quotation before, as the rules have it
    near = _Near(links)
    for quotation in finder.direct():
        link = _of_quotation(near.of(quotation.start, quotation.end), quotation.start, quotation.end)
        now = quotation
        if link is not None and link.speaker != NOBODY:
            now = quotation._replace(cue=link.cue, speaker=link.speaker)
        elif link is not None and quotation.cue is None:
            now = quotation._replace(cue=link.cue)
        elif before is not None and quotation.cue is None and quotation.speaker == before.speaker != NOBODY:
            now = quotation._replace(speaker=found[-1].speaker)  # it goes on from the one before
        found.append(now)
        before = quotation
    return found


class _Near:
    """Attributions by where their contents stand, so that a long text's need not all be looked at."""

    def __init__(self, links: Sequence[_Tagged]) -> None:
        self._links = links
        self._at: dict[int, list[int]] = {}
        for number, link in enumerate(links):
            for stretch in {i for a, b in link.content for i in range(a // _STRETCH, b // _STRETCH + 1)}:
                self._at.setdefault(stretch, []).append(number)

    def of(self, start: int, end: int) -> list[_Tagged]:
        """Those whose content may overlap a stretch of characters, in order."""
        near = {n for i in range(start // _STRETCH, end // _STRETCH + 1) for n in self._at.get(i, ())}
        return [self._links[number] for number in sorted(near)]


_STRETCH = 500  # characters


def _of_quotation(links: Sequence[_Tagged], start: int, end: int) -> _Tagged | None:
    """The innermost attribution whose content covers most of a quotation from outside of it."""
    covering = [
        link
        for link in links
        if not start <= link.cue_span[0] < end
        and 2 * sum(max(0, min(end, b) - max(start, a)) for a, b in link.content) >= end - start
    ]
    return min(covering, key=lambda link: sum(b - a for a, b in link.content), default=None)


def _reported(finder: Finder, links: Sequence[_Tagged], direct: Sequence[Content]) -> Iterator[Content]:
    """Contents that are not just a quotation; inside one, those that the quoted speaker reports in turn."""
    for link in links:
        quotation = finder.quotation_at(link.cue_span[0])
        speaker = _quoted_speaker(finder, link, quotation, direct)
        for piece in link.content:
            start, end = _without_edges(finder.content, *piece)
            nested = quotation is not None and quotation.start <= start < end <= quotation.end
            if start >= end or (finder.fully_quoted(start, end) and not nested):
                continue
            kind: AttributionKind = "mixed" if finder.holds_quotation(start, end) and not nested else "indirect"
            yield Content(start, end, kind, link.cue, speaker)


def _without_edges(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    start += 5 if text[start : start + 5].lower() == "that " else 0
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:."):
        end -= 1
    return start, end


def _quoted_speaker(finder: Finder, link: _Tagged, quotation: Quotation | None, direct: Sequence[Content]) -> Speaker:
    """Who "I" is inside a quotation; otherwise the source itself."""
    if quotation is not None and link.speaker.text == "I":
        return next((c.speaker for c in direct if c.start == quotation.inner_start), link.speaker)
    return link.speaker
