"""Who is made to say what: quotations and indirect speech, joined to their source and cue."""

from __future__ import annotations

from collections.abc import Sequence

from ..article import Article, Attribution, Mention
from .joining import join_tagged
from .parse import Parse
from .rules import Finder
from .tagger import TaggedAttribution


def find_attributions(
    article: Article,
    parse: Parse,
    mentions: dict[int, Mention],
    children: tuple[tuple[int, ...], ...],
    tagged: Sequence[TaggedAttribution] | None = None,
) -> tuple[Attribution, ...]:
    """Attributions of an article in text order; `mentions` maps token indices to mentions.

    `tagged` is what the learnt tagger found in the same text; without it, the rules stand alone.
    """
    finder = Finder(article, parse, mentions, children)
    contents = finder.contents() if tagged is None else join_tagged(finder, tagged)
    contents.sort(key=lambda content: (content.start, -content.end))
    rows = []
    for number, content in enumerate(contents):
        cue = content.cue
        sentence = finder.sentence_at(content.start)
        rows.append(
            Attribution(
                attribution_id=number,
                sentence_id=sentence.sentence_id if sentence else 0,
                kind=content.kind,
                start=content.start,
                end=content.end,
                speaker_id=content.speaker.actor_id,
                speaker_text=content.speaker.text,
                cue=cue.lemma if cue else None,
                cue_class=(cue.entry.cue_class or None) if cue else None,
                cue_start=parse.tokens[cue.first].start if cue else None,
                cue_end=parse.tokens[cue.last - 1].end if cue else None,
                source_start=content.speaker.start,
                source_end=content.speaker.end,
            )
        )
    return tuple(rows)
