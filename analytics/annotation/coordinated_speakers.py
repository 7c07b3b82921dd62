"""Sources that make one statement together: "X and Y said", "X, along with Y, said"."""

from __future__ import annotations

from collections.abc import Iterator

from ..article import Token
from .attribution_rules import AttributionRules, Speaker

_SOURCES = frozenset({"nsubj", "nsubjpass", "pobj"})
_TOGETHER = frozenset({"along", "together", "alongside", "jointly"})
_AND = frozenset({"and", "&", "as"})  # "as well as"


def joint_speakers(rules: AttributionRules, speaker: Speaker) -> list[Speaker]:
    """Everybody who makes a statement with a source, in the order of the text; those that are actors come first."""
    if speaker.start is None or speaker.end is None:
        return [speaker]
    first, last = rules.token_range(speaker.start, speaker.end)
    if first >= last:
        return [speaker]
    head = _governor(rules, rules.tokens[rules.top(first, last)])
    if head.dep not in _SOURCES:
        return [speaker]
    heads = [i for i in _together(rules, head) if i == head.index or _is_somebody(rules, rules.tokens[i])]
    if len(heads) < 2 or not _is_joined(rules, heads):
        return [speaker]
    found: list[Speaker] = []
    for each in (rules.speaker(i) for i in heads):
        if all(each.text != other.text and (each.actor_id or object()) != other.actor_id for other in found):
            found.append(each)
    if not any(each.actor_id for each in found):
        return [speaker]  # "residents and officials said" names one crowd
    return sorted(found, key=lambda each: each.actor_id is None)


def _is_joined(rules: AttributionRules, heads: list[int]) -> bool:
    """Whether a word joins the nouns; the parser coordinates an apposition, too: "the lawyer, Ada Brandt, said"."""
    words = (token.text.lower() for token in rules.tokens[min(heads) : max(heads)])
    return any(word in _AND or word in _TOGETHER for word in words)


def _is_somebody(rules: AttributionRules, noun: Token) -> bool:
    """Whether a noun names its bearer; the second of "author and engineer Ada Brandt" does not."""
    if noun.tag != "NN" or noun.index in rules.mentions:
        return True
    return any(rules.tokens[i].dep in ("det", "poss", "nummod") for i in rules.children[noun.index])


def _governor(rules: AttributionRules, noun: Token) -> Token:
    """The first of coordinated nouns."""
    tokens = rules.tokens
    for _ in range(6):
        above = tokens[noun.head]
        if noun.dep == "conj" and above.pos in ("NOUN", "PROPN", "PRON"):
            noun = above
        elif noun.dep == "pobj" and above.text == "with" and (leader := _leader(rules, above)) is not None:
            noun = leader
        elif noun.dep in ("compound", "nmod", "amod"):
            noun = above
        else:
            break
    return noun


def _leader(rules: AttributionRules, preposition: Token) -> Token | None:
    """X in "X, along with Y"."""
    tokens, i = rules.tokens, preposition.index - 1
    if i < 1 or tokens[i].text.lower() not in _TOGETHER:
        return None
    before = tokens[i - 2 if tokens[i - 1].text == "," and i > 1 else i - 1]
    return before if before.pos in ("NOUN", "PROPN", "PRON") else None


def _together(rules: AttributionRules, noun: Token) -> Iterator[int]:
    """A noun and those coordinated with it."""
    yield noun.index
    children = [rules.tokens[i] for i in rules.children[noun.index]]
    if all(child.text.lower() in _AND for child in children if child.dep == "cc"):
        for child in children:
            if child.dep == "conj" and child.pos in ("NOUN", "PROPN", "PRON"):
                yield from _together(rules, child)
    after = [token for token in rules.tokens[noun.index + 1 : noun.index + 4] if token.text != ","]
    if len(after) > 1 and after[0].text.lower() in _TOGETHER and after[1].text == "with":
        for i in rules.children[after[1].index]:
            if rules.tokens[i].dep == "pobj":
                yield from _together(rules, rules.tokens[i])
