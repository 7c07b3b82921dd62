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
from ..attributed_speech import AttributedSpeech
from ..quotation_matching import Embed, QuotePair

Group = Literal["quotation", "source", "certainty", "wording", "verb", "number", "named", "slant", "alone"]
_KEPT = ("verbatim", "trimmed", "extended")
_NEARLY = 0.8  # likeness of two sentences of which the one is the other edited
_FEWEST = 2  # sentences
_EDITED = 0.4  # of the sentences of the shorter telling
_THROUGHOUT = 0.85  # of the sentences of each: who rewrites a text leaves little out and adds little
SAME_MATTER = 0.55  # likeness of two sentences from which their wording is compared


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeKind:
    """A kind of change, as lists, filters and pages show it. The module that finds it declares it in its `KINDS`.

    >>> from analytics.stories.changes import CHANGE_KINDS
    >>> CHANGE_KINDS["number_changed"].label, CHANGE_KINDS["number_changed"].group
    ('Number changed', 'number')
    """

    name: str
    label: str  # a few words, sentence case
    meaning: str  # what it is, in one sentence
    group: Group  # with which kinds it is filtered and marked
    rank: int  # among changes of one severity lower ranks come first


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of one telling: `text` is its content between the offsets start and end.

    >>> Passage(start=4, end=7, text="dam", sentence_ids=(0,)).text
    'dam'
    """

    start: int
    end: int
    text: str
    sentence_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference, with the words of both sides; the side on which there is nothing is None.

    >>> two = Passage(start=0, end=20, text="Two people were hurt")
    >>> three = Passage(start=0, end=22, text="Three people were hurt")
    >>> change = Change(kind="number_changed", severity=1, what="Two became Three", a=two, b=three)
    >>> change.a.text, change.b.text
    ('Two people were hurt', 'Three people were hurt')
    """

    kind: str  # the name of a ChangeKind
    severity: int  # 1 serious, 2 notable, 3 minor
    what: str  # one plain sentence or phrase
    a: Passage | None = None  # the words of the earlier telling
    b: Passage | None = None  # those of the later one
    actor_id: str | None = None  # whose words, or whom it is about
    quote: int | None = None  # position in the comparison's quotes, where the change is one of a quotation
    warning: str | None = None  # why the reader should look for themselves


@dataclass(frozen=True)
class Side:
    """One telling with what the comparison reads of it. Sentences of title and body, in order.

    >>> from analytics.article import Article
    >>> text = "The dam broke. Two people were hurt."
    >>> spans = (Sentence(0, 0, 14, 0, 0, False), Sentence(1, 15, 36, 0, 0, False))
    >>> side = Side(AnnotatedArticle(article=Article(article_id="a", text=text), sentences=spans))
    >>> side.texts
    ('The dam broke.', 'Two people were hurt.')
    >>> side.whole([1])
    Passage(start=15, end=36, text='Two people were hurt.', sentence_ids=(1,))
    """

    annotated: AnnotatedArticle
    speech: tuple[AttributedSpeech, ...] = ()  # what it puts in somebody's mouth
    _cues: list[Finding] = field(default_factory=list, repr=False)

    @cached_property
    def cues(self) -> list[Finding]:
        """Hedges and boosters, as the measure finds them."""
        return list(hedging.find(self.annotated))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that alignments count."""
        return self.annotated.sentences

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of each sentence."""
        return tuple(self.annotated.text_of(s.start, s.end) for s in self.sentences)

    @cached_property
    def is_read(self) -> tuple[bool, ...]:
        """Of each sentence, whether it is news, and no boilerplate."""
        return tuple(self.annotated.boilerplate_at(s.start) is None for s in self.sentences)

    def passage(self, start: int, end: int) -> Passage:
        """The words between two offsets, with the sentences that they touch."""
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
    """Two tellings beside each other, `a` the earlier: all that a module of this package looks at.

    A module's `find` goes through it and yields changes:

    >>> from analytics.article import Article
    >>> def side(text):
    ...     whole = Sentence(0, 0, len(text), 0, 0, False)
    ...     return Side(AnnotatedArticle(article=Article(article_id=text, text=text), sentences=(whole,)))
    >>> alignment = Alignment(a=(0,), b=(0,), relation="reworded", similarity=0.9)
    >>> pair = Pair(side("The dam broke."), side("The dam broke!"), [alignment], [], embed=None)
    >>> def find(pair):
    ...     for x in pair.close:
    ...         a, b = pair.a.whole(x.a), pair.b.whole(x.b)
    ...         if b.text.count("!") > a.text.count("!"):
    ...             yield Change(kind="louder", severity=3, what="an exclamation mark", a=a, b=b)
    >>> [(change.kind, change.b.text) for change in find(pair)]
    [('louder', 'The dam broke!')]
    """

    a: Side
    b: Side
    alignments: Sequence[Alignment]  # which sentences tell the same; boilerplate is not among them
    quotes: Sequence[QuotePair]  # every quotation of either, with what became of it
    embed: Embed  # sentences → vectors of unit length, one a row; alike in meaning, alike in direction

    @cached_property
    def joined(self) -> list[Alignment]:
        """Sentences of both tellings that were aligned."""
        return [x for x in self.alignments if x.a and x.b]

    @cached_property
    def versions(self) -> bool:
        """Whether the one is the other edited, rather than a telling of its own.

        Then many of its sentences are the same, or nearly all of either have a counterpart in the other. Of a
        sentence or two that cannot be told, and they are taken for edited.
        """
        shorter = min(len(self.a.sentences), len(self.b.sentences))
        if shorter <= _FEWEST:
            return True
        kept = sum(x.relation in _KEPT or (x.similarity or 0.0) >= _NEARLY for x in self.joined)
        return kept >= _EDITED * shorter or all(
            len({number for x in self.joined for number in getattr(x, side)}) >= _THROUGHOUT * len(told.sentences)
            for side, told in (("a", self.a), ("b", self.b))
        )

    @cached_property
    def close(self) -> list[Alignment]:
        """Those of them that are alike enough for their wording to be compared."""
        return [x for x in self.joined if x.similarity is not None and x.similarity >= SAME_MATTER]
