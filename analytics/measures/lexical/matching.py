"""Find the patterns of a lexicon in an annotated article: longest first, never overlapping.

A pattern is a row of steps separated by spaces, one step per token:

- ``likely``        this form (case is ignored, a hyphen stands for a token of its own)
- ``<suggest>``     any form of this lemma
- ``may|might``     either form; ``<claim|allege>`` either lemma
- ``may/AUX``       only with this universal part of speech; ``/ADJ|ADV`` with either
- ``*``             any one token, not at the beginning

Patterns that begin alike share a path, so the cost hardly grows with the size of a lexicon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...article import AnnotatedArticle, Sentence, Token
from ...errors import KnowledgeError
from ...knowledge.lexicon import Entry


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


@dataclass(slots=True)
class _Node:
    """Where the patterns that share their first steps go on: the next token leads to further nodes."""

    by_surface: dict[str, list[_Branch]] = field(default_factory=dict)
    by_lemma: dict[str, list[_Branch]] = field(default_factory=dict)
    by_any: list[_Branch] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)  # patterns that are complete here


class _Branch(NamedTuple):
    pos: frozenset[str]
    node: _Node


Accept = Callable[[Match], bool]


class Matcher:
    """Lexicon entries, compiled once and applied to any number of articles.

    Raises KnowledgeError, naming file and line, where a pattern cannot be understood.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._root = _Node()
        for entry in entries:
            nodes = [self._root]
            for step in compile_pattern(entry):
                nodes = [branch for node in nodes for branch in _grow(node, step)]
            for node in nodes:
                node.entries.append(entry)

    def find(self, annotated: AnnotatedArticle, *, accept: Accept | None = None) -> list[Match]:
        """All matches in text order, within sentences that are no boilerplate.

        Where `accept` says no, the next shorter is tried.
        """
        found: list[Match] = []
        begins = self._root.by_surface.keys(), self._root.by_lemma.keys()
        for sentence in annotated.read_sentences:
            tokens = annotated.tokens_of(sentence)
            surfaces = [surface(token) for token in tokens]
            after = 0  # the end of the last match
            for at, token in enumerate(tokens):
                if at < after or (surfaces[at] not in begins[0] and token.lemma not in begins[1]):
                    continue
                for last, entry in self._ending(tokens, surfaces, at):
                    match = Match(
                        entry, sentence, token.index, token.index + last - at, token.start, tokens[last - 1].end
                    )
                    if accept is None or accept(match):
                        found.append(match)
                        after = last
                        break
        return found

    def _ending(self, tokens: Sequence[Token], surfaces: Sequence[str], at: int) -> list[tuple[int, Entry]]:
        """Where patterns that begin at a token end, the longest first."""
        complete: list[tuple[int, Entry]] = []
        nodes = [self._root]
        while nodes:
            complete = [(at, entry) for node in nodes for entry in node.entries] + complete
            if at == len(tokens):
                break
            token, form = tokens[at], surfaces[at]
            nodes = [
                branch.node
                for node in nodes
                for branch in (*node.by_surface.get(form, ()), *node.by_lemma.get(token.lemma, ()), *node.by_any)
                if not branch.pos or token.pos in branch.pos
            ]
            at += 1
        return complete


def _grow(node: _Node, step: Step) -> list[_Node]:
    """The nodes that a step leads to from a node, made where they are new."""
    index = node.by_lemma if step.of_lemma else node.by_surface
    reached = []
    for branches in [index.setdefault(form, []) for form in step.forms] or [node.by_any]:
        known = next((branch for branch in branches if branch.pos == step.pos), None)
        if known is None:
            branches.append(known := _Branch(step.pos, _Node()))
        reached.append(known.node)
    return reached


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
