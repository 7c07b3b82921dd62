"""Agreement of marked attributions with gold ones: words, spans, and who is taken for the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .polnear_gold import Fragments, GoldAttribution

ROLES = ("cue", "source", "content")
LEAST_OVERLAP = 0.5
_WORD = re.compile(r"\w+|[^\w\s]")


class Counts(NamedTuple):
    """Of one role in one text: hits, predicted and gold items, for words and for spans; contents with right source."""

    words_hit: int
    words_found: int
    words_gold: int
    hit: int
    found: int
    gold: int
    right_source: int  # of the hits; 0 for roles other than content


def compare(text: str, gold: Sequence[GoldAttribution], found: Sequence[GoldAttribution]) -> dict[str, Counts]:
    """Counts per role for one text.

    Spans are matched one to one, best overlap first; overlap is the share of the longer span that
    both cover, and must reach 0.5. A span in several pieces is the set of its characters, and a
    span that several attributions share counts once. A matched content has the right source where
    the sources match likewise, or where neither names one.
    """
    counts = {}
    for role in ROLES:
        gold_spans, found_spans = _spans(gold, role), _spans(found, role)
        pairs = match(gold_spans, found_spans)
        right = sum(_same_source(gold, found, *pair) for pair in pairs) if role == "content" else 0
        gold_words, found_words = _words(text, gold_spans), _words(text, found_spans)
        counts[role] = Counts(
            len(gold_words & found_words),
            len(found_words),
            len(gold_words),
            len(pairs),
            len(found_spans),
            len(gold_spans),
            right,
        )
    return counts


def overlap(one: Fragments, other: Fragments) -> float:
    """Characters in both spans over those of the longer span."""
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    longer = max(sum(b - a for a, b in one), sum(d - c for c, d in other))
    return both / longer if longer else 0.0


def match(gold: Sequence[Fragments], found: Sequence[Fragments]) -> list[tuple[Fragments, Fragments]]:
    """Pairs (gold, found) that overlap enough, one to one, best first."""
    scored = sorted(
        ((overlap(g, f), g, f) for g in gold for f in found if g[0][0] < f[-1][1] and f[0][0] < g[-1][1]),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    pairs: list[tuple[Fragments, Fragments]] = []
    used_gold: set[Fragments] = set()
    used_found: set[Fragments] = set()
    for score, g, f in scored:
        if score >= LEAST_OVERLAP and g not in used_gold and f not in used_found:
            pairs.append((g, f))
            used_gold.add(g)
            used_found.add(f)
    return pairs


def _spans(attributions: Sequence[GoldAttribution], role: str) -> list[Fragments]:
    return sorted({span for attribution in attributions if (span := getattr(attribution, role))})


def _same_source(
    gold: Sequence[GoldAttribution], found: Sequence[GoldAttribution], content: Fragments, taken: Fragments
) -> bool:
    right = [a.source for a in gold if a.content == content]
    named = [a.source for a in found if a.content == taken]
    return any((not r and not n) or overlap(r, n) >= LEAST_OVERLAP for r in right for n in named)


def _words(text: str, spans: Sequence[Fragments]) -> set[int]:
    """Where the words begin that a role's spans cover."""
    return {m.start() for span in spans for a, b in span for m in _WORD.finditer(text, a, b)}
