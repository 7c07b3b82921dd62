"""Reports inside reports: how deep an attribution lies, and which one it lies in.

"The Post reported that Brandt had called the dam safe": the article's report is the Post's (level 1), what Brandt said
stands inside of it (level 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..article import Attribution

_STRETCH = 500  # characters: attributions are looked up by these, so that a long text's need not all be looked at
_DEEPEST = 10


def with_levels(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, each with its level and with the one that it is inside of, if any.

    One is inside another where its reporting expression stands among the other's words; without an expression of its
    own, where its words do and somebody else says them. The innermost counts; of several sources the first.
    """
    firsts = [a for a in attributions if a.joint_with is None]
    at: dict[int, list[Attribution]] = {}
    for a in firsts:
        for stretch in range(a.start // _STRETCH, a.end // _STRETCH + 1):
            at.setdefault(stretch, []).append(a)
    within = {a.attribution_id: _around(a, at) for a in firsts}
    found = []
    for a in attributions:
        own = a.attribution_id if a.joint_with is None else a.joint_with
        found.append(replace(a, level=_level(own, within), within=within[own]))
    return tuple(found)


def _around(inner: Attribution, at: dict[int, list[Attribution]]) -> int | None:
    """The shortest attribution around one; where each is around the other, neither is."""
    offset = inner.start if inner.cue_start is None else inner.cue_start
    around = [outer for outer in at.get(offset // _STRETCH, ()) if _holds(outer, inner) and not _holds(inner, outer)]
    return (
        min(around, key=lambda outer: (outer.end - outer.start, outer.attribution_id)).attribution_id
        if around
        else None
    )


def _holds(outer: Attribution, inner: Attribution) -> bool:
    if outer.cue_start == inner.cue_start and (inner.cue_start is not None or _same_speaker(outer, inner)):
        return False
    if inner.cue_start is not None:
        return outer.start <= inner.cue_start < outer.end
    inside = (
        outer.start <= inner.start and inner.end <= outer.end and (outer.start, outer.end) != (inner.start, inner.end)
    )
    return inside and not _same_speaker(outer, inner)


def _same_speaker(outer: Attribution, inner: Attribution) -> bool:
    return (outer.speaker_id, outer.speaker_text) == (inner.speaker_id, inner.speaker_text) or (
        outer.speaker_id is not None and outer.speaker_id == inner.speaker_id
    )


def _level(number: int, within: dict[int, int | None]) -> int:
    level = 1
    outer = within[number]
    while outer is not None and outer != number and level < _DEEPEST:
        level, outer = level + 1, within[outer]
    return level
