"""Reporting cues of a parse: the expressions that put words in somebody's mouth, with their source."""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from ..article import Token
from ..knowledge.lexicon import KNOWLEDGE
from .parse import Parse
from .passives import named_by, quoted_subject, undergoer

_SUBJECTS = ("nsubj", "nsubjpass")
ADVERBIALS = frozenset({"according to", "in the view of", "in the words of"})  # these report the clause they stand in
_IN_THE = {
    "view": "in the view of",
    "opinion": "in the view of",
    "eye": "in the view of",
    "estimation": "in the view of",
    "assessment": "in the view of",
    "judgment": "in the view of",
    "judgement": "in the view of",
    "word": "in the words of",
}
_ISSUING = frozenset(  # with these verbs the subject is the source: "X issued a warning that …"
    "issue make repeat deliver give voice express raise have share offer publish release renew reiterate post sound"
    " air add utter hold harbour harbor".split()
)


_ENDINGS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ing", ("", "e")),
    ("es", ("", "e")),
    ("ed", ("", "e")),
    ("s", ("",)),
)


class CueEntry(NamedTuple):
    cue_class: str
    quotes_only: bool  # reports only with quotation marks: "described it as …"
    noun: bool = False


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


@cache
def load_nouns() -> dict[str, CueEntry]:
    """Nouns that report the clause that follows, "his warning that …", with their class."""
    with (KNOWLEDGE / "reporting_nouns.tsv").open(encoding="utf-8", newline="") as file:
        return {row["noun"]: CueEntry(row["class"], False, True) for row in csv.DictReader(file, delimiter="\t")}


def entry_of(lemma: str, text: str) -> tuple[str, CueEntry] | None:
    """A cue's entry by its lemma, or by its form where the lemma is not one ("denies" read as a noun)."""
    lexicon = load_cues()
    if lemma in lexicon:
        return lemma, lexicon[lemma]
    form = text.lower()
    for ending, verb_endings in _ENDINGS:
        if form.endswith(ending) and len(form) > len(ending) + 2:
            for verb_ending in verb_endings:
                if (verb := form.removesuffix(ending) + verb_ending) in lexicon:
                    return verb, lexicon[verb]
    return None


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
            entry = entry_of(lemma, token.text if last == token.index + 1 else "")
            if entry is not None and not is_denied(token, tokens, children):
                found.append(Cue(token.index, last, token.index, *entry, _source(token, tokens, children)))
        elif token.pos == "NOUN" and (cue := _adverbial(token, tokens, children) or _nominal(token, tokens, children)):
            found.append(cue)
    return found


def _adverbial(noun: Token, tokens: tuple[Token, ...], children: tuple[tuple[int, ...], ...]) -> Cue | None:
    """The cue of "in the view of X" and "in X's words"."""
    lemma = _IN_THE.get(noun.lemma)
    preposition = tokens[noun.head]
    if lemma is None or noun.dep != "pobj" or preposition.text.lower() != "in":
        return None
    source = _owner(noun, tokens, children, ("of",))
    if source is None:
        return None
    return Cue(preposition.index, noun.index + 1, preposition.index, lemma, load_cues()[lemma], source)


def _nominal(noun: Token, tokens: tuple[Token, ...], children: tuple[tuple[int, ...], ...]) -> Cue | None:
    """The cue of "his warning that …", "the claim by X that …", "X issued a warning that …"."""
    entry = load_nouns().get(noun.lemma)
    if entry is None or noun_clause(noun, tokens, children) is None:
        return None
    source = _owner(noun, tokens, children, ("by", "of", "from"))
    verb = tokens[noun.head]
    if source is None and noun.dep == "dobj" and verb.lemma in _ISSUING:
        source = _source(verb, tokens, children)
    return Cue(noun.index, noun.index + 1, noun.index, noun.lemma, entry, source)


def noun_clause(noun: Token, tokens: tuple[Token, ...], children: tuple[tuple[int, ...], ...]) -> int | None:
    """The head of the clause that a noun reports, "the claim that …"; a relative clause is none."""
    for i in children[noun.index]:
        clause = i > noun.index and tokens[i].dep in ("acl", "ccomp") and tokens[i].pos in ("VERB", "AUX")
        if clause and any(tokens[j].dep == "mark" and tokens[j].text.lower() == "that" for j in children[i]):
            return i
    return None


def _owner(
    noun: Token, tokens: tuple[Token, ...], children: tuple[tuple[int, ...], ...], prepositions: tuple[str, ...]
) -> int | None:
    for i in children[noun.index]:
        if tokens[i].dep == "poss":
            return i
        if tokens[i].dep == "prep" and tokens[i].text.lower() in prepositions:
            return next((j for j in children[i] if tokens[j].dep == "pobj"), None)
    return None


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
    if (quoted := quoted_subject(verb, tokens, children)) is not None:
        return quoted
    if undergoer(verb, tokens, children) is not None:
        return named_by(verb, tokens, children)
    current = verb
    for _ in range(5):
        if current is not verb and (quoted := quoted_subject(current, tokens, children)) is not None:
            return quoted
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
