"""What changed from one telling to another: a list that an editor can read from the top."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from ...vocabulary import SEVERITIES
from ..alignment import Alignment
from ..quotation_matching import Embed, QuotePair
from .contract import Change, ChangeKind, Pair, Passage, Side

_MODULES = [import_module(f".{module.name}", __name__) for module in iter_modules(__path__)]
FINDERS = tuple(module for module in _MODULES if hasattr(module, "KINDS"))
CHANGE_KINDS: dict[str, ChangeKind] = {
    kind.name: kind for kind in sorted((kind for finder in FINDERS for kind in finder.KINDS), key=lambda k: k.rank)
}


def find_changes(
    a: Side, b: Side, alignments: Sequence[Alignment], quotes: Sequence[QuotePair], *, embed: Embed
) -> list[Change]:
    """All changes, most serious first; within one kind in the order of the second telling.

    A caption, a byline or another stretch of boilerplate that one telling alone has is none.
    """
    read = [x for x in alignments if any(a.is_read[i] for i in x.a) or any(b.is_read[j] for j in x.b)]
    pair = Pair(a, b, read, quotes, embed)
    found: list[Change] = [change for finder in FINDERS for change in finder.find(pair)]
    for finder in FINDERS:
        if hasattr(finder, "find_rest"):
            found += finder.find_rest(pair, found)
    return sorted(found, key=lambda change: (change.severity, CHANGE_KINDS[change.kind].rank, _position(change)))


def _position(change: Change) -> tuple[int, int]:
    side = change.b or change.a
    return (0 if change.b else 1, side.start if side else 0)


__all__ = ["CHANGE_KINDS", "FINDERS", "SEVERITIES", "Change", "ChangeKind", "Passage", "Side", "find_changes"]
