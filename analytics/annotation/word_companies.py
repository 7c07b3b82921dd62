"""Finds companies whose names are everyday words: "Apple fell 3 percent", but not "the apple harvest"."""

from __future__ import annotations

from functools import cache

from ..article import Token
from ..knowledge.aliases import slug
from ..knowledge.lexicon import KNOWLEDGE
from .actor_spans import ActorSpan
from .parse import Parse
from .reporting_cues import load_cues

_DEEDS = frozenset(  # what companies do, beside saying something
    "fall rise gain drop climb slide slip jump soar plunge surge sink tumble say report launch sell buy acquire cut"
    " hire sue pay unveil release plan raise post decline respond refuse own employ invest lose earn"
    " file ship recall offer open close shut lay expand fire settle appeal merge face ban suspend".split()
)
_OWNED = frozenset(
    "share stock bond chief executive ceo boss founder spokesman spokeswoman spokesperson employee worker staff"
    " shareholder investor headquarters profit revenue earnings sale market store customer app device lawyer".split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LIMITS = frozenset({"det", "amod", "nummod", "poss", "compound", "neg"})


@cache
def load_word_companies() -> frozenset[str]:
    """Names of companies that are everyday words as well."""
    lines = (KNOWLEDGE / "word_companies.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def find_word_companies(parse: Parse, covered: set[int]) -> list[ActorSpan]:
    """Mentions of such companies outside of what is covered already."""
    tokens, names = parse.tokens, load_word_companies()
    starts = {sentence.first for sentence in parse.sentences}
    return [
        ActorSpan(slug(token.text), token.text, "organisation", "name", token.index, token.index + 1, token.index)
        for token in tokens
        if token.text in names and token.index not in covered
        if _acts(token, tokens) or _owns(token, tokens, first=token.index in starts)
    ]


def _acts(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a word without an article is the subject of what companies do."""
    near = tokens[max(token.index - 4, 0) : token.index]
    verb = tokens[token.head]
    return (
        token.dep in _SUBJECTS
        and not any(t.head == token.index and t.dep in _LIMITS for t in near)
        and (verb.lemma in _DEEDS or verb.lemma in load_cues())
    )


def _owns(token: Token, tokens: tuple[Token, ...], *, first: bool) -> bool:
    """Whether a word stands before what companies have: "Shell's profit", "shares of Target"."""
    governor = tokens[token.head]
    if token.dep == "poss" or (token.dep in ("compound", "nmod") and not first):
        return governor.lemma in _OWNED and token.index < governor.index
    return token.dep == "pobj" and governor.lemma == "of" and tokens[governor.head].lemma in _OWNED
