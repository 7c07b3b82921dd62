"""Places and names in whose place another stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel

from ...article import Entity
from ..alignment import Alignment
from ..quotation_classes import is_one_writing
from ..speakers import same_speaker
from ..word_difference import Piece, words
from .contract import Change, ChangeKind, Pair, Side
from .replacements import much_the_same, pieces_of, surely_the_same

KINDS = (
    ChangeKind(
        name="place_changed",
        label="Place changed",
        meaning="It happens somewhere else in the second text.",
        group="named",
        rank=86,
    ),
    ChangeKind(
        name="name_changed",
        label="Another name",
        meaning="In the place of a name stands the name of somebody or something else.",
        group="named",
        rank=88,
    ),
)

_FEW = 5  # words of a replacement in which a name is what was replaced
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
_WHERE = frozenset(
    "in at near from to outside inside toward towards into around across over on off through between beyond of for "
    "along above within south north east west".split()
)
_COMPASS = (
    {"north", "northern", "northward", "northwards"},
    {"south", "southern", "southward", "southwards"},
    {"east", "eastern", "eastward", "eastwards"},
    {"west", "western", "westward", "westwards"},
    {"north-east", "northeast", "northeastern", "north-eastern"},
    {"north-west", "northwest", "northwestern", "north-western"},
    {"south-east", "southeast", "southeastern", "south-eastern"},
    {"south-west", "southwest", "southwestern", "south-western"},
)
_ALIKE = 0.75  # of the letters of two names, from which they are one name spelt in two ways
_NEARLY = 0.85  # and of the letters of two single words
_SHORTEST = 3  # letters of a word that is short for another
_WHOLE_WORDS = frozenset("new old san east west north south port".split())  # and are short for none


def find(pair: Pair) -> Iterator[Change]:
    """Nothing: what became of speakers has to be known first."""
    yield from ()


def find_rest(pair: Pair, found: Collection[Change]) -> Iterator[Change]:
    """Names in whose very place another stands, but for speakers whose change is listed as such."""
    spoken = {
        (i, j) for c in found if c.kind == "speaker_changed" and c.a and c.b
        for i in c.a.sentence_ids for j in c.b.sentence_ids
    }  # fmt: skip
    a, b = pair.a, pair.b
    for x in pair.joined:
        pieces = pieces_of(a, b, x)
        if not pieces or (a.sentences[x.a[0]].sentence_id, b.sentences[x.b[0]].sentence_id) in spoken:
            continue
        if not much_the_same(a.texts[x.a[0]], b.texts[x.b[0]]):
            continue
        in_place = list(_replaced(a, b, x, pieces, roles=not pair.versions))
        moved = [] if any(change.kind == "place_changed" for change in in_place) else list(_moved(a, b, x))
        sure = surely_the_same(pair, x)
        # of two reports the one may add a place where the other adds another
        yield from (change if sure else replace(change, severity=2) for change in in_place)
        yield from (change if pair.versions else replace(change, severity=2) for change in moved)


def _moved(a: Side, b: Side, x: Alignment) -> Iterator[Change]:
    """The one place that only one sentence has for the one that only the other has, each nowhere else there."""
    only_a, only_b = _only_here(a, x.a[0], b), _only_here(b, x.b[0], a)
    if len(only_a) == len(only_b) == 1 and not is_one_name(a, only_a[0], b, only_b[0]):
        old, new = only_a[0], only_b[0]
        if is_country(a, old) == is_country(b, new):
            names = a.annotated.text_of(old.start, old.end), b.annotated.text_of(new.start, new.end)
            what = f"{names[0]} became {names[1]}"
            yield Change(kind="place_changed", severity=1, what=what, a=a.whole(x.a), b=b.whole(x.b))


def _only_here(side: Side, number: int, other: Side) -> list[Entity]:
    sentence, elsewhere = side.sentences[number], other.annotated.content
    here = [e for e in side.annotated.entities if sentence.start <= e.start < sentence.end and _names_place(side, e)]
    return [e for e in here if _is_where(side, e) and not _stands(side.annotated.text_of(e.start, e.end), elsewhere)]


def _replaced(a: Side, b: Side, x: Alignment, pieces: Sequence[Piece], *, roles: bool) -> Iterator[Change]:
    """Names in the place of others; with `roles` they have to hang from the same word in the same way."""
    left, right = a.whole(x.a), b.whole(x.b)
    for piece in pieces:
        if piece.operation != "replaced" or max(len(words(piece.a)), len(words(piece.b))) > _FEW:
            continue
        if _other_direction(piece):
            what = f"{piece.a} became {piece.b}"
            yield Change(kind="place_changed", severity=1, what=what, a=left, b=right)
            continue
        old = _entity(a, a.sentences[x.a[0]].start + piece.start_a, a.sentences[x.a[0]].start + piece.end_a)
        new = _entity(b, b.sentences[x.b[0]].start + piece.start_b, b.sentences[x.b[0]].start + piece.end_b)
        if old is None or new is None or is_one_name(a, old, b, new):
            continue
        name_a, name_b = a.annotated.text_of(old.start, old.end), b.annotated.text_of(new.start, new.end)
        if _stands(name_a, right.text) or _stands(name_b, left.text):
            continue
        if roles and not _same_role(a, old, b, new):
            continue  # “Norland says” and “Velm behind attack” are told of two sides
        where = old.label in _PLACES and new.label in _PLACES
        if "NORP" in (old.label, new.label) and old.label != new.label:
            continue
        if where or (_is_where(a, old) and _is_where(b, new) and {old.label, new.label} & _PLACES):
            nearer = is_country(a, old) != is_country(b, new)
            kind, severity = "place_changed", 2 if nearer else 1
            if not (_is_where(a, old) and _is_where(b, new)):
                kind = "name_changed"  # a country that acts
        elif old.label == new.label or {old.label, new.label} <= {"PERSON", "ORG", "GPE"}:
            kind, severity = "name_changed", 1 if old.label == new.label else 2
        else:
            continue
        yield Change(kind=kind, severity=severity, what=f"{name_a} became {name_b}", a=left, b=right)


def _names_place(side: Side, entity: Entity) -> bool:
    """Whether a name is a place's; a town that the parser does not know may pass for an organisation."""
    before = side.annotated.tokens[entity.first - 1].lemma if entity.first else ""
    town = entity.label == "ORG" and not side.annotated.text_of(entity.start, entity.end).lower().startswith("the ")
    return entity.label in _PLACES or (town and before in ("in", "near"))


