"""What a cue bears on: the clause or phrase of the parse that it modifies."""

from __future__ import annotations

from ...article import AnnotatedArticle, Token
from .matching import Match

_CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp")
_OUTSIDE = ("punct", "cc", "conj", "parataxis")  # at the edges of a clause, not in its scope


def scope(annotated: AnnotatedArticle, match: Match) -> tuple[int, int]:
    """Character span that a cue bears on; it always covers the cue itself.

    - modal and conjunction (*may*, *if*): the clause they belong to
    - verb, adjective or noun with a complement (*suggest*, *likely*, *doubt*): cue and complement
    - in front of a word that they modify (*practically impossible*, *about 200 men*): up to that word
    - else the clause of the cue
    """
    token = annotated.anchor(match.first, match.last)
    head = annotated.tokens[token.head]
    if token.dep in ("aux", "auxpass", "mark"):
        return _span(annotated, match, _clause(annotated, head))
    complements = list(annotated.children_of(token, *_CLAUSAL))
    if token.dep in ("acomp", "oprd", "attr", "dobj"):
        complements += annotated.children_of(head, "ccomp", "xcomp", "advcl")
    if complements:
        return _span(annotated, match, [i for c in complements for i in _clause(annotated, c)])
    if token.dep in ("advmod", "amod", "quantmod", "det", "nummod", "neg") and head.pos not in ("VERB", "AUX"):
        number = head.dep in ("nummod", "quantmod", "amod", "det") and head.pos in ("NUM", "ADJ", "DET")
        reach = annotated.tokens[head.head] if number else head
        return min(match.start, head.start), max(match.end, head.end, reach.end)
    if token.pos in ("NOUN", "PROPN") and match.entry.label != "universal":
        return _span(annotated, match, _clause(annotated, token))
    return _span(annotated, match, _clause(annotated, _verb_above(annotated, token)))


def _verb_above(annotated: AnnotatedArticle, token: Token) -> Token:
    while token.pos not in ("VERB", "AUX") and token.head != token.index:
        token = annotated.tokens[token.head]
    return token


def _clause(annotated: AnnotatedArticle, head: Token) -> list[int]:
    """Token indices of a clause or phrase, without what is coordinated with it."""
    indices = [head.index]
    for child in annotated.children_of(head):
        if child.dep not in _OUTSIDE:
            indices += annotated.subtree(child)
    return indices


def _span(annotated: AnnotatedArticle, match: Match, indices: list[int]) -> tuple[int, int]:
    """The stretch of the sentence that holds the cue and the given tokens; a quoted cue's ends with the quotation."""
    voice = annotated.voice_span_at(match.start)
    inside = [
        token
        for token in (annotated.tokens[i] for i in indices if match.sentence.first <= i < match.sentence.last)
        if token.pos not in ("PUNCT", "SPACE")
        and (voice.voice != "quoted" or voice.start <= token.start < token.end <= voice.end)
    ]
    return min([match.start, *(t.start for t in inside)]), max([match.end, *(t.end for t in inside)])
