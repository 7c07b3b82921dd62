"""Mean of findings by actor and voice, the way most scores about actors are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import cast

from ..article import AnnotatedArticle
from ..vocabulary import Voice
from .contract import Finding, ScoreRow

Value = tuple[str, str | None, Voice, float]  # score, actor, voice, the finding's value


def means(values: Iterable[Value]) -> Iterator[ScoreRow]:
    """One row per score, actor and voice: numerator the sum of the values, denominator their number.

    >>> [(row.actor_id, row.numerator, row.denominator) for row in means([("s", "a", "outlet", 0.5)] * 3)]
    [('a', 1.5, 3)]
    """
    found: dict[tuple[str, str | None, Voice], list[float]] = defaultdict(list)
    for score, actor_id, voice, value in values:
        found[score, actor_id, voice].append(value)
    for (score, actor_id, voice), each in sorted(found.items(), key=lambda item: tuple(part or "" for part in item[0])):
        yield ScoreRow(
            score=score, actor_id=actor_id, voice=voice, numerator=round(sum(each), 4), denominator=len(each)
        )


def of_mentions(
    annotated: AnnotatedArticle, findings: Iterable[Finding], column: str, *, score: str
) -> Iterator[ScoreRow]:
    """The mean of a column of findings about mentions, where they have it, by the mention's actor and voice."""
    mentions = {mention.mention_id: mention for mention in annotated.mentions}
    valued = (finding for finding in findings if finding.get(column) is not None)
    pairs = ((mentions[cast(int, finding["mention_id"])], cast(float, finding[column])) for finding in valued)
    return means((score, m.actor_id, annotated.voice_span_at(m.start).voice, value) for m, value in pairs)
