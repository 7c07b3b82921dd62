"""Where the target of an expression stands, and what it is: an actor or a proposition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from ...article import AnnotatedArticle, Mention, Token
from ...knowledge.lexicon import load
from ..lexical.matching import Match
from .clauses import (
    ANY_SUBJECT,
    antecedent,
    coordinated,
    head_of,
    is_detached,
    is_headline_passive,
    is_infinitive,
    is_passive,
    phrase,
    subject_of,
)
from .contexts import is_a, undergoing_verb

NUMBERS = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
_EMPTY = frozenset(
    {"one", "other", "another", "each", "both", "all", "that", "this", "something", "anything", "everything", "nothing"}
    | {"time", "moment", "day", "week", "month", "year", "hour", "while", "now", "example", "instance", "sake"}
)
_BACK = frozenset({"it", "this", "that"})
ANAPHORS = frozenset({"it", "its", "this", "that", "they", "them", "their", "these", "those"})


@cache
def _stance_nouns() -> frozenset[str]:
    patterns = (entry.pattern for entry in load("stances") if entry.pattern.endswith(">/NOUN"))
    return frozenset(noun for pattern in patterns for noun in pattern[1 : -len(">/NOUN")].split("|"))


class Target(NamedTuple):
    """The head of a target, its phrase as a token range, and the actor it names (None: a proposition)."""

    head: Token
    first: int
    last: int
    actor: Mention | None


def find_targets(annotated: AnnotatedArticle, match: Match, anchor: Token, *, pronouns: bool = False) -> list[Target]:
    """Targets at the first place named in the lexicon row that is filled; several if coordinated.

    With `pronouns`, a pronoun that means no actor is a target as well.
    """
    for place in match.entry.when.split("|"):
        heads = list(PLACES[place](annotated, match, anchor) if place in PLACES else _after(annotated, match, place))
        if place in WHOLE:
            return [Target(head, *phrase(annotated, head), None) for head in heads]
        found = [_target(annotated, head, match) or (_pronoun(annotated, head) if pronouns else None) for head in heads]
        targets = [t for t in found if t and _allowed(place, t)]
        targets = [t for t in targets if not _broken_off(annotated, match, t)]
        if targets:
            return targets
    return []


def refers_back(annotated: AnnotatedArticle, match: Match, anchor: Token) -> bool:
    """Whether an evaluation is said of what came before ("… , calling it a mistake")."""
    if match.entry.when != "subject" or not is_a(head_of(annotated, anchor), "deems"):
        return False
    return any(head.text.lower() in _BACK for head in _evaluated(annotated, match, anchor))


def _broken_off(annotated: AnnotatedArticle, match: Match, target: Target) -> bool:
    """A colon or semicolon between expression and target: the parse has joined what the writer parted."""
    between = annotated.tokens[min(match.last, target.last) : max(match.first, target.first)]
    return any(token.text in (":", ";") for token in between)


def _allowed(place: str, target: Target) -> bool:
    return not (place in ("thing", "given") and target.actor) and not (place == "actor" and target.actor is None)


def _object(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    understood = is_headline_passive(annotated, anchor) or is_detached(annotated, anchor)
    if understood or is_passive(annotated, anchor):
        subject = subject_of(annotated, anchor, ANY_SUBJECT if understood else ("nsubjpass",))
        if subject is not None:
            yield from coordinated(annotated, subject)
        return
    found = [antecedent(annotated, t) for t in annotated.children_of(anchor, "dobj") if t.index >= match.first]
    if not found:
        found = [t for t in annotated.children_of(anchor, "xcomp", "ccomp") if t.tag == "VBG" and t.index > match.first]
    gap = anchor.dep == "relcl" and not any(annotated.children_of(anchor, "ccomp", "xcomp"))
    if not found and gap and next(annotated.children_of(anchor, *ANY_SUBJECT), None):
        found = [head_of(annotated, anchor)]
    for head in found:
        yield from coordinated(annotated, head)


def _infinitive(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    for i in range(match.first, match.last):
        for token in annotated.children_of(annotated.tokens[i], "xcomp", "acl", "ccomp", "advcl", "relcl"):
            if token.index > anchor.index and is_infinitive(annotated, token):
                yield token
                return


def _own_object(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    for head in annotated.children_of(annotated.tokens[match.last - 1], "pobj", "pcomp"):
        yield from coordinated(annotated, head)


def _after(annotated: AnnotatedArticle, match: Match, preposition: str) -> Iterator[Token]:
    """Objects of a preposition that hangs on the expression, else on the verb whose object it is."""
    last = annotated.tokens[match.last - 1]
    found = [t for i in range(match.first, match.last) for t in _objects_of(annotated, i, match, preposition)]
    if not found and last.dep == "dobj":
        found = list(_objects_of(annotated, last.head, match, preposition))
    for head in found:
        yield from coordinated(annotated, head)


def _objects_of(annotated: AnnotatedArticle, governor: int, match: Match, preposition: str) -> Iterator[Token]:
    for prep in annotated.children_of(annotated.tokens[governor], "prep", "dative", "agent"):
        if prep.text.lower() == preposition and prep.index >= match.first:
            yield from annotated.children_of(prep, "pobj", "pcomp")


def _undergone(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    """Who draws, faces or wins what the expression says: "X drew criticism", "X came under fire from"."""
    verb = undergoing_verb(annotated, anchor)
    subject = subject_of(annotated, verb, ANY_SUBJECT) if verb is not None else None
    if verb is None and anchor.pos == "ADP" and head_of(annotated, anchor).pos in ("NOUN", "PROPN"):
        subject = head_of(annotated, anchor)  # "X, under fire from critics, …"
    if subject is not None:
        yield from coordinated(annotated, subject)


def evaluated_by(annotated: AnnotatedArticle, anchor: Token) -> Token | None:
    """The verb by which somebody gives its object the evaluation ("call it a mistake"); None where there is none."""
    verb = _evaluating_verb(annotated, anchor)
    return verb if verb is not None and is_a(verb, "deems") else None


def judged(annotated: AnnotatedArticle, target: Target, anchor: Token) -> Mention | None:
    """The actor of whom something is praised or blamed: to praise somebody's steady hand is to praise that one."""
    if target.actor is not None or not is_a(anchor, "judges"):
        return target.actor
    owners = annotated.children_of(target.head, "poss")
    return next((m for owner in owners if (m := annotated.mention_at.get(owner.index)) is not None), None)


