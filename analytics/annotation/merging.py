"""Joins what the learnt tagger found with the parse, the quotation marks and the rules.

The tagger decides who is the source of what; marks give the exact words of a quotation; the
rules speak for quotations of which the tagger knows no source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..article import AttributionKind
from .attribution_rules import NOBODY, AttributionRules, Content, Speaker
from .content_bounds import other_part, with_second_half, with_undergoer, without_addressee
from .content_ends import ContentEnds
from .content_pieces import joined, made_whole, says_nothing
from .debris import is_cause, speaker_above, without_debris
from .encoder import Span
from .reporting_cues import Cue, CueEntry, entry_of, is_denied, load_nouns
from .statements import is_rumour, is_statement
from .tagged_sources import overlaps, source_of, touched
from .tagger import TaggedAttribution
from .topics import is_topic

_SAYING = frozenset(  # with these a report inside a report is surely one of words
    "say state add tell claim insist warn argue stress write announce declare describe call reply".split()
)
_NESTED = 6  # attributions before one, among which the one around it is looked for
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
    links = [_inner_speaker(rules, links, number) for number in range(len(links))]
    direct = _direct(rules, links)
    return [*direct, *_reported(rules, links, direct)]


def _link(rules: AttributionRules, tagged: TaggedAttribution) -> _Tagged | None:
    cue = _cue(rules, tagged)
    if cue is None:
        return None
    names = [tagged.cue, *([tagged.source] if tagged.source else [])]  # sometimes marked as content, too
    speaker, spoken_of = source_of(rules, tagged.source, cue, tagged.cue)
    if is_rumour(rules, cue, speaker):
        return None
    named = without_debris(rules, speaker, cue)
    if named is None:
        if not _beside_marks(rules, tagged):
            return None  # nobody says it
        named = speaker_above(rules, cue)
    speaker = NOBODY if is_cause(rules, cue, named) else named
    if spoken_of is not None:
        names.append(spoken_of)
    content = tuple(piece for piece in tagged.content if not any(a <= piece[0] and piece[1] <= b for a, b in names))
    if spoken_of is not None:  # "quoted her as saying that …"
        a, b = spoken_of
        content = tuple((b, end) if a <= start < b < end else (start, end) for start, end in content)
    return _Tagged(cue, tagged.cue, speaker, joined(rules, content, names, cue))


def _beside_marks(rules: AttributionRules, tagged: TaggedAttribution) -> bool:
    """Whether what is reported holds a quotation: somebody says it, whoever it is."""
    return any(rules.holds_quotation(*piece) for piece in tagged.content)


def _inner_speaker(rules: AttributionRules, links: Sequence[_Tagged], number: int) -> _Tagged:
    """A report inside a report belongs to the speaker inside, who is the subject there.

    "The Post wrote that Brandt had doubts, saying it was “practically impossible” …": the tagger wavers
    between the two for the second cue; the words are Brandt's.
    """
    link = links[number]
    if link.cue.source is None or link.speaker == NOBODY:
        return link
    at = rules.starts[link.cue.source]
    for outer in links[max(0, number - _NESTED) : number]:
        same = outer.speaker.start == link.speaker.start and outer.speaker.end == link.speaker.end
        if same and _holds(outer, link.cue_span[0]) and _holds(outer, at) and not overlaps(outer.speaker, (at, at + 1)):
            return link._replace(speaker=rules.speaker(link.cue.source))
    return link


def _cue(rules: AttributionRules, tagged: TaggedAttribution) -> Cue | None:
    first, last = touched(rules, tagged.cue)
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


def _direct(rules: AttributionRules, links: Sequence[_Tagged]) -> list[Content]:
    """The quotations that the rules find, given to the tagger's source where it has one."""
    found: list[Content] = []
    before: Content | None = None  # the quotation before, as the rules have it
    near = _Near(links)
    for quotation in rules.direct():
        if quotation.cue is not None and without_debris(rules, quotation.speaker, quotation.cue) is None:
            quotation = quotation._replace(speaker=speaker_above(rules, quotation.cue))
        link = _of_quotation(rules, near.of(quotation.start, quotation.end), quotation.start, quotation.end)
        now = quotation
        if link is not None and link.speaker != NOBODY and not _reported_in_turn(rules, link, quotation):
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


