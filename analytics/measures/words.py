"""How words are counted: one rule for every rate, length and denominator of the project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from ..article import AnnotatedArticle, Token, VoiceSpan
from ..vocabulary import VOICES, Voice


def is_word(token: Token) -> bool:
    """Whether a token counts as a word: it holds a letter or a digit."""
    return token.text.isalnum() or any(character.isalnum() for character in token.text)


def n_words(annotated: AnnotatedArticle, voice: Voice | None = None) -> int:
    """Number of words of an article, or of one voice in it."""
    return words_by_voice(annotated)[voice] if voice else sum(words_by_voice(annotated).values())


@lru_cache(maxsize=1)  # every measure asks for it, article by article
def words_by_voice(annotated: AnnotatedArticle) -> Mapping[Voice, int]:
    """Number of words in each voice, zeros included; a word belongs to the voice it begins in."""
    counts: dict[Voice, int] = dict.fromkeys(VOICES, 0)
    for token, span in with_voices(annotated):
        counts[span.voice] += is_word(token)
    return MappingProxyType(counts)


def with_voices(annotated: AnnotatedArticle) -> Iterator[tuple[Token, VoiceSpan]]:
    """Every token beside the voice span it begins in."""
    span = annotated.voice_span_at(0)
    for token in annotated.tokens:
        if not span.start <= token.start < span.end:
            span = annotated.voice_span_at(token.start)
        yield token, span
