"""What became of each quotation from one telling to another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from ..knowledge.places import same_place
from ..vocabulary import QuoteRelation
from .pairing import best_first
from .quantities import equal, quantities
from .word_difference import Piece, content_words, difference, is_negation, shared, words

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]
SAME_WORDS = ("verbatim", "punctuation", "trimmed")  # every word inside the marks stands in the other telling

_ELLIPSIS = re.compile(r"\.\.\.|…|\[\.{2,3}\]")
_FEW = 2  # so many words cut from within are a change of wording, more are a cut
_FEW_NEGATED = 5  # and so many with a negation among them
_MARK = re.compile('[“”"]')
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " "})
_BRITISH = [
    *((f"is{ending}", f"iz{ending}") for ending in ("e", "ed", "es", "ing", "ation", "ations")),
    *((f"our{ending}", f"or{ending}") for ending in ("", "s", "ed", "ing", "able", "ite", "ful", "hood")),
    *((f"ll{ending}", f"l{ending}") for ending in ("ed", "ing", "er", "ers")),
    *(("tre", "ter"), ("tres", "ters"), ("ence", "ense"), ("ences", "enses"), ("ogue", "og"), ("amme", "am")),
    *(("yse", "yze"), ("ysed", "yzed")),
]
_OUTER = " .,;:'\"\n"

_LEXICAL = 0.5  # shared words out of the mean length: the same words, changed
_PART = 0.75  # shared words out of the shorter: a part of it
_MEANING = 0.62  # cosine of two quotations of one speaker
_IN_CONTEXT = 0.5  # cosine, where the sentences around them say the same
_SAME_CONTEXT = 0.6
_UNKNOWN_SPEAKER = 0.8  # shared words that pair quotations of unknown, or different, speakers
_SAID = 0.6  # cosine of a quotation and the indirect speech that it became, where they share
_SOME_WORDS = 0.3  # this part of the shorter one's content words;
_SAID_ANEW = 0.7  # cosine where they share fewer
_MOST_WORDS = 0.6  # content words in common where one of the speakers is not known
_SAME_WORDS = 0.95  # and where the indirect speech has the quotation's very words
_SPELT_ALIKE = 0.8  # likeness of the letters of two spellings of a name: Serhiy, Sergiy; Ada and Ida are less alike
_SURNAME_ALIKE = 0.85
_INTERRUPTION = 80  # characters between the two parts of a quotation
_PARTED = 200  # characters between quotations that another telling prints as one
_IN_THE_WHOLE = 0.5  # of the words of each part, how many the whole has in the same order
_PARTED_ENDING = re.compile(r"\s+(?=[’']s\b)")  # Velm ’s
_EDITED = re.compile(
    r"\[(?![.…\s]*\])[^\]\n]{1,80}\]|\((?![.…\s]*\))[^)\n]{1,30}\)"
)  # an editor's words inside the marks
_FEWEST_SAID = 3  # content words of indirect speech that can tell a statement
_SHORT = 5  # words; a shorter quotation is read together with the clause it stands in


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributedSpeech:
    """Words that a telling puts in somebody's mouth: inside quotation marks (direct) or as indirect speech."""

    direct: bool
    text: str
    start: int
    end: int
    clause: str  # for a quotation, the indirect speech or sentence that it is part of; else the text itself
    context: str  # the sentence
    sentence_id: int
    speaker_id: str | None = None
    speaker_text: str | None = None
    cue: str | None = None
    cue_class: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    attribution_id: int | None = None  # null for words in marks that nobody is named for


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


def classify(a: str, b: str) -> QuoteRelation:
    """How one quotation became another: verbatim, punctuation, trimmed, extended or reworded.

    verbatim: the same characters, but for kinds of marks and the stop or comma at either end, which belong to the
    sentence around the quotation. punctuation: the same words. trimmed: `b` lacks words at its ends, or within where
    it has an ellipsis or where three words or more in a row are gone; extended: the other way round. Everything else,
    and every loss or gain of a negation within, is reworded. An editor's words in square brackets change nothing, as
    they are not the speaker's; numbers are compared by value (12, twelve).

    >>> classify("We will not leave, and that is final.", "We will not leave")
    'trimmed'
    >>> classify("We will not leave, and that is final.", "We will leave, and that is final.")
    'reworded'
    """
    if _plain(a) == _plain(b):
        return "verbatim"
    a, b = (_PARTED_ENDING.sub("", text) for text in (a, b))
    if _EDITED.search(a) or _EDITED.search(b):
        return _of_edited(a, b)
    if [w.form for w in words(a)] == [w.form for w in words(b)] and _signs(a) == _signs(b):
        return "punctuation"
    pieces = difference(a, b)
    changed = [piece for piece in pieces if piece.operation != "same"]
    if changed and all(p.operation == "replaced" and _is_one_writing(p.a, p.b) for p in changed):
        return "punctuation"
    operations = {piece.operation for piece in changed}
    if operations == {"removed"} and _is_cut(pieces, b, side="a"):
        return "trimmed"
    if operations == {"added"} and _is_cut(pieces, a, side="b"):
        return "extended"
    return "reworded"


