"""Reporting cues of a parse: the expressions that put words in somebody's mouth, with their source."""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from ..article import Token
from ..knowledge.lexicon import KNOWLEDGE
from .parse import Parse

_SUBJECTS = ("nsubj", "nsubjpass")


class CueEntry(NamedTuple):
    cue_class: str
    quotes_only: bool  # reports only with quotation marks: "described it as …"


class Cue(NamedTuple):
    """A reporting expression: its tokens [first, last), the verb or preposition, and its source's head."""

    first: int
    last: int
    token: int
    lemma: str
    entry: CueEntry
    source: int | None


@cache
def load_cues() -> dict[str, CueEntry]:
    with (KNOWLEDGE / "reporting_cues.tsv").open(encoding="utf-8", newline="") as file:
        return {
            row["cue"]: CueEntry(row["class"], row["quotes_only"] == "yes")
            for row in csv.DictReader(file, delimiter="\t")
        }


def find_cues(parse: Parse, children: tuple[tuple[int, ...], ...]) -> list[Cue]:
    """All reporting cues of an article in text order; the source may be None."""
    tokens, lexicon = parse.tokens, load_cues()
    found: list[Cue] = []
    for token in tokens:
        if token.text.lower() == "according":
            to = next((i for i in children[token.index] if tokens[i].text.lower() == "to"), None)
            if to is not None:
                source = next((i for i in children[to] if tokens[i].dep == "pobj"), None)
                found.append(Cue(token.index, to + 1, token.index, "according to", lexicon["according to"], source))
        elif token.pos in ("VERB", "AUX") or (token.dep == "ROOT" and token.lemma in ("say", "tell")):
            lemma, last = _lemma(token, tokens, children)
            entry = lexicon.get(lemma)
            if entry is not None and not is_denied(token, tokens, children):
                found.append(Cue(token.index, last, token.index, lemma, entry, _source(token, tokens, children)))
    return found


def _lemma(verb: Token, tokens: tuple[Token, ...], children: tuple[tuple[int, ...], ...]) -> tuple[str, int]:
    """The cue's lemma with its particle or complement ("point out", "make clear"), and where it ends."""
    for i in children[verb.index]:
        child = tokens[i]
        if child.index > verb.index and (
            (child.dep == "prt" and verb.lemma in ("point", "go"))
            or (verb.lemma == "make" and child.text.lower() == "clear")
        ):
            return f"{verb.lemma} {child.text.lower()}", child.index + 1
        if verb.lemma == "make" and child.dep == "ccomp" and child.text.lower() == "clear":
            return "make clear", child.index + 1
    return ("make -" if verb.lemma == "make" else verb.lemma), verb.index + 1


def is_denied(verb: Token, tokens: tuple[Token, ...], children: tuple[tuple[int, ...], ...]) -> bool:
    """A verb that reports nothing, "did not say that …"."""
    return any(tokens[i].dep == "neg" for i in children[verb.index]) and verb.lemma in ("say", "specify", "mention")


def _source(verb: Token, tokens: tuple[Token, ...], children: tuple[tuple[int, ...], ...]) -> int | None:
    """The head token of who speaks: subject, "by" agent, or the subject of the governing verb."""
    current = verb
    for _ in range(5):
        dependents = [tokens[i] for i in children[current.index]]
        agent = next((t for t in dependents if t.dep == "agent"), None)
        if agent is not None:
            return next((i for i in children[agent.index] if tokens[i].dep == "pobj"), None)
        subject = next((t for t in dependents if t.dep in _SUBJECTS), None)
        if subject is not None:
            if subject.tag in ("WDT", "WP", "WP$") or subject.text.lower() in ("who", "which", "that"):
                clause = current
                while clause.dep not in ("relcl", "acl") and clause.head != clause.index and clause.dep == "conj":
                    clause = tokens[clause.head]
                return clause.head if clause.dep == "relcl" else None
            if subject.dep == "nsubjpass" and current.index == verb.index and verb.lemma not in ("quote", "cite"):
                return None  # "he was told that …": the speaker is not named
            return subject.index
        if current.dep in ("conj", "advcl", "xcomp", "pcomp", "dep", "ccomp") and current.head != current.index:
            if current.dep == "ccomp" and current.index != verb.index:
                return None
            above = tokens[current.head]
            if above.pos not in ("VERB", "AUX") and not (current.dep == "pcomp" and tokens[above.head].pos == "VERB"):
                return None
            current = above if above.pos in ("VERB", "AUX") else tokens[above.head]
            continue
        if current.dep == "acl" and current.head != current.index:
            return current.head if tokens[current.head].pos in ("NOUN", "PROPN", "PRON") else None
        return None
    return None
