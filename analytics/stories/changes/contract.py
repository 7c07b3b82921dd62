"""The contract of all changes: what a change is, its kinds, and what a telling shows to those who look for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ...article import AnnotatedArticle, Sentence
from ...measures import hedging
from ...measures.contract import Finding
from ..drift import Said

ChangeKind = Literal[
    "speaker_changed",
    "quotation_reworded",
    "quotation_put_in_marks",
    "quotation_extended",
    "quotation_added",
    "attribution_lost",
    "credit_lost",
    "number_changed",
    "negation_changed",
    "hedge_became_booster",
    "hedge_lost",
    "booster_gained",
    "closing_added",
    "opening_added",
    "headline_changed",
    "quotation_trimmed",
    "quotation_paraphrased",
    "quotation_dropped",
    "reporting_verb",
    "number_added",
    "attribution_gained",
    "credit_gained",
    "booster_became_hedge",
    "hedge_gained",
    "booster_lost",
    "hedge_reworded",
    "stance_shift",
    "sentiment_shift",
    "actor_missing",
    "actor_added",
    "left_out",
    "added",
    "wording_changed",
    "quotation_punctuation",
]
CHANGE_KINDS: dict[ChangeKind, str] = {  # in the order in which changes of one weight are shown
    "speaker_changed": "Another speaker",
    "quotation_reworded": "Quotation reworded inside the marks",
    "quotation_put_in_marks": "Indirect speech put into quotation marks",
    "quotation_extended": "Words added inside the marks",
    "quotation_added": "Quotation added",
    "attribution_lost": "Attribution lost",
    "credit_lost": "Credit lost",
    "number_changed": "Number changed",
    "negation_changed": "Denied, or no longer denied",
    "hedge_became_booster": "Hedge became a booster",
    "hedge_lost": "Hedge lost",
    "booster_gained": "Booster added",
    "closing_added": "Closing lines without counterpart",
    "opening_added": "Opening lines without counterpart",
    "headline_changed": "Headline changed",
    "quotation_trimmed": "Quotation trimmed",
    "quotation_paraphrased": "Quotation turned into indirect speech",
    "quotation_dropped": "Quotation dropped",
    "reporting_verb": "Reporting verb changed",
    "number_added": "Number added",
    "attribution_gained": "Attribution added",
    "credit_gained": "Credit added",
    "booster_became_hedge": "Booster became a hedge",
    "hedge_gained": "Hedge added",
    "booster_lost": "Booster lost",
    "hedge_reworded": "Hedge reworded",
    "stance_shift": "Stance shifted",
    "sentiment_shift": "Sentiment toward an actor shifted",
    "actor_missing": "Actor missing",
    "actor_added": "Actor added",
    "left_out": "Left out",
    "added": "Added",
    "wording_changed": "Sentence reworded",
    "quotation_punctuation": "Punctuation of a quotation changed",
}
SEVERITIES = {1: "serious", 2: "notable", 3: "minor"}


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

    kind: ChangeKind
    severity: int
    what: str  # one plain sentence or phrase
    a: Passage | None = None
    b: Passage | None = None
    actor_id: str | None = None
    quote: int | None = None  # position in the comparison's quotes, where the change is one of a quotation
    warning: str | None = None

    @property
    def label(self) -> str:
        return CHANGE_KINDS[self.kind]


@dataclass(frozen=True)
class Side:
    """One telling with what the comparison reads of it. Sentences of title and body, in order."""

    annotated: AnnotatedArticle
    said: tuple[Said, ...] = ()
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
