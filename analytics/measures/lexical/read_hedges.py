"""Hedges that no lexicon lists: words that the encoder, which learnt the classes elsewhere, is sure of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...annotation.encoder import Floats
from ...annotation.heads import HEDGES, softmax
from ...article import AnnotatedArticle, Sentence, Token
from ...knowledge.lexicon import Entry
from .matching import Match

SURE = 0.9  # p from which on a word counts although no lexicon lists it
NO_CUES = frozenset({"will"})  # lemmas: the main clause of a condition has it, and the condition's own word is the cue


def read_hedges(annotated: AnnotatedArticle, known: Iterable[Match]) -> Iterator[Match]:
    """Words that overlap no known match and that the encoder takes for cues of uncertainty, in text order.

    Neighbouring words of one kind are one cue. The entry of such a match names the kind and has no line.
    """
    if annotated.encoded is None or not len(annotated.encoded.hedge):
        return
    p = softmax(annotated.encoded.hedge)  # of all pieces at once
    taken = {i for match in known for i in range(match.first, match.last)}
    for sentence in annotated.read_sentences:
        run: list[Token] = []
        kind = ""
        for token in annotated.tokens_of(sentence):
            found = _kind(p[annotated.encoded.pieces(token.start, token.end)]) if _may_be_one(token, taken) else ""
            if run and found != kind:
                yield _match(sentence, run, kind)
                run = []
            if found:
                run.append(token)
            kind = found
        if run:
            yield _match(sentence, run, kind)


def _may_be_one(token: Token, taken: set[int]) -> bool:
    return token.is_word and token.index not in taken and token.lemma not in NO_CUES


def _kind(p: Floats) -> str:
    """The kind of hedge that a word surely is to the encoder by p [piece, kind], "" where it is none."""
    if not len(p):
        return ""
    surest = p[p[:, 0].argmin()]
    return HEDGES[1 + int(surest[1:].argmax())] if 1 - surest[0] >= SURE else ""


def _match(sentence: Sentence, run: list[Token], kind: str) -> Match:
    pattern = " ".join(token.lemma for token in run)
    entry = Entry(pattern=pattern, label=kind, weight=1.0, source="encoder", lexicon="hedges", line=0)
    return Match(entry, sentence, run[0].index, run[-1].index + 1, run[0].start, run[-1].end)
