"""Sources that make one statement together: "X and Y said", "X, along with Y, said"."""

from __future__ import annotations

from collections.abc import Iterator

from ..article import Token
from .attribution_rules import Finder, Speaker

_SOURCES = frozenset({"nsubj", "nsubjpass", "pobj"})
_TOGETHER = frozenset({"along", "together", "alongside", "jointly"})
_AND = frozenset({"and", "&", "as"})  # "as well as"


def joint_speakers(finder: Finder, speaker: Speaker) -> list[Speaker]:
    """Everybody who makes a statement with a source, in the order of the text; those that are actors come first."""
    if speaker.start is None or speaker.end is None:
        return [speaker]
    first, last = finder.token_range(speaker.start, speaker.end)
    if first >= last:
        return [speaker]
    head = _governor(finder, finder.tokens[finder.top(first, last)])
    if head.dep not in _SOURCES:
        return [speaker]
    heads = [i for i in _together(finder, head) if i == head.index or _is_somebody(finder, finder.tokens[i])]
    if len(heads) < 2:
        return [speaker]
    found: list[Speaker] = []
    for each in (finder.speaker(i) for i in heads):
        if all(each.text != other.text and (each.actor_id or object()) != other.actor_id for other in found):
            found.append(each)
    if not any(each.actor_id for each in found):
        return [speaker]  # "residents and officials said" names one crowd
    return sorted(found, key=lambda each: each.actor_id is None)


def _is_somebody(finder: Finder, noun: Token) -> bool:
    """Whether a noun names its bearer; the second of "author and engineer Ada Brandt" does not."""
    if noun.tag != "NN" or noun.index in finder.mentions:
        return True
    return any(finder.tokens[i].dep in ("det", "poss", "nummod") for i in finder.children[noun.index])


def _governor(finder: Finder, noun: Token) -> Token:
    """The first of coordinated nouns."""
    tokens = finder.tokens
    for _ in range(6):
        above = tokens[noun.head]
        if noun.dep == "conj" and above.pos in ("NOUN", "PROPN", "PRON"):
            noun = above
        elif noun.dep == "pobj" and above.text == "with" and (leader := _leader(finder, above)) is not None:
            noun = leader
        elif noun.dep in ("compound", "nmod", "amod"):
            noun = above
        else:
            break
    return noun


def _leader(finder: Finder, preposition: Token) -> Token | None:
    """X in "X, along with Y"."""
    tokens, i = finder.tokens, preposition.index - 1
    if i < 1 or tokens[i].text.lower() not in _TOGETHER:
        return None
    before = tokens[i - 2 if tokens[i - 1].text == "," and i > 1 else i - 1]
    return before if before.pos in ("NOUN", "PROPN", "PRON") else None


def _together(finder: Finder, noun: Token) -> Iterator[int]:
    """A noun and those coordinated with it."""
    yield noun.index
    children = [finder.tokens[i] for i in finder.children[noun.index]]
    if all(child.text.lower() in _AND for child in children if child.dep == "cc"):
        for child in children:
            if child.dep == "conj" and child.pos in ("NOUN", "PROPN", "PRON"):
                yield from _together(finder, child)
    after = [token for token in finder.tokens[noun.index + 1 : noun.index + 4] if token.text != ","]
    if len(after) > 1 and after[0].text.lower() in _TOGETHER and after[1].text == "with":
        for i in finder.children[after[1].index]:
            if finder.tokens[i].dep == "pobj":
                yield from _together(finder, finder.tokens[i])
