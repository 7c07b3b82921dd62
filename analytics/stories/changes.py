"""What changed from one telling to another: a list that an editor can read from the top."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import Literal

from ..article import AnnotatedArticle, Attribution, Sentence
from ..measures import hedging, sentiment, stance
from ..measures.contract import Finding
from .alignment import Alignment
from .credits import find_credit, names_agency
from .drift import Embed, QuotePair, QuoteRelation, Said, same_speaker
from .wording import content_words, numbers, words

ChangeKind = Literal[
    "speaker_changed",
    "quotation_reworded",
    "quotation_put_in_marks",
    "quotation_extended",
    "quotation_added",
    "attribution_lost",
    "credit_lost",
    "number_changed",
    "hedge_became_booster",
    "hedge_lost",
    "booster_gained",
    "closing_added",
    "opening_added",
    "quotation_trimmed",
    "quotation_paraphrased",
    "quotation_dropped",
    "reporting_verb",
    "number_added",
    "attribution_gained",
    "credit_gained",
    "booster_became_hedge",
    "hedge_gained",
    "booster_lost",
    "hedge_reworded",
    "stance_shift",
    "sentiment_shift",
    "actor_missing",
    "actor_added",
    "left_out",
    "added",
    "quotation_punctuation",
]
CHANGE_KINDS: dict[ChangeKind, str] = {  # in the order in which changes of one weight are shown
    "speaker_changed": "Another speaker",
    "quotation_reworded": "Quotation reworded inside the marks",
    "quotation_put_in_marks": "Indirect speech put into quotation marks",
    "quotation_extended": "Words added inside the marks",
    "quotation_added": "Quotation added",
    "attribution_lost": "Attribution lost",
    "credit_lost": "Credit lost",
    "number_changed": "Number changed",
    "hedge_became_booster": "Hedge became a booster",
    "hedge_lost": "Hedge lost",
    "booster_gained": "Booster added",
    "closing_added": "Closing lines without counterpart",
    "opening_added": "Opening lines without counterpart",
    "quotation_trimmed": "Quotation trimmed",
    "quotation_paraphrased": "Quotation turned into indirect speech",
    "quotation_dropped": "Quotation dropped",
    "reporting_verb": "Reporting verb changed",
    "number_added": "Number added",
    "attribution_gained": "Attribution added",
    "credit_gained": "Credit added",
    "booster_became_hedge": "Booster became a hedge",
    "hedge_gained": "Hedge added",
    "booster_lost": "Booster lost",
    "hedge_reworded": "Hedge reworded",
    "stance_shift": "Stance shifted",
    "sentiment_shift": "Sentiment toward an actor shifted",
    "actor_missing": "Actor missing",
    "actor_added": "Actor added",
    "left_out": "Left out",
    "added": "Added",
    "quotation_punctuation": "Punctuation of a quotation changed",
}
_ORDER = {kind: number for number, kind in enumerate(CHANGE_KINDS)}
SEVERITIES = {1: "serious", 2: "notable", 3: "minor"}

_SPOKEN = 0.5  # share of a sentence's words that are a source's, for it to be a source's claim
_OWN = 0.05  # and at most so much, for it to be the outlet's own
_SAME_MATTER = 0.55  # likeness of two sentences from which their wording is compared
_CLOSING = 0.25  # of the sentences of a telling; a longer end without counterpart is another part of the story
_KEPT = 0.5  # share of an attribution's content words that the outlet now says itself
_SAME_PHRASE = 0.4  # cosine of two phrases, for one to be what became of the other
_SAME_SAYING = 0.55  # cosine of two reports, for their verbs to be compared
_LONG_PHRASE = 6  # words; of a longer scope only the words around the cue are shown
_SHIFT = 0.4  # difference of mean stance, or tone, that is worth a line
_FEWEST_TONES = 3  # mentions on each side before a difference of tone is shown
_NUMBER_WORDS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred".split(),
        "1 2 3 4 5 6 7 8 9 10 11 12 20 30 40 50 100".split(),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of one telling: `text` is its content between the offsets start and end."""

    start: int
    end: int
    text: str
    sentence_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference, with the words of both sides. `severity`: 1 serious, 2 notable, 3 minor."""

    kind: ChangeKind
    severity: int
    what: str  # one plain sentence or phrase
    a: Passage | None = None
    b: Passage | None = None
    actor_id: str | None = None
    quote: int | None = None  # position in the comparison's quotes, where the change is one of a quotation
    warning: str | None = None

    @property
    def label(self) -> str:
        return CHANGE_KINDS[self.kind]


@dataclass(frozen=True)
class Side:
    """One telling with what the comparison reads of it. Sentences of title and body, in order."""

    annotated: AnnotatedArticle
    said: tuple[Said, ...] = ()
    _cues: list[Finding] = field(default_factory=list, repr=False)

    @cached_property
    def cues(self) -> list[Finding]:
        return list(hedging.find(self.annotated))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.annotated.sentences

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(self.annotated.text_of(s.start, s.end) for s in self.sentences)

    def passage(self, start: int, end: int) -> Passage:
        ids = tuple(s.sentence_id for s in self.sentences if s.start < end and start < s.end)
        return Passage(start=start, end=end, text=self.annotated.text_of(start, end), sentence_ids=ids)

    def whole(self, numbers: Sequence[int]) -> Passage:
        """The stretch from the first to the last of some sentences."""
        return self.passage(self.sentences[numbers[0]].start, self.sentences[numbers[-1]].end)


def find_changes(
    a: Side, b: Side, alignments: Sequence[Alignment], quotes: Sequence[QuotePair], *, embed: Embed
) -> list[Change]:
    """All changes, most serious first; within one kind in the order of the second telling."""
    joined = [x for x in alignments if x.a and x.b]
    close = [x for x in joined if x.similarity is not None and x.similarity >= _SAME_MATTER]
    found = [
        *_quotations(quotes, a, b),
        *_attributions(a, b, close),
        *_credits(a, b),
        *_numbers(a, b, close),
        *_cues(a, b, close, embed),
        *_verbs(a, b, joined, quotes, embed),
        *_stances(a, b),
        *_tones(a, b),
        *_actors(a, b),
        *_one_sided(a, b, alignments),
    ]
    return sorted(found, key=lambda change: (change.severity, _ORDER[change.kind], _position(change)))


def _position(change: Change) -> tuple[int, int]:
    side = change.b or change.a
    return (0 if change.b else 1, side.start if side else 0)


# Quotations

_OF_QUOTES: dict[QuoteRelation, tuple[ChangeKind, int]] = {
    "reworded": ("quotation_reworded", 1),
    "put_in_marks": ("quotation_put_in_marks", 1),
    "extended": ("quotation_extended", 1),
    "only_b": ("quotation_added", 2),
    "trimmed": ("quotation_trimmed", 2),
    "paraphrased": ("quotation_paraphrased", 2),
    "only_a": ("quotation_dropped", 2),
    "punctuation": ("quotation_punctuation", 3),
}
NOT_ELSEWHERE = "These words inside quotation marks are not in the first text."


def _quotations(quotes: Sequence[QuotePair], a: Side, b: Side) -> Iterator[Change]:
    for number, pair in enumerate(quotes):
        left, right = _place(a, pair.a), _place(b, pair.b)
        speaker = _speaker(pair, a, b)
        if pair.speaker_changed and pair.a and pair.b:
            yield Change(
                kind="speaker_changed",
                severity=1,
                what=f"{pair.a.speaker_text or 'somebody'} in the first text, {pair.b.speaker_text or 'somebody'} here",
                a=left,
                b=right,
                actor_id=pair.speaker_id,
                quote=number,
            )
        if pair.relation == "verbatim":
            continue
        kind, severity = _OF_QUOTES[pair.relation]
        said = pair.b or pair.a
        if pair.relation == "put_in_marks" and not pair.only_inside_marks_here:
            severity = 2  # the words were there, only not in marks
        if pair.relation in ("only_a", "only_b") and said and (said.speaker_id is None or len(words(said.text)) < 3):
            severity = 3  # a word or two in marks may be a name or a figure of speech
        yield Change(
            kind=kind,
            severity=severity,
            what=speaker,
            a=left,
            b=right,
            actor_id=pair.speaker_id,
            quote=number,
            warning=NOT_ELSEWHERE if pair.only_inside_marks_here and severity < 3 else None,
        )


def _place(side: Side, said: Said | None) -> Passage | None:
    return side.passage(said.start, said.end) if said else None


def _speaker(pair: QuotePair, a: Side, b: Side) -> str:
    """The speaker by the fullest name that either telling gives."""
    if pair.speaker_id:
        return max((_name(side, pair.speaker_id) for side in (a, b)), key=len)
    texts = [x.speaker_text for x in (pair.a, pair.b) if x and x.speaker_text]
    return max(texts, key=len) if texts else "nobody is named for it"


_PRONOUNS = frozenset("he she they it we i you who".split())


# Attribution


def _attributions(a: Side, b: Side, joined: Sequence[Alignment]) -> Iterator[Change]:
    """Claims of a source that the other telling makes in the outlet's own voice."""
    for x in joined:
        yield from _became_own(a, x.a, b, x.b, "attribution_lost")
        yield from _became_own(b, x.b, a, x.a, "attribution_gained")


