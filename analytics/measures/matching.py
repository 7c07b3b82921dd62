"""Find the patterns of a lexicon in an annotated article: longest first, never overlapping.

A pattern is a row of steps separated by spaces, one step per token:

- ``likely``        this form (case is ignored, a hyphen stands for a token of its own)
- ``<suggest>``     any form of this lemma
- ``may|might``     either form; ``<claim|allege>`` either lemma
- ``may/AUX``       only with this universal part of speech; ``/ADJ|ADV`` with either
- ``*``             any one token, not at the beginning

Patterns are found by their first step, so the cost hardly grows with the size of a lexicon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..article import AnnotatedArticle, Sentence, Token
from ..errors import KnowledgeError
from ..knowledge.lexicon import Entry


class Match(NamedTuple):
    """A lexicon entry found over tokens [first, last), characters [start, end)."""

    entry: Entry
    sentence: Sentence
    first: int
    last: int
    start: int
    end: int


class Step(NamedTuple):
    """What one token must be: one of the forms (or lemmas), with one of the parts of speech."""

    forms: frozenset[str]  # empty: any token
    of_lemma: bool
    pos: frozenset[str]  # empty: any part of speech

    def fits(self, token: Token) -> bool:
        if self.forms and (token.lemma if self.of_lemma else surface(token)) not in self.forms:
            return False
        return not self.pos or token.pos in self.pos


class Pattern(NamedTuple):
    steps: tuple[Step, ...]
    entry: Entry


Accept = Callable[[Match], bool]


class Matcher:
    """Lexicon entries, compiled once and applied to any number of articles.

    Raises KnowledgeError, naming file and line, where a pattern cannot be understood.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_surface: dict[str, list[Pattern]] = {}
        self._by_lemma: dict[str, list[Pattern]] = {}
        for entry in entries:
            pattern = Pattern(compile_pattern(entry), entry)
            index = self._by_lemma if pattern.steps[0].of_lemma else self._by_surface
            for form in pattern.steps[0].forms:
                index.setdefault(form, []).append(pattern)

    def find(self, annotated: AnnotatedArticle, *, accept: Accept | None = None) -> list[Match]:
        """All matches in text order, within sentences; where `accept` says no, the next shorter is tried."""
        found: list[Match] = []
        for sentence in annotated.sentences:
            tokens = annotated.tokens_of(sentence)
            at = 0
            while at < len(tokens):
                match = self._longest_at(tokens, at, sentence, accept)
                if match:
                    found.append(match)
                at = match.last - sentence.first if match else at + 1
        return found

    def _longest_at(self, tokens: Sequence[Token], at: int, sentence: Sentence, accept: Accept | None) -> Match | None:
        by_surface = self._by_surface.get(surface(tokens[at]))
        by_lemma = self._by_lemma.get(tokens[at].lemma)
        if not by_surface and not by_lemma:
            return None
        candidates = [p for p in (*(by_surface or ()), *(by_lemma or ())) if _fits(p.steps, tokens, at)]
        for pattern in sorted(candidates, key=lambda p: -len(p.steps)):
            first, last = tokens[at], tokens[at + len(pattern.steps) - 1]
            match = Match(pattern.entry, sentence, first.index, last.index + 1, first.start, last.end)
            if accept is None or accept(match):
                return match
        return None


def surface(token: Token) -> str:
    """A token's form as patterns spell it: lower case, straight apostrophe."""
    return token.text.lower().replace("’", "'")


def compile_pattern(entry: Entry) -> tuple[Step, ...]:
    """The steps of an entry's pattern. Raises KnowledgeError, naming file and line."""
    steps = tuple(_step(part) for part in entry.pattern.replace("-", " - ").split())
    if not steps or None in steps or not (steps[0] and steps[0].forms):
        raise KnowledgeError(
            f"{entry.lexicon}.tsv:{entry.line}: pattern {entry.pattern!r} cannot be understood; "
            "write words, <lemmas>, a|b, word/POS, and no * at the beginning"
        )
    return tuple(step for step in steps if step)


def _step(part: str) -> Step | None:
    forms, _, pos = part.partition("/")
    allowed = frozenset(pos.upper().split("|")) if pos else frozenset()
    if forms == "*":
        return Step(frozenset(), False, allowed)
    of_lemma = forms.startswith("<") and forms.endswith(">")
    names = frozenset((forms[1:-1] if of_lemma else forms).lower().split("|"))
    if "" in names or any(c in name for name in names for c in "<>*"):
        return None
    return Step(names, of_lemma, allowed)


def _fits(steps: tuple[Step, ...], tokens: Sequence[Token], at: int) -> bool:
    return at + len(steps) <= len(tokens) and all(
        step.fits(token) for step, token in zip(steps, tokens[at : at + len(steps)], strict=True)
    )
