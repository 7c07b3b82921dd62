"""What became of each quotation from one telling to another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..vocabulary import QuoteRelation
from .attributed_speech import AttributedSpeech
from .pairing import best_first
from .quotation_classes import SAME_WORDS, classify
from .quotation_joining import as_parted, rejoined
from .speakers import differ, other_speaker, same_speaker
from .word_difference import Piece, content_words, difference, shared, words

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

_MARK = re.compile('[“”"]')
_LEXICAL = 0.5  # shared words out of the mean length: the same words, changed
_PART = 0.75  # shared words out of the shorter: a part of it
_MEANING = 0.62  # cosine of two quotations of one speaker
_SHORT_ENOUGH = 14  # words of two quotations of much the same length that the meaning alone can pair
_BEYOND_CHANCE = 0.25  # of the shorter one's content words, that two wordings of one statement share
_IN_CONTEXT = 0.5  # cosine, where the sentences around them say the same
_SAME_CONTEXT = 0.6
_UNKNOWN_SPEAKER = 0.8  # shared words that pair quotations of unknown, or different, speakers
_SAID = 0.6  # cosine of a quotation and the indirect speech that it became, where they share
_SOME_WORDS = 0.3  # this part of the shorter one's content words;
_SAID_ANEW = 0.7  # cosine where they share fewer
_MOST_WORDS = 0.6  # content words in common where one of the speakers is not known
_SAME_WORDS = 0.95  # and where the indirect speech has the quotation's very words
_FEWEST_SAID = 3  # content words of indirect speech that can tell a statement
_SHORT = 5  # words; a shorter quotation is read together with the clause it stands in


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePair:
    """A quotation and what became of it. `a` is None for only_b, `b` for only_a.

    `similarity` is the share of words in common (0 to 1) for two quotations, the cosine of their meaning where one
    side is indirect speech, null where there is one side. Offsets in `difference` are into the two `text`s.
    `speaker_changed`: the same words, another speaker.
    """

    relation: QuoteRelation
    a: AttributedSpeech | None
    b: AttributedSpeech | None
    similarity: float | None
    difference: tuple[Piece, ...] = ()
    speaker_changed: bool = False

    @property
    def speaker_id(self) -> str | None:
        said = self.a if self.a is not None and self.a.speaker_id is not None else self.b or self.a
        return said.speaker_id if said is not None else None

    @property
    def only_inside_marks_here(self) -> bool:
        """Whether the second telling has words inside quotation marks that the first does not have as said by anyone.

        They may be right (the writer heard more), but an editor should ask where they come from.
        """
        if self.b is None or not self.b.direct or self.relation in SAME_WORDS:
            return False
        return self.a is None or not _holds(self.a.text, self.b.text)


def pair_quotations(a: Sequence[AttributedSpeech], b: Sequence[AttributedSpeech], *, embed: Embed) -> list[QuotePair]:
    """Pair the quotations of two tellings, and quotations with indirect speech; every quotation is in one pair.

    First quotations with quotations, the likeliest pair first: of one speaker, by shared words and by meaning, with
    the sentences around them to tell apart what was said twice. Quotations of unknown or different speakers are
    paired only where nearly all words agree. Then what is left with the indirect speech of the same speaker (of which
    several quotations may share one). The rest is dropped or added.

    Known failure: two different statements of one speaker on the same matter can be taken for one.
    """
    a, b = rejoined(a), rejoined(b)
    a, b = as_parted(a, b), as_parted(b, a)
    vectors = _Vectors(embed)
    pairs = list(_direct_pairs([x for x in a if x.direct], [x for x in b if x.direct], vectors))
    done_a, done_b = {id(pair.a) for pair in pairs}, {id(pair.b) for pair in pairs}
    for said in (x for x in a if x.direct and id(x) not in done_a):
        found, value = _indirect(said, [x for x in b if not x.direct], vectors)
        relation: QuoteRelation = "paraphrased" if found else "only_a"
        pairs.append(_pair(relation, said, found, value))
    for said in (x for x in b if x.direct and id(x) not in done_b):
        found, value = _indirect(said, [x for x in a if not x.direct], vectors)
        relation = "put_in_marks" if found else "only_b"
        pairs.append(_pair(relation, found, said, value))
    return sorted(pairs, key=_place)


def _place(pair: QuotePair) -> tuple[int, int]:
    """In the order of the second telling; what it lacks comes last."""
    if pair.b is not None:
        return 0, pair.b.start
    return 1, pair.a.start if pair.a is not None else 0


class _Vectors:
    """The embeddings of what is said, of its clauses and of the sentences around, each made when first asked for."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._found: dict[str, Floats] = {}

    def cosine(self, a: str, b: str) -> float:
        if missing := [text for text in dict.fromkeys((a, b)) if text not in self._found]:
            self._found.update(zip(missing, self._embed(missing), strict=True))
        return float(self._found[a] @ self._found[b])


