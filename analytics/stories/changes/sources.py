"""Sources: claims that lose or gain theirs, and credits to media and agencies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...article import Attribution, Sentence
from ..alignment import Alignment
from ..attributed_speech import AttributedSpeech
from ..credits import find_credit, names_agency
from ..speakers import other_speaker, same_speaker
from ..word_difference import content_words, words
from .contract import Change, ChangeKind, Pair, Passage, Side
from .quotations import is_one_person, speaker_severity

KINDS = (
    ChangeKind(
        name="attribution_lost",
        label="Attribution lost",
        meaning="What a source said is now said as if it were a fact that the outlet knows.",
        group="source",
        rank=60,
    ),
    ChangeKind(
        name="credit_lost",
        label="Credit lost",
        meaning="The second text does not name the medium that the first names as its source.",
        group="source",
        rank=70,
    ),
    ChangeKind(
        name="attribution_gained",
        label="Attribution added",
        meaning="What the first text says itself, the second has from a source.",
        group="source",
        rank=210,
    ),
    ChangeKind(
        name="credit_gained",
        label="Credit added",
        meaning="The second text names a medium as its source that the first does not name.",
        group="source",
        rank=220,
    ),
)

_SPOKEN = 0.5  # share of a sentence's words that are a source's, for it to be a source's claim
_OWN = 0.05  # and at most so much, for it to be the outlet's own
_SAME_SAYING = 0.75  # share of content words of two reports, from which they report the same
_KEPT = 0.5  # share of an attribution's content words that the outlet now says itself
_HEARSAY = frozenset(
    "alleged allegedly reported reportedly purported purportedly supposedly accused charged claims claimed".split()
)
_ANYBODY = frozenset("others many people several few".split())
_PRONOUNS = frozenset("he she they it we i you who".split())


def find(pair: Pair) -> Iterator[Change]:
    """Claims that lost or gained their source, changed it, and credits."""
    yield from _claims(pair.a, pair.b, pair.close, versions=pair.versions)
    yield from _other_speakers(pair)
    yield from _credits(pair.a, pair.b, versions=pair.versions)


def _claims(a: Side, b: Side, joined: Sequence[Alignment], *, versions: bool) -> Iterator[Change]:
    """Claims of a source that the other telling makes in the outlet's own voice.

    Serious where the one text is the other edited: else it may be another claim, or one that this outlet has checked.
    """
    for x in joined:
        for change in _became_own(a, x.a, b, x.b, "attribution_lost"):
            yield change if versions else replace(change, severity=2)
        yield from _became_own(b, x.b, a, x.a, "attribution_gained")


def _other_speakers(pair: Pair) -> Iterator[Change]:
    """Indirect speech of the same content in somebody else's mouth; quotations are compared on their own."""
    a, b = pair.a, pair.b
    for x in pair.close:
        if not pair.versions and a.sentences[x.a[0]].in_title:
            continue  # two headlines of a few words each; what they report is told below them
        here, there = _indirect(a, x.a), _indirect(b, x.b)
        for left in here:
            alike = [right for right in there if _say_the_same(left, right)]
            if not alike or not left.speaker_text or not all(other_speaker(left, right) for right in alike):
                continue
            right = alike[0]
            if is_one_person(pair, left, right):
                continue
            if all(other_speaker(one, right) for one in here if _say_the_same(one, right)) and right.speaker_text:
                yield Change(
                    kind="speaker_changed",
                    severity=speaker_severity(pair, left, right),
                    what=f"{left.speaker_text} in the first text, {right.speaker_text} here",
                    a=a.whole(x.a),
                    b=b.whole(x.b),
                    actor_id=right.speaker_id,
                )


def _say_the_same(a: AttributedSpeech, b: AttributedSpeech) -> bool:
    one, other = content_words(a.text), content_words(b.text)
    return len(one & other) >= _SAME_SAYING * max(len(one), len(other), 1)


def _indirect(side: Side, numbers: tuple[int, ...]) -> list[AttributedSpeech]:
    ids = {side.sentences[n].sentence_id for n in numbers}
    return [
        said
        for said in side.speech
        if not said.direct and said.sentence_id in ids and (said.speaker_text or "").lower() not in _PRONOUNS
    ]


