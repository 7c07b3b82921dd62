"""Reads clauses off the parse: who their subject is, whether they are passive, what a phrase covers."""

from __future__ import annotations

from ...annotation.passives import undergoer
from ...article import AnnotatedArticle, Token

SUBJECTS = ("nsubj",)
ANY_SUBJECT = ("nsubj", "nsubjpass")
PREDICATES = frozenset({"acomp", "attr", "oprd"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_LONGEST_CLIMB = 6
_LONGEST_LIST = 20
_CLAUSES = frozenset({"relcl", "advcl", "parataxis", "dep", "meta", "intj"})
_HUNG_ON = _CLAUSES | {"cc", "conj", "preconj"}
_MARKS = frozenset(",-–/'‘’()\"“”")
_CLOSING = {")": "(", "”": "“", "’": "‘", '"': '"', "'": "'"}


def head_of(annotated: AnnotatedArticle, token: Token) -> Token:
    return annotated.tokens[token.head]


def antecedent(annotated: AnnotatedArticle, token: Token) -> Token:
    """The noun a relative pronoun stands for; any other token stands for itself."""
    if token.tag not in _RELATIVE and not (token.lemma == "that" and token.pos == "PRON"):
        return token
    at = token
    for _ in range(_LONGEST_CLIMB):
        if at.dep == "relcl":
            return head_of(annotated, at)
        if at.head == at.index:
            break
        at = head_of(annotated, at)
    return token


def is_passive(annotated: AnnotatedArticle, verb: Token) -> bool:
    """Passive clauses and participles after a noun (a plan opposed by …)."""
    for _ in range(_LONGEST_CLIMB):
        if verb.tag != "VBN":
            return False
        if verb.dep == "acl" or any(annotated.children_of(verb, "auxpass", "agent")):
            return True
        if verb.dep != "conj" or any(annotated.children_of(verb, "aux", "dobj", *SUBJECTS)):
            return False
        verb = head_of(annotated, verb)  # "was seen and heard"
    return False


def is_detached(annotated: AnnotatedArticle, verb: Token) -> bool:
    """A participle that hangs on a clause: "Derided by voters, Brandt resigned"."""
    alone = verb.tag == "VBN" and verb.dep == "advcl"
    return alone and not any(annotated.children_of(verb, "aux", "auxpass", "dobj", "mark", *ANY_SUBJECT))


def is_headline_passive(annotated: AnnotatedArticle, verb: Token) -> bool:
    """A headline's passive without its auxiliary ("Brandt praised for rescue")."""
    sentence = annotated.sentence_at(verb.start)
    if sentence is None or not sentence.in_title or is_passive(annotated, verb):
        return False
    return undergoer(verb, annotated.tokens, annotated.syntax.children, headline=True) is not None


def is_infinitive(annotated: AnnotatedArticle, verb: Token) -> bool:
    return any(child.tag == "TO" for child in annotated.children_of(verb, "aux"))


def subject_of(annotated: AnnotatedArticle, token: Token, deps: tuple[str, ...] = SUBJECTS) -> Token | None:
    """The subject of a verb or predicate, own or understood; None where the parse leaves it open.

    Participles and shared predicates take the subject of the clause they belong to; subjects that
    another verb's object controls ("urged Lund to resign", "accused Lund of backing") are left open.
    """
    for _ in range(_LONGEST_CLIMB):
        own = next(annotated.children_of(token, *deps), None)
        if own is not None:
            return antecedent(annotated, own)
        head = head_of(annotated, token)
        if token.dep in PREDICATES or token.dep == "prep":
            if head.pos not in ("VERB", "AUX"):
                return head if head.pos in ("NOUN", "PROPN", "PRON") else None
        elif token.dep == "acl":
            return None if is_infinitive(annotated, token) else head
        elif token.dep == "amod":
            return head
        elif token.dep in ("xcomp", "pcomp", "advcl", "ccomp"):
            if token.dep != "advcl" and any(annotated.children_of(_verb_above(annotated, token), "dobj")):
                return None
            if token.tag in ("VBZ", "VBP") or (token.dep == "ccomp" and token.tag != "VBG"):
                return None
        elif token.dep != "conj":
            return None
        token = head
        deps = ANY_SUBJECT if deps == SUBJECTS else deps  # "was shocked and rejected …"
    return None


def _verb_above(annotated: AnnotatedArticle, token: Token) -> Token:
    head = head_of(annotated, token)
    return head_of(annotated, head) if head.dep == "prep" else head


def coordinated(annotated: AnnotatedArticle, token: Token) -> list[Token]:
    """A token and what is coordinated with it (not what "but" sets against it)."""
    found = [token]
    for each in found:  # grows on the way
        if len(found) > _LONGEST_LIST:
            break
        if not any(child.lemma in ("but", "not") for child in annotated.children_of(each, "cc", "neg")):
            found += annotated.children_of(each, "conj")
    return found


def first_conjunct(annotated: AnnotatedArticle, token: Token) -> Token:
    """The first of a coordination, as far as it is of one part of speech."""
    while token.dep == "conj" and head_of(annotated, token).pos == token.pos:
        token = head_of(annotated, token)
    return token


def phrase(annotated: AnnotatedArticle, head: Token) -> tuple[int, int]:
    """Token range of the phrase under a head, without clauses and coordinations hung on to the head."""
    tokens, kept, stack = annotated.tokens, {head.index}, [head]
    while stack:
        token = stack.pop()
        for child in annotated.children_of(token):
            if _belongs(child, token, head):
                kept.add(child.index)
                stack.append(child)
    first = last = head.index
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    while first < head.index and (tokens[first].text.lower() in ("to", "for", "that") or tokens[first].text in _MARKS):
        first += 1
    while last > head.index and (tokens[last].text in _MARKS or tokens[last].dep == "cc"):
        last -= 1
    return first, last + 1 + _closes(tokens, first, last)


def _belongs(child: Token, token: Token, head: Token) -> bool:
    if child.dep == "punct":
        return child.text in _MARKS
    if child.dep == "conj" and token is not head:
        return child.pos not in ("VERB", "AUX")
    return child.dep not in (_HUNG_ON if token is head and head.pos not in ("VERB", "AUX") else _CLAUSES)


def _closes(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether the next token closes a bracket or quotation opened in the phrase (the parse may hang it elsewhere)."""
    closing = tokens[last + 1].text if last + 1 < len(tokens) else ""
    opening = _CLOSING.get(closing)
    if opening is None:
        return False
    inside = [token.text for token in tokens[first : last + 1]]
    return (inside.count(opening) - (inside.count(closing) if closing != opening else 0)) % 2 == 1
