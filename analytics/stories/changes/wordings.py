"""Wording of sentences that tell the same: negations that come or go, headlines, and what no other change explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from ..alignment import Alignment
from ..word_difference import Piece, difference, is_negation, words
from .contract import Change, ChangeKind, Pair, Passage, Side

KINDS = (
    ChangeKind(
        name="negation_changed",
        label="Denied, or no longer denied",
        meaning="One text says that it is so, the other that it is not.",
        group="wording",
        rank=90,
    ),
    ChangeKind(
        name="headline_changed",
        label="Headline changed",
        meaning="The headlines differ.",
        group="wording",
        rank=150,
    ),
    ChangeKind(
        name="wording_changed",
        label="Sentence reworded",
        meaning="Much the same sentence in partly other words, outside quotation marks.",
        group="wording",
        rank=330,
    ),
)

_SAME_WORDS = 0.6  # share of words that both sentences have, of the longer one's
_SAME_BUT_ONE = 0.6  # and that they must have for a negation to turn the one into the other's opposite
_OPPOSITES = ("un", "in", "im", "dis", "ir", "il")
_MOST_SHOWN = 3  # replacements that a line names


def find(pair: Pair) -> Iterator[Change]:
    """Negations that came or went, and another headline."""
    yield from _negations(pair.a, pair.b, pair.close)
    yield from _headlines(pair.a, pair.b)


def _headlines(a: Side, b: Side) -> Iterator[Change]:
    """A headline in other words."""
    left, right = _title(a), _title(b)
    if left and right and _forms(left.text) != _forms(right.text):
        yield Change(kind="headline_changed", severity=2, what="another headline", a=left, b=right)


def _title(side: Side) -> Passage | None:
    numbers = [n for n, sentence in enumerate(side.sentences) if sentence.in_title]
    return side.whole(numbers) if numbers else None


def _negations(a: Side, b: Side, joined: Sequence[Alignment]) -> Iterator[Change]:
    """Sentences of nearly the same words of which one denies what the other says; quotations apart."""
    for x in joined:
        pieces = _pieces(a, b, x)
        if pieces is None or _share(pieces) < _SAME_BUT_ONE:
            continue
        before, after = (sum(map(is_negation, _forms(_outside(side, n)))) for side, n in ((a, x.a[0]), (b, x.b[0])))
        opposite = next((p for p in pieces if p.operation == "replaced" and _opposite(p.a, p.b)), None)
        if (before - after) % 2 or opposite:
            shown = opposite or next(p for p in pieces if any(map(is_negation, _forms(f"{p.a} {p.b}"))))
            yield Change(kind="negation_changed", severity=1, what=_shown(shown), a=a.whole(x.a), b=b.whole(x.b))


def find_rest(pair: Pair, found: Collection[Change]) -> Iterator[Change]:
    """Sentences of much the same words whose difference no other change names."""
    a, b = pair.a, pair.b
    named = {(i, j) for c in found if c.a and c.b for i in c.a.sentence_ids for j in c.b.sentence_ids}
    for x in pair.close:
        pieces = _pieces(a, b, x)
        if pieces is None or (a.sentences[x.a[0]].sentence_id, b.sentences[x.b[0]].sentence_id) in named:
            continue
        other = [p for p in pieces if p.operation != "same"]
        if other and _share(pieces) >= _SAME_WORDS:
            moved = Counter(_forms(a.texts[x.a[0]])) == Counter(_forms(b.texts[x.b[0]]))
            if moved and _quotes(a, x.a[0]) and _quotes(b, x.b[0]):
                continue  # “…”, she said: in another place
            what = "the same words in another order" if moved else "; ".join(map(_shown, other[:_MOST_SHOWN]))
            more = "" if moved or len(other) <= _MOST_SHOWN else f"; and {len(other) - _MOST_SHOWN} more"
            yield Change(
                kind="wording_changed", severity=2 if moved else 3, what=what + more, a=a.whole(x.a), b=b.whole(x.b)
            )


def _quotes(side: Side, number: int) -> bool:
    return any(said.direct and said.sentence_id == side.sentences[number].sentence_id for said in side.speech)


def _pieces(a: Side, b: Side, x: Alignment) -> tuple[Piece, ...] | None:
    """How one sentence of a body became one other; None for splits and merges, and for headlines."""
    if len(x.a) != 1 or len(x.b) != 1 or a.sentences[x.a[0]].in_title or b.sentences[x.b[0]].in_title:
        return None
    return difference(a.texts[x.a[0]], b.texts[x.b[0]])


def _share(pieces: Sequence[Piece]) -> float:
    same = sum(len(words(p.a)) for p in pieces if p.operation == "same")
    return same / max(sum(len(words(p.a)) for p in pieces), sum(len(words(p.b)) for p in pieces), 1)


def _outside(side: Side, number: int) -> str:
    """What of a sentence stands outside quotations: those are compared on their own."""
    sentence = side.sentences[number]
    inside = [(s.start, s.end) for s in side.speech if s.direct and s.start < sentence.end and sentence.start < s.end]
    kept, at = "", sentence.start
    for start, end in inside:
        kept += side.annotated.text_of(at, max(start, at)) + " "
        at = max(at, end)
    return kept + side.annotated.text_of(at, max(sentence.end, at))


def _forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def _opposite(a: str, b: str) -> bool:
    """Whether two words are opposites by a prefix: likely, unlikely."""
    one, other = sorted((a.casefold(), b.casefold()), key=len)
    return " " not in other and any(other == prefix + one for prefix in _OPPOSITES)


def _shown(piece: Piece) -> str:
    if piece.operation == "removed":
        return f"“{piece.a}” is gone"
    if piece.operation == "added":
        return f"“{piece.b}” is new"
    return f"“{piece.a}” became “{piece.b}”"
