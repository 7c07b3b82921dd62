"""Where the target of an expression stands, and what it is: an actor or a proposition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...article import AnnotatedArticle, Mention, Token
from ..matching import Match
from .clauses import ANY_SUBJECT, antecedent, coordinated, head_of, is_infinitive, is_passive, phrase, subject_of
from .contexts import is_a

_NEVER = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
_EMPTY = frozenset("one other another each both all that this these those something anything everything nothing "
    "time day week month year moment hour example instance sake while now".split())

_BACK = frozenset({"it", "this", "that"})


class Target(NamedTuple):
    """The head of a target, its phrase as a token range, and the actor it names (None: a proposition)."""

    head: Token
    first: int
    last: int
    actor: Mention | None


def anchor_of(annotated: AnnotatedArticle, match: Match) -> Token:
    """The token of an expression that the rest of it hangs on."""
    inside = range(match.first, match.last)
    for i in inside:
        token = annotated.tokens[i]
        if token.head not in inside or token.head == i:
            return token
    return annotated.tokens[match.first]


def find_targets(annotated: AnnotatedArticle, match: Match, anchor: Token) -> list[Target]:
    """Targets at the first place named in the lexicon row that is filled; several if coordinated."""
    for place in match.entry.when.split("|"):
        heads = list(_PLACES[place](annotated, match, anchor) if place in _PLACES else _after(annotated, match, place))
        targets = [t for head in heads if (t := _target(annotated, head, match)) and _allowed(place, t)]
        if targets:
            return targets
    return []


def refers_back(annotated: AnnotatedArticle, match: Match, anchor: Token) -> bool:
    """Whether an evaluation is said of what came before ("… , calling it a mistake")."""
    if match.entry.when != "subject" or not is_a(head_of(annotated, anchor), "deems"):
        return False
    return any(head.text.lower() in _BACK for head in _evaluated(annotated, match, anchor))


def _allowed(place: str, target: Target) -> bool:
    return not (place == "thing" and target.actor) and not (place == "actor" and target.actor is None)


def _object(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    if is_passive(annotated, anchor):
        subject = subject_of(annotated, anchor, ("nsubjpass",))
        if subject is not None:
            yield from coordinated(annotated, subject)
        return
    found = [antecedent(annotated, t) for t in annotated.children_of(anchor, "dobj") if t.index >= match.first]
    if not found:
        found = [t for t in annotated.children_of(anchor, "xcomp", "ccomp") if t.tag == "VBG" and t.index > anchor.index]
    if not found and anchor.dep == "relcl" and next(annotated.children_of(anchor, *ANY_SUBJECT), None):
        found = [head_of(annotated, anchor)]
    for head in found:
        yield from coordinated(annotated, head)


def _infinitive(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    for i in range(match.first, match.last):
        for token in annotated.children_of(annotated.tokens[i], "xcomp", "acl", "ccomp", "advcl", "relcl"):
            if token.index > anchor.index and is_infinitive(annotated, token):
                yield token
                return


def _clause(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    yield from (t for t in annotated.children_of(anchor, "ccomp") if t.index > anchor.index)


def _own_object(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    for head in annotated.children_of(annotated.tokens[match.last - 1], "pobj", "pcomp"):
        yield from coordinated(annotated, head)


def _after(annotated: AnnotatedArticle, match: Match, preposition: str) -> Iterator[Token]:
    """Objects of a preposition that hangs on the expression."""
    for i in range(match.first, match.last):
        for prep in annotated.children_of(annotated.tokens[i], "prep", "dative"):
            if prep.text.lower() == preposition and prep.index >= match.first:
                for head in annotated.children_of(prep, "pobj", "pcomp"):
                    yield from coordinated(annotated, head)


def _evaluated(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Iterator[Token]:
    """What an evaluation is said of: the subject of "is wrong", the object of "call it wrong"."""
    above = head_of(annotated, anchor)
    if anchor.dep == "pobj" and above.text.lower() == "as":
        verb = head_of(annotated, above)
    elif anchor.dep in ("acomp", "attr", "oprd", "ccomp", "pcomp"):
        verb = head_of(annotated, above) if anchor.dep == "pcomp" else above
    else:
        return
    own = next(annotated.children_of(anchor, "nsubj"), None)
    if own is not None:
        yield own
    elif is_a(verb, "deems"):
        deps = ("nsubjpass",) if is_passive(annotated, verb) else ("dobj", "nsubj") if anchor.dep == "oprd" else ("dobj",)
        objects = [t for t in annotated.children_of(verb, *deps) if "nsubj" != t.dep or t.index > verb.index]
        yield from objects[:1]
    elif verb.lemma in ("be", "become", "remain") and anchor.dep in ("acomp", "attr"):
        subject = next(annotated.children_of(verb, "nsubj", "csubj"), None)
        if subject is not None and subject.lemma == "it":
            clause = [t for part in (verb, anchor) for t in annotated.children_of(part, "ccomp", "xcomp", "csubj")]
            yield from ([t for t in clause if t.index > anchor.index] or [subject])[:1]
        elif subject is not None:
            yield from coordinated(annotated, antecedent(annotated, subject))


_PLACES: dict[str, Callable[[AnnotatedArticle, Match, Token], Iterator[Token]]] = {
    "object": _object,
    "thing": _object,
    "actor": _object,
    "infinitive": _infinitive,
    "clause": _clause,
    "pobj": _own_object,
    "subject": _evaluated,
}


def _target(annotated: AnnotatedArticle, head: Token, match: Match) -> Target | None:
    mention = annotated.mention_at.get(head.index)
    if mention is not None and not _heads_a_clause(annotated, head):
        return Target(head, mention.first, mention.last, mention)
    if head.pos in ("PRON", "NUM", "DET", "SYM", "PUNCT", "SPACE") or head.lemma in _EMPTY or head.entity in _NEVER:
        return None
    first, last = phrase(annotated, head)
    if first < match.last and match.first < last:  # the parse folded target and expression into one phrase
        first, last = (match.last, last) if head.index >= match.last else (first, match.first)
    return Target(head, first, last, None) if first <= head.index < last else None


def _heads_a_clause(annotated: AnnotatedArticle, head: Token) -> bool:
    """ "Ukraine joining the Union" is an event, not Ukraine."""
    return any(child.tag == "VBG" and child.index > head.index for child in annotated.children_of(head, "acl"))
