"""Claims of a text: its clauses, each with the words that say who, what, where and how many."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..article import AnnotatedArticle, Sentence, Token

_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis", "csubj", "pcomp", "xcomp"})
_OF_A_NOUN = frozenset({"relcl", "acl"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
_SAYING = frozenset("say tell add report announce state write quote cite claim think believe ask".split())
_EMPTY = frozenset("be have do get also more most very still just only even other such say tell".split())
_LINKS = frozenset({"PUNCT", "CCONJ"})
_FEWEST = 2  # content words


class Claim(NamedTuple):
    """A clause without the clauses in it. `words` is its text, `lemmas` its content words; offsets hold all of it."""

    sentence: int  # position in the article's sentences
    start: int
    end: int
    words: str
    verb: str
    lemmas: frozenset[str]
    head: int  # token of the verb
    tokens: tuple[int, ...]


def claims(annotated: AnnotatedArticle) -> Iterator[Claim]:
    """The claims of the body's sentences, boilerplate apart; a verb of saying that introduces others is none.

    A clause that belongs to a noun (“marines who fled”) holds the noun, one that shares the subject of the clause
    before it (“came and left”) the subject.
    """
    cues = {x.cue_start for x in annotated.attributions}
    for number, sentence in enumerate(annotated.sentences):
        if not sentence.in_title and annotated.boilerplate_at(sentence.start) is None:
            yield from _of_sentence(annotated, number, sentence, cues)


def _of_sentence(
    annotated: AnnotatedArticle, number: int, sentence: Sentence, cues: Collection[int | None]
) -> Iterator[Claim]:
    heads = {t.index: t for t in annotated.tokens_of(sentence) if _is_clause(annotated, t)}
    for head in heads.values():
        says = head.lemma in _SAYING or head.start in cues
        if says and any(child.index in heads for child in annotated.children_of(head, "ccomp")):
            continue
        inside = [annotated.tokens[i] for i in sorted(_inside(annotated, head, heads))]
        lemmas = frozenset(t.lemma for t in inside if t.pos in _CONTENT and t.lemma not in _EMPTY)
        if len(lemmas) >= _FEWEST:
            words = " ".join(t.text for t in inside)
            tokens = tuple(t.index for t in inside)
            yield Claim(number, inside[0].start, inside[-1].end, words, head.lemma, lemmas, head.index, tokens)


def _is_clause(annotated: AnnotatedArticle, token: Token) -> bool:
    if token.dep == "ROOT":
        return True
    if token.pos not in ("VERB", "AUX"):
        return False
    return token.dep in _CLAUSES or (token.dep == "conj" and annotated.tokens[token.head].pos in ("VERB", "AUX"))


def _inside(annotated: AnnotatedArticle, head: Token, heads: dict[int, Token]) -> set[int]:
    """The tokens of a clause: what hangs from its head, but for other clauses and marks."""
    found, stack = set(), [head]
    while stack:
        token = stack.pop()
        found.add(token.index)
        stack += [c for c in annotated.children_of(token) if c.index not in heads and c.pos not in _LINKS]
    above = annotated.tokens[head.head]
    if head.dep in _OF_A_NOUN:
        found |= _noun(annotated, above)
    elif head.dep in ("conj", "xcomp") and not any(annotated.children_of(head, "nsubj", "nsubjpass")):
        for subject in annotated.children_of(above, "nsubj", "nsubjpass"):
            found |= _noun(annotated, subject)
    return found


def _noun(annotated: AnnotatedArticle, token: Token) -> set[int]:
    """A noun with the words that name it."""
    return {token.index, *(c.index for c in annotated.children_of(token, "compound", "amod", "nummod", "poss"))}
