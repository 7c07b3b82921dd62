"""The contract of all changes: what a change and its kind are, and what those who look for changes are shown.

A module of this package that declares `KINDS` looks for changes: with `find(pair)`, which yields them in any order,
and, where it needs to know what the others found, with `find_rest(pair, found)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ...article import AnnotatedArticle, Sentence
from ...measures import hedging
from ...measures.contract import Finding
from ..alignment import Alignment
from ..quotation_matching import AttributedSpeech, Embed, QuotePair

Group = Literal["quotation", "source", "certainty", "wording", "verb", "number", "named", "slant", "alone"]
_KEPT = ("verbatim", "trimmed", "extended")
_NEARLY = 0.8  # likeness of two sentences of which the one is the other edited
_FEWEST = 2  # sentences
_EDITED = 0.4  # of the sentences of the shorter telling
SAME_MATTER = 0.55  # likeness of two sentences from which their wording is compared


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeKind:
    """A kind of change, as lists, filters and pages show it. The module that finds it declares it in its `KINDS`."""

    name: str
    label: str  # a few words, sentence case
    meaning: str  # what it is, in one sentence
    group: Group  # with which kinds it is filtered and marked
    rank: int  # among changes of one severity lower ranks come first


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of one telling: `text` is its content between the offsets start and end."""

    start: int
    end: int
    text: str
    sentence_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference, with the words of both sides. `severity`: 1 serious, 2 notable, 3 minor."""

    kind: str  # the name of a ChangeKind
    severity: int
    what: str  # one plain sentence or phrase
    a: Passage | None = None
    b: Passage | None = None
    actor_id: str | None = None
    quote: int | None = None  # position in the comparison's quotes, where the change is one of a quotation
    warning: str | None = None


@dataclass(frozen=True)
class Side:
    """One telling with what the comparison reads of it. Sentences of title and body, in order."""

    annotated: AnnotatedArticle
    speech: tuple[AttributedSpeech, ...] = ()
    _cues: list[Finding] = field(default_factory=list, repr=False)

    @cached_property
    def cues(self) -> list[Finding]:
        return list(hedging.find(self.annotated))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.annotated.sentences

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(self.annotated.text_of(s.start, s.end) for s in self.sentences)

    def passage(self, start: int, end: int) -> Passage:
        ids = tuple(s.sentence_id for s in self.sentences if s.start < end and start < s.end)
        return Passage(start=start, end=end, text=self.annotated.text_of(start, end), sentence_ids=ids)

    def whole(self, numbers: Sequence[int]) -> Passage:
        """The stretch from the first to the last of some sentences."""
        return self.passage(self.sentences[numbers[0]].start, self.sentences[numbers[-1]].end)

    def name(self, actor_id: str) -> str:
        """An actor's name in this telling; where it is not named here, made of its id."""
        named = (m.name for m in self.annotated.mentions if m.actor_id == actor_id)
        return next(named, actor_id.replace("-", " ").title())


@dataclass(frozen=True)
class Pair:
    """Two tellings beside each other, `a` the earlier: all that a module of this package looks at."""

    a: Side
    b: Side
    alignments: Sequence[Alignment]
    quotes: Sequence[QuotePair]
    embed: Embed

    @cached_property
    def joined(self) -> list[Alignment]:
        """Sentences of both tellings that were aligned."""
        return [x for x in self.alignments if x.a and x.b]

    @cached_property
    def versions(self) -> bool:
        """Whether the one is the other edited, rather than a telling of its own: many of its sentences are the same.

        Of a sentence or two that cannot be told, and they are taken for edited.
        """
        shorter = min(len(self.a.sentences), len(self.b.sentences))
        if shorter <= _FEWEST:
            return True
        kept = sum(x.relation in _KEPT or (x.similarity or 0.0) >= _NEARLY for x in self.joined)
        return kept >= _EDITED * shorter

    @cached_property
    def close(self) -> list[Alignment]:
        """Those of them that are alike enough for their wording to be compared."""
        return [x for x in self.joined if x.similarity is not None and x.similarity >= SAME_MATTER]
