"""Actors and sentences that one telling alone has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..alignment import Alignment
from ..quantities import quantities
from ..speakers import same_speaker
from ..times import moments
from ..word_difference import names
from .contract import Change, ChangeKind, Pair, Side

KINDS = (
    ChangeKind(
        name="closing_added",
        label="Closing lines without counterpart",
        meaning="The second text ends with sentences that the first does not have.",
        group="alone",
        rank=130,
    ),
    ChangeKind(
        name="opening_added",
        label="Opening lines without counterpart",
        meaning="The second text begins with sentences that the first does not have.",
        group="alone",
        rank=140,
    ),
    ChangeKind(
        name="actor_missing",
        label="Actor missing",
        meaning="The second text does not name them.",
        group="named",
        rank=290,
    ),
    ChangeKind(
        name="actor_added",
        label="Actor added",
        meaning="The first text does not name them.",
        group="named",
        rank=300,
    ),
    ChangeKind(
        name="left_out",
        label="Left out",
        meaning="Sentences of the first text without a counterpart in the second.",
        group="alone",
        rank=310,
    ),
    ChangeKind(
        name="added",
        label="Added",
        meaning="Sentences of the second text without a counterpart in the first.",
        group="alone",
        rank=320,
    ),
)

_COVERED = 0.8  # of a sentence, for it to be told with the quotation that covers it
_CLOSING = 0.25  # of the sentences of a telling; a longer end without counterpart is another part of the story


def find(pair: Pair) -> Iterator[Change]:
    """Actors and stretches of text that stand on one side only."""
    yield from _actors(pair.a, pair.b)
    paired = [(q.a, q.b) for q in pair.quotes if q.a is not None and q.b is not None]
    said_a, said_b = [(x.start, x.end) for x, _ in paired], [(y.start, y.end) for _, y in paired]
    alone = [x for x in pair.alignments if not (_is_said(pair.a, x.a, said_a) or _is_said(pair.b, x.b, said_b))]
    yield from _one_sided(pair.a, pair.b, alone)


def _is_said(side: Side, numbers: Sequence[int], said: Sequence[tuple[int, int]]) -> bool:
    """Whether a sentence lies in a quotation that the other telling has, too, if in another place."""
    spans = [(side.sentences[n].start, side.sentences[n].end) for n in numbers]
    return bool(spans) and all(
        any(min(end, last) - max(start, first) >= _COVERED * (end - start) for first, last in said)
        for start, end in spans
    )


def _actors(a: Side, b: Side) -> Iterator[Change]:
    for here, there, kind in ((a, b, "actor_missing"), (b, a, "actor_added")):
        others = {m.actor_id for m in there.annotated.mentions}
        named = Counter(m.actor_id for m in here.annotated.mentions if m.form == "name")
        speakers = {x.speaker_id for x in here.annotated.attributions}
        for actor_id, n in named.most_common():
            if any(same_speaker(actor_id, other) for other in others):
                continue
            first = next(m for m in here.annotated.mentions if m.actor_id == actor_id and m.form == "name")
            if first.name.lower() in there.annotated.content.lower():
                continue
            passage = here.passage(first.start, first.end)
            weighty = kind == "actor_missing" and (n > 1 or actor_id in speakers)
            yield Change(
                kind=kind,
                severity=2 if weighty else 3,
                what=f"{first.name}, named {n} times" if n > 1 else f"{first.name}, named once",
                a=passage if here is a else None,
                b=passage if here is b else None,
                actor_id=actor_id,
            )


def _one_sided(a: Side, b: Side, alignments: Sequence[Alignment]) -> Iterator[Change]:
    only_a = [i for x in alignments if x.relation == "only_a" for i in x.a if not a.sentences[i].in_title]
    only_b = [j for x in alignments if x.relation == "only_b" for j in x.b if not b.sentences[j].in_title]
    for run in _runs(only_a):
        severity = 2 if len(run) > 1 or _tells_facts(a, run, b) else 3
        yield Change(kind="left_out", severity=severity, what=_counted(run), a=a.whole(run))
    body = [n for n, s in enumerate(b.sentences) if not s.in_title]
    for run in _runs(only_b):
        kind = "added"
        short = len(run) <= max(2, _CLOSING * len(body)) and len(run) < len(body)
        if short and run[-1] == body[-1]:
            kind = "closing_added"
        elif short and run[0] == body[0]:
            kind = "opening_added"
        severity = 2 if kind != "added" or len(run) > 1 or _tells_facts(b, run, a) else 3
        yield Change(kind=kind, severity=severity, what=_counted(run), b=b.whole(run))


def _tells_facts(side: Side, run: Sequence[int], other: Side) -> bool:
    """Whether somebody speaks in some sentences, or they hold a figure, a date or a name that the other text lacks."""
    ids = {side.sentences[n].sentence_id for n in run}
    if any(x.sentence_id in ids and x.speaker_text for x in side.annotated.attributions):
        return True
    text, elsewhere = side.whole(run).text, other.annotated.content
    told = [q.text for q in quantities(text)] + [m.text for m in moments(text)]
    return any(fact not in elsewhere for fact in told) or bool(names(text) - names(f". {elsewhere}"))


def _counted(run: Sequence[int]) -> str:
    return "1 sentence" if len(run) == 1 else f"{len(run)} sentences in a row"


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs
