"""What the words around an expression do to it: turn it round, weaken it, or leave it unasserted."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ...article import AnnotatedArticle, Token
from ...knowledge.lexicon import load
from ..lexical.matching import Match
from .clauses import ANY_SUBJECT, PREDICATES, first_conjunct, head_of, is_infinitive

_NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly", "scarcely"})
_NO = frozenset({"no", "little", "scant", "neither"})  # before a noun
_DOUBT = frozenset({"may", "might", "could", "would", "can", "ca"})
_DUTY = frozenset({"should", "must", "ought"})
_HYPOTHETICAL = frozenset({"if", "unless", "whether"})
_ADDITIVE = frozenset({"only", "just", "merely", "simply"})
_LONGEST_CLIMB = 6


class StanceContext(NamedTuple):
    """How an expression is meant: turned round, in doubt, as a duty ("must support")."""

    negated: bool = False
    weak: bool = False
    duty: bool = False
    negation: int | None = None  # the word nearest to the expression that turns it round

    def under(self, other: StanceContext) -> StanceContext:
        """This context with that of a word over it."""
        return StanceContext(
            self.negated != other.negated,
            self.weak or other.weak,
            self.duty or other.duty,
            other.negation if self.negation is None else self.negation,
        )


@cache
def _labels() -> dict[str, frozenset[str]]:
    return {entry.pattern: frozenset(entry.label.split("|")) for entry in load("stance_contexts")}


def is_a(token: Token, label: str) -> bool:
    """Whether `stance_contexts.tsv` gives a word a label."""
    return label in _labels().get(token.lemma, ())


def undergoing_verb(annotated: AnnotatedArticle, anchor: Token) -> Token | None:
    """The verb whose subject undergoes what a noun or phrase of stance says; None where there is none."""
    noun = first_conjunct(annotated, anchor)
    above = head_of(annotated, noun)
    if noun.dep == "pobj":
        above = head_of(annotated, above)
    placed = noun.dep in ("dobj", "pobj", "nsubjpass") or noun.pos == "ADP"
    return above if placed and above.pos in ("VERB", "AUX") and is_a(above, "undergoes") else None


def context_of(annotated: AnnotatedArticle, match: Match, anchor: Token, *, reported: bool) -> StanceContext | None:
    """The context of an expression: its clause and what governs it; None: not asserted."""
    context, token = StanceContext(), anchor
    if "undergone" in match.entry.when.split("|"):
        token = undergoing_verb(annotated, anchor) or anchor
    for _ in range(_LONGEST_CLIMB):
        own = _own(annotated, token, match, reported)
        if own is None:
            return None
        context = context.under(own)
        above = _governed(annotated, token)
        if above is None:
            return None
        governor, effect = above
        context = context.under(effect)
        if governor is None:
            return context
        token = governor
    return context


def _own(annotated: AnnotatedArticle, token: Token, match: Match, reported: bool) -> StanceContext | None:
    """Negation and modality among a token's own dependents; None inside a hypothesis."""
    negations = [found for t in annotated.children_of(token) if (found := _negation(annotated, t, token, match))]
    weak = duty = False
    for child in annotated.children_of(token, "aux", "mark"):
        if child.dep == "mark" and child.lemma in _HYPOTHETICAL:
            return None
        if child.tag == "MD":
            word = child.text.lower()
            backshift = reported and word == "would" and not _has_condition(annotated, token)
            weak = weak or (word in _DOUBT and not negations and not backshift)
            duty = duty or word in _DUTY
    nearest = negations[-1].index if negations else None
    return StanceContext(len(negations) % 2 == 1, weak, duty, nearest)


def _negation(annotated: AnnotatedArticle, child: Token, head: Token, match: Match) -> Token | None:
    """The negating word that a dependent is or contains."""
    if match.first <= child.index < match.last:
        return None
    word = child.text.lower()
    if word in _NOT and child.dep in ("neg", "advmod", "punct", "preconj", "cc", "dep"):
        following = annotated.tokens[child.index + 1].text.lower() if child.index + 1 < len(annotated.tokens) else ""
        return None if following in _ADDITIVE else child
    if word in _NO:
        before_noun = head.pos == "NOUN" and child.index < head.index and child.dep in ("det", "amod", "neg")
        return child if before_noun else None
    if child.dep == "advmod" and word in ("longer", "more"):
        return next((t for t in annotated.children_of(child) if t.text.lower() == "no"), None)
    if child.dep in ANY_SUBJECT:  # "neither Lund nor Moor supports"
        return next((t for t in annotated.children_of(child) if t.text.lower() in ("neither", "nor")), None)
    return None


