"""What became of the quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...vocabulary import QuoteRelation
from ..attributed_speech import AttributedSpeech
from ..quotation_classes import edited, without_edits
from ..quotation_matching import QuotePair
from ..quotation_reports import are_of_two_reports
from ..quotation_trifles import Lemmas, are_trifles, lemmas_of
from ..speakers import are_parts_of_one, same_speaker
from ..word_difference import content_words, difference, is_negation, shared, words
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
_IN_MARKS = 0.9  # of a quotation's words, that another in the first text has in the same order
_TOLD = 0.6  # of its content words, from which indirect speech around other quoted words tells them
_ANYBODY = frozenset("people other many user netizen viewer resident local critic observer".split())
_MORE = ("extended", "put_in_marks")  # the second text has more inside the marks
_TOP_DOMAINS = re.compile(r"^(?:www\.)?(?:the)?|\.[a-z.]+$")
_MARKED = re.compile(r"“[^”]+”|\"[^\"]+\"")
_SIGNING = " \n\t.,:-–—―~([*_|\"'”’»"  # what stands between a quotation and the name that it is signed with
NOT_ELSEWHERE = "These words inside quotation marks are not in the first text."


def find(pair: Pair) -> Iterator[Change]:
    """A change per quotation that is not the same in both tellings."""
    for number, quote in enumerate(pair.quotes):
        yield from _of_quote(number, quote, pair)


def _of_quote(number: int, quote: QuotePair, pair: Pair) -> Iterator[Change]:
    a, b = pair.a, pair.b
    left, right = _place(a, quote.a), _place(b, quote.b)
    speaker = _speaker(quote, a, b)
    if quote.speaker_changed and quote.a and quote.b and not _is_anybodys(pair, quote.a, quote.b):
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
    lemmas = _lemmas(pair, quote)
    if clarified or _is_cut_with_trifles(quote, lemmas):
        severity = 2  # [Mr Falk] for he
    elif severity == 1 and not pair.versions and are_of_two_reports(quote, lemmas, embed=pair.embed):
        severity = 2
    if quote.relation == "reworded" and _is_trifling(quote, lemmas):
        severity = 3
    if quote.relation in _MORE and (_draws_on(a, b) or (quote.a and len(words(quote.a.text)) < _FEWEST)):
        severity = 2  # what the first text has is a part of the second, or a few words of it
    few = said is not None and len(words(said.text)) < _FEWEST
    if quote.relation == "put_in_marks" and (few or not quote.only_inside_marks_here or _was_in_marks(pair.a, quote)):
        severity = 2  # the words were there, only not in marks, or are another part of what was said
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


def _lemmas(pair: Pair, quote: QuotePair) -> Lemmas:
    if quote.a is None or quote.b is None:
        return {}
    return {**lemmas_of(pair.a.annotated, quote.a), **lemmas_of(pair.b.annotated, quote.b)}


def _is_trifling(quote: QuotePair, lemmas: Lemmas) -> bool:
    """Whether two quotations differ in trifles alone, an editor's words in brackets apart."""
    if quote.a is None or quote.b is None:
        return False
    return are_trifles(difference(*(without_edits(said.text) for said in (quote.a, quote.b))), lemmas)


def _is_cut_with_trifles(quote: QuotePair, lemmas: Lemmas) -> bool:
    """Whether the second telling left out words at an end of a quotation and changed no more than trifles in the rest.

    Where it has words at an end that the first lacks, they may be its own.
    """
    if quote.relation != "reworded":
        return False
    kept = list(quote.difference)
    for end in (0, -1):
        if kept and kept[end].operation == "removed" and not any(is_negation(w.form) for w in words(kept[end].a)):
            kept.pop(end)
    return any(p.operation == "same" for p in kept) and are_trifles(kept, lemmas)


def _draws_on(side: Side, other: Side) -> bool:
    """Whether one text names the other's outlet, as one that was made from it does: “…, he told the Herald”."""
    outlet = other.annotated.article.outlet or ""
    name = _TOP_DOMAINS.sub("", outlet.lower()) if "." in outlet else outlet.lower().removeprefix("the ")
    forms = " ".join(w.form.removesuffix("'s") for w in words(side.annotated.content))
    return bool(name) and f" {name} " in f" {forms} "