def _became_own(
    source: Side, spoken: tuple[int, ...], other: Side, told: tuple[int, ...], kind: ChangeKind
) -> Iterator[Change]:
    if source.annotated.content == other.annotated.content:
        return
    own = [word for n in told for word in _voiced(other, n, outlet=True)]
    rest = frozenset(word for n in told for word in _voiced(other, n, outlet=False))
    for n in spoken:
        sentence = source.sentences[n]
        for attribution in _reports(source, sentence):
            said = content_words(source.annotated.text_of(attribution.start, attribution.end))
            if _is_denied(source, attribution) or len(said) < 3 or sentence.in_title:
                continue
            kept = said & frozenset(own)
            if len(kept) >= _KEPT * len(said) and len(said & rest) < 0.34 * len(said):
                here = other.whole(told)
                there = source.passage(sentence.start, sentence.end)
                lost = kind == "attribution_lost"
                yield Change(
                    kind=kind,
                    severity=1 if lost else 3,
                    what=f"{_source(source, attribution)}: {'now' if lost else 'before'} in the outlet’s own voice",
                    a=there if lost else here,
                    b=here if lost else there,
                    actor_id=attribution.speaker_id,
                )
                break


def _reports(side: Side, sentence: Sentence) -> Iterator[Attribution]:
    """Attributions that put words of a sentence in a source's mouth, as the voices have it."""
    for attribution in side.annotated.attributions:
        inside = min(attribution.end, sentence.end) - max(attribution.start, sentence.start)
        if inside > _SPOKEN * (sentence.end - sentence.start) * 0.6:
            middle = max(attribution.start, sentence.start) + inside // 2
            if side.annotated.voice_span_at(middle).voice != "outlet":
                yield attribution


