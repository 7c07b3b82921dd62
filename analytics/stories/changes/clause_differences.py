"""In which words two clauses of two reports that tell the same thing tell it differently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from ...article import Attribution, Entity, Token
from ...knowledge.opposites import opposites
from ...knowledge.stages import stages
from ..amounts import count_alike, equal
from ..claims import Claim
from ..quantities import Quantity, quantities
from ..speakers import same_speaker
from ..times import Moment, agree, differ, moments
from ..word_difference import content_words
from .contract import Side
from .names import is_country, is_one_name

Kind = Literal["number", "date", "name", "state", "negation", "certainty", "source"]
SameWord = Callable[[str, str], bool]

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_ACTING = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_MODALS = frozenset("may might could".split())
_HEARSAY = frozenset(
    "allege alleged allegedly reportedly purported purportedly supposedly apparently appear seem claim accuse suspect "
    "suspected likely probably possibly perhaps believe unverified unconfirmed potential potentially presumably "
    "suggest indicate rumour rumor so-called".split()
)
_SAYING_LITTLE = frozenset("be have do get make go come say tell add report write speak warn state claim".split())
_VAGUE = frozenset("several many few some numerous multiple various dozens scores hundreds thousands".split())
_PRONOUNS = frozenset("he she they it who we i you its his her their".split())
_NEGATING = frozenset("not n't never no without".split())
_AHEAD = frozenset("plan intend aim want hope expect prepare threaten propose consider vow promise agree ready".split())
_ABOUT = 0.1  # of a figure, that another can be more exact
_ANYTHING = frozenset("people person man woman child it thing time day year part number member".split())
_MOST_FIGURES = 2  # in a clause, for it to be clear which stands for which
_LEAST = 0.5  # of two clauses' content words, for a source or a doubt on one side only to be of the same claim


class Difference(NamedTuple):
    """What one clause says in the place of what the other says; None where it says nothing of the kind."""

    kind: Kind
    a: str | None
    b: str | None


class Clause(NamedTuple):
    """A claim with the text that it stands in."""

    side: Side
    claim: Claim

    @property
    def head(self) -> Token:
        return self.side.annotated.tokens[self.claim.head]

    @property
    def tokens(self) -> list[Token]:
        return [self.side.annotated.tokens[i] for i in self.claim.tokens]

    def holds(self, start: int, end: int) -> bool:
        """Whether a place of the text is in the clause itself, and not in another that stands within."""
        return any(t.start < end and start < t.end for t in self.tokens)


def differences(a: Clause, b: Clause, *, alike: SameWord, joined: bool = False) -> Iterator[Difference]:
    """What two clauses tell differently, hardest first.

    `alike` says whether two lemmas can mean the same, `joined` that the sentences of both are aligned.
    """
    yield from _numbers(a, b, measured=_same_verb(a, b, alike))
    yield from _dates(a, b)
    yield from _names(a, b, alike)
    of_one_thing = bool((_arguments(a) & _arguments(b)) - _ANYTHING)
    same_verb = _same_verb(a, b, alike)
    if of_one_thing and same_verb:
        yield from _vague(a, b, _quantities(a), _quantities(b))
    if of_one_thing or joined:
        yield from _states(a, b)
    if of_one_thing:
        yield from _negations(a, b, alike)
    if (of_one_thing or joined) and same_verb and _is_much_the_same(a, b):
        yield from _certainty(a, b)
        yield from _sources(a, b)


def _arguments(clause: Clause) -> frozenset[str]:
    """Words that name what a clause is about: its subject, agent and object, or the noun that it belongs to."""
    annotated, head = clause.side.annotated, clause.head
    named = [*annotated.children_of(head, "nsubj", "nsubjpass", "dobj", "attr")]
    for by in annotated.children_of(head, "agent"):
        named += annotated.children_of(by, "pobj")
    above = annotated.tokens[head.head]
    if head.dep in ("relcl", "acl"):
        named.append(above)
    elif head.dep in ("conj", "xcomp"):
        named += annotated.children_of(above, "nsubj", "nsubjpass")
    with_it = [t for noun in named for t in annotated.children_of(noun, "compound", "amod", "poss", "conj")]
    return frozenset(t.lemma for t in (*named, *with_it) if t.pos in ("NOUN", "PROPN", "ADJ"))


def _is_much_the_same(a: Clause, b: Clause) -> bool:
    one, other = a.claim.lemmas, b.claim.lemmas
    return len(one & other) >= _LEAST * min(len(one), len(other))


# ---- numbers and dates -------------------------------------------------


def _numbers(a: Clause, b: Clause, *, measured: bool) -> Iterator[Difference]:
    """Other figures of one noun; lengths and sums that count nothing only where `measured`, as one verb has them."""
    here, there = _quantities(a), _quantities(b)
    all_a, all_b = _all_quantities(a.side), _all_quantities(b.side)
    for q in here:
        for r in there:
            if not (q.counted or r.counted or measured):
                continue
            if not _is_counted_alike(q, r) or len(here) > _MOST_FIGURES or len(there) > _MOST_FIGURES:
                continue
            if equal(q, r):
                if q.bound != r.bound and {q.bound, r.bound} & {"at least", "more than", "at most", "less than"}:
                    yield Difference("number", _bounded(q), _bounded(r))
            elif "about" in (q.bound, r.bound) and abs(q.low - r.low) <= _ABOUT * q.low:
                continue
            elif not any(equal(q, other) for other in all_b) and not any(equal(other, r) for other in all_a):
                yield Difference("number", _bounded(q), _bounded(r))
    yield from _ordinals(a, b)


def _is_counted_alike(q: Quantity, r: Quantity) -> bool:
    if q.unit is not None and q.unit.dimension in ("time", "share") and not (q.counted and q.counted == r.counted):
        return False
    return count_alike(q, r) and (q.counted == r.counted or not (q.counted and r.counted))


def _bounded(q: Quantity) -> str:
    said = f"{q.bound} {q.text}" if q.bound and q.bound != "between" else q.text
    return said if q.unit is not None or not q.counted else f"{said} {q.counted}{'' if q.low == 1 else 's'}"


def _quantities(clause: Clause) -> list[Quantity]:
    sentence = clause.side.sentences[clause.claim.sentence]
    found = quantities(clause.side.texts[clause.claim.sentence])
    return [q for q in found if clause.holds(sentence.start + q.start, sentence.start + q.end)]


def _all_quantities(side: Side) -> list[Quantity]:
    return [q for text in side.texts for q in quantities(text)]


def _ordinals(a: Clause, b: Clause) -> Iterator[Difference]:
    """The 36th brigade, the 39th brigade."""
    here, there = _ranked(a), _ranked(b)
    for noun in here.keys() & there.keys():
        if here[noun].text.lower() != there[noun].text.lower():
            yield Difference("number", here[noun].text, there[noun].text)


def _ranked(clause: Clause) -> dict[str, Token]:
    return {
        clause.side.annotated.tokens[t.head].lemma: t
        for t in clause.tokens
        if t.text[:1].isdigit() and t.text[-2:].lower() in ("st", "nd", "rd", "th")
    }


def _vague(a: Clause, b: Clause, here: list[Quantity], there: list[Quantity]) -> Iterator[Difference]:
    """Two articles, several articles."""
    for one, counted in ((a, there), (b, here)):
        for t in one.tokens:
            noun = one.side.annotated.tokens[t.head].lemma
            if t.lemma in _VAGUE and t.dep in ("amod", "det", "nummod"):
                for q in counted:
                    if q.counted and q.counted == noun and q.low > 1:
                        shown = f"{t.text} {one.side.annotated.tokens[t.head].text}", _bounded(q)
                        yield Difference("number", *(shown if one is a else shown[::-1]))


def _dates(a: Clause, b: Clause) -> Iterator[Difference]:
    here, there = _moments(a), _moments(b)
    if len(here) == len(there) == 1 and differ(here[0], there[0]):
        others_a, others_b = (
            [m for m in moments(c.side.texts[c.claim.sentence]) if not any(agree(m, n) for n in known)]
            for c, known in ((a, here), (b, there))
        )
        if not any(agree(m, there[0]) for m in others_a) and not any(agree(m, here[0]) for m in others_b):
            yield Difference("date", here[0].text, there[0].text)


def _moments(clause: Clause) -> list[Moment]:
    sentence = clause.side.sentences[clause.claim.sentence]
    found = moments(clause.side.texts[clause.claim.sentence])
    return [m for m in found if clause.holds(sentence.start + m.start, sentence.start + m.end)]


# ---- names -------------------------------------------------------------


def _names(a: Clause, b: Clause, alike: SameWord) -> Iterator[Difference]:
    """Another name in the same role of the same verb."""
    if not _same_verb(a, b, alike):
        return
    here, there = _roles(a), _roles(b)
    for role in here.keys() & there.keys():
        old, new = here[role], there[role]
        places = old.label in _PLACES and new.label in _PLACES
        if not places and (old.label != new.label or old.label not in _ACTING):
            continue
        if is_one_name(a.side, old, b.side, new) or is_country(a.side, old) != is_country(b.side, new):
            continue
        texts = a.side.annotated.text_of(old.start, old.end), b.side.annotated.text_of(new.start, new.end)
        if not _stands(texts[0], b) and not _stands(texts[1], a):
            yield Difference("name", *texts)


def _stands(name: str, clause: Clause) -> bool:
    return name.lower() in clause.side.texts[clause.claim.sentence].lower()


def _roles(clause: Clause) -> dict[str, Entity]:
    """How names hang from the verb: subject (or agent), object, or by which preposition."""
    annotated, found = clause.side.annotated, {}
    for entity in annotated.entities:
        token = annotated.anchor(entity.first, entity.last)
        if token.index not in clause.claim.tokens:
            continue
        above = annotated.tokens[token.head]
        if above.index == clause.claim.head and token.dep in ("nsubj", "nsubjpass", "dobj"):
            passive = any(annotated.children_of(above, "auxpass", "nsubjpass"))
            found["done to" if token.dep == "dobj" or passive else "who"] = entity
        elif token.dep == "pobj" and above.head == clause.claim.head:
            found["who" if above.dep == "agent" else above.lemma] = entity
    return found


def _same_verb(a: Clause, b: Clause, alike: SameWord) -> bool:
    one, other = a.claim.verb, b.claim.verb
    return not {one, other} & _SAYING_LITTLE and (one == other or alike(one, other))


# ---- how it stands -----------------------------------------------------


def _states(a: Clause, b: Clause) -> Iterator[Difference]:
    """A stage of one course in the place of another: planned for done, injured for killed, accused for guilty."""
    here, there = _stages(a), _stages(b)
    for course in here.keys() & there.keys():
        if not here[course].keys() & there[course].keys():
            old, new = next(iter(here[course].values())), next(iter(there[course].values()))
            if not _has(a, there[course].values()) and not _has(b, here[course].values()):
                yield Difference("state", old, new)
                return
    if a.claim.verb == b.claim.verb:
        ahead, behind = _ahead(a), _ahead(b)
        if ahead and not behind and _is_past(b):
            yield Difference("state", f"{ahead} {a.head.text}", _verb(b))
        elif behind and not ahead and _is_past(a):
            yield Difference("state", _verb(a), f"{behind} {b.head.text}")


def _stages(clause: Clause) -> dict[str, dict[str, str]]:
    """Course → stage → the word that says so, of the verb, what hangs from it as its predicate, and its object."""
    found: dict[str, dict[str, str]] = {}
    annotated = clause.side.annotated
    for token in (clause.head, *annotated.children_of(clause.head, "acomp", "attr", "oprd", "dobj", "xcomp", "prt")):
        for course, stage in stages().get(token.lemma, ()):
            found.setdefault(course, {}).setdefault(stage, token.text)
    return found


def _has(clause: Clause, forms: Iterable[str]) -> bool:
    """Whether the sentence around a clause tells of another's stages, too: killed three and injured nine."""
    sentence = clause.side.sentences[clause.claim.sentence]
    return any(t.text.lower() in {form.lower() for form in forms} for t in clause.side.annotated.tokens_of(sentence))


