"""Tells those who are spoken to or about from those who speak: "was told", "quoted as saying", "X accused of fraud"."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache

from ..article import Token
from ..knowledge.lexicon import KNOWLEDGE

_SUBJECTS = ("nsubj", "nsubjpass")
_CITING = frozenset({"quote", "cite", "report"})
_LONGEST_GAP = 14  # tokens from the verb to its "by": "told to resign over the ferry scandal by her party"


@cache
def load_verbs_of_address() -> dict[str, frozenset[str]]:
    """Verbs whose object is spoken to or about → the words that follow them in a headline's passive."""
    with (KNOWLEDGE / "verbs_of_address.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["verb"]: frozenset(row["followed_by"].split()) for row in rows}


def undergoer(
    verb: Token, tokens: Sequence[Token], children: Sequence[Sequence[int]], *, headline: bool = False
) -> int | None:
    """Who is spoken to or about by a passive verb of address; None where it is active or no such verb.

    Full passives ("Brandt was accused of fraud"), participles ("Brandt, accused of fraud, …", "Asked about the dam,
    Brandt said …") and in a headline passives without an auxiliary ("Brandt accused of fraud").
    """
    verbs = load_verbs_of_address()
    if verb.tag not in ("VBD", "VBN") or verb.lemma not in verbs:
        return None
    own = [tokens[i] for i in children[verb.index]]
    subject = next((t.index for t in own if t.dep in _SUBJECTS), None)
    if any(t.dep in ("nsubjpass", "auxpass") for t in own):
        return subject
    if verb.dep == "acl" and verb.head < verb.index and not any(t.dep in ("dobj", "aux", *_SUBJECTS) for t in own):
        return verb.head
    if verb.dep == "advcl" and not any(t.dep in ("dobj", "aux", "agent", *_SUBJECTS) for t in own):
        above = (tokens[i] for i in children[verb.head] if tokens[i].dep in _SUBJECTS)
        return next((t.index for t in above if verb.index < t.index), None)  # "Asked about the dam, Brandt said …"
    if headline and subject is not None and _is_headline_passive(verb, own, tokens, verbs[verb.lemma]):
        return subject
    return None


def _is_headline_passive(verb: Token, own: list[Token], tokens: Sequence[Token], followers: frozenset[str]) -> bool:
    """Whether the object that an active verb of address must have is missing: "praised for rescue"."""
    if any(t.dep in ("aux", "dobj", "dative", "ccomp") for t in own if t.index > verb.index or t.dep == "aux"):
        return False
    after = verb.index + 1
    while after < len(tokens) and tokens[after].pos == "ADV":
        after += 1
    if after >= len(tokens) or "\n" in tokens[after].text:
        return False
    return tokens[after].text.lower() in followers


def named_by(verb: Token, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> int | None:
    """The head of "by X" after a passive verb, wherever the parser hung it."""
    closing = -1  # the mark at the end of a few quoted words: "described as “a trap” by Ada Brandt"
    for i in range(verb.index + 1, min(len(tokens), verb.index + _LONGEST_GAP)):
        if tokens[i].text in {"“", '"'} and i > closing:
            closing = next((j for j in range(i + 1, min(len(tokens), i + 8)) if tokens[j].text in {"”", '"'}), -1)
            if closing < 0:
                return None
        if "\n" in tokens[i].text or tokens[i].text in {".", ";"}:
            return None
        if tokens[i].text.lower() == "by" and i > closing:
            agent = next((j for j in children[i] if tokens[j].dep == "pobj"), None)
            return agent if agent is not None and tokens[agent].tag != "CD" else None
    return None


def quoted_subject(verb: Token, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> int | None:
    """The one whose words are passed on: "Brandt was quoted (by the Post) as saying that …"."""
    if verb.lemma not in _CITING or verb.tag not in ("VBN", "VBD"):
        return None
    for i in range(verb.index + 1, min(len(tokens) - 1, verb.index + _LONGEST_GAP)):
        if "\n" in tokens[i].text or tokens[i].text in {".", ";"}:
            return None
        if tokens[i].text.lower() == "as" and tokens[i + 1].text.lower() in (
            "saying",
            "telling",
            "warning",
            "claiming",
        ):
            own = [tokens[j] for j in children[verb.index]]
            if any(t.dep == "dobj" for t in own):
                return next(t.index for t in own if t.dep == "dobj")  # "The Post quoted Brandt as saying"
            subject = next((t.index for t in own if t.dep in _SUBJECTS), None)
            return subject if subject is not None else verb.head if verb.dep == "acl" else None
    return None
