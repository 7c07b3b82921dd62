"""What became of the quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...vocabulary import QuoteRelation
from ..attributed_speech import AttributedSpeech
from ..quotation_classes import edited, is_one_writing, without_edits
from ..quotation_matching import QuotePair
from ..word_difference import Piece, content_words, difference, words
from .contract import Change, ChangeKind, Pair, Passage, Side

KINDS = (
    ChangeKind(
        name="speaker_changed",
        label="Another speaker",
        meaning="The same words, in somebody else's mouth.",
        group="quotation",
        rank=10,
    ),
    ChangeKind(
        name="quotation_reworded",
        label="Quotation reworded inside the marks",
        meaning="The second text prints other words inside the quotation marks.",
        group="quotation",
        rank=20,
    ),
    ChangeKind(
        name="quotation_put_in_marks",
        label="Indirect speech put into quotation marks",
        meaning="The first text has this as indirect speech, the second as a literal quotation.",
        group="quotation",
        rank=30,
    ),
    ChangeKind(
        name="quotation_extended",
        label="Words added inside the marks",
        meaning="The second text has more words inside the quotation marks.",
        group="quotation",
        rank=40,
    ),
    ChangeKind(
        name="quotation_added",
        label="Quotation added",
        meaning="The first text does not have this quotation.",
        group="quotation",
        rank=50,
    ),
    ChangeKind(
        name="quotation_trimmed",
        label="Quotation trimmed",
        meaning="Words were left out of the quotation.",
        group="quotation",
        rank=160,
    ),
    ChangeKind(
        name="quotation_paraphrased",
        label="Quotation turned into indirect speech",
        meaning="A literal quotation is now told in the writer's words.",
        group="quotation",
        rank=170,
    ),
    ChangeKind(
        name="quotation_dropped",
        label="Quotation dropped",
        meaning="The second text does not have this quotation.",
        group="quotation",
        rank=180,
    ),
    ChangeKind(
        name="quotation_punctuation",
        label="Punctuation of a quotation changed",
        meaning="The words are the same; only punctuation, capitals, spelling or an editor's words in brackets differ.",
        group="quotation",
        rank=340,
    ),
)

_OF_QUOTES: dict[QuoteRelation, tuple[str, int]] = {
    "reworded": ("quotation_reworded", 1),
    "put_in_marks": ("quotation_put_in_marks", 1),
    "extended": ("quotation_extended", 1),
    "only_b": ("quotation_added", 2),
    "trimmed": ("quotation_trimmed", 2),
    "paraphrased": ("quotation_paraphrased", 2),
    "only_a": ("quotation_dropped", 2),
    "punctuation": ("quotation_punctuation", 3),
}
_PRONOUNS = frozenset("he she they it we i you who".split())
_FEWEST = 3  # words; fewer in marks may be a name or a figure of speech
_FEWEST_SAID = 5  # words in common that two people do not happen to say
_FEWEST_KEPT = 6  # and that show that two quotations have one wording
_ONE_WORDING = 0.8  # of the words between the first and the last of these, in one wording; translations share fewer
_FEW_REPLACED = 3  # words at an end of a quotation that stand for others there, and are no cut
_GAP = 4  # characters around a place in which a cut is marked
_CUT = re.compile(r"…|\.\.\.|\s{2}")
_ARTICLES = frozenset("a an the this that these those".split())
_LIGHT = frozenset("a an the this that these those of in on at to for and is are was were be been 's".split())
NOT_ELSEWHERE = "These words inside quotation marks are not in the first text."


def find(pair: Pair) -> Iterator[Change]:
    """A change per quotation that is not the same in both tellings."""
    for number, quote in enumerate(pair.quotes):
        yield from _of_quote(number, quote, pair)


def _of_quote(number: int, quote: QuotePair, pair: Pair) -> Iterator[Change]:
    a, b = pair.a, pair.b
    left, right = _place(a, quote.a), _place(b, quote.b)
    speaker = _speaker(quote, a, b)
    if quote.speaker_changed and quote.a and quote.b:
        yield Change(
            kind="speaker_changed",
            severity=speaker_severity(pair, quote.a, quote.b),
            what=f"{quote.a.speaker_text or 'somebody'} in the first text, {quote.b.speaker_text or 'somebody'} here",
            a=left,
            b=right,
            actor_id=quote.speaker_id,
            quote=number,
        )
    if quote.relation == "verbatim":
        return
    kind, severity = _OF_QUOTES[quote.relation]
    said = quote.b or quote.a
    clarified = quote.relation == "reworded" and quote.a and quote.b and edited(quote.a.text, quote.b.text)
    trifling = quote.relation == "reworded" and _is_trifling(quote)
    if clarified or trifling or (severity == 1 and not pair.versions and _is_of_two_reports(quote)):
        severity = 2  # [Mr Falk] for he
    few = said is not None and len(words(said.text)) < _FEWEST
    if quote.relation == "put_in_marks" and (few or not quote.only_inside_marks_here):
        severity = 2  # the words were there, only not in marks
    if quote.relation in ("only_a", "only_b") and said and (few or said.speaker_id is None):
        severity = 3  # a word or two in marks may be a name or a figure of speech
    yield Change(
        kind=kind,
        severity=severity,
        what=speaker,
        a=left,
        b=right,
        actor_id=quote.speaker_id,
        quote=number,
        warning=NOT_ELSEWHERE if quote.only_inside_marks_here and severity < 3 and not clarified else None,
    )


def _is_of_two_reports(quote: QuotePair) -> bool:
    """Whether two reporters may have heard, cut or translated one statement for themselves, so that nobody altered it.

    Words put in marks, or more of them, are then what the second reporter heard. Other words inside the marks are an
    alteration only where nearly all are the same, so that they come from one wording; and not where the beginnings
    and ends differ alone, or a word that says nothing.
    """
    if quote.a is None or quote.b is None or quote.relation not in ("reworded", "extended"):
        return True
    if quote.speaker_changed:
        return True  # what one denies another may have claimed
    core = _core(quote.difference)
    size = max(sum(len(words(p.a)) for p in core), sum(len(words(p.b)) for p in core), 1)
    same = sum(len(words(p.a)) for p in core if p.operation == "same")
    if same < _FEWEST_KEPT or same < _ONE_WORDING * size:
        return True
    return not any(_says_otherwise(p) and not _fills_gap(p, quote.a.text) for p in core if p.operation != "same")


def _core(pieces: Sequence[Piece]) -> list[Piece]:
    """Two quotations from the first to the last words that they share, or that stand for one another at an end."""
    kept = list(pieces)
    for end in (0, -1):
        while kept and not (kept[end].operation == "same" or _stand_for_another(kept[end])):
            kept.pop(end)
    return kept


def _stand_for_another(piece: Piece) -> bool:
    sizes = len(words(piece.a)), len(words(piece.b))
    return piece.operation == "replaced" and max(sizes) <= _FEW_REPLACED


def _fills_gap(piece: Piece, before: str) -> bool:
    """Whether words were added where the first telling has cut the quotation, or its reporter comes in between."""
    around = before[max(piece.start_a - _GAP, 0) : piece.end_a + _GAP]
    return piece.operation == "added" and bool(_CUT.search(around))


def _says_otherwise(piece: Piece) -> bool:
    """Whether one wording in the place of another says anything else: no article, and no other writing of a number."""
    old, new = ({w.form for w in words(text)} for text in (piece.a, piece.b))
    return not (old ^ new) <= _LIGHT and not is_one_writing(piece.a, piece.b)


def _is_trifling(quote: QuotePair) -> bool:
    """Whether two quotations differ in articles alone, an editor's words in brackets apart."""
    if quote.a is None or quote.b is None:
        return False
    pieces = difference(*(without_edits(said.text) for said in (quote.a, quote.b)))
    other = [{w.form for w in words(p.a)} ^ {w.form for w in words(p.b)} for p in pieces if p.operation != "same"]
    return all(forms <= _ARTICLES for forms in other)