def _has_condition(annotated: AnnotatedArticle, verb: Token) -> bool:
    clauses = annotated.children_of(verb, "advcl")
    return any(t.lemma in _HYPOTHETICAL for clause in clauses for t in annotated.children_of(clause, "mark"))


_STOP: tuple[None, StanceContext] = (None, StanceContext())
Above = tuple[Token | None, StanceContext]


def _governed(annotated: AnnotatedArticle, token: Token) -> Above | None:
    """What stands over a token and what it does to it; (None, …) where the climb ends."""
    head = head_of(annotated, token)
    if head is token:
        return _STOP
    if token.dep in PREDICATES or token.dep == "prep":
        if head.pos not in ("VERB", "AUX", "NOUN", "ADJ"):
            return _STOP
        return head, StanceContext() if is_a(head, "deems") else _effect(head)
    if token.pos in ("VERB", "AUX"):
        return _over_verb(annotated, token, head)
    if token.dep == "conj":
        return _STOP if any(t.lemma == "but" for t in annotated.children_of(head, "cc")) else (head, _effect(head))
    if token.dep == "dobj":
        if is_a(head, "unasserted"):
            return None
        labelled = any(is_a(head, label) for label in ("light", "negates", "weakens"))
        return (head, _effect(head)._replace(duty=False)) if labelled else _STOP
    if token.dep == "pobj" and head.text.lower() == "without":
        return None, StanceContext(negated=True, negation=head.index)
    return _STOP


def _over_verb(annotated: AnnotatedArticle, verb: Token, head: Token) -> Above | None:
    infinitive = is_infinitive(annotated, verb)
    if verb.tag == "VB" and verb.dep != "conj" and not any(annotated.children_of(verb, "aux")):
        return None  # "helped them support"
    if verb.dep in ("xcomp", "acl", "ccomp", "advcl") and infinitive:
        licensed = any(is_a(head, label) for label in ("keeps", "negates", "weakens", "obliges"))
        return (head, _effect(head)) if licensed and verb.dep != "advcl" and not is_a(head, "unasserted") else None
    if verb.dep == "xcomp":
        return None if is_a(head, "unasserted") else (head, _effect(head))
    if verb.dep == "ccomp":
        return _over_clause(annotated, verb, head)
    if verb.dep == "pcomp":
        word = head.text.lower()
        if word in ("without", "from"):
            return None, StanceContext(negated=True, negation=head.index)
        close_to = word == "to" and not is_a(head_of(annotated, head), "keeps")  # "came close to rejecting"
        return None if word == "of" or close_to else _STOP
    if verb.dep == "conj" and not any(annotated.children_of(verb, "aux", "auxpass", *ANY_SUBJECT)):
        return _over_conjunct(annotated, verb, head)
    return _STOP


def _over_clause(annotated: AnnotatedArticle, verb: Token, head: Token) -> Above | None:
    if is_a(head, "doubts") or (head.tag == "VB" and not any(annotated.children_of(head, "aux"))):
        return None  # "never heard her say that …"
    if any(t.dep == "neg" for t in annotated.children_of(head)):
        return (None, StanceContext(negated=True)) if is_a(head, "thinks") else None
    return _STOP


def _over_conjunct(annotated: AnnotatedArticle, verb: Token, head: Token) -> Above | None:
    """A verb that shares another's subject shares what governs both, and negation after "or"."""
    while head.dep == "conj" and not any(annotated.children_of(head, "aux", "auxpass", *ANY_SUBJECT)):
        head = head_of(annotated, head)
    if head.pos not in ("VERB", "AUX"):
        return _STOP
    if verb.tag == "VB" and head.tag != "VB":
        return None  # a bare verb of something else
    weak = duty = False
    if verb.tag in ("VB", "VBP"):
        auxiliaries = [t.text.lower() for t in annotated.children_of(head, "aux") if t.tag == "MD"]
        weak, duty = bool(_DOUBT.intersection(auxiliaries)), bool(_DUTY.intersection(auxiliaries))
    either = any(t.lemma in ("or", "nor") for t in annotated.children_of(head, "cc"))
    shared = StanceContext(either and any(t.dep == "neg" for t in annotated.children_of(head)), weak, duty)
    if verb.tag != "VB" or not is_infinitive(annotated, head) or head.dep == "conj":
        return None, shared
    above = _over_verb(annotated, head, head_of(annotated, head))
    return above and (above[0], above[1].under(shared))


def _effect(governor: Token) -> StanceContext:
    turned = is_a(governor, "negates")
    return StanceContext(
        turned, is_a(governor, "weakens"), is_a(governor, "obliges"), governor.index if turned else None
    )
