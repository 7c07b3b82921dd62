"""Parts of one quotation as one: what a reporting clause interrupts, and what another telling prints whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .attributed_speech import AttributedSpeech
from .speakers import differ
from .word_difference import shared, words

_INTERRUPTION = 80  # characters between the two parts of a quotation
_PARTED = 200  # characters between quotations that another telling prints as one
_LEXICAL = 0.5  # shared words out of the mean length: the same words, changed
_PART = 0.75  # shared words out of the shorter: a part of it
_IN_THE_WHOLE = 0.5  # of the words of each part, how many the whole has in the same order


def rejoined(said: Sequence[AttributedSpeech]) -> list[AttributedSpeech]:
    """Quotations that only a reporting clause interrupts, as one: “We will stay,” she said, “and …”."""
    found: list[AttributedSpeech] = []
    last: AttributedSpeech | None = None  # the quotation before
    for each in sorted(said, key=lambda x: (x.start, -x.end)):
        if last is not None and each.direct and _goes_on(last, each):
            found.remove(last)
            # as long as the stretch it stands in, so that places in the text stay what they are
            text = last.text + " " * (each.start - last.end) + each.text
            each = replace(last, text=text, end=each.end, clause=text)
        found.append(each)
        last = each if each.direct else last
    return found


def as_parted(said: Sequence[AttributedSpeech], other: Sequence[AttributedSpeech]) -> list[AttributedSpeech]:
    """Quotations in a row as one where the other telling prints them as one: “…,” she said. “…” for “… …,” she said."""
    wholes = [(x, [w.form for w in words(x.text)]) for x in other if x.direct]
    found: list[AttributedSpeech] = []
    last: AttributedSpeech | None = None
    for each in said:
        if (
            last is not None
            and each.direct
            and _follows(last, each)
            and any(_holds_both(whole, forms, last, each) for whole, forms in wholes)
        ):
            found.remove(last)
            text = last.text + "…".center(each.start - last.end) + each.text  # words may have been cut between them
            cue = last if last.cue is not None else each
            clause = f"{last.clause} {each.clause}" if last.clause != each.clause else last.clause
            each = replace(cue, text=text, start=last.start, end=each.end, clause=clause)
        found.append(each)
        last = each if each.direct else last
    return found


def _follows(a: AttributedSpeech, b: AttributedSpeech) -> bool:
    """Whether a quotation can be the next words of the same speaker."""
    return 0 < b.start - a.end <= _PARTED and not differ(a.speaker_id, b.speaker_id)


def _holds_both(
    whole: AttributedSpeech, forms: Sequence[str], first: AttributedSpeech, second: AttributedSpeech
) -> bool:
    """Whether a quotation is made of two: the first words of it of the one, all others of the other."""
    if differ(whole.speaker_id, first.speaker_id) or differ(whole.speaker_id, second.speaker_id):
        return False
    parts = [[w.form for w in words(part.text)] for part in (first, second)]
    shorter = min(len(part) for part in parts)
    if shorter < 2 or len(forms) < shorter + 2:
        return False
    joined = parts[0] + parts[1]
    common = shared(joined, forms)
    if common < _LEXICAL * len(joined) or common < _PART * len(forms):
        return False
    return all(shared(part, forms) >= _IN_THE_WHOLE * len(part) for part in parts) and all(
        common > shared(part, forms) + 1 for part in parts
    )


def _goes_on(a: AttributedSpeech, b: AttributedSpeech) -> bool:
    """Whether the sentence inside the marks goes on after a reporting clause."""
    between = a.cue_start is not None and a.end <= a.cue_start < b.start
    begun = a.text.rstrip()[-1:] in (",", "-", "–", "—", ";") or (between and a.text.rstrip()[-1:].isalnum())
    near = a.sentence_id == b.sentence_id and 0 < b.start - a.end <= _INTERRUPTION
    return begun and near and a.cue is not None and b.text[:1].islower() and not differ(a.speaker_id, b.speaker_id)
