"""Gives every character of an article exactly one voice: outlet, quoted or reported."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ..article import Attribution, Token, Voice, VoiceSpan
from .quotations import Quotation


def assign_voices(
    length: int, attributions: Sequence[Attribution], quotations: Sequence[Quotation], tokens: Sequence[Token]
) -> tuple[VoiceSpan, ...]:
    """Voice spans that tile [0, length) in order.

    A quotation (with its marks) is in the quoted voice, and so are the turns of a transcript; scare quotes
    and names of works in marks, which are nobody's attribution, are not. A clause that a listed reporting
    expression puts in somebody's mouth is in the reported voice. Other attributions (wishes,
    "rejected the plan", sources left unnamed) are told in the outlet's own words. Inside a nested
    report the innermost speaker counts, and quotation marks beat reports.
    """
    starts = [token.start for token in tokens]
    attributions = [a for a in attributions if a.joint_with is None]  # of several sources the first has the voice
    direct = {a.start: a for a in attributions if a.kind == "direct"}
    marked = {q.inner_start for q in quotations}
    layers: list[tuple[int, int, Voice, Attribution | None]] = [
        (a.start, a.end, "reported", a)
        for a in sorted(attributions, key=lambda a: a.start - a.end)
        if a.kind != "direct"
        and _is_reported_speech(a, tokens[bisect_left(starts, a.start) : bisect_left(starts, a.end)])
    ]
    layers += [(a.start, a.end, "quoted", a) for a in direct.values() if a.start not in marked]
    layers += [(q.start, q.end, "quoted", direct.get(q.inner_start)) for q in quotations if q.inner_start in direct]
    edges = sorted({0, length, *(e for start, end, *_ in layers for e in (start, end) if 0 < e < length)})
    top: list[tuple[Voice, Attribution | None]] = [("outlet", None)] * (len(edges) - 1)
    at = {edge: i for i, edge in enumerate(edges)}
    for start, end, voice, attribution in layers:  # longest report first, quotations last: later ones lie on top
        for i in range(at[max(start, 0)], at[min(end, length)]):
            top[i] = (voice, attribution)
    spans: list[VoiceSpan] = []
    for i, (voice, attribution) in enumerate(top):
        speaker = attribution.speaker_id if attribution else None
        number = attribution.attribution_id if attribution else None
        if spans and spans[-1][2:] == (voice, speaker, number):
            spans[-1] = spans[-1]._replace(end=edges[i + 1])
        else:
            spans.append(VoiceSpan(edges[i], edges[i + 1], voice, speaker, number))
    return tuple(spans)


def _is_reported_speech(attribution: Attribution, content: Sequence[Token]) -> bool:
    """Whether somebody is named as having said a clause, and not only as having rejected or wanted something."""
    named = attribution.speaker_text is not None and attribution.cue_class is not None
    return named and len(content) > 2 and any(token.pos in ("VERB", "AUX") for token in content)
