"""What became of the quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..quotation_matching import AttributedSpeech, QuotePair, QuoteRelation
from ..word_difference import words
from .contract import Change, ChangeKind, Passage, Side

_OF_QUOTES: dict[QuoteRelation, tuple[ChangeKind, int]] = {
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


def find(quotes: Sequence[QuotePair], a: Side, b: Side) -> Iterator[Change]:
    for number, pair in enumerate(quotes):
        left, right = _place(a, pair.a), _place(b, pair.b)
        speaker = _speaker(pair, a, b)
        if pair.speaker_changed and pair.a and pair.b:
            yield Change(
                kind="speaker_changed",
                severity=1,
                what=f"{pair.a.speaker_text or 'somebody'} in the first text, {pair.b.speaker_text or 'somebody'} here",
                a=left,
                b=right,
                actor_id=pair.speaker_id,
                quote=number,
            )
        if pair.relation == "verbatim":
            continue
        kind, severity = _OF_QUOTES[pair.relation]
        said = pair.b or pair.a
        if pair.relation == "put_in_marks" and not pair.only_inside_marks_here:
            severity = 2  # the words were there, only not in marks
        if pair.relation in ("only_a", "only_b") and said and (said.speaker_id is None or len(words(said.text)) < 3):
            severity = 3  # a word or two in marks may be a name or a figure of speech
        yield Change(
            kind=kind,
            severity=severity,
            what=speaker,
            a=left,
            b=right,
            actor_id=pair.speaker_id,
            quote=number,
            warning=NOT_ELSEWHERE if pair.only_inside_marks_here and severity < 3 else None,
        )


def _place(side: Side, said: AttributedSpeech | None) -> Passage | None:
    return side.passage(said.start, said.end) if said else None


def _speaker(pair: QuotePair, a: Side, b: Side) -> str:
    """The speaker by the fullest name that either telling gives."""
    if pair.speaker_id:
        return max((side.name(pair.speaker_id) for side in (a, b)), key=len)
    texts = [x.speaker_text for x in (pair.a, pair.b) if x and x.speaker_text]
    return max(texts, key=len) if texts else "nobody is named for it"