def _ahead(clause: Clause) -> str | None:
    """The word that says that it is still to come."""
    annotated, head = clause.side.annotated, clause.head
    for aux in annotated.children_of(head, "aux"):
        if aux.lemma == "will" or aux.text.lower() in ("will", "'ll", "’ll"):
            return aux.text
    above = annotated.tokens[head.head]
    if head.dep == "xcomp" and above.lemma in _AHEAD:
        return f"{above.text} to"
    return None


def _is_past(clause: Clause) -> bool:
    auxiliaries = {t.lemma for t in clause.side.annotated.children_of(clause.head, "aux")}
    return clause.head.tag == "VBD" or (clause.head.tag == "VBN" and auxiliaries <= {"have", "be"})


def _verb(clause: Clause) -> str:
    auxiliaries = clause.side.annotated.children_of(clause.head, "aux", "auxpass")
    with_it = [t for t in auxiliaries if t.start < clause.head.start]
    return " ".join(t.text for t in (*with_it, clause.head))


def _negations(a: Clause, b: Clause, alike: SameWord) -> Iterator[Difference]:
    """Denied on one side, or the opposite of it, in the same role."""
    if frozenset({a.claim.verb, b.claim.verb}) in opposites():
        yield Difference("negation", _verb(a), _verb(b))
    elif _same_verb(a, b, alike):
        here, there = _negated(a), _negated(b)
        if bool(here) != bool(there) and _is_finite(b if here else a):
            yield Difference("negation", here or _verb(a), there or _verb(b))


