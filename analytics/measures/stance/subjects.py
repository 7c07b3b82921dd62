"""The encoder's second opinion on whether a sentence is about a statement at all."""

from __future__ import annotations

from functools import cache

from ...annotation.encoder import Floats
from ...annotation.heads import load_heads
from ...annotation.reader import load_reader
from ...article import AnnotatedArticle
from ...knowledge.targets import Proposition
from .candidates import Candidate

FAR = 0.2  # cosine of the meanings of sentence and statement below which they are not about one thing


@cache
def _meaning(statement: str) -> Floats:
    return load_heads().meaning(load_reader().read(statement).hidden)


def likeness(annotated: AnnotatedArticle, c: Candidate, proposition: Proposition) -> float | None:
    """Cosine of what a stance's sentence and a statement mean; None where no encoder has read the article."""
    if annotated.encoded is None:
        return None
    sentence = c.match.sentence
    vectors = annotated.encoded.hidden[annotated.encoded.pieces(sentence.start, sentence.end)]
    return float(load_heads().meaning(vectors) @ _meaning(proposition.statement)) if len(vectors) else None


def sounds_unlike(annotated: AnnotatedArticle, c: Candidate, proposition: Proposition) -> bool:
    """Whether a sentence is so far from a statement that its keywords must mean something else."""
    found = likeness(annotated, c, proposition)
    return found is not None and found < FAR
