"""What changed from one telling to another: a list that an editor can read from the top."""

from __future__ import annotations

from collections.abc import Sequence

from ..alignment import Alignment
from ..quotation_matching import Embed, QuotePair
from . import attitudes, certainty, numbers, presence, quotations, reporting_verbs, sources, wordings
from .contract import CHANGE_KINDS, MEANINGS, SEVERITIES, Change, ChangeKind, Passage, Side

_SAME_MATTER = 0.55  # likeness of two sentences from which their wording is compared
_ORDER = {kind: number for number, kind in enumerate(CHANGE_KINDS)}


def find_changes(
    a: Side, b: Side, alignments: Sequence[Alignment], quotes: Sequence[QuotePair], *, embed: Embed
) -> list[Change]:
    """All changes, most serious first; within one kind in the order of the second telling."""
    joined = [x for x in alignments if x.a and x.b]
    close = [x for x in joined if x.similarity is not None and x.similarity >= _SAME_MATTER]
    found = [
        *quotations.find(quotes, a, b),
        *sources.find_attributions(a, b, close),
        *sources.find_other_speakers(a, b, close),
        *sources.find_credits(a, b),
        *numbers.find(a, b, close),
        *wordings.find_negations(a, b, close),
        *wordings.find_headlines(a, b),
        *certainty.find(a, b, close, embed),
        *reporting_verbs.find(a, b, joined, quotes, embed),
        *attitudes.find_stances(a, b),
        *attitudes.find_tones(a, b),
        *presence.find_actors(a, b),
        *presence.find_one_sided(a, b, alignments),
    ]
    found += wordings.find_rest(a, b, close, found)
    return sorted(found, key=lambda change: (change.severity, _ORDER[change.kind], _position(change)))


def _position(change: Change) -> tuple[int, int]:
    side = change.b or change.a
    return (0 if change.b else 1, side.start if side else 0)


__all__ = ["CHANGE_KINDS", "MEANINGS", "SEVERITIES", "Change", "ChangeKind", "Passage", "Side", "find_changes"]