def _was_in_marks(side: Side, quote: QuotePair) -> bool:
    """Whether the first telling has words in marks elsewhere, or quotes other words in the very report of them."""
    if quote.a is None or quote.b is None:
        return False
    forms = [w.form for w in words(quote.b.text)]
    for said in side.speech:
        if said.direct and shared(forms, [w.form for w in words(said.text)]) >= _IN_MARKS * len(forms):
            return True
    told = content_words(quote.b.text)
    own = content_words(_MARKED.sub(" ", quote.a.text))
    return bool(_MARKED.search(quote.a.text)) and len(told & own) < _TOLD * len(told)


def _is_anybodys(pair: Pair, a: AttributedSpeech, b: AttributedSpeech) -> bool:
    """Whether two speakers can be one, or the words are so few that in two reports each may have used them."""
    few = max(len(words(said.text)) for said in (a, b)) < _FEWEST
    return is_one_person(pair, a, b) or (few and not pair.versions)


def is_one_person(pair: Pair, a: AttributedSpeech, b: AttributedSpeech) -> bool:
    """Whether two speakers are called by parts of one person's fuller name, which either telling gives."""
    people = (m for side in (pair.a, pair.b) for m in side.annotated.mentions if m.kind == "person")
    return are_parts_of_one(a.speaker_id, b.speaker_id, {m.actor_id for m in people})


def speaker_severity(pair: Pair, said_a: AttributedSpeech, said_b: AttributedSpeech) -> int:
    """Serious where two persons are named for more than a few words, and in an edited text where two others are.

    Elsewhere an institution may speak by a person, one may be named by a noun, and a pronoun be misread.
    """
    texts = [said.speaker_text or "" for said in (said_a, said_b)]
    told = all(said.cue or _is_signed(side, said) for side, said in ((pair.a, said_a), (pair.b, said_b)))
    if said_a.direct and said_b.direct and not told:
        return 2  # whose words they are follows from the lines before
    few = min(len(words(said.text)) for said in (said_a, said_b)) < _FEWEST_SAID
    if _is_at_hand(pair.a, said_a, said_b) or _is_at_hand(pair.b, said_b, said_a):
        return 2  # the sentence names both, and who of them speaks may be misread
    if any(text.lower() in _PRONOUNS for text in texts) or (few and not pair.versions):
        return 2
    persons, named = [], []
    for side, said, text in ((pair.a, said_a, texts[0]), (pair.b, said_b, texts[1])):
        persons.append(any(m.kind == "person" for m in side.annotated.mentions if m.actor_id == said.speaker_id))
        named.append(any(word[:1].isupper() for word in text.split()[text[:1].isupper() :]) or " " not in text)
    if all(persons) and all(named):
        return 1
    one, other = ({word.rstrip("s") for word in content_words(text)} for text in texts)  # one of the volunteers
    if one & other or any(persons) != all(persons) or (one | other) & _ANYBODY:
        return 2
    return 1 if pair.versions else 2


def _is_signed(side: Side, said: AttributedSpeech) -> bool:
    """Whether the speaker's name stands right behind a quotation, as in “…” – Ada Brandt."""
    if said.attribution_id is None:
        return False
    start = side.annotated.attributions[said.attribution_id].source_start
    return start is not None and start >= said.end and not side.annotated.text_of(said.end, start).strip(_SIGNING)


def _is_at_hand(side: Side, said: AttributedSpeech, other: AttributedSpeech) -> bool:
    """Whether the sentence of a quotation names whom the other telling has it from."""
    near = (m for m in side.annotated.mentions if m.sentence_id == said.sentence_id and m.actor_id != said.speaker_id)
    return said.direct and any(same_speaker(m.actor_id, other.speaker_id) for m in near)


def _place(side: Side, said: AttributedSpeech | None) -> Passage | None:
    return side.passage(said.start, said.end) if said else None


def _speaker(pair: QuotePair, a: Side, b: Side) -> str:
    """The speaker by the fullest name that either telling gives."""
    if pair.speaker_id:
        return max((side.name(pair.speaker_id) for side in (a, b)), key=len)
    texts = [x.speaker_text for x in (pair.a, pair.b) if x and x.speaker_text]
    return max(texts, key=len) if texts else "nobody is named for it"
