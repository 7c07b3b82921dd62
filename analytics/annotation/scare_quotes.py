"""Tells scare quotes from quotations: a word or three in marks that nobody is made to say."""

from __future__ import annotations

from collections.abc import Sequence

from .attribution_rules import NOBODY, AttributionRules, Content
from .quotations import Quotation

LONGEST = 3  # words


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
        and content.cue is None
        and content.speaker == NOBODY
        and (quotation := rules.quotation_at(content.start)) is not None
        and _is_scare_quote(rules, quotation)
    }
    kept = [content for content in contents if content.kind != "direct" or content.start not in scare]
    return kept, tuple(scare[start] for start in sorted(scare))


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
