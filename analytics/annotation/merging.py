"""Joins what the learnt tagger found with the parse, the quotation marks and the rules.

The tagger decides who is the source of what; marks give the exact words of a quotation; the
rules speak for quotations of which the tagger knows no source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..article import AttributionKind
from .attribution_rules import NOBODY, AttributionRules, Content, Speaker
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


def join_tagged(rules: AttributionRules, tagged: Sequence[TaggedAttribution]) -> list[Content]:
    """All contents of an article: quotations by their marks, and the reported speech between them."""
    links = [link for each in tagged if each.content and (link := _link(rules, each)) is not None]
    direct = _direct(rules, links)
    return [*direct, *_reported(rules, links, direct)]


def _link(rules: AttributionRules, tagged: TaggedAttribution) -> _Tagged | None:
    cue = _cue(rules, tagged)
    if cue is None:
        return None
    names = (tagged.cue, *([tagged.source] if tagged.source else []))  # sometimes marked as content, too
    content = tuple(piece for piece in tagged.content if not any(a <= piece[0] and piece[1] <= b for a, b in names))
    return _Tagged(cue, tagged.cue, _speaker(rules, tagged.source), content)


def _cue(rules: AttributionRules, tagged: TaggedAttribution) -> Cue | None:
    first, last = _tokens(rules, tagged.cue)
    if first >= last:
        return None
    verb = rules.tokens[rules.top(first, last)].head
    if all(rules.tokens[i].pos in ("AUX", "ADV", "PART") for i in range(first, last)) and last <= verb < last + 3:
        last = verb + 1  # a cue cut short: "would" of "would consider"
    listed = next((rules.cue_at[i] for i in range(first, last) if i in rules.cue_at), None)
    if listed is not None:
        return listed._replace(first=first, last=last)
    top = rules.top(first, last)
    if any(is_denied(rules.tokens[i], rules.tokens, rules.children) for i in (top, last - 1)):
        return None
    word = rules.tokens[top]
    entry = load_nouns().get(word.lemma) if word.pos == "NOUN" else None
    lemma, entry = (word.lemma, entry) if entry else entry_of(word.lemma, word.text) or (word.lemma, _UNLISTED)
    return Cue(first, last, top, lemma, entry, None)


def _speaker(rules: AttributionRules, source: Span | None) -> Speaker:
    """The actor that a source span is about, with the words of the span's noun phrase."""
    if source is None:
        return NOBODY
    first, last = _tokens(rules, source)
    if first >= last:
        return NOBODY
    head = rules.top(first, last)
    while rules.tokens[head].dep in ("compound", "amod", "nmod"):
        head = rules.tokens[head].head  # a name cut short: "President" of "President Ada Brandt"
    return rules.speaker(head)._replace(start=source[0], end=source[1])


def _tokens(rules: AttributionRules, span: Span) -> tuple[int, int]:
    """The token range [first, last) that a span touches: word pieces and tokens need not begin together."""
    first = max(bisect_right(rules.starts, span[0]) - 1, 0)
    last = bisect_left(rules.starts, span[1])
    if first < last and rules.tokens[first].end <= span[0]:
        first += 1
    while first < last and rules.tokens[first].text.isspace():
        first += 1
    while first < last and rules.tokens[last - 1].text.isspace():
        last -= 1
    return first, last


def _direct(rules: AttributionRules, links: Sequence[_Tagged]) -> list[Content]:
    """The quotations that the rules find, given to the tagger's source where it has one."""
    found: list[Content] = []
    before: Content | None = None  # the quotation before, as the rules have it
    near = _Near(links)
    for quotation in rules.direct():
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


def _reported(rules: AttributionRules, links: Sequence[_Tagged], direct: Sequence[Content]) -> Iterator[Content]:
    """Contents that are not just a quotation; inside one, those that the quoted speaker reports in turn."""
    for link in links:
        quotation = rules.quotation_at(link.cue_span[0])
        speaker = _quoted_speaker(rules, link, quotation, direct)
        for piece in link.content:
            start, end = _without_edges(rules.content, *piece)
            nested = quotation is not None and quotation.start <= start < end <= quotation.end
            if start >= end or (rules.fully_quoted(start, end) and not nested):
                continue
            kind: AttributionKind = "mixed" if rules.holds_quotation(start, end) and not nested else "indirect"
            yield Content(start, end, kind, link.cue, speaker)


def _without_edges(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    start += 5 if text[start : start + 5].lower() == "that " else 0
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:."):
        end -= 1
    return start, end


def _quoted_speaker(
    rules: AttributionRules, link: _Tagged, quotation: Quotation | None, direct: Sequence[Content]
) -> Speaker:
    """Who "I" is inside a quotation; otherwise the source itself."""
    if quotation is not None and link.speaker.text == "I":
        return next((c.speaker for c in direct if c.start == quotation.inner_start), link.speaker)
    return link.speaker