def _is_finite(clause: Clause) -> bool:
    """Whether a clause says that it is so, as "to leave" and "leaving" do not."""
    auxiliaries = [t.tag for t in clause.side.annotated.children_of(clause.head, "aux", "auxpass")]
    return bool({clause.head.tag, *auxiliaries} & {"VBD", "VBZ", "VBP", "MD"})


def _negated(clause: Clause) -> str | None:
    annotated, head = clause.side.annotated, clause.head
    if any(t.lemma in _NEGATING or t.text.lower() in _NEGATING for t in annotated.children_of(head, "neg")):
        first = min([*annotated.children_of(head, "aux", "auxpass", "neg")], key=lambda t: t.start)
        return annotated.text_of(first.start, max(first.end, head.end)) if head.end - first.start < 40 else "not"
    above = annotated.tokens[head.head]
    if head.dep == "xcomp" and above.lemma in ("fail", "refuse", "decline"):
        return f"{above.text} to {head.text}"
    return None


# ---- who says so, and how surely ---------------------------------------


def _certainty(a: Clause, b: Clause) -> Iterator[Difference]:
    both = _source(a) is not None and _source(b) is not None  # then a verb that reports says no more than another
    here, there = _doubts(a, governed=not both), _doubts(b, governed=not both)
    if here and not there and not _is_doubted(b) and (_source(a) or not _source(b)):
        yield Difference("certainty", here, None)
    elif there and not here and not _is_doubted(a) and (_source(b) or not _source(a)):
        yield Difference("certainty", None, there)