def _of_quotation(rules: AttributionRules, links: Sequence[_Tagged], start: int, end: int) -> _Tagged | None:
    """The innermost attribution whose content covers most of a quotation from outside of it.

    A cue in the quotation's own sentence goes before one beside it: "“We wait,” Brandt said. Moor agreed."
    """
    covering = [
        link
        for link in links
        if not start <= link.cue_span[0] < end
        and 2 * sum(max(0, min(end, b) - max(start, a)) for a, b in link.content) >= end - start
    ]
    sentence, last = rules.sentence_at(start), rules.sentence_at(end)

    def order(link: _Tagged) -> tuple[bool, int, int]:
        cue = link.cue_span[0]
        beside = sentence is None or last is None or not sentence.start <= cue < last.end
        nested = sum(other is not link and _holds(other, link.cue_span[0]) for other in covering)
        return beside, -nested, sum(b - a for a, b in link.content)

    return min(covering, key=order, default=None)


def _holds(outer: _Tagged, offset: int) -> bool:
    """Whether a place is inside what an attribution reports."""
    return any(a <= offset < b for a, b in outer.content)


def _reported_in_turn(rules: AttributionRules, link: _Tagged, quotation: Content) -> bool:
    """Whether the rules see a report around a quotation that stands inside the tagger's: its speaker is the innermost.

    "The paper says Brandt spoke of doubts, saying it was “practically impossible” …": the words are Brandt's.
    """
    inner = quotation.speaker.actor_id
    if quotation.cue is None or quotation.cue.lemma not in _SAYING or inner in (None, link.speaker.actor_id):
        return False
    at = rules.starts[quotation.cue.token]
    if any(rules.tokens[i].dep == "prt" for i in rules.children[quotation.cue.token]):
        return False  # "calling them out for their “lies”"
    outside = not quotation.start <= at < quotation.end
    return outside and any(a <= at < b for a, b in link.content)


def _kind(rules: AttributionRules, start: int, end: int) -> AttributionKind:
    return "mixed" if rules.holds_quotation(start, end) else "indirect"


def _reported(rules: AttributionRules, links: Sequence[_Tagged], direct: Sequence[Content]) -> Iterator[Content]:
    """Contents that are not just a quotation; inside one, those that the quoted speaker reports in turn."""
    quoted = {content.start: content.speaker for content in direct}
    ends = ContentEnds(rules.content, rules.parse.sentences, rules.parse.quotations)
    for link in links:
        quotation = rules.quotation_at(link.cue_span[0])
        speaker = link.speaker
        if quotation is not None and speaker.text == "I":  # whoever is quoted
            speaker = quoted.get(quotation.inner_start, speaker)
        for piece in link.content:
            within = ends.within(*piece, link.cue_span[0])
            if within is None:
                continue
            start, end = made_whole(rules, *within, link.cue, speaker)
            start, end = without_addressee(rules, start, end, link.cue)
            start, end = with_second_half(rules, start, end, link.cue)
            start, end = with_undergoer(rules, start, end, link.cue, speaker)
            if says_nothing(rules, start, end, link.cue, speaker, parts=len(link.content)):
                continue
            nested = quotation is not None and quotation.start <= start < end <= quotation.end
            if start >= end or (rules.fully_quoted(start, end) and not nested) or rules.names_work(start, end):
                continue
            kind: AttributionKind = "indirect" if nested else _kind(rules, start, end)
            told = is_statement(rules, link.cue, speaker) and not is_topic(rules, start, end, link.cue, speaker)
            if kind == "mixed" or told:
                yield Content(start, end, kind, link.cue, speaker)
                other = other_part(rules, start, end, link.cue, speaker) if len(link.content) == 1 else None
                if other is not None:
                    yield Content(*other, _kind(rules, *other), link.cue, speaker)