def _is_denied(side: Side, attribution: Attribution) -> bool:
    """Whether the source is said not to have said it ("did not say how …")."""
    if attribution.cue_start is None or attribution.cue_end is None:
        return False
    before = side.annotated.text_of(max(attribution.cue_start - 12, 0), attribution.cue_end)
    return any(w.form in ("not", "never") or w.form.endswith("n't") for w in words(before))


def _voiced(side: Side, number: int, *, outlet: bool) -> Iterator[str]:
    """Content words of a sentence that are the outlet's own, or that are not."""
    sentence = side.sentences[number]
    at = sentence.start
    while at < sentence.end:
        span = side.annotated.voice_span_at(at)
        end = min(span.end, sentence.end)
        if (span.voice == "outlet") == outlet:
            yield from content_words(side.annotated.text_of(at, end))
        at = max(end, at + 1)


def _source(side: Side, attribution: Attribution) -> str:
    text = attribution.speaker_text or ""
    if (not text or text.lower() in _PRONOUNS) and attribution.speaker_id:
        text = _name(side, attribution.speaker_id)
    if attribution.cue_start is None or attribution.cue_end is None:
        return text or "a source"
    return f"{text or 'a source'} {side.annotated.text_of(attribution.cue_start, attribution.cue_end)}"


def _name(side: Side, actor_id: str) -> str:
    """An actor's name in one telling; where it is not named there, made of its id."""
    named = (m.name for m in side.annotated.mentions if m.actor_id == actor_id)
    return next(named, actor_id.replace("-", " ").title())