def _evaluated(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    """What an evaluation is said of: the subject of "is wrong", the object of "call it wrong"."""
    verb = _evaluating_verb(annotated, anchor)
    own = next(annotated.children_of(anchor, "nsubj"), None)
    if verb is None or own is not None:
        yield from [own] if own is not None and verb is not None else []
    elif is_a(verb, "deems"):
        yield from islice(annotated.children_of(verb, "nsubjpass" if is_passive(annotated, verb) else "dobj"), 1)
    elif verb.lemma in ("be", "become", "remain") and anchor.dep in ("acomp", "attr"):
        yield from _subject_of_copula(annotated, verb, anchor)


def _evaluating_verb(annotated: AnnotatedArticle, anchor: Token) -> Token | None:
    above = head_of(annotated, anchor)
    if anchor.dep == "pcomp" or (above.pos in ("ADP", "SCONJ") and above.text.lower() == "as"):
        return head_of(annotated, above)
    of_two = anchor.dep == "dobj" and is_a(above, "deems") and next(annotated.children_of(above, "dobj")) is not anchor
    return above if of_two or anchor.dep in ("acomp", "attr", "oprd", "ccomp") else None


def _subject_of_copula(annotated: AnnotatedArticle, verb: Token, anchor: Token) -> Iterator[Token]:
    subject = next(annotated.children_of(verb, "nsubj", "csubj"), None)
    if subject is not None and subject.lemma == "it":  # "it is wrong to …"
        clauses = [t for part in (verb, anchor) for t in annotated.children_of(part, "ccomp", "xcomp", "csubj")]
        yield from ([t for t in clauses if t.index > anchor.index] or [subject])[:1]
    elif subject is not None:
        yield from coordinated(annotated, antecedent(annotated, subject))


def _clause(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    """What somebody demands or fears "that" it be so."""
    for token in annotated.children_of(anchor, "ccomp", "acl", "relcl"):
        has_subject = any(annotated.children_of(token, *ANY_SUBJECT))
        if token.index > anchor.index and has_subject and (token.dep == "ccomp" or _has_that(annotated, token)):
            yield token
            return


def _being(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    """What a demand or goal is said to be."""
    verb = head_of(annotated, anchor)
    if anchor.dep == "nsubj" and verb.lemma in ("be", "remain"):
        yield from (t for t in annotated.children_of(verb, "ccomp", "xcomp", "attr") if t.index > anchor.index)


def _has_that(annotated: AnnotatedArticle, verb: Token) -> bool:
    return any(mark.lemma == "that" for mark in annotated.children_of(verb, "mark"))


def _itself(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    yield anchor


PLACES: dict[str, Callable[[AnnotatedArticle, Match, Token], Iterator[Token]]] = {
    "object": _object,
    "thing": _object,
    "actor": _object,
    "infinitive": _infinitive,
    "pobj": _own_object,
    "subject": _evaluated,
    "clause": _clause,
    "given": _object,
    "be": _being,
    "self": _itself,
    "said": _itself,
    "own": _itself,
    "undergone": _undergone,
}
WHOLE = ("self", "said", "own")  # the expression is part of its own target


def _target(annotated: AnnotatedArticle, head: Token, match: Match) -> Target | None:
    mention = annotated.mention_at.get(head.index)
    if mention is None and head.dep == "appos":  # "Lund, the director accused of fraud"
        mention = annotated.mention_at.get(head.head)
    event = _event_of(annotated, mention) if mention is not None else None
    if mention is not None and event is None:
        return Target(head, mention.first, mention.last, mention)
    if head.pos in ("PRON", "NUM", "DET", "SYM", "PUNCT", "SPACE") or head.lemma in _EMPTY or head.entity in NUMBERS:
        return None
    if head.dep == "conj" and head.lemma in _stance_nouns():
        return None  # "voiced opposition to X and support for Y", misread as opposition to support
    first, last = phrase(annotated, head)
    if event is not None:
        last = max(last, phrase(annotated, event)[1])
    if first < match.last and match.first < last:  # the parse folded target and expression into one phrase
        first, last = (match.last, last) if head.index >= match.last else (first, match.first)
    return Target(head, first, last, None) if first <= head.index < last else None


def _pronoun(annotated: AnnotatedArticle, head: Token) -> Target | None:
    known = annotated.mention_at.get(head.index)
    return Target(head, head.index, head.index + 1, None) if head.text.lower() in ANAPHORS and not known else None


def _event_of(annotated: AnnotatedArticle, mention: Mention) -> Token | None:
    """ "Ukraine joining the Union" is an event, not Ukraine."""
    following = annotated.tokens[mention.last : mention.last + 1]
    return following[0] if following and following[0].tag == "VBG" and following[0].pos == "VERB" else None
