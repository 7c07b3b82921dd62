"""One id for the many wordings of a relation between actors ("Ardan's Union membership")."""

from __future__ import annotations

from functools import cache

from ...article import AnnotatedArticle, Mention, Token
from ...knowledge.lexicon import load
from ..lexical.matching import Match, Matcher
from .contexts import is_a
from .targets import Target

ANY = "any"
_WITHOUT_DIRECTION = frozenset({"talks"})


@cache
def _matcher() -> Matcher:
    return Matcher(load("propositions"))


def relations(annotated: AnnotatedArticle) -> list[Match]:
    """Where an article uses words for a relation, in text order."""
    return _matcher().find(annotated)


def proposition_id(
    annotated: AnnotatedArticle, words: list[Match], target: Target, holder: Mention | None
) -> str | None:
    """`relation:first:second` for the phrase of a target; None where it names no such relation.

    The holder is the one who would do it where the phrase is what somebody is willing to do.
    """
    first, last = target.first, target.last
    if holder is None or holder.kind == "person" or not _lacks_subject(annotated, target.head):
        holder = None
    for match in words:
        if first <= match.first and match.last <= last and _is_about(annotated, match, target):
            found = {m.mention_id: m for i in range(first, last) if (m := annotated.mention_at.get(i)) is not None}
            second = next((m for m in found.values() if _is_second(annotated, match, m)), None)
            if second is not None:
                others = [m for m in found.values() if m.actor_id != second.actor_id and m.kind != "person"]
                return _id(annotated, match, others, second, holder)
    return None


def _is_about(annotated: AnnotatedArticle, match: Match, target: Target) -> bool:
    """Whether nothing but transparent words stands over the relation's word ("the desire to become part of")."""
    token = annotated.anchor(match.first, match.last)
    while token.index != target.head.index:
        above = annotated.tokens[token.head]
        if above is token or not target.first <= above.index < target.last:
            return target.head.index in annotated.mention_at  # "Ukraine joining", hung elsewhere by the parse
        if above.pos != "ADP" and above.index not in annotated.mention_at and not is_a(above, "transparent"):
            return False
        token = above
    return True


def _lacks_subject(annotated: AnnotatedArticle, head: Token) -> bool:
    return head.pos == "VERB" and not any(annotated.children_of(head, "nsubj", "poss"))


def _is_second(annotated: AnnotatedArticle, match: Match, mention: Mention) -> bool:
    """Whether a mention stands where the relation's second actor does, right under the relation's word."""
    head = annotated.tokens[mention.head]
    above = annotated.tokens[head.head]
    if match.entry.when == "organisation":
        reach = {above.index, above.head} if above.pos == "ADP" else {above.index}
        return mention.kind == "organisation" and not reach.isdisjoint(range(match.first, match.last))
    if match.entry.when == "object":
        return head.dep == "dobj" and above.index == match.first
    under = annotated.tokens[above.head]
    over = under.head if under.dep == "acl" else under.index  # "troops in X", "troops stationed in X"
    return above.text.lower() in match.entry.when.split("|") and over == match.last - 1


def _id(
    annotated: AnnotatedArticle, match: Match, others: list[Mention], second: Mention, holder: Mention | None
) -> str | None:
    label = match.entry.label
    if match.entry.when == "organisation":
        first = next((m for m in others if m.kind != "organisation"), holder)
        return f"{label}:{first.actor_id}:{second.actor_id}" if first else None
    before = [m.actor_id for m in others if m.last <= match.first]
    if label in _WITHOUT_DIRECTION:
        after = [m.actor_id for m in others if annotated.tokens[m.head].head == second.head]
        return ":".join((label, *sorted((second.actor_id, (after or before or [ANY])[0]))))
    return f"{label}:{before[-1] if before else ANY}:{second.actor_id}"
