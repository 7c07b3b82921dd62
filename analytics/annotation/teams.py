"""Tells a country's team from the country, and finds clubs named after cities: "Liverpool drew with Newcastle".

Only in sentences that tell of a match: with a score and a verb of winning or losing, with a word of sport, or next to
such a sentence. A team is an actor of its own, so that no defeat at football counts as something done to a state.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from functools import cache

from ..article import Sentence, Token
from ..knowledge.aliases import slug
from ..knowledge.lexicon import KNOWLEDGE
from .actor_spans import ActorSpan
from .parse import Parse

_SCORE = re.compile(r"(?<![\d–-])\d{1,3}\s?[-–]\s?\d{1,3}(?![\d–%-]|\s?(?:per cent|percent|years?|days?))")
_AGAINST = frozenset("to with against over by past".split())
_VOTES = frozenset("vote court parliament council jury judge committee senate poll ballot ruling".split())
_NEAR = 2  # sentences
_PARTIES = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "npadvmod"})


@cache
def load_sport() -> dict[str, frozenset[str]]:
    """Words of match reports by kind: verbs ("result", "played"), nouns ("role", "event"), competitions ("name")."""
    with (KNOWLEDGE / "sport.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {kind: frozenset(r["word"] for r in rows if r["kind"] == kind) for kind in {r["kind"] for r in rows}}


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(load_sport()["name"])))


class Matches:
    """The sentences of an article that tell of a match, and who plays in them."""

    def __init__(self, text: str, parse: Parse) -> None:
        self.tokens = parse.tokens
        self._starts = [sentence.first for sentence in parse.sentences]
        strong = [s.sentence_id for s in parse.sentences if self._is_strong(text, s)]
        self._told = set(strong)
        if strong:
            for sentence in parse.sentences:  # in order: one sentence of a report leads to the next
                near = range(sentence.sentence_id - _NEAR, sentence.sentence_id + _NEAR + 1)
                if self._told.intersection(near) and self._has(sentence, "result", "role"):
                    self._told.add(sentence.sentence_id)

    def __bool__(self) -> bool:
        return bool(self._told)

    def _is_strong(self, text: str, sentence: Sentence) -> bool:
        """A score with a result, or a competition or a word of sport with what teams only do in games."""
        stretch = text[sentence.start : sentence.end]
        if any(t.lemma in _VOTES for t in self.tokens[sentence.first : sentence.last]):
            return False  # "lost the vote 4-3"
        if _SCORE.search(stretch):
            return self._has(sentence, "result")
        if _names().search(stretch):
            return self._has(sentence, "result", "role")
        return self._has(sentence, "event") and self._has(sentence, "played")

    def _has(self, sentence: Sentence, *kinds: str) -> bool:
        sport = load_sport()
        return any(t.lemma in sport[kind] for t in self.tokens[sentence.first : sentence.last] for kind in kinds)

    def is_team(self, first: int, last: int) -> bool:
        """Whether the name over tokens [first, last) is a team's."""
        tokens = self.tokens
        head = tokens[last - 1]
        if bisect_right(self._starts, first) - 1 not in self._told:
            return False
        while head.dep == "conj" and tokens[head.head].pos == "PROPN":
            head = tokens[head.head]
        governor = tokens[head.head]
        sport = load_sport()
        if head.dep == "pobj":
            return governor.lemma in _AGAINST and tokens[governor.head].lemma in sport["result"]
        if head.dep in ("poss", "compound", "nmod", "amod"):
            return governor.lemma in sport["role"] or governor.lemma == "player"
        return head.dep in _PARTIES and governor.lemma in sport["result"]


def find_teams(matches: Matches, spans: list[ActorSpan], covered: set[int]) -> list[ActorSpan]:
    """The mentions with countries' teams apart from their countries, and clubs that no other rule has found."""
    found = [
        _team(span) if span.kind == "country" and matches.is_team(span.first, span.last) else span for span in spans
    ]
    found += [
        ActorSpan(slug(token.text), token.text, "organisation", "name", token.index, token.index + 1, token.index)
        for token in matches.tokens
        if token.pos == "PROPN" and token.index not in covered and token.entity not in ("PERSON", "DATE", "EVENT")
        if token.text[0].isupper() and token.text.isalpha() and matches.is_team(token.index, token.index + 1)
        if not _is_inside_name(token, matches.tokens)
    ]
    return found


def _team(span: ActorSpan) -> ActorSpan:
    """A country's team in the country's place; other actors as they are."""
    if span.kind != "country":
        return span
    return span._replace(actor_id=f"{span.actor_id}-team", name=f"{span.name} (team)", kind="organisation")


def _is_inside_name(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a word is a part of a longer name, of which only the whole could be a team's."""
    beside = (tokens[max(token.index - 1, 0)], tokens[min(token.index + 1, len(tokens) - 1)])
    return any(t.index != token.index and t.pos == "PROPN" for t in beside)
