"""Tells what somebody says from what it is about: of a bare noun phrase, most verbs say no more than the topic.

The learnt tagger marks "vetoed | the resolution", "commented on | the report" and "citing | the mayor" as well as
"announced | a ceasefire", where the noun stands for what was said.
"""

from __future__ import annotations

import csv
from functools import cache

from ..article import Token
from ..knowledge.lexicon import KNOWLEDGE
from .attribution_rules import NOBODY, AttributionRules, Speaker
from .evidence import is_listed_speaker
from .reporting_cues import Cue, load_nouns
from .statements import RECORDINGS
from .tagged_sources import UTTERANCES, touched

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_HIGHEST = 4  # steps up the parse from a noun to its verb
_DIRECT = ("dobj", "nsubjpass", "dep", "attr")
_PRONOUNS = frozenset("it this that these those them him her us me".split())
_POINTING = frozenset({"this", "that", "these", "those", "the"})
_DEEDS = frozenset({"order", "charge", "video", "word"})  # things done and things shown, too
_JUDGING = frozenset({"accusing", "evaluating"})
_CITING = frozenset({"cite", "quote"})
_ASKING = frozenset({"ask", "question", "quiz", "press"})


@cache
def load_noun_verbs() -> frozenset[str]:
    """Verbs that are no listed cues and yet report what a noun phrase stands for: "ruled out | a ceasefire"."""
    with (KNOWLEDGE / "noun_verbs.tsv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["verb"] for row in csv.DictReader(file, delimiter="\t"))


@cache
def load_topics() -> dict[str, frozenset[str]]:
    """Cues → how the words follow that only name a topic: as the "object", or after one of these prepositions."""
    with (KNOWLEDGE / "topics.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["verb"]: frozenset(row["followed_by"].split()) for row in rows}


def is_topic(rules: AttributionRules, start: int, end: int, cue: Cue, speaker: Speaker) -> bool:
    """Whether the words that a verb is said to report are a bare noun phrase that only names what it is about."""
    verb = rules.tokens[cue.token]
    if cue.entry.noun or verb.pos not in ("VERB", "AUX", "ADJ"):
        return False
    first, last = touched(rules, (start, end))
    top = rules.top(first, last)
    if last - first == 1 and rules.tokens[top].text.lower() in _PRONOUNS:
        return True  # what is said stands elsewhere
    path = _path(rules, top, cue.token)
    if path is None or not _is_bare(rules, first, last, top):
        return False
    if any(token.pos == "VERB" and token.lemma in ("show", "depict", "feature") for token in path):
        return True  # "posted a video showing | the flood"
    if not cue.entry.cue_class:
        return not _stands_for_words(verb, rules.tokens[top], path)
    followed = "object" if not path else path[0].text.lower()
    direct = not path and rules.tokens[top].dep in _DIRECT
    if len(path) <= 1 and (direct or path) and followed in load_topics().get(cue.lemma, ()):
        return True
    if verb.lemma in _ASKING and followed in ("about", "on") and speaker == NOBODY:
        return True  # "Asked about the dam, Brandt said …"
    if not direct:
        return False
    if verb.lemma in _CITING and _is_somebody(rules, top):
        return True  # the source, not its words
    return cue.entry.cue_class not in {*_JUDGING, "denying"} and _only_points(rules, first, last, top)


def _path(rules: AttributionRules, top: int, cue: int) -> tuple[Token, ...] | None:
    """The tokens between a noun and its verb: prepositions, nouns and adjectives; None where it is not the verb's."""
    if rules.tokens[top].pos not in _NOUNS or rules.tokens[top].dep in ("nsubj", "oprd", "appos", "npadvmod"):
        return None
    found: list[Token] = []
    above = rules.tokens[top].head
    for _ in range(_HIGHEST):
        if above == cue:
            return tuple(found)
        token = rules.tokens[above]
        if token.head == above or token.dep in ("ccomp", "relcl", "advcl", "conj", "nsubj"):
            return None
        found.append(token)
        above = token.head
    return None


def _is_bare(rules: AttributionRules, first: int, last: int, top: int) -> bool:
    """Whether all words of a stretch belong to the phrase of one noun: nothing else of the verb's is among them."""
    start, end = rules.phrase(top)
    return all(start <= token.start < end for token in rules.tokens[first:last] if token.is_word)


def _stands_for_words(verb: Token, top: Token, path: tuple[Token, ...]) -> bool:
    """Whether an unlisted verb reports what its noun stands for: "ruled out | a truce", "voices doubts about | it"."""
    if any(token.pos == "VERB" or token.lemma in RECORDINGS for token in path):
        return False
    if any(_is_utterance(token) for token in (top, *path)):
        return True
    return verb.lemma in load_noun_verbs() or (
        verb.lemma == "be" and any(token.pos in ("ADJ", "NOUN") for token in path)
    )


def _is_utterance(token: Token) -> bool:
    return token.lemma not in _DEEDS and (token.lemma in load_nouns() or token.lemma in UTTERANCES)


def _is_somebody(rules: AttributionRules, noun: int) -> bool:
    token = rules.tokens[noun]
    named = noun in rules.mentions and token.pos in ("PROPN", "PRON")
    owner = any(rules.tokens[i].dep == "case" for i in rules.children[noun])
    return (named and not owner) or (token.pos == "NOUN" and is_listed_speaker(token))


def _only_points(rules: AttributionRules, first: int, last: int, top: int) -> bool:
    """Whether words only point to what somebody else has said: "this announcement", "those remarks"."""
    words = [token for token in rules.tokens[first:last] if token.is_word]
    head = rules.tokens[top]
    pointing = words[0].text.lower() in _POINTING and len(words) == 2
    return pointing and _is_utterance(head)
