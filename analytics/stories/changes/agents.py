"""Who did it: agents that a passive leaves out, or that only the second telling names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...article import Token
from ..word_difference import content_words
from .contract import Change, ChangeKind, Pair, Passage, Side

KINDS = (
    ChangeKind(
        name="agent_dropped",
        label="Agent left out",
        meaning="The first text says who did it, the second only what was done or happened.",
        group="slant",
        rank=262,
    ),
    ChangeKind(
        name="agent_named",
        label="Agent named",
        meaning="The second text says who did it, the first only what was done or happened.",
        group="slant",
        rank=264,
    ),
)

_PRONOUNS = frozenset("it there this that which who what".split())
_SAYING = frozenset("say tell ask report see think believe know expect hope call describe".split())
_HAPPENING = frozenset(
    "die fall suffer perish collapse explode burn drown crash sink break close open end start".split()
)


class _Deed(NamedTuple):
    """What is done to whom: lemmas of the verb and of the noun acted upon, and who does it, where that is said."""

    verb: Token
    undergoer: str
    agent: Token | None
    passive: bool


def find(pair: Pair) -> Iterator[Change]:
    """Deeds of sentences that tell the same, whose agent one of the two leaves out of its clause and its sentence."""
    a, b = pair.a, pair.b
    for x in pair.joined:
        deeds_a, deeds_b = list(_deeds(a, x.a)), list(_deeds(b, x.b))
        yield from _left_out(a, x.a, deeds_a, b, x.b, deeds_b, "agent_dropped")
        yield from _left_out(b, x.b, deeds_b, a, x.a, deeds_a, "agent_named")


def _left_out(
    told: Side, n: Sequence[int], full: list[_Deed], other: Side, m: Sequence[int], rest: list[_Deed], kind: str
) -> Iterator[Change]:
    for deed in full:
        if deed.agent is None or deed.verb.lemma in _SAYING:
            continue
        alike = [
            o
            for o in rest
            if o.undergoer == deed.undergoer
            and (o.verb.lemma == deed.verb.lemma or o.passive or o.verb.lemma in _HAPPENING)
        ]
        if not alike or any(o.agent is not None for o in alike):
            continue
        words = _noun_phrase(told, deed.agent)
        known = {word for i in m for word in content_words(other.texts[i])}
        if content_words(words.text) & known:
            continue
        there = _clause(other, alike[0].verb)
        here = _clause(told, deed.verb)
        yield Change(
            kind=kind,
            severity=2,
            what=f"“{words.text}” {'is no longer' if kind == 'agent_dropped' else 'is now'} said to have done it",
            a=here if kind == "agent_dropped" else there,
            b=there if kind == "agent_dropped" else here,
        )
        return


def _deeds(side: Side, numbers: Sequence[int]) -> Iterator[_Deed]:
    annotated = side.annotated
    for number in numbers:
        for token in annotated.tokens_of(side.sentences[number]):
            if token.pos not in ("VERB", "AUX"):
                continue
            of = {child.dep: child for child in annotated.children_of(token)}
            subject, done_to, passive = of.get("nsubj"), of.get("dobj"), of.get("nsubjpass")
            if passive is not None:
                by = of.get("agent")
                agent = next(iter(annotated.children_of(by, "pobj")), None) if by is not None else None
                yield _Deed(token, passive.lemma, agent, True)
            elif done_to is not None and subject is not None and subject.lemma not in _PRONOUNS:
                if subject.pos in ("NOUN", "PROPN") and not _is_dateline(side, subject):
                    yield _Deed(token, done_to.lemma, subject, False)
            elif subject is not None and (state := _state(of.get("acomp"))):  # were closed
                yield _Deed(token, subject.lemma, None, state)
            elif subject is not None and done_to is None:  # Fisherman shot; the road closed
                by = of.get("agent")
                agent = next(iter(annotated.children_of(by, "pobj")), None) if by is not None else None
                yield _Deed(token, subject.lemma, agent, token.tag == "VBN")


def _is_dateline(side: Side, token: Token) -> bool:
    """Whether a sentence begins with a name and a comma (Velm, Norland — …), which the parser takes for its subject."""
    sentence = side.annotated.sentence_at(token.start)
    return sentence is not None and token.index == sentence.first and side.annotated.tokens[token.index + 1].text == ","


def _state(token: Token | None) -> bool:
    """Whether an adjective is made of a verb, so that its clause tells of a deed."""
    return token is not None and token.text.endswith("ed")


def _noun_phrase(side: Side, head: Token) -> Passage:
    """An agent as it is named, without clauses that hang from it."""
    kept = [head.index]
    for child in side.annotated.children_of(head, "compound", "amod", "nummod", "poss", "nmod"):
        kept += side.annotated.subtree(child)
    tokens = side.annotated.tokens
    return side.passage(tokens[min(kept)].start, tokens[max(kept)].end)


def _clause(side: Side, verb: Token) -> Passage:
    sentence = side.annotated.sentence_at(verb.start)
    assert sentence is not None
    return side.passage(sentence.start, sentence.end)