def _credits(a: Side, b: Side) -> Iterator[Change]:
    """Media and agencies that one telling names as its source and the other does not name at all."""
    for here, there, kind in ((a, b, "credit_lost"), (b, a, "credit_gained")):
        for name, passages in _media(here).items():
            if not _is_named(there, name, here):
                first, n = passages[0], len(passages)
                yield Change(
                    kind=kind,  # type: ignore[arg-type]
                    severity=1 if kind == "credit_lost" else 3,
                    what=f"{name}, credited {n} times" if n > 1 else f"{name}, credited once",
                    a=first if here is a else None,
                    b=first if here is b else None,
                )


def _media(side: Side) -> dict[str, list[Passage]]:
    """Credited media → where. A source that reports what another source says is one, and so is a news agency."""
    content, article = side.annotated.content, side.annotated.article
    found: dict[str, list[Passage]] = defaultdict(list)
    if credit := find_credit(article.text, article.author):
        start = article.body_start + credit.start
        found[credit.agency].append(side.passage(start, article.body_start + credit.end))
    named = side.annotated.attributions
    seen: set[int] = set()
    for outer in named:
        text = outer.speaker_text
        if not text or outer.source_start is None or outer.source_end is None or outer.source_start in seen:
            continue
        agency = names_agency(text)
        relays = any(
            outer.start <= inner.start and inner.end <= outer.end and inner.cue_class and _are_two(outer, inner)
            for inner in named
        )
        if agency or (relays and _is_organisation(side, outer)):
            seen.add(outer.source_start)
            edges = [outer.source_start, outer.source_end, outer.cue_start, outer.cue_end]
            known = [edge for edge in edges if edge is not None]
            start, end = min(known), max(known)
            if end - start > 120 or "\n" in content[start:end]:
                start, end = outer.source_start, outer.source_end
            found[agency or _name_of(side, outer)].append(side.passage(start, end))
    return found


def _are_two(outer: Attribution, inner: Attribution) -> bool:
    return outer is not inner and inner.speaker_id is not None and not same_speaker(outer.speaker_id, inner.speaker_id)


def _is_organisation(side: Side, attribution: Attribution) -> bool:
    kinds = {m.kind for m in side.annotated.mentions if m.actor_id == attribution.speaker_id}
    return "organisation" in kinds and attribution.cue in _RELAYING


_RELAYING = frozenset({"report", "according to", "quote", "cite", "write", "per"})


def _name_of(side: Side, attribution: Attribution) -> str:
    return _name(side, attribution.speaker_id) if attribution.speaker_id else str(attribution.speaker_text)


def _is_named(side: Side, name: str, other: Side) -> bool:
    ids = {m.actor_id for m in other.annotated.mentions if m.name == name}
    return (
        name.lower() in side.annotated.content.lower()
        or bool(ids & {m.actor_id for m in side.annotated.mentions})
        or any(name == known for known in _media(side))
    )


# Numbers


