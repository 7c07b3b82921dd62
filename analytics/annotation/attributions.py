"""Who is made to say what: quotations and indirect speech, joined to their source and cue."""

from __future__ import annotations

from collections.abc import Sequence

from ..article import Article, Attribution, Mention
from .attribution_rules import AttributionRules, Content, Speaker
from .coordinated_speakers import joint_speakers
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
    contents, scare_quotes = without_scare_quotes(rules, contents)
    contents.sort(key=lambda content: (content.start, -content.end))
    rows: list[Attribution] = []
    for content in contents:
        first = len(rows)
        for speaker in joint_speakers(rules, content.speaker):
            rows.append(_row(rules, content, speaker, len(rows), joint_with=first if len(rows) > first else None))
    return tuple(rows), scare_quotes


def _with_nouns(rules: AttributionRules, contents: list[Content]) -> list[Content]:
    """What the rules know of nominal cues ("his warning that …", "in her view") and the tagger passed over."""
    missed = [
        content
        for content in rules.indirect({})
        if content.cue is not None
        and (content.cue.entry.noun or content.cue.lemma in ADVERBIALS - {"according to"})
        and not any(other.start < content.end and content.start < other.end for other in contents)
    ]
    return contents + missed


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
