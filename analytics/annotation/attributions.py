"""Who is made to say what: quotations and indirect speech, joined to their source and cue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from ..article import Article, Attribution, BoilerplateSpan, Mention
from .attribution_rules import NOBODY, AttributionRules, Content, Speaker
from .boilerplate import covered_by
from .coordinated_speakers import joint_speakers
from .debris import is_cause
from .levels import with_levels
from .merging import join_tagged
from .outside_sources import with_outside_sources
from .parse import Parse
from .quotations import Quotation
from .reporting_cues import ADVERBIALS
from .scare_quotes import without_scare_quotes
from .tagger import TaggedAttribution
from .transcripts import with_turns


def find_attributions(
    article: Article,
    parse: Parse,
    mentions: dict[int, Mention],
    children: tuple[tuple[int, ...], ...],
    tagged: Sequence[TaggedAttribution] | None = None,
) -> tuple[tuple[Attribution, ...], tuple[Quotation, ...]]:
    """Attributions of an article in text order, and its scare quotes; `mentions` maps token indices to mentions.

    `tagged` is what the learnt tagger found in the same text; without it, the rules stand alone.
    A statement that several sources make together has a row for each; all but the first point to it.
    """
    rules = AttributionRules(article, parse, mentions, children)
    contents = rules.contents() if tagged is None else _with_nouns(rules, join_tagged(rules, tagged))
    contents = with_turns(rules, with_outside_sources(rules, contents), article.body_start)
    contents, scare_quotes = without_scare_quotes(rules, _without_boilerplate(rules, parse, contents))
    covered = covered_by(parse.boilerplate)
    scare_quotes = tuple(quotation for quotation in scare_quotes if not covered(quotation.start))
    contents.sort(key=lambda content: (content.start, -content.end))
    rows: list[Attribution] = []
    for content in contents:
        first = len(rows)
        for speaker in joint_speakers(rules, content.speaker):
            rows.append(_row(rules, content, speaker, len(rows), joint_with=first if len(rows) > first else None))
    return with_levels(rows), scare_quotes


def _with_nouns(rules: AttributionRules, contents: list[Content]) -> list[Content]:
    """What the rules know of nominal cues ("his warning that …", "in her view") and the tagger passed over."""
    missed = [
        content._replace(speaker=NOBODY) if is_cause(rules, content.cue, content.speaker) else content
        for content in rules.indirect({})
        if content.cue is not None
        and (content.cue.entry.noun or content.cue.lemma in ADVERBIALS - {"according to"})
        and not any(other.start < content.end and content.start < other.end for other in contents)
    ]
    return contents + missed


def _without_boilerplate(rules: AttributionRules, parse: Parse, contents: list[Content]) -> list[Content]:
    """Contents cut to what is news; none is left where the cue stands in boilerplate, nor is a source named there.

    Only a quotation may stand on the other side of boilerplate than its cue, and not behind a dateline.
    """
    if not parse.boilerplate:
        return contents
    covered, starts = covered_by(parse.boilerplate), [span.start for span in parse.boilerplate]
    datelines = [span.start for span in parse.boilerplate if span.kind == "dateline"]
    kept = []
    for content in contents:
        cut = _cut_to_news(rules.content, content, covered, starts)
        if cut.start >= cut.end:
            continue
        if cut.cue is not None:
            cue, bars = rules.tokens[cut.cue.first].start, datelines if cut.kind == "direct" else starts
            if covered(cue) or bisect_left(bars, cue) != bisect_left(bars, cut.start):
                continue
        named_there = cut.speaker.start is not None and covered(cut.speaker.start)
        kept.append(cut._replace(speaker=NOBODY) if named_there else cut)
    return kept


def _cut_to_news(
    text: str, content: Content, covered: Callable[[int], BoilerplateSpan | None], starts: Sequence[int]
) -> Content:
    """A content without the boilerplate at its beginning, and without what follows boilerplate inside it."""
    start, end = content.start, content.end
    while (span := covered(start)) is not None:
        start = span.end
        while start < end and text[start].isspace():
            start += 1
    following = bisect_left(starts, start)
    if following < len(starts) and starts[following] < end:
        end = start + len(text[start : starts[following]].rstrip())
    return content._replace(start=start, end=end)


def _row(
    rules: AttributionRules, content: Content, speaker: Speaker, number: int, *, joint_with: int | None
) -> Attribution:
    cue = content.cue
    sentence = rules.sentence_at(content.start)
    source = speaker if joint_with is not None else content.speaker
    return Attribution(
        attribution_id=number,
        sentence_id=sentence.sentence_id if sentence else 0,
        kind=content.kind,
        start=content.start,
        end=content.end,
        speaker_id=speaker.actor_id,
        speaker_text=speaker.text,
        cue=cue.lemma if cue else None,
        cue_class=(cue.entry.cue_class or None) if cue else None,
        cue_start=rules.tokens[cue.first].start if cue else None,
        cue_end=rules.tokens[cue.last - 1].end if cue else None,
        source_start=source.start,
        source_end=source.end,
        joint_with=joint_with,
    )