def _numbers(a: Side, b: Side, joined: Sequence[Alignment]) -> Iterator[Change]:
    """A number that stands neither in the sentences it comes from nor anywhere else in the first telling.

    It is a changed one where the word after it counts another number there, and only an added one otherwise.
    """
    everywhere_a, everywhere_b = _all_numbers(a.annotated.content), _all_numbers(b.annotated.content)
    for x in joined:
        gone = {n: unit for i in x.a for n, unit in _counted_things(a.texts[i]) if n not in everywhere_b}
        new = {n: unit for j in x.b for n, unit in _counted_things(b.texts[j]) if n not in everywhere_a}
        changed = [(old, n) for n, unit in new.items() for old, other in gone.items() if unit and unit == other]
        if changed:
            yield Change(
                kind="number_changed",
                severity=1,
                what=", ".join(f"{old} became {n}" for old, n in changed),
                a=a.whole(x.a),
                b=b.whole(x.b),
            )
        elif new:
            yield Change(
                kind="number_added",
                severity=2,
                what=f"{', '.join(new)}: not in the first text",
                a=a.whole(x.a),
                b=b.whole(x.b),
            )


def _counted_things(text: str) -> Iterator[tuple[str, str]]:
    """Each number of a text with the word after it, without its plural ending; a percentage or sum has its sign."""
    found = words(text)
    for word, after in zip_longest(found, found[1:]):
        for n in numbers(word.text):
            sign = next((s for s in "%$€£" if s in word.text), "")
            yield n, sign + (after.form.rstrip("s") if after else "")


def _all_numbers(text: str) -> frozenset[str]:
    spelt = {_NUMBER_WORDS[w.form] for w in words(text) if w.form in _NUMBER_WORDS}
    return numbers(text) | spelt


# Hedges and boosters


def _cues(a: Side, b: Side, joined: Sequence[Alignment], embed: Embed) -> Iterator[Change]:
    """Cues of sentences that have a counterpart; one that is gone, with what stands in its place."""
    for x in joined:
        lost, gained = _unmatched(_cues_in(a, x.a), _cues_in(b, x.b))
        lost = [cue for cue in lost if not _stands(b, x.b, str(cue["text"]))]
        gained = [cue for cue in gained if not _stands(a, x.a, str(cue["text"]))]
        if not lost and not gained:
            continue
        phrases_a, phrases_b = [_phrase(a, cue) for cue in lost], [_phrase(b, cue) for cue in gained]
        for i, j in _became(phrases_a, phrases_b, embed):
            before, after = lost[i], gained[j]
            kind, severity = _turn(str(before["measure"]), str(after["measure"]))
            what = f"“{before['text']}” → “{after['text']}”"
            yield Change(kind=kind, severity=severity, what=what, a=phrases_a[i], b=phrases_b[j])
            lost[i], gained[j] = {}, {}
        for cue in filter(None, lost):
            kind = "hedge_lost" if cue["measure"] == "hedge" else "booster_lost"
            yield Change(
                kind=kind,
                severity=2 if kind == "hedge_lost" else 3,
                what=f"“{cue['text']}” has no counterpart",
                a=_phrase(a, cue),
                b=b.whole(x.b),
            )
        for cue in filter(None, gained):
            kind = "hedge_gained" if cue["measure"] == "hedge" else "booster_gained"
            yield Change(
                kind=kind,
                severity=2 if kind == "booster_gained" else 3,
                what=f"“{cue['text']}” has no counterpart",
                a=a.whole(x.a),
                b=_phrase(b, cue),
            )


def _stands(side: Side, numbers: Iterable[int], text: str) -> bool:
    """Whether the very words stand in some sentences, whatever the measure made of them there."""
    sought = f" {' '.join(w.form for w in words(text))} "
    return any(sought in f" {' '.join(w.form for w in words(side.texts[n]))} " for n in numbers)


def _cues_in(side: Side, numbers: Iterable[int]) -> list[Finding]:
    ids = {side.sentences[n].sentence_id for n in numbers}
    return [cue for cue in side.cues if cue["sentence_id"] in ids]


