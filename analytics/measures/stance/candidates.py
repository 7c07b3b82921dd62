"""Stances as they stand in the parse, before they become rows: expression, holder, target and how it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...article import AnnotatedArticle, Sentence, Token, VoiceSpan
from ...knowledge.lexicon import NOT_A_CUE
from ..lexical.matching import Accept, Match, Matcher
from .contexts import StanceContext, context_of
from .holders import Holder, find_holders
from .targets import Target, find_targets, refers_back

CLAUSE_OF_THE_WORD = ("said", "own")  # target places at which a word's whole clause is the target


class Candidate(NamedTuple):
    """One holder's stance toward one target."""

    match: Match
    anchor: Token
    holder: Holder
    target: Target
    context: StanceContext
    place: VoiceSpan


def candidates(annotated: AnnotatedArticle, matcher: Matcher, *, pronouns: bool = False) -> list[Candidate]:
    """The stances that a lexicon's expressions carry, in text order; with `pronouns`, also toward "it" or "them"."""
    found: list[Candidate] = []
    for match in matcher.find(annotated, accept=_accepts(annotated, pronouns)):
        found += _read(annotated, match, found[-1] if found else None, pronouns)
    return found


def without_repeats(found: list[Candidate]) -> Iterator[Candidate]:
    """ "Refused to support X" is said of X once: not of the refusal as well as of the support."""
    spoken_for = {(c.holder.actor_id, c.anchor.index) for c in found if c.match.entry.when != "self"}
    for c in found:
        itself = c.target.head.index == c.anchor.index
        if itself or (c.holder.actor_id, c.target.head.index) not in spoken_for:
            yield c


def _accepts(annotated: AnnotatedArticle, pronouns: bool) -> Accept:
    def accept(match: Match) -> bool:
        if match.entry.label == NOT_A_CUE:
            return True
        anchor = _anchor(annotated, match)
        return bool(find_targets(annotated, match, anchor, pronouns=pronouns)) or refers_back(annotated, match, anchor)

    return accept


def _anchor(annotated: AnnotatedArticle, match: Match) -> Token:
    anchor = annotated.anchor(match.first, match.last)
    if match.entry.when in CLAUSE_OF_THE_WORD and anchor.dep == "aux":
        return annotated.tokens[anchor.head]
    return anchor


def _read(annotated: AnnotatedArticle, match: Match, before: Candidate | None, pronouns: bool) -> Iterator[Candidate]:
    if match.entry.label == NOT_A_CUE or _asks(annotated, match.sentence):
        return
    anchor = _anchor(annotated, match)
    place = annotated.voice_span_at(match.start)
    context = context_of(annotated, match, anchor, reported=place.voice == "reported")
    if context is None or (context.negated and match.entry.when == "actor"):  # who does not accuse takes no side
        return
    targets = find_targets(annotated, match, anchor, pronouns=pronouns)
    if before is not None and before.match.sentence == match.sentence and refers_back(annotated, match, anchor):
        targets = [before.target]
    holders = find_holders(annotated, match, anchor, place)
    if context.duty and match.entry.when not in ("subject", "said"):
        holders = [holder for holder in holders if holder.first_person]
    for holder in holders:
        for target in targets:
            if target.actor is None or target.actor.actor_id != holder.actor_id:
                yield Candidate(match, anchor, holder, target, context, place)


def _asks(annotated: AnnotatedArticle, sentence: Sentence) -> bool:
    return annotated.text_of(sentence.start, sentence.end).rstrip("\"”’') ").endswith("?")
