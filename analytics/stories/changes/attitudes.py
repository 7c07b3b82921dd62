"""Stances, and the light that the outlet's own words put an actor in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...measures import sentiment, stance
from ...measures.contract import Finding
from .contract import Change, ChangeKind, Pair, Side

KINDS = (
    ChangeKind(
        name="stance_shift",
        label="Stance shifted",
        meaning="Somebody stands differently toward somebody or something.",
        group="slant",
        rank=270,
    ),
    ChangeKind(
        name="sentiment_shift",
        label="Sentiment toward an actor shifted",
        meaning="The outlet's own words about somebody are kinder or harsher.",
        group="slant",
        rank=280,
    ),
)

_SHIFT = 0.4  # difference of mean stance, or tone, that is worth a line
_FEWEST_TONES = 3  # mentions on each side before a difference of tone is shown


def find(pair: Pair) -> Iterator[Change]:
    """Shifts of stance and of tone."""
    yield from _stances(pair.a, pair.b)
    yield from _tones(pair.a, pair.b)


def _stances(a: Side, b: Side) -> Iterator[Change]:
    """Holders whose mean stance toward one target differs between the tellings."""
    means_a, means_b = _mean_stances(a), _mean_stances(b)
    for key in means_a.keys() & means_b.keys():
        (before, row_a), (after, row_b) = means_a[key], means_b[key]
        if abs(after - before) >= _SHIFT:
            holder = b.name(key[0]) if key[0] else "the outlet"
            yield Change(
                kind="stance_shift",
                severity=2,
                what=f"{holder} on {row_b['target']}: {before:+.2f} → {after:+.2f} (−1 against, 1 in favour)",
                a=a.passage(int(str(row_a["start"])), int(str(row_a["end"]))),
                b=b.passage(int(str(row_b["start"])), int(str(row_b["end"]))),
                actor_id=key[0],
            )


def _mean_stances(side: Side) -> dict[tuple[str | None, str], tuple[float, Finding]]:
    rows: dict[tuple[str | None, str], list[Finding]] = defaultdict(list)
    for row in stance.find(side.annotated):
        if row["target_id"] is not None and (row["holder_id"] is not None or row["holder"] is None):
            holder = row["holder_id"]
            rows[str(holder) if holder is not None else None, str(row["target_id"])].append(row)
    return {
        key: (
            sum(float(str(r["stance"])) for r in found) / len(found),
            max(found, key=lambda r: abs(float(str(r["stance"])))),
        )
        for key, found in rows.items()
    }


def _tones(a: Side, b: Side) -> Iterator[Change]:
    """Actors whom the outlet's own words put in another light."""
    tones_a, tones_b = _outlet_tones(a), _outlet_tones(b)
    for actor_id in sorted(tones_a.keys() & tones_b.keys()):
        left, right = tones_a[actor_id], tones_b[actor_id]
        if min(len(left), len(right)) < _FEWEST_TONES:
            continue
        before, after = (sum(value for value, _ in side) / len(side) for side in (left, right))
        if abs(after - before) >= _SHIFT:
            furthest_a = min(left) if before < after else max(left)
            furthest_b = max(right) if before < after else min(right)
            yield Change(
                kind="sentiment_shift",
                severity=3,
                what=f"{b.name(actor_id)}: {before:+.2f} → {after:+.2f} in {len(left)} and {len(right)} mentions",
                a=a.whole([furthest_a[1]]),
                b=b.whole([furthest_b[1]]),
                actor_id=actor_id,
            )


def _outlet_tones(side: Side) -> dict[str, list[tuple[float, int]]]:
    """Actor → (sentiment, sentence) of each mention in the outlet's own voice; nothing without the weights."""
    mentions = {m.mention_id: m for m in side.annotated.mentions}
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for row in sentiment.find(side.annotated):
        mention = mentions[int(str(row["mention_id"]))]
        if "sentiment" in row and side.annotated.voice_span_at(mention.start).voice == "outlet":
            found[mention.actor_id].append((float(str(row["sentiment"])), mention.sentence_id))
    return found