def _other_direction(piece: Piece) -> bool:
    """Northern in the place of southern."""
    one, other = ([i for i, forms in enumerate(_COMPASS) for w in words(t) if w.form in forms] for t in piece[5:7])
    return len(one) == len(other) == 1 and one != other and max(len(words(piece.a)), len(words(piece.b))) <= 2


def _entity(side: Side, start: int, end: int) -> Entity | None:
    """The one name that a replacement is about."""
    named = (e for e in side.annotated.entities if e.label in _NAMES and e.start < end and start < e.end)
    found = [e for e in named if not side.annotated.text_of(e.start, e.end).islower()]
    return found[0] if len(found) == 1 else None


def _same_role(a: Side, old: Entity, b: Side, new: Entity) -> bool:
    one, other = (_role(side, entity) for side, entity in ((a, old), (b, new)))
    return one == other


def _role(side: Side, entity: Entity) -> tuple[str, str]:
    """How a name hangs from the sentence, and from which word."""
    token = side.annotated.anchor(entity.first, entity.last)
    return token.dep, side.annotated.tokens[token.head].lemma


def _is_where(side: Side, entity: Entity) -> bool:
    """Whether a name stands behind a preposition of place."""
    tokens = side.annotated.tokens
    at = entity.first - 1
    while at >= 0 and (tokens[at].lemma == "the" or tokens[at].pos == "ADJ"):
        at -= 1
    return at >= 0 and tokens[at].text.lower() in _WHERE


def is_country(side: Side, entity: Entity) -> bool:
    return any(m.kind == "country" and m.start < entity.end and entity.start < m.end for m in side.annotated.mentions)


def is_one_name(a: Side, old: Entity, b: Side, new: Entity) -> bool:
    """Whether two names can be names of one: the same actor, a part of the other, initials, another spelling."""
    actors_a, actors_b = _actors(a, old), _actors(b, new)
    if any(same_speaker(one, other) for one in actors_a for other in actors_b):
        return True
    one, other = (
        [w.form.removesuffix("'s") for w in words(side.annotated.text_of(e.start, e.end)) if w.form != "the"]
        for side, e in ((a, old), (b, new))
    )
    if not one or not other or set(one) <= set(other) or set(other) <= set(one):
        return True
    if is_one_writing(" ".join(one), " ".join(other)) or _is_shortened(one, other):
        return True
    if old.label == new.label and any(_holds_both(side, one, other, old.label) for side in (a, b)):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and "".join(w[0] for w in long if w not in ("of", "and", "for")) == short[0].replace(".", ""):
        return True
    if Indel.normalized_similarity("".join(one), "".join(other)) >= _ALIKE and len(one) == len(other) > 1:
        return not _other_given_name(one, other)
    if len(one) == len(other) == 1 and Indel.normalized_similarity(one[0], other[0]) >= _NEARLY:
        return True
    person = "PERSON" in (old.label, new.label)
    return not person and one[-1][:4] == other[-1][:4] and len(one) == len(other) == 1  # Norland, Norlandic


def _is_shortened(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one name has the beginning of a word for the word that the other has: Nat Museum, National Museum."""
    if len(a) != len(b) or not set(a) & set(b):
        return False
    pairs = [sorted((x.rstrip("."), y.rstrip(".")), key=len) for x, y in zip(a, b, strict=True) if x != y]
    return all(
        len(short) >= _SHORTEST and long.startswith(short) and short not in _WHOLE_WORDS for short, long in pairs
    )


def _holds_both(side: Side, a: Sequence[str], b: Sequence[str], label: str) -> bool:
    """Whether a text has a fuller name of that label of which both are parts; a list of names is none."""
    for entity in side.annotated.entities:
        text = side.annotated.text_of(entity.start, entity.end)
        whole = {w.form.removesuffix("'s") for w in words(text)}
        if entity.label == label and not whole & {"and", "or"} and "," not in text and {*a, *b} <= whole:
            return True
    return False


def _other_given_name(a: Sequence[str], b: Sequence[str]) -> bool:
    return any(Indel.normalized_similarity(x, y) < _ALIKE for x, y in zip(a, b, strict=True))


def _actors(side: Side, entity: Entity) -> set[str]:
    return {m.actor_id for m in side.annotated.mentions if m.start < entity.end and entity.start < m.end}


def _stands(name: str, text: str) -> bool:
    sought, whole = ([w.form.removesuffix("'s") for w in words(t)] for t in (name, text))
    return set(sought) <= set(whole)