def _became_own(
    source: Side, spoken: tuple[int, ...], other: Side, told: tuple[int, ...], kind: str
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
            if _is_said_to_be_theirs(other, told, attribution) or _is_hearsay(other, told):
                continue
            kept = said & frozenset(own)
            if len(kept) >= _KEPT * len(said) and len(said & rest) < 0.34 * len(said):
                here = other.whole(told)
                there = source.passage(sentence.start, sentence.end)
                lost = kind == "attribution_lost"
                yield Change(
                    kind=kind,
                    severity=3 if not lost else 2 if _is_anybody(attribution) else 1,
                    what=f"{_source(source, attribution)}: {'now' if lost else 'before'} in the outlet’s own voice",
                    a=there if lost else here,
                    b=here if lost else there,
                    actor_id=attribution.speaker_id,
                )
                break


def _is_anybody(attribution: Attribution) -> bool:
    """Whether the source is nobody in particular: "reviled by many"."""
    return attribution.speaker_id is None and content_words(attribution.speaker_text or "") <= _ANYBODY


def _reports(side: Side, sentence: Sentence) -> Iterator[Attribution]:
    """Attributions that put words of a sentence in a source's mouth, as the voices have it."""
    for attribution in side.annotated.attributions:
        inside = min(attribution.end, sentence.end) - max(attribution.start, sentence.start)
        if inside > _SPOKEN * (sentence.end - sentence.start) * 0.6:
            middle = max(attribution.start, sentence.start) + inside // 2
            if side.annotated.voice_span_at(middle).voice != "outlet":
                yield attribution


def _is_said_to_be_theirs(other: Side, told: tuple[int, ...], attribution: Attribution) -> bool:
    """Whether sentences name the source after all, in a form that no attribution was seen in ("per Ada Brandt")."""
    numbers = set(told)
    named = any(
        same_speaker(m.actor_id, attribution.speaker_id)
        for m in other.annotated.mentions
        if m.sentence_id in {other.sentences[n].sentence_id for n in numbers}
    )
    source = content_words(attribution.speaker_text or "")
    return named or bool(source and source <= content_words(" ".join(other.texts[n] for n in numbers)))


def _is_hearsay(other: Side, told: tuple[int, ...]) -> bool:
    """Whether sentences say that they tell what others say, without naming these: allegedly, is accused of."""
    return any(_HEARSAY & {w.form for w in words(other.texts[n])} for n in told)


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
        text = side.name(attribution.speaker_id)
    if attribution.cue_start is None or attribution.cue_end is None:
        return text or "a source"
    cue = side.annotated.text_of(attribution.cue_start, attribution.cue_end)
    if attribution.source_start is not None and attribution.cue_start < attribution.source_start:
        return f"{cue[:1].lower()}{cue[1:]} {text or 'a source'}"  # according to …
    return f"{text or 'a source'} {cue}"


def _credits(a: Side, b: Side, *, versions: bool) -> Iterator[Change]:
    """Media and agencies that one telling names as its source and the other does not name at all.

    Serious where the one text is the other edited: else the other may not have drawn on them.
    """
    for here, there, kind in ((a, b, "credit_lost"), (b, a, "credit_gained")):
        for name, passages in _media(here).items():
            if not _is_named(there, name, here):
                first, n = passages[0], len(passages)
                yield Change(
                    kind=kind,
                    severity=(1 if versions else 2) if kind == "credit_lost" else 3,
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
    """Whether an organisation that relays what others say can be a medium: an office of state speaks for itself."""
    kinds = {m.kind for m in side.annotated.mentions if m.actor_id == attribution.speaker_id}
    office = _OFFICES & {
        w.form for w in words(f"{attribution.speaker_text} {(attribution.speaker_id or '').replace('-', ' ')}")
    }
    return "organisation" in kinds and attribution.cue in _RELAYING and not office


_OFFICES = frozenset(
    "ministry department office government army navy forces military police court council committee commission "
    "staff parliament senate house embassy kremlin prosecutors prosecutor union nations nato eu".split()
)
_RELAYING = frozenset({"report", "according to", "quote", "cite", "write", "per"})


def _name_of(side: Side, attribution: Attribution) -> str:
    return side.name(attribution.speaker_id) if attribution.speaker_id else str(attribution.speaker_text)


def _is_named(side: Side, name: str, other: Side) -> bool:
    ids = {m.actor_id for m in other.annotated.mentions if m.name == name}
    return (
        name.lower() in side.annotated.content.lower()
        or bool(ids & {m.actor_id for m in side.annotated.mentions})
        or any(name == known for known in _media(side))
    )
