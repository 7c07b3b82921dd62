"""What became of the quotations."""

from __future__ import annotations

from collections.abc import Iterator

from ...vocabulary import QuoteRelation
from ..quotation_matching import AttributedSpeech, QuotePair, edited
from ..word_difference import words
from .contract import Change, ChangeKind, Pair, Passage, Side

KINDS = (
    ChangeKind(
        name="speaker_changed",
        label="Another speaker",
        meaning="The same words, in somebody else's mouth.",
        group="quotation",
        rank=10,
    ),
    ChangeKind(
        name="quotation_reworded",
        label="Quotation reworded inside the marks",
        meaning="The second text prints other words inside the quotation marks.",
        group="quotation",
        rank=20,
    ),
    ChangeKind(
        name="quotation_put_in_marks",
        label="Indirect speech put into quotation marks",
        meaning="The first text has this as indirect speech, the second as a literal quotation.",
        group="quotation",
        rank=30,
    ),
    ChangeKind(
        name="quotation_extended",
        label="Words added inside the marks",
        meaning="The second text has more words inside the quotation marks.",
        group="quotation",
        rank=40,
    ),
    ChangeKind(
        name="quotation_added",
        label="Quotation added",
        meaning="The first text does not have this quotation.",
        group="quotation",
        rank=50,
    ),
    ChangeKind(
        name="quotation_trimmed",
        label="Quotation trimmed",
        meaning="Words were left out of the quotation.",
        group="quotation",
        rank=160,
    ),
    ChangeKind(
        name="quotation_paraphrased",
        label="Quotation turned into indirect speech",
        meaning="A literal quotation is now told in the writer's words.",
        group="quotation",
        rank=170,
    ),
    ChangeKind(
        name="quotation_dropped",
        label="Quotation dropped",
        meaning="The second text does not have this quotation.",
        group="quotation",
        rank=180,
    ),
    ChangeKind(
        name="quotation_punctuation",
        label="Punctuation of a quotation changed",
        meaning="The words are the same; only punctuation, capitals or an editor's words in square brackets differ.",
        group="quotation",
        rank=340,
    ),
)

_OF_QUOTES: dict[QuoteRelation, tuple[str, int]] = {
    "reworded": ("quotation_reworded", 1),
    "put_in_marks": ("quotation_put_in_marks", 1),
    "extended": ("quotation_extended", 1),
    "only_b": ("quotation_added", 2),
    "trimmed": ("quotation_trimmed", 2),
    "paraphrased": ("quotation_paraphrased", 2),
    "only_a": ("quotation_dropped", 2),
    "punctuation": ("quotation_punctuation", 3),
}
NOT_ELSEWHERE = "These words inside quotation marks are not in the first text."


def find(pair: Pair) -> Iterator[Change]:
    """A change per quotation that is not the same in both tellings."""
    for number, quote in enumerate(pair.quotes):
        yield from _of_quote(number, quote, pair.a, pair.b)


def _of_quote(number: int, quote: QuotePair, a: Side, b: Side) -> Iterator[Change]:
    left, right = _place(a, quote.a), _place(b, quote.b)
    speaker = _speaker(quote, a, b)
    if quote.speaker_changed and quote.a and quote.b:
        yield Change(
            kind="speaker_changed",
            severity=1,
            what=f"{quote.a.speaker_text or 'somebody'} in the first text, {quote.b.speaker_text or 'somebody'} here",
            a=left,
            b=right,
            actor_id=quote.speaker_id,
            quote=number,
        )
    if quote.relation == "verbatim":
        return
    kind, severity = _OF_QUOTES[quote.relation]
    said = quote.b or quote.a
    clarified = quote.relation == "reworded" and quote.a and quote.b and edited(quote.a.text, quote.b.text)
    if clarified:
        severity = 2  # [Mr Falk] for he
    if quote.relation == "put_in_marks" and not quote.only_inside_marks_here:
        severity = 2  # the words were there, only not in marks
    if quote.relation in ("only_a", "only_b") and said and (said.speaker_id is None or len(words(said.text)) < 3):
        severity = 3  # a word or two in marks may be a name or a figure of speech
    yield Change(
        kind=kind,
        severity=severity,
        what=speaker,
        a=left,
        b=right,
        actor_id=quote.speaker_id,
        quote=number,
        warning=NOT_ELSEWHERE if quote.only_inside_marks_here and severity < 3 and not clarified else None,
    )


def _place(side: Side, said: AttributedSpeech | None) -> Passage | None:
    return side.passage(said.start, said.end) if said else None


def _speaker(pair: QuotePair, a: Side, b: Side) -> str:
    """The speaker by the fullest name that either telling gives."""
    if pair.speaker_id:
        return max((side.name(pair.speaker_id) for side in (a, b)), key=len)
    texts = [x.speaker_text for x in (pair.a, pair.b) if x and x.speaker_text]
    return max(texts, key=len) if texts else "nobody is named for it"