def _of_edited(a: str, b: str) -> QuoteRelation:
    """The same without the words in brackets, or with them as the speaker's, whichever changes less.

    Words that deny are always the speaker's: no editor may add them.
    """
    least: QuoteRelation = "reworded"
    for bare_a in dict.fromkeys((_without_edits(a), _unmarked(a))):
        for bare_b in dict.fromkeys((_without_edits(b), _unmarked(b))):
            found = classify(bare_a, bare_b)
            if found in ("verbatim", "punctuation"):
                return "punctuation"
            least = found if least == "reworded" else least
    return least


def _without_edits(text: str) -> str:
    return _unmarked(_EDITED.sub(lambda m: m[0] if any(is_negation(w.form) for w in words(m[0])) else " ", text))


def _unmarked(text: str) -> str:
    return re.sub(r"[\[\]()]", "", text)


def edited(a: str, b: str) -> bool:
    """Whether an editor's words in square brackets stand in the place of a speaker's in one of two quotations.

    >>> edited("He will stay.", "[Mr Falk] will stay."), edited("He will stay.", "Mr Falk will stay.")
    (True, False)
    """
    pieces = [p for p in difference(a, b) if p.operation != "same"]
    if any(is_negation(w.form) for p in pieces for w in words(f"{p.a} {p.b}")):
        return False
    return bool(pieces) and all(
        _in_brackets(p.start_a, p.end_a, a) or _in_brackets(p.start_b, p.end_b, b) for p in pieces
    )


def _in_brackets(start: int, end: int, text: str) -> bool:
    return start < end and any(m.start() <= start and end <= m.end() for m in _EDITED.finditer(text))


def _is_one_writing(a: str, b: str) -> bool:
    """Whether two stretches are one number, one amount or one word in two spellings: 12, twelve; per cent, percent."""
    forms = [[_spelling(w.form) for w in words(text.lower().replace("per cent", "percent"))] for text in (a, b)]
    if forms[0] == forms[1] or same_place(" ".join(forms[0]), " ".join(forms[1])):
        return True
    one, other = quantities(a), quantities(b)
    if len(one) != 1 or len(other) != 1 or (one[0].text, other[0].text) != (a.strip(_OUTER), b.strip(_OUTER)):
        return False
    return equal(one[0], other[0]) and (one[0].unit is None) == (other[0].unit is None)


def _spelling(form: str) -> str:
    """A word as American English spells it, as far as endings tell: organise, colour, centre, travelled."""
    for ending, other in _BRITISH:
        if form.endswith(ending) and len(form) > len(ending) + 2:
            return form[: -len(ending)] + other
    return form


def _signs(text: str) -> list[str]:
    """The numbers below zero."""
    return re.findall(r"(?<![\w.,])[-−–]\d[\d.,]*", text)


def _plain(text: str) -> str:
    return " ".join(text.translate(_TYPOGRAPHY).split()).strip(_OUTER)


def _is_cut(pieces: Sequence[Piece], shorter: str, *, side: Literal["a", "b"]) -> bool:
    """Whether every missing piece is at an end, marked by an ellipsis, or long enough to be a cut."""
    marked = bool(_ELLIPSIS.search(shorter))
    for piece in pieces[1:-1]:
        if piece.operation == "same":
            continue
        missing = [w.form for w in words(piece.a if side == "a" else piece.b)]
        negated = any(map(is_negation, missing))
        if (negated and len(missing) <= _FEW_NEGATED) or (len(missing) <= _FEW and not marked):
            return False
    return True


def pair_quotations(a: Sequence[AttributedSpeech], b: Sequence[AttributedSpeech], *, embed: Embed) -> list[QuotePair]:
    """Pair the quotations of two tellings, and quotations with indirect speech; every quotation is in one pair.

    First quotations with quotations, the likeliest pair first: of one speaker, by shared words and by meaning, with
    the sentences around them to tell apart what was said twice. Quotations of unknown or different speakers are
    paired only where nearly all words agree. Then what is left with the indirect speech of the same speaker (of which
    several quotations may share one). The rest is dropped or added.

    Known failure: two different statements of one speaker on the same matter can be taken for one.
    """
    a, b = rejoined(a), rejoined(b)
    a, b = _as_parted(a, b), _as_parted(b, a)
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


def rejoined(said: Sequence[AttributedSpeech]) -> list[AttributedSpeech]:
    """Quotations that only a reporting clause interrupts, as one: “We will stay,” she said, “and …”."""
    found: list[AttributedSpeech] = []
    last: AttributedSpeech | None = None  # the quotation before
    for each in sorted(said, key=lambda x: (x.start, -x.end)):
        if last is not None and each.direct and _goes_on(last, each):
            found.remove(last)
            # as long as the stretch it stands in, so that places in the text stay what they are
            text = last.text + " " * (each.start - last.end) + each.text
            each = replace(last, text=text, end=each.end, clause=text)
        found.append(each)
        last = each if each.direct else last
    return found


