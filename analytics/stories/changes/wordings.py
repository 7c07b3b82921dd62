"""Wording of sentences that tell the same: negations that come or go, headlines, and what no other change explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz.distance import Indel

from ...knowledge.opposites import opposites
from ..alignment import TOLD_ANEW, Alignment
from ..quantities import quantities
from ..times import moments
from ..word_difference import Piece, content_words, difference, is_negation, words
from .contract import Change, ChangeKind, Pair, Passage, Side
from .replacements import pieces_of, surely_the_same

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

_SAME_BUT_ONE = 0.6  # and that they must have for a negation to turn the one into the other's opposite
_LONGEST_NEGATED = 8  # words of a change that a negation is part of
_OPPOSITES = ("un", "in", "im", "dis", "ir", "il")
_SAME_BUT_TWO = 0.4  # where opposites stand in one another's place, as in a headline of a few words
_SPELT = 0.75  # of the letters of two words, from which they are forms or spellings of one
_SAME_THING = 0.6  # cosine of words that stand in one another's place; of those that mean the same few are below
_MOST_SHOWN = 3  # replacements that a line names
_HEADLINE = 20  # words; a longer first line is no headline


def find(pair: Pair) -> Iterator[Change]:
    """Negations that came or went, and another headline."""
    yield from _negations(pair)
    yield from _headlines(pair.a, pair.b)


def _headlines(a: Side, b: Side) -> Iterator[Change]:
    """A headline in other words."""
    left, right = _title(a), _title(b)
    if left and right and _forms(left.text) != _forms(right.text):
        yield Change(kind="headline_changed", severity=2, what="another headline", a=left, b=right)


def _title(side: Side) -> Passage | None:
    numbers = [n for n, sentence in enumerate(side.sentences) if sentence.in_title]
    if not numbers and side.sentences and _is_headline(side):
        numbers = [0]
    return side.whole(numbers) if numbers else None


def _is_headline(side: Side) -> bool:
    """Whether a text begins with a line of its own that ends without a stop, as where a page was pasted."""
    first = side.sentences[0]
    after = side.annotated.content[first.end :]
    alone = len(side.sentences) > 1 and after[: len(after) - len(after.lstrip())].count("\n") > 0
    return alone and len(words(side.texts[0])) <= _HEADLINE and side.texts[0].rstrip()[-1:] not in '.!?:;,”"'


def _negations(pair: Pair) -> Iterator[Change]:
    """Sentences of nearly the same words of which one denies what the other says; quotations apart."""
    a, b = pair.a, pair.b
    for x in pair.close:
        pieces = pieces_of(a, b, x)
        if not pieces:
            continue
        share = _share(pieces)
        opposite = next((p for p in pieces if p.operation == "replaced" and _opposite(p, a, b, x)), None)
        if share < (_SAME_BUT_TWO if opposite else _SAME_BUT_ONE):
            continue
        before, after = (sum(map(is_negation, _forms(_outside(side, n)))) for side, n in ((a, x.a[0]), (b, x.b[0])))
        changed = (p for p in pieces if p.operation != "same" and _has_negation(p))
        shown = opposite or next(changed, None)
        if shown and bool((before - after) % 2) != bool(opposite):  # not safe, unsafe: the one takes the other back
            severity = 1 if pair.versions or surely_the_same(pair, x) else 2
            yield Change(kind="negation_changed", severity=severity, what=_shown(shown), a=a.whole(x.a), b=b.whole(x.b))


def find_rest(pair: Pair, found: Collection[Change]) -> Iterator[Change]:
    """Sentences that were aligned, but not as the same words, and whose difference no other change names."""
    a, b = pair.a, pair.b
    named = {(i, j) for c in found if c.a and c.b for i in c.a.sentence_ids for j in c.b.sentence_ids}
    for x in pair.joined:
        ids = {(a.sentences[i].sentence_id, b.sentences[j].sentence_id) for i in x.a for j in x.b}
        if ids & named or a.sentences[x.a[0]].in_title:
            continue
        left, right = a.whole(x.a), b.whole(x.b)
        other = [p for p in difference(left.text, right.text) if p.operation != "same"]
        if not other:
            continue
        moved = Counter(_forms(left.text)) == Counter(_forms(right.text))
        if moved and any(_quotes(a, i) for i in x.a) and any(_quotes(b, j) for j in x.b):
            continue  # “…”, she said: in another place
        told_anew = x.similarity is not None and x.similarity < TOLD_ANEW
        weighty = moved or told_anew or _another_thing(pair, x)
        what = "the same words in another order" if moved else "; ".join(map(_shown, other[:_MOST_SHOWN]))
        more = "" if moved or len(other) <= _MOST_SHOWN else f"; and {len(other) - _MOST_SHOWN} more"
        yield Change(kind="wording_changed", severity=2 if weighty else 3, what=what + more, a=left, b=right)


def _another_thing(pair: Pair, x: Alignment) -> bool:
    """Whether in much the same sentence a word or two stand for others that do not mean the same: protester, farmer."""
    pieces = pieces_of(pair.a, pair.b, x)
    if not pieces or _share(pieces) < _SAME_BUT_ONE:
        return False
    for piece in pieces:
        if piece.operation != "replaced" or max(len(words(piece.a)), len(words(piece.b))) > _MOST_SHOWN:
            continue
        if not (content_words(piece.a) and content_words(piece.b)) or _is_measured(piece.a) or _is_measured(piece.b):
            continue
        if any(Indel.normalized_similarity(w.form, v.form) >= _SPELT for w in words(piece.a) for v in words(piece.b)):
            continue
        if float(pair.embed([piece.a])[0] @ pair.embed([piece.b])[0]) < _SAME_THING:
            return True
    return False


def _has_negation(piece: Piece) -> bool:
    """Whether a negation came or went by itself; in a clause of its own it denies another thing."""
    return any(
        any(map(is_negation, _forms(text))) and len(words(text)) <= _LONGEST_NEGATED for text in (piece.a, piece.b)
    )


def _is_measured(text: str) -> bool:
    return bool(quantities(text) or moments(text))


def _quotes(side: Side, number: int) -> bool:
    return any(said.direct and said.sentence_id == side.sentences[number].sentence_id for said in side.speech)


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


def _opposite(piece: Piece, a: Side, b: Side, x: Alignment) -> bool:
    """Whether a word stands in the place of its opposite: unlikely for likely, rejects for backs."""
    if max(len(words(piece.a)), len(words(piece.b))) > _MOST_SHOWN:
        return False
    one, other = sorted((piece.a.casefold(), piece.b.casefold()), key=len)
    if " " not in other and any(other == prefix + one for prefix in _OPPOSITES):
        return True
    before = _lemmas(a, a.sentences[x.a[0]].start + piece.start_a, a.sentences[x.a[0]].start + piece.end_a)
    after = _lemmas(b, b.sentences[x.b[0]].start + piece.start_b, b.sentences[x.b[0]].start + piece.end_b)
    return any(frozenset({w, v}) in opposites() for w in before - after for v in after - before)


def _lemmas(side: Side, start: int, end: int) -> frozenset[str]:
    inside = [t for t in side.annotated.tokens if start <= t.start < end]
    return frozenset({t.lemma for t in inside} | {t.text.lower() for t in inside})


def _shown(piece: Piece) -> str:
    if piece.operation == "removed":
        return f"“{piece.a}” is gone"
    if piece.operation == "added":
        return f"“{piece.b}” is new"
    return f"“{piece.a}” became “{piece.b}”"
