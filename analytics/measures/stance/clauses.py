"""Reads clauses off the parse: who their subject is, whether they are passive, what a phrase covers."""

from __future__ import annotations

from collections.abc import Iterator

from ...article import AnnotatedArticle, Token

SUBJECTS = ("nsubj",)
ANY_SUBJECT = ("nsubj", "nsubjpass")
PREDICATES = frozenset({"acomp", "attr", "oprd"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_LONGEST_CLIMB = 6
_CLAUSES = frozenset({"relcl", "advcl", "mark", "parataxis", "dep", "meta", "intj"})
_HUNG_ON = _CLAUSES | {"cc", "conj", "preconj"}
_MARKS = frozenset("- – / ' ‘ ’ ( ) \" “ ”".split())


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
    if verb.tag != "VBN":
        return False
    if verb.dep == "acl" or any(annotated.children_of(verb, "auxpass", "agent")):
        return True
    return verb.dep == "conj" and not any(annotated.children_of(verb, "aux", "dobj", *SUBJECTS)) and is_passive(
        annotated, head_of(annotated, verb)
    )


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
    return None


def _verb_above(annotated: AnnotatedArticle, token: Token) -> Token:
    head = head_of(annotated, token)
    return head_of(annotated, head) if head.dep == "prep" else head


def coordinated(annotated: AnnotatedArticle, token: Token) -> Iterator[Token]:
    """A token and what is coordinated with it (not what "but" sets against it)."""
    yield token
    if any(child.lemma in ("but", "not") for child in annotated.children_of(token, "cc", "neg")):
        return
    for child in annotated.children_of(token, "conj"):
        yield from coordinated(annotated, child)


def phrase(annotated: AnnotatedArticle, head: Token) -> tuple[int, int]:
    """Token range of the phrase under a head, without clauses and coordinations hung on to the head."""
    kept = {head.index}
    stack = [head]
    while stack:
        token = stack.pop()
        dropped = _HUNG_ON if token is head and head.pos not in ("VERB", "AUX") else _CLAUSES
        for child in annotated.children_of(token):
            clause = child.dep in dropped or (child.dep == "conj" and child.pos in ("VERB", "AUX") and token is not head)
            if not clause and (child.dep != "punct" or child.text in _MARKS):
                kept.add(child.index)
                stack.append(child)
    first = last = head.index
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    tokens = annotated.tokens
    while first < head.index and (tokens[first].text.lower() in ("to", "for", "that") or tokens[first].text in _MARKS):
        first += 1
    while last > head.index and (tokens[last].text in _MARKS or tokens[last].dep == "cc"):
        last -= 1
    return first, last + 1 + _closes(tokens, first, last)


def _closes(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether the next token closes a bracket or quotation that the phrase opens (and the parse hangs elsewhere)."""
    inside = [token.text for token in tokens[first : last + 1]]
    following = tokens[last + 1].text if last + 1 < len(tokens) else ""
    opening = {")": "(", "”": "“", "’": "‘", "\"": "\"", "'": "'"}.get(following)
    count = inside.count(following) if opening == following else inside.count(opening or "") - inside.count(following)
    return opening is not None and count % 2 == 1
