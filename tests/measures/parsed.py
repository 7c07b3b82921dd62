"""Annotated articles from a parse and hand-made mentions and voices, so that a case depends on the parse only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from analytics.annotation.parse import parse_articles
from analytics.annotation.parser_model import load_model
from analytics.article import AnnotatedArticle, Article, Mention, Token, VoiceSpan


@cache
def _model() -> Any:
    return load_model()


def parsed(
    text: str, actors: Mapping[str, tuple[str, str]], voices: Iterable[tuple[str, str, str | None]] = ()
) -> AnnotatedArticle:
    """`actors`: surface form → (actor_id, kind); `voices`: (stretch of the text, voice, speaker_id)."""
    article = Article(article_id="a", text=text)
    [parse] = parse_articles([article], nlp=_model())
    mentions: list[Mention] = []
    for start, end, actor_id, kind in sorted(_places(text, actors)):
        inside = [t for t in parse.tokens if start <= t.start and t.end <= end]
        mentions.append(
            Mention(
                mention_id=len(mentions),
                sentence_id=next(s.sentence_id for s in parse.sentences if s.start <= start < s.end),
                actor_id=actor_id,
                name=actor_id,
                kind=kind,  # type: ignore[arg-type]
                form="pronoun" if text[start:end].islower() else "name",
                start=start,
                end=end,
                first=inside[0].index,
                last=inside[-1].index + 1,
                head=_head(inside),
            )
        )
    return AnnotatedArticle(
        article=article,
        tokens=parse.tokens,
        sentences=parse.sentences,
        entities=parse.entities,
        mentions=tuple(mentions),
        voices=tuple(_tiles(text, voices)),
    )


def _places(text: str, actors: Mapping[str, tuple[str, str]]) -> list[tuple[int, int, str, str]]:
    """Every occurrence of every form; a longer form hides the shorter ones inside it."""
    found: list[tuple[int, int, str, str]] = []
    for form in sorted(actors, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(form)}\b", text):
            if not any(a < match.end() and match.start() < b for a, b, *_ in found):
                found.append((*match.span(), *actors[form]))
    return found


def _head(inside: list[Token]) -> int:
    indices = {token.index for token in inside}
    return next(t.index for t in inside if t.head not in indices or t.head == t.index)


def _tiles(text: str, voices: Iterable[tuple[str, str, str | None]]) -> list[VoiceSpan]:
    spans, at = [], 0
    for number, (stretch, voice, speaker) in enumerate(voices):
        start = text.index(stretch)
        if at < start:
            spans.append(VoiceSpan(at, start, "outlet", None, None))
        at = start + len(stretch)
        spans.append(VoiceSpan(start, at, voice, speaker, number))  # type: ignore[arg-type]
    if at < len(text):
        spans.append(VoiceSpan(at, len(text), "outlet", None, None))
    return spans