def _doubts(clause: Clause, *, governed: bool) -> str | None:
    """The first word of a clause, or of what governs it, that leaves its truth open."""
    annotated, head = clause.side.annotated, clause.head
    above = annotated.tokens[head.head]
    governing = [above] if governed and head.dep in ("ccomp", "xcomp", "acl") else []
    near = [t for t in clause.tokens if t.head == head.index]
    for token in (*near, *governing):
        if (token.lemma in _MODALS and token.dep == "aux") or token.lemma in _HEARSAY:
            return token.text
    return None


def _is_doubted(clause: Clause) -> bool:
    """Whether anything in the sentence leaves it open."""
    sentence = clause.side.sentences[clause.claim.sentence]
    return any(t.lemma in _HEARSAY or t.lemma in _MODALS for t in clause.side.annotated.tokens_of(sentence))


def _sources(a: Clause, b: Clause) -> Iterator[Difference]:
    """A claim of a source that the other outlet makes itself, or has from somebody else."""
    here, there = _source(a), _source(b)
    if here is None and there is None:
        return
    if any(x is None and (_is_doubted(c) or not _is_finite(c)) for x, c in ((here, a), (there, b))):
        return
    if here is not None and there is not None:
        known = here.speaker_id is not None and there.speaker_id is not None
        if not known or same_speaker(here.speaker_id, there.speaker_id):
            return
        if content_words(_named(a, here)) & content_words(_named(b, there)):
            return  # the ministry, the Norlandic ministry
    if any(x is not None and not _tells(x) for x in (here, there)):
        return
    yield Difference("source", *(None if x is None else _named(c, x) for x, c in ((here, a), (there, b))))


def _tells(said: Attribution) -> bool:
    """Whether a source is named by a noun, and its words are no quotation, which are compared on their own."""
    text = (said.speaker_text or "").lower()
    return text not in _PRONOUNS and said.kind != "direct"


def _source(clause: Clause) -> Attribution | None:
    """Whose words the clause is: of several attributions the innermost."""
    at = clause.head.start
    around = [x for x in clause.side.annotated.attributions if x.start <= at < x.end and x.speaker_text]
    return min(around, key=lambda x: x.end - x.start, default=None)


def _named(clause: Clause, said: Attribution) -> str:
    return clause.side.name(said.speaker_id) if said.speaker_id else said.speaker_text or ""
