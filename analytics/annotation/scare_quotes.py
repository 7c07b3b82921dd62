"""Tells scare quotes from quotations: a word or three in marks that nobody is made to say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .attribution_rules import NOBODY, AttributionRules, Content
from .quotations import Quotation

LONGEST = 3  # words
_LONGEST_TERM = 5
_NAMING = re.compile(  # what comes before a term and no quotation
    r"(?:\bso-called|\bpronounced|\b(?:nick|re)?named|\bdubbed|\bcode-?named|\bknown as"
    r"|\b(?:entitled|titled|labell?ed|marked|abbreviated)|\bnickname(?:d)?"
    r"|\b(?:the|a) (?:word|letter|letters|number|prefix|suffix|acronym|hashtag|nickname|codename))(?: as)?,? $",
    re.IGNORECASE,
)


def without_scare_quotes(
    rules: AttributionRules, contents: Sequence[Content]
) -> tuple[list[Content], tuple[Quotation, ...]]:
    """The contents that are somebody's words, and the quotations that are the outlet's own words at a distance.

    A scare quote has at most three words, no verb, no source and no reporting expression. Headlines
    are left alone: their marks nearly always stand for somebody's words.
    """
    scare = {
        content.start: quotation
        for content in contents
        if content.kind == "direct"
        and (quotation := rules.quotation_at(content.start)) is not None
        and (
            _is_term(rules, content)
            or (content.cue is None and content.speaker == NOBODY and _is_scare_quote(rules, quotation))
        )
    }
    kept = [content for content in contents if content.kind != "direct" or content.start not in scare]
    return kept, tuple(scare[start] for start in sorted(scare))


def _is_term(rules: AttributionRules, content: Content) -> bool:
    """Whether marks set off a name or a term that nobody says there: so-called “ultras”, Ada “Sparky” Brandt."""
    quotation = rules.quotation_at(content.start)
    if quotation is None or quotation.inner_start != content.start:
        return False
    first, last = rules.token_range(quotation.inner_start, quotation.inner_end)
    words = [token for token in rules.tokens[first:last] if token.is_word]
    if not 0 < len(words) <= _LONGEST_TERM:
        return False
    before = rules.content[max(0, quotation.start - 30) : quotation.start]
    if _NAMING.search(before):
        return "by" not in {token.text.lower() for token in rules.tokens[last : last + 3]}
    return len(words) <= 2 and _is_nickname(rules, quotation)


def _is_nickname(rules: AttributionRules, quotation: Quotation) -> bool:
    """Whether a name stands around the marks, with nothing but spaces between."""
    first, last = rules.token_range(quotation.start, quotation.end)
    around = [rules.tokens[i] for i in (first - 1, last) if 0 <= i < len(rules.tokens)]
    inner = rules.content[quotation.inner_start : quotation.inner_start + 1]
    names = len(around) == 2 and all(token.pos == "PROPN" and token.text[:1].isupper() for token in around)
    return names and inner.isupper() and around[0].end == quotation.start - 1 and around[1].start == quotation.end + 1


def _is_scare_quote(rules: AttributionRules, quotation: Quotation) -> bool:
    sentence = rules.sentence_at(quotation.start)
    if sentence is None or sentence.in_title:
        return False
    first, last = rules.token_range(quotation.inner_start, quotation.inner_end)
    words = [token for token in rules.tokens[first:last] if token.text[0].isalnum()]
    outside = rules.content[sentence.start : quotation.start] + rules.content[quotation.end : sentence.end]
    alone = not any(character.isalnum() for character in outside)  # “Never.” is an answer
    finite = any(t.tag in ("VBZ", "VBP", "VBD", "MD") for t in words)
    return 0 < len(words) <= LONGEST and not finite and not alone