def speaker_severity(pair: Pair, said_a: AttributedSpeech, said_b: AttributedSpeech) -> int:
    """Serious where two persons are named for more than a few words, and in an edited text where two others are.

    Elsewhere an institution may speak by a person, one may be named by a noun, and a pronoun be misread.
    """
    texts = [said.speaker_text or "" for said in (said_a, said_b)]
    few = min(len(words(said.text)) for said in (said_a, said_b)) < _FEWEST_SAID
    if any(text.lower() in _PRONOUNS for text in texts) or (few and not pair.versions):
        return 2
    persons, named = [], []
    for side, said, text in ((pair.a, said_a, texts[0]), (pair.b, said_b, texts[1])):
        persons.append(any(m.kind == "person" for m in side.annotated.mentions if m.actor_id == said.speaker_id))
        named.append(any(word[:1].isupper() for word in text.split()[text[:1].isupper() :]) or " " not in text)
    if all(persons) and all(named):
        return 1
    one, other = ({word.rstrip("s") for word in content_words(text)} for text in texts)  # one of the volunteers
    if one & other or any(persons) != all(persons):
        return 2
    return 1 if pair.versions else 2


def _place(side: Side, said: AttributedSpeech | None) -> Passage | None:
    return side.passage(said.start, said.end) if said else None


def _speaker(pair: QuotePair, a: Side, b: Side) -> str:
    """The speaker by the fullest name that either telling gives."""
    if pair.speaker_id:
        return max((side.name(pair.speaker_id) for side in (a, b)), key=len)
    texts = [x.speaker_text for x in (pair.a, pair.b) if x and x.speaker_text]
    return max(texts, key=len) if texts else "nobody is named for it"