def _as_parted(said: Sequence[AttributedSpeech], other: Sequence[AttributedSpeech]) -> list[AttributedSpeech]:
    """Quotations in a row as one where the other telling prints them as one: “…,” she said. “…” for “… …,” she said."""
    wholes = [(x, [w.form for w in words(x.text)]) for x in other if x.direct]
    found: list[AttributedSpeech] = []
    last: AttributedSpeech | None = None
    for each in said:
        if (
            last is not None
            and each.direct
            and _follows(last, each)
            and any(_holds_both(whole, forms, last, each) for whole, forms in wholes)
        ):
            found.remove(last)
            text = last.text + "…".center(each.start - last.end) + each.text  # words may have been cut between them
            cue = last if last.cue is not None else each
            clause = f"{last.clause} {each.clause}" if last.clause != each.clause else last.clause
            each = replace(cue, text=text, start=last.start, end=each.end, clause=clause)
        found.append(each)
        last = each if each.direct else last
    return found


def _follows(a: AttributedSpeech, b: AttributedSpeech) -> bool:
    """Whether a quotation can be the next words of the same speaker."""
    return 0 < b.start - a.end <= _PARTED and not _differ(a.speaker_id, b.speaker_id)


def _holds_both(
    whole: AttributedSpeech, forms: Sequence[str], first: AttributedSpeech, second: AttributedSpeech
) -> bool:
    """Whether a quotation is made of two: the first words of it of the one, all others of the other."""
    if _differ(whole.speaker_id, first.speaker_id) or _differ(whole.speaker_id, second.speaker_id):
        return False
    parts = [[w.form for w in words(part.text)] for part in (first, second)]
    shorter = min(len(part) for part in parts)
    if shorter < 2 or len(forms) < shorter + 2:
        return False
    joined = parts[0] + parts[1]
    common = shared(joined, forms)
    if common < _LEXICAL * len(joined) or common < _PART * len(forms):
        return False
    return all(shared(part, forms) >= _IN_THE_WHOLE * len(part) for part in parts) and all(
        common > shared(part, forms) + 1 for part in parts
    )


def _goes_on(a: AttributedSpeech, b: AttributedSpeech) -> bool:
    """Whether the sentence inside the marks goes on after a reporting clause."""
    between = a.cue_start is not None and a.end <= a.cue_start < b.start
    begun = a.text.rstrip()[-1:] in (",", "-", "–", "—", ";") or (between and a.text.rstrip()[-1:].isalnum())
    near = a.sentence_id == b.sentence_id and 0 < b.start - a.end <= _INTERRUPTION
    return begun and near and a.cue is not None and b.text[:1].islower() and not _differ(a.speaker_id, b.speaker_id)


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
    if a.speaker_id is None or b.speaker_id is None or _differ(a.speaker_id, b.speaker_id):
        nearly = max(dice, part if shorter >= _SHORT else 0.0)
        if nearly < _UNKNOWN_SPEAKER or (shorter < 3 and vectors.cosine(a.context, b.context) < _SAME_CONTEXT):
            return None
        return nearly
    if shorter < 3 and part < 1 and dice < _LEXICAL:
        return None  # a word or two that mean the like are said of much
    meaning = vectors.cosine(a.text, b.text)
    alike = (
        dice >= _LEXICAL
        or (part >= _PART and shorter >= _SHORT)
        or (part == 1 and shorter > 1)
        or meaning >= _MEANING
        or (meaning >= _IN_CONTEXT and vectors.cosine(a.context, b.context) >= _SAME_CONTEXT)
    )
    return max(dice, meaning, part if shorter >= _SHORT else 0.0) if alike else None


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
        if not known and (_differ(said.speaker_id, other.speaker_id) or common < _MOST_WORDS):
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


def same_speaker(a: str | None, b: str | None) -> bool:
    """Whether two actor ids can be one speaker: the same, a surname and the full name, or one name spelt in two ways.

    >>> same_speaker("ada-brandt", "brandt"), same_speaker("ada-brandt", "ida-brandt"), same_speaker(None, None)
    (True, False, False)
    >>> same_speaker("ada-k-brandt", "ada-brandt"), same_speaker("serhiy-haidai", "sergiy-haidai")
    (True, True)
    """
    if a is None or b is None:
        return False
    return a == b or a.endswith(f"-{b}") or b.endswith(f"-{a}") or _alike(a.split("-"), b.split("-"))


def _alike(a: list[str], b: list[str]) -> bool:
    """Names of as many words, initials left out, of which each is spelt alike and the last nearly the same."""
    a, b = ([name for name in names if len(name) > 1] for names in (a, b))
    likeness = [Indel.normalized_similarity(x, y) for x, y in zip(a, b, strict=False)]
    return len(a) == len(b) > 1 and min(likeness) >= _SPELT_ALIKE and likeness[-1] >= _SURNAME_ALIKE


def other_speaker(a: AttributedSpeech, b: AttributedSpeech) -> bool:
    """Whether two are said by different people: other actors, or other nouns where neither is an actor."""
    if a.speaker_id is None and b.speaker_id is None:
        one, other = (content_words(said.speaker_text or "") for said in (a, b))
        return bool(one and other) and not one & other
    return _differ(a.speaker_id, b.speaker_id)


def _differ(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and not same_speaker(a, b)