def _direct_pairs(
    a: Sequence[AttributedSpeech], b: Sequence[AttributedSpeech], vectors: _Vectors
) -> Iterable[QuotePair]:
    forms = {id(x): [w.form for w in words(x.text)] for x in (*a, *b)}
    likely = []
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            score = _likeness(left, right, forms[id(left)], forms[id(right)], vectors)
            if score is not None:
                likely.append((score + 0.2 * vectors.cosine(left.context, right.context), i, j))
    for i, j in best_first(likely):
        left, right = a[i], b[j]
        n = len(forms[id(left)]) + len(forms[id(right)])
        similarity = 2 * shared(forms[id(left)], forms[id(right)]) / max(n, 1)
        yield QuotePair(
            relation=classify(left.text, right.text),
            a=left,
            b=right,
            similarity=round(similarity, 4),
            difference=difference(left.text, right.text),
            speaker_changed=other_speaker(left, right),
        )


def _likeness(
    a: AttributedSpeech, b: AttributedSpeech, forms_a: list[str], forms_b: list[str], vectors: _Vectors
) -> float | None:
    """How likely two quotations are of the same words; None where they are not."""
    if not forms_a or not forms_b:
        return 1.0 if a.text == b.text else None  # “😀”
    common = shared(forms_a, forms_b)
    dice = 2 * common / (len(forms_a) + len(forms_b))
    shorter = min(len(forms_a), len(forms_b))
    part = common / shorter
    if a.speaker_id is None or b.speaker_id is None or differ(a.speaker_id, b.speaker_id):
        nearly = max(dice, part if shorter >= _SHORT else 0.0)
        if nearly < _UNKNOWN_SPEAKER or (shorter < 3 and vectors.cosine(a.context, b.context) < _SAME_CONTEXT):
            return None
        return nearly
    if shorter < 3 and part < 1 and dice < _LEXICAL:
        return None  # a word or two that mean the like are said of much
    meaning = vectors.cosine(a.text, b.text)
    told_alike = meaning >= _MEANING or (
        meaning >= _IN_CONTEXT and vectors.cosine(a.context, b.context) >= _SAME_CONTEXT
    )
    alike = (
        dice >= _LEXICAL
        or (part >= _PART and shorter >= _SHORT)
        or (part == 1 and shorter > 1)
        or (told_alike and (_are_short(forms_a, forms_b) or _common(a.text, b.text) >= _BEYOND_CHANCE))
    )
    return max(dice, meaning, part if shorter >= _SHORT else 0.0) if alike else None


def _are_short(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two quotations are one sentence each, about as long; two longer ones of one tone need be no wordings."""
    shorter, longer = sorted((len(a), len(b)))
    return longer <= _SHORT_ENOUGH and 2 * shorter >= longer


def _indirect(
    said: AttributedSpeech, others: Sequence[AttributedSpeech], vectors: _Vectors
) -> tuple[AttributedSpeech | None, float | None]:
    """The indirect speech that says what a quotation says: of the same speaker, or of one that is not known."""
    short = len(words(said.text)) < _SHORT
    best, value = None, 0.0
    for other in others:
        known = same_speaker(said.speaker_id, other.speaker_id)
        if not short and len(content_words(other.text)) < _FEWEST_SAID and not _is_most_of(other.text, said.text):
            continue  # a name or a few words are no report of a statement
        common = _common(said.text, other.text)
        if not known and (differ(said.speaker_id, other.speaker_id) or common < _MOST_WORDS):
            continue
        found = vectors.cosine(said.clause if short else said.text, other.text)
        if known and not short:
            found = max(found, vectors.cosine(said.context, other.context) - 0.1)
        if not _MARK.search(other.text) and _holds(other.text, said.text):
            found = max(found, _SAME_WORDS)
        if found >= (_SAID if common >= _SOME_WORDS else _SAID_ANEW) and found > value:
            best, value = other, found
    return best, (round(min(value, 1.0), 4) if best is not None else None)


def _common(a: str, b: str) -> float:
    """Shared content words out of those of the shorter text."""
    left, right = content_words(a), content_words(b)
    return len(left & right) / max(min(len(left), len(right)), 1)


def _is_most_of(text: str, said: str) -> bool:
    words_of = content_words(said)
    return len(content_words(text) & words_of) > _SOME_WORDS * len(words_of) + 0.2


def _holds(text: str, part: str) -> bool:
    """Whether a text has all words of a part of two or more words, in one row."""
    whole, sought = [w.form for w in words(text)], [w.form for w in words(part)]
    n = len(sought)
    return n > 1 and any(whole[i : i + n] == sought for i in range(len(whole) - n + 1))


def _pair(
    relation: QuoteRelation, a: AttributedSpeech | None, b: AttributedSpeech | None, similarity: float | None
) -> QuotePair:
    pieces = difference(a.text, b.text) if a is not None and b is not None else ()
    return QuotePair(relation=relation, a=a, b=b, similarity=similarity, difference=pieces)
