"""Stances as they stand in the parse, before they become rows: expression, holder, target and how it is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ...article import AnnotatedArticle, Sentence, Token, VoiceSpan
from ...knowledge.lexicon import NOT_A_CUE, load
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


@cache
def _matcher() -> Matcher:
    return Matcher(load("stances"))


def stance_matches(annotated: AnnotatedArticle) -> list[Match]:
    """The expressions of stance of `stances.tsv` that have a target; ask for them with `annotated.once`."""
    return matches(annotated, _matcher())


def matches(annotated: AnnotatedArticle, matcher: Matcher, *, pronouns: bool = False) -> list[Match]:
    """The expressions of a lexicon that have a target; with `pronouns`, also one such as "it" or "them"."""
    return matcher.find(annotated, accept=_accepts(annotated, pronouns))


def candidates(
    annotated: AnnotatedArticle, found_in: Sequence[Match], *, pronouns: bool = False, unnamed: bool = False
) -> list[Candidate]:
    """The stances that expressions carry, in text order; with `unnamed`, also of holders who are no actors."""
    found: list[Candidate] = []
    for match in found_in:
        found += _read(annotated, match, found[-1] if found else None, pronouns=pronouns, unnamed=unnamed)
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
        anchor = anchor_of(annotated, match)
        return bool(find_targets(annotated, match, anchor, pronouns=pronouns)) or refers_back(annotated, match, anchor)

    return accept


def anchor_of(annotated: AnnotatedArticle, match: Match) -> Token:
    """The token of an expression that its clause hangs on."""
    anchor = annotated.anchor(match.first, match.last)
    if match.entry.when in CLAUSE_OF_THE_WORD and anchor.dep == "aux":
        return annotated.tokens[anchor.head]
    return anchor


def _read(
    annotated: AnnotatedArticle, match: Match, before: Candidate | None, *, pronouns: bool, unnamed: bool
) -> Iterator[Candidate]:
    if match.entry.label == NOT_A_CUE or _asks(annotated, match.sentence):
        return
    anchor = anchor_of(annotated, match)
    place = annotated.voice_span_at(match.start)
    context = context_of(annotated, match, anchor, reported=place.voice == "reported")
    if context is None or (context.negated and match.entry.when == "actor"):  # who does not accuse takes no side
        return
    targets = find_targets(annotated, match, anchor, pronouns=pronouns)
    if before is not None and before.match.sentence == match.sentence and refers_back(annotated, match, anchor):
        targets = [before.target]
    holders = find_holders(annotated, match, anchor, place, unnamed=unnamed and place.voice == "outlet")
    if context.duty and match.entry.when not in ("subject", "said"):
        holders = [holder for holder in holders if holder.first_person]
    for holder in holders:
        for target in targets:
            if target.actor is None or target.actor.actor_id != holder.actor_id:
                yield Candidate(match, anchor, holder, target, context, place)


def _asks(annotated: AnnotatedArticle, sentence: Sentence) -> bool:
    return annotated.text_of(sentence.start, sentence.end).rstrip("\"”’') ").endswith("?")
