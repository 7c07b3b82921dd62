"""What is compared on attributions: a plain baseline, and the package's own annotation in the gold set's terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..annotation import Annotator
from ..annotation.parse import Parse, parse_articles
from ..annotation.quotations import Quotation
from ..annotation.tagger import load_tagger
from ..article import AnnotatedArticle, Article, Attribution, Token
from .polnear_gold import Fragments, GoldAttribution

_SUBJECTS = ("nsubj", "nsubjpass")


def quotation_marks(articles: Sequence[Article]) -> list[list[GoldAttribution]]:
    """Each quotation goes to the subject of the verb nearest to it in its sentence."""
    return [
        [_nearest_subject(parse, quotation) for quotation in parse.quotations] for parse in parse_articles(articles)
    ]


def _nearest_subject(parse: Parse, quotation: Quotation) -> GoldAttribution:
    content = ((quotation.start, quotation.end),)
    sentences = [s for s in parse.sentences if s.start < quotation.end and s.end > quotation.start]
    outside = [
        token
        for sentence in sentences
        for token in parse.tokens[sentence.first : sentence.last]
        if token.end <= quotation.start or token.start >= quotation.end
    ]
    subjects = [t for t in outside if t.dep in _SUBJECTS and parse.tokens[t.head] in outside]
    if not subjects:
        return GoldAttribution(content=content)

    def distance(subject: Token) -> int:
        verb = parse.tokens[subject.head]
        return max(quotation.start - verb.end, verb.start - quotation.end)

    subject = min(subjects, key=distance)
    verb = parse.tokens[subject.head]
    phrase = [t for t in outside if t == subject or t.head == subject.index]  # the noun and its own words
    source = ((min(t.start for t in phrase), max(t.end for t in phrase)),)
    return GoldAttribution(((verb.start, verb.end),), source, content)


def rules(articles: Sequence[Article]) -> list[list[GoldAttribution]]:
    """What the readable rules find."""
    return [in_gold_terms(annotated) for annotated in Annotator(encoders=False).annotate(articles)]


def joined(articles: Sequence[Article]) -> list[list[GoldAttribution]]:
    """What the annotation uses: the tagger joined with the parse, the marks and the rules."""
    return [in_gold_terms(annotated) for annotated in Annotator().annotate(articles)]


def learnt(articles: Sequence[Article]) -> list[list[GoldAttribution]]:
    """What the tagger finds by itself."""
    tagged = [load_tagger().tag(article.content) for article in articles]
    return [
        [GoldAttribution((each.cue,), (each.source,) if each.source else (), each.content) for each in article]
        for article in tagged
    ]


def in_gold_terms(annotated: AnnotatedArticle) -> list[GoldAttribution]:
    """Attributions as the gold set marks them: pieces that share a cue, or go on without one, are one content."""
    groups: dict[int, list[Attribution]] = {}
    previous: Attribution | None = None
    key = 0
    for attribution in annotated.attributions:
        goes_on = previous is not None and previous.speaker_text == attribution.speaker_text is not None
        if attribution.cue_start is not None:
            key = attribution.cue_start
        elif not goes_on:
            key = -1 - attribution.start
        groups.setdefault(key, []).append(attribution)
        previous = attribution
    found = []
    for group in groups.values():
        first = group[0]
        cue: Fragments = ()
        if first.cue_start is not None and first.cue_end is not None:
            cue = ((first.cue_start, first.cue_end),)
        found.append(GoldAttribution(cue, _source(first), _merged((a.start, a.end) for a in group)))
    return found


def _merged(pieces: Iterable[tuple[int, int]]) -> Fragments:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _source(attribution: Attribution) -> Fragments:
    if attribution.source_start is None or attribution.source_end is None:
        return ()
    return ((attribution.source_start, attribution.source_end),)
