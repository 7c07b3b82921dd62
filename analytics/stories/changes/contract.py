"""The contract of all changes: what a change is, its kinds, and what a telling shows to those who look for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ...article import AnnotatedArticle, Sentence
from ...measures import hedging
from ...measures.contract import Finding
from ..quotation_matching import AttributedSpeech

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
MEANINGS: dict[ChangeKind, str] = {  # what each kind means, in one sentence
    "speaker_changed": "The same words, in somebody else's mouth.",
    "quotation_reworded": "The second text prints other words inside the quotation marks.",
    "quotation_put_in_marks": "The first text has this as indirect speech, the second as a literal quotation.",
    "quotation_extended": "The second text has more words inside the quotation marks.",
    "quotation_added": "The first text does not have this quotation.",
    "quotation_trimmed": "Words were left out of the quotation.",
    "quotation_paraphrased": "A literal quotation is now told in the writer's words.",
    "quotation_dropped": "The second text does not have this quotation.",
    "quotation_punctuation": "The words are the same; only punctuation or capitals differ.",
    "attribution_lost": "What a source said is now said as if it were a fact that the outlet knows.",
    "credit_lost": "The second text does not name the medium that the first names as its source.",
    "attribution_gained": "What the first text says itself, the second has from a source.",
    "credit_gained": "The second text names a medium as its source that the first does not name.",
    "hedge_became_booster": "Words that left room for doubt became words that sound sure.",
    "hedge_lost": "Words that left room for doubt (“may”, “reportedly”) are gone.",
    "booster_gained": "Words that make it sound surer (“clearly”, “fully”) were added.",
    "booster_became_hedge": "Words that sounded sure became words that leave room for doubt.",
    "hedge_gained": "Words that leave room for doubt were added.",
    "booster_lost": "Words that made it sound surer are gone.",
    "hedge_reworded": "Room for doubt is left in both, in other words.",
    "negation_changed": "One text says that it is so, the other that it is not.",
    "headline_changed": "The headlines differ.",
    "wording_changed": "Much the same sentence in partly other words, outside quotation marks.",
    "number_changed": "A figure differs between the two texts.",
    "number_added": "The first text does not have this figure.",
    "actor_missing": "The second text does not name them.",
    "actor_added": "The first text does not name them.",
    "stance_shift": "Somebody stands differently toward somebody or something.",
    "sentiment_shift": "The outlet's own words about somebody are kinder or harsher.",
    "closing_added": "The second text ends with sentences that the first does not have.",
    "opening_added": "The second text begins with sentences that the first does not have.",
    "left_out": "Sentences of the first text without a counterpart in the second.",
    "added": "Sentences of the second text without a counterpart in the first.",
    "reporting_verb": "The same statement is introduced by another verb; verbs can doubt or agree.",
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

    @property
    def meaning(self) -> str:
        """What a change of this kind is, in one sentence."""
        return MEANINGS[self.kind]


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