def _unmatched(a: list[Finding], b: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Cues left over once equal ones, then ones of the same measure and kind, are taken together."""
    for same in (_text_of, _kind_of):
        for cue in list(a):
            partner = next((other for other in b if same(cue) == same(other)), None)
            if partner is not None:
                a = [x for x in a if x is not cue]
                b = [x for x in b if x is not partner]
    return list(a), list(b)


def _text_of(cue: Finding) -> tuple[object, ...]:
    return cue["measure"], str(cue["text"]).casefold()


def _kind_of(cue: Finding) -> tuple[object, ...]:
    return cue["measure"], cue["kind"]


def _phrase(side: Side, cue: Finding) -> Passage:
    """A cue with what it bears on, where that is short; else with the words beside it."""
    start, end = int(str(cue["start"])), int(str(cue["end"]))
    if cue["scope_start"] is not None and cue["scope_end"] is not None:
        low, high = int(str(cue["scope_start"])), int(str(cue["scope_end"]))
        low, high = min(low, start), max(high, end)
        if len(words(side.annotated.text_of(low, high))) <= _LONG_PHRASE:
            return side.passage(low, high)
    sentence = side.annotated.sentence_at(start)
    if sentence is None:
        return side.passage(start, end)
    after = [w for w in words(side.annotated.text_of(end, sentence.end))][:3]
    return side.passage(start, end + after[-1].end if after else end)


def _became(a: Sequence[Passage], b: Sequence[Passage], embed: Embed) -> Iterator[tuple[int, int]]:
    if not a or not b:
        return
    vectors = embed([p.text for p in (*a, *b)])
    alike = vectors[: len(a)] @ vectors[len(a) :].T
    free_a, free_b = set(range(len(a))), set(range(len(b)))
    order = sorted((-float(alike[i, j]), i, j) for i in free_a for j in free_b)
    for value, i, j in order:
        if -value >= _SAME_PHRASE and i in free_a and j in free_b:
            free_a.discard(i)
            free_b.discard(j)
            yield i, j


def _turn(before: str, after: str) -> tuple[ChangeKind, int]:
    if before == after:
        return "hedge_reworded", 3
    return ("hedge_became_booster", 1) if before == "hedge" else ("booster_became_hedge", 3)


# Reporting verbs


def _verbs(
    a: Side, b: Side, joined: Sequence[Alignment], quotes: Sequence[QuotePair], embed: Embed
) -> Iterator[Change]:
    """The same words, or the same indirect speech, told with another reporting verb."""
    pairs = [(q.a, q.b) for q in quotes if q.a and q.b and not q.speaker_changed]
    seen_a = {id(x) for x, _ in pairs}
    seen_b = {id(y) for _, y in pairs}
    for x in joined:
        ids_a = {a.sentences[i].sentence_id for i in x.a}
        ids_b = {b.sentences[j].sentence_id for j in x.b}
        left = [s for s in a.said if s.sentence_id in ids_a and s.cue and id(s) not in seen_a and not s.direct]
        right = [s for s in b.said if s.sentence_id in ids_b and s.cue and id(s) not in seen_b and not s.direct]
        pairs += _same_sayings(left, right, embed)
    shown: set[tuple[int | None, int | None]] = set()
    for said_a, said_b in pairs:
        where = (said_a.cue_start, said_b.cue_start)
        if not said_a.cue or not said_b.cue or said_a.cue == said_b.cue or None in where or where in shown:
            continue
        shown.add(where)
        harder = said_a.cue_class != said_b.cue_class
        passage_a, passage_b = _cue_passage(a, said_a), _cue_passage(b, said_b)
        yield Change(
            kind="reporting_verb",
            severity=2 if harder else 3,
            what=f"{_verb(passage_a.text, said_a)} → {_verb(passage_b.text, said_b)}"
            + (f" ({_classes(said_a, said_b)})" if harder else ""),
            a=passage_a,
            b=passage_b,
            actor_id=said_b.speaker_id,
        )


def _classes(a: Said, b: Said) -> str:
    return f"{a.cue_class or 'unclassed'} → {b.cue_class or 'unclassed'}"


def _verb(text: str, said: Said) -> str:
    """The words of a reporting expression without what stands between or around them ("made clear on Friday")."""
    letters = {lemma[0] for lemma in str(said.cue).split()}
    kept = [w.text for w in words(text) if w.form[0] in letters]
    return " ".join(kept) if len(kept) >= len(letters) else text


def _same_sayings(a: list[Said], b: list[Said], embed: Embed) -> list[tuple[Said, Said]]:
    if not a or not b:
        return []
    vectors = embed([s.text for s in (*a, *b)])
    alike = vectors[: len(a)] @ vectors[len(a) :].T
    found: list[tuple[Said, Said]] = []
    for value, i, j in sorted((-float(alike[i, j]), i, j) for i in range(len(a)) for j in range(len(b))):
        taken = any(x is a[i] or y is b[j] for x, y in found)
        if -value >= _SAME_SAYING and not taken and same_speaker(a[i].speaker_id, b[j].speaker_id):
            found.append((a[i], b[j]))
    return found


def _cue_passage(side: Side, said: Said) -> Passage:
    assert said.cue_start is not None and said.cue_end is not None
    return side.passage(said.cue_start, said.cue_end)


# Stance, tone, actors


def _stances(a: Side, b: Side) -> Iterator[Change]:
    """Holders whose mean stance toward one target differs between the tellings."""
    means_a, means_b = _mean_stances(a), _mean_stances(b)
    for key in means_a.keys() & means_b.keys():
        (before, row_a), (after, row_b) = means_a[key], means_b[key]
        if abs(after - before) >= _SHIFT:
            holder = _name(b, key[0]) if key[0] else "the outlet"
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
        if row["target_id"] is not None:
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
                what=f"{_name(b, actor_id)}: {before:+.2f} → {after:+.2f} in {len(left)} and {len(right)} mentions",
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
        if side.annotated.voice_span_at(mention.start).voice == "outlet":
            found[mention.actor_id].append((float(str(row["sentiment"])), mention.sentence_id))
    return found


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
                kind=kind,  # type: ignore[arg-type]
                severity=2 if weighty else 3,
                what=f"{first.name}, named {n} times" if n > 1 else f"{first.name}, named once",
                a=passage if here is a else None,
                b=passage if here is b else None,
                actor_id=actor_id,
            )


# Sentences that one telling alone has


def _one_sided(a: Side, b: Side, alignments: Sequence[Alignment]) -> Iterator[Change]:
    only_a = [i for x in alignments if x.relation == "only_a" for i in x.a if not a.sentences[i].in_title]
    only_b = [j for x in alignments if x.relation == "only_b" for j in x.b if not b.sentences[j].in_title]
    for run in _runs(only_a):
        severity = 2 if len(run) > 1 or _speaks(a, run) else 3
        yield Change(kind="left_out", severity=severity, what=_counted(run), a=a.whole(run))
    body = [n for n, s in enumerate(b.sentences) if not s.in_title]
    for run in _runs(only_b):
        kind: ChangeKind = "added"
        short = len(run) <= max(2, _CLOSING * len(body)) and len(run) < len(body)
        if short and run[-1] == body[-1]:
            kind = "closing_added"
        elif short and run[0] == body[0]:
            kind = "opening_added"
        severity = 2 if kind != "added" else 3
        yield Change(kind=kind, severity=severity, what=_counted(run), b=b.whole(run))


def _speaks(side: Side, run: Sequence[int]) -> bool:
    ids = {side.sentences[n].sentence_id for n in run}
    return any(x.sentence_id in ids and x.speaker_id for x in side.annotated.attributions)


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
