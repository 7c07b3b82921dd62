"""Made-up sentences about outcomes and negation, labelled by rule: acquitted and convicted, denied and admitted,
attacks condemned and people condemned, the worst and not the worst.

Teachers learnt from news in which such sentences are rare, and go by their darkest word. Every pattern stands beside
others that hold the same words and mean the opposite, so that no word alone decides.

The patterns stand in `templates.tsv`, their words in `template_words.tsv`.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..annotation.encoder import Span
from .sentences import Sentence

# p(against, neither, for) of a mention
SENTIMENT: dict[str, tuple[float, ...]] = {
    "-": (0.92, 0.07, 0.01),
    "0": (0.03, 0.92, 0.05),
    "+": (0.01, 0.09, 0.90),
    "cleared": (0.04, 0.76, 0.20),
    "asked": (0.25, 0.70, 0.05),
    "supposed": (0.10, 0.85, 0.05),
}
# p(neither, p for q, q for p, p against q, q against p) of A and B, or of the two that stand before the colon
RELATION: dict[str, tuple[float, ...]] = {
    "none": (0.94, 0.02, 0.02, 0.01, 0.01),
    "for": (0.06, 0.90, 0.02, 0.01, 0.01),
    "against": (0.06, 0.01, 0.01, 0.90, 0.02),
    "shields": (0.58, 0.38, 0.02, 0.01, 0.01),  # not against, and rather for
}

_SHORT = {"-": "-", "0": "0", "+": "+", "c": "cleared", "q": "asked", "s": "supposed"}
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_WHO = re.compile(r"\{([ABC])\}")
_LIST = re.compile(r"<([a-z]+)>")
_NAMES = ("Ada Brandt|Oren Tash|Mira Holt|Jonas Keel|Varn|Orsk|Ms. Morrow|Mr. Vale|Nadia Quell|Reeve|Kenya").split("|")


class _Pattern(NamedTuple):
    text: str
    sentiments: dict[str, str]
    relations: dict[str, str]


def _patterns() -> list[_Pattern]:
    return [_pattern(row["text"], row["sentiment"], row["relations"] or "") for row in _rows("templates.tsv")]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _pattern(text: str, sentiment: str, relations: str) -> _Pattern:
    who = [letter for letter in "ABC" if f"{{{letter}}}" in text]
    codes = [sentiment] if len(who) == 1 else [_SHORT[code] for code in sentiment]
    pairs = [each.rpartition(":") for each in relations.split()]  # "BC:against", or "against" for A and B
    return _Pattern(text, dict(zip(who, codes, strict=True)), {pair or "AB": code for pair, _, code in pairs})


def templates(*, most: int, seed: int) -> Iterator[Sentence]:
    """`most` sentences, each pattern as often as every other; the same sentence at most once."""
    draw = random.Random(seed)
    patterns, words = _patterns(), {row["list"]: row["words"] for row in _rows("template_words.tsv")}
    seen: set[str] = set()
    tries = 0
    while len(seen) < most and tries < 10 * most:
        pattern = patterns[tries % len(patterns)]
        tries += 1
        sentence = _fill(pattern, words, draw)
        if sentence.text not in seen:
            seen.add(sentence.text)
            yield sentence


def _fill(pattern: _Pattern, words: dict[str, str], draw: random.Random) -> Sentence:
    text = _LIST.sub(lambda match: f"[{words[match[1]]}]", pattern.text)
    while match := _CHOICE.search(text):
        text = text[: match.start()] + draw.choice(match[1].split("|")) + text[match.end() :]
    text = re.sub(r" +(?=[ .,?])", "", text)
    text = text[0].upper() + text[1:]
    names = dict(zip("ABC", draw.sample(_NAMES, 3), strict=True))
    places: dict[str, Span] = {}
    while match := _WHO.search(text):  # from left to right, so that places found stay where they are
        text = text[: match.start()] + names[match[1]] + text[match.end() :]
        places[match[1]] = (match.start(), match.start() + len(names[match[1]]))
    mentions = [(*places[who], SENTIMENT[code]) for who, code in pattern.sentiments.items()]
    pairs = [(places[pair[0]], places[pair[1]], RELATION[code]) for pair, code in pattern.relations.items()]
    return Sentence(text, mentions=mentions, pairs=pairs)
