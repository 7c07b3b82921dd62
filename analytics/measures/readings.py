"""Which words an actor's sentiment is read from: the whole sentence, the outlet's own words in it, or none and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..annotation.encoder import Span
from ..annotation.own_words import OwnWords
from ..article import AnnotatedArticle, Mention
from ..vocabulary import ReadFrom
from .told_attitudes import told_attitudes


class Reading(NamedTuple):
    """What is read of one mention; `own` where the outlet's own words are read alone."""

    read_from: ReadFrom
    own: OwnWords | None = None

    @property
    def columns(self) -> dict[str, object]:
        """The columns `read_from` and `read_words` of a row."""
        return {"read_from": self.read_from, "read_words": written(self.own.stretches) if self.own else None}


def readings(annotated: AnnotatedArticle) -> tuple[Reading, ...]:
    """The reading of each mention, by its id; ask for them with `annotated.once`.

    In the outlet's voice, words of a source are left out, and a mention toward which the outlet only tells of
    somebody's attitude is not read at all. In a source's voice whole sentences are read.

    >>> from analytics.annotation import annotate
    >>> told = annotate("The chamber praised Ada Brandt. Oren Tash, who fled in the night, said that all was well.")
    >>> [(mention.name, reading.read_from) for mention, reading in zip(told.mentions, readings(told))]
    [('Ada Brandt', 'told_attitude'), ('Oren Tash', 'own_words')]
    """
    return tuple(_reading(annotated, mention) for mention in annotated.mentions)


def _reading(annotated: AnnotatedArticle, mention: Mention) -> Reading:
    if annotated.voice_at(mention.start) != "outlet":
        return Reading("sentence")
    told = annotated.once(told_attitudes).get(mention.sentence_id, ())
    if any(attitude.is_toward(mention.start, mention.end) for attitude in told):
        return Reading("told_attitude")
    own: OwnWords | None = annotated.own_words.get(mention.sentence_id)
    if own is None:
        return Reading("sentence")
    if own.encoded is None or own.place(mention.start, mention.end) is None:
        return Reading("too_few_words")
    return Reading("own_words", own)


def written(stretches: Iterable[Span]) -> str:
    """Stretches of an article's text as a column holds them.

    >>> written([(0, 12), (40, 55)])
    '0-12 40-55'
    """
    return " ".join(f"{start}-{end}" for start, end in stretches)
