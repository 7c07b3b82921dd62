"""Tells what somebody says or thinks from what somebody does, does not say, or may come to say.

The learnt tagger marks "voted against the bill", "may want to rest" and "did not point to the leak" as well as
statements. Words that nobody said are the outlet's own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache

from ..article import Token
from ..knowledge.lexicon import KNOWLEDGE
from .attribution_rules import NOBODY, AttributionRules, Speaker
from .evidence import is_evidence
from .reporting_cues import Cue

_SUPPOSING = frozenset({"may", "might", "should", "must", "ought"})
_COMING = frozenset({"will", "'ll", "’ll", "shall"})
_THOUGHTS = frozenset({"opinion", ""})  # classes of cues, of which nothing is known before they are uttered
_SAYING = frozenset(  # negated, they leave nothing said: "did not mention the leak"
    "say specify mention disclose tell point cite address elaborate detail discuss".split()
)
_WISHING = frozenset({"want", "wish", "dare", "like", "care"})  # "do not want to say"
_SEEMING = frozenset({"appear", "seem", "estimate"})
_HEARSAY = frozenset({"reportedly", "allegedly", "purportedly", "supposedly"})
RECORDINGS = frozenset(
    "footage video clip image photo photograph picture recording screenshot webcam livestream cctv map graph"
    " film movie documentary scene".split()
)
_SHOWING = frozenset({"show", "capture", "depict", "feature", "reveal"})
_EVIDENT = frozenset(
    "show suggest demonstrate illustrate prove indicate reflect reveal underline underscore signal".split()
)
_NAMING = frozenset({"know", "call", "name", "dub", "nickname"})  # "as the band is known"
_WILLING = frozenset("willing unwilling ready prepared eager keen able unable opposed".split())
_HELD = frozenset({"obligation", "duty", "right", "power", "authority", "chance", "ability", "time"})


@cache
def load_acts() -> frozenset[str]:
    """Verbs of doing: "voted against the bill" is no statement, unless a clause says what was said."""
    with (KNOWLEDGE / "acts.tsv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["verb"] for row in csv.DictReader(file, delimiter="\t"))


def is_rumour(rules: AttributionRules, cue: Cue, speaker: Speaker) -> bool:
    """Whether the outlet reports what nobody is named for: "appears to be", "was reportedly hit"."""
    if speaker != NOBODY:
        return False
    words = {rules.tokens[i].text.lower() for i in range(cue.first, cue.last)}
    own = {rules.tokens[i].text.lower() for i in rules.children[cue.token]}
    hearsay = not cue.entry.cue_class and bool(_HEARSAY & (words | own))
    return hearsay or rules.tokens[cue.token].lemma in _SEEMING


def is_statement(rules: AttributionRules, cue: Cue, speaker: Speaker) -> bool:
    """Whether a reporting expression without quotation marks reports words or thoughts that somebody has uttered."""
    if cue.entry.noun:
        return True
    verb = rules.tokens[cue.token]
    return not (
        _is_act(rules, verb)
        or _is_supposed(rules, verb, cue)
        or _is_unsaid(rules, verb)
        or _is_recording(rules, verb, speaker)
        or _is_inference(rules, verb)
        or _is_naming(rules, verb, speaker)
        or _is_willingness(rules, verb)
        or _is_about_to(rules, verb)
        or (verb.lemma == "have" and any(rules.tokens[i].lemma in _HELD for i in _objects(rules, verb)))
    )


def _objects(rules: AttributionRules, verb: Token) -> Iterator[int]:
    return (i for i in rules.children[verb.index] if rules.tokens[i].dep == "dobj")


def _is_act(rules: AttributionRules, verb: Token) -> bool:
    own = [rules.tokens[i] for i in rules.children[verb.index]]
    if any(token.dep in ("ccomp", "oprd") for token in own):
        return False
    return verb.lemma in load_acts() or (verb.lemma == "call" and _is_phoning(rules, own))


def _is_phoning(rules: AttributionRules, own: list[Token]) -> bool:
    """Whether it is told whom somebody called and what for: "called the mayor to discuss the dam"."""
    somebody = any(token.dep == "dobj" and token.index in rules.mentions for token in own)
    return somebody and any(token.dep in ("advcl", "xcomp") and token.tag == "VB" for token in own)


def _chain(rules: AttributionRules, verb: Token) -> Iterator[Token]:
    """The verb, and the verbs of which it is the complement: "may | want | to say"."""
    yield verb
    for _ in range(3):
        if verb.dep != "xcomp" or verb.head == verb.index:
            return
        verb = rules.tokens[verb.head]
        yield verb


def _is_supposed(rules: AttributionRules, verb: Token, cue: Cue) -> bool:
    """Whether it may be, should be or has to be so; or will be, where it is a thought: "may want", "has to wonder"."""
    thought = cue.entry.cue_class in _THOUGHTS or cue.lemma in ("see", "show")
    for above in _chain(rules, verb):
        if not thought and above.lemma not in _WISHING:
            continue
        if above.lemma == "have" and above is not verb:
            return True
        if thought and above.dep == "advcl" and _is_condition(rules, above):
            return True
        helpers = {rules.tokens[i].text.lower() for i in rules.children[above.index] if rules.tokens[i].dep == "aux"}
        if helpers & (_SUPPOSING | _COMING):
            return True
    return False


def _is_condition(rules: AttributionRules, verb: Token) -> bool:
    return any(rules.tokens[i].text.lower() in ("if", "unless") for i in rules.children[verb.index])


def _is_negated(rules: AttributionRules, verb: Token) -> bool:
    return any(rules.tokens[i].dep == "neg" for i in rules.children[verb.index])


def _is_unsaid(rules: AttributionRules, verb: Token) -> bool:
    """Whether it is denied that something was said: "has not pointed to the leak", "does not want to say much"."""
    if verb.lemma not in _SAYING:
        return False
    if _is_negated(rules, verb):
        return True
    return any(above.lemma in _WISHING and _is_negated(rules, above) for above in _chain(rules, verb))


def _is_recording(rules: AttributionRules, verb: Token, speaker: Speaker) -> bool:
    """Whether a recording is what shows something: what the outlet has seen in it, it says itself."""
    if verb.lemma not in _SHOWING or speaker.actor_id is not None:
        return False
    subjects = {i for i in rules.children[verb.index] if rules.tokens[i].dep == "nsubj"}
    if speaker.start is not None and speaker.end is not None:
        subjects.update(range(*rules.token_range(speaker.start, speaker.end)))
    return any(rules.tokens[i].lemma in RECORDINGS for i in subjects)


def _is_inference(rules: AttributionRules, verb: Token) -> bool:
    """Whether an event or a thing is what shows something: the outlet infers it. "The retreat shows that …"."""
    if verb.lemma not in _EVIDENT:
        return False
    subjects = [rules.tokens[i] for i in rules.children[verb.index] if rules.tokens[i].dep in ("nsubj", "csubj")]
    return any(_is_thing(rules, token) for token in subjects)


def _is_thing(rules: AttributionRules, token: Token) -> bool:
    """Whether a subject is nobody, and no document that somebody has written."""
    if token.dep == "csubj" or token.text.lower() in ("this", "that", "these"):
        return True
    return token.pos in ("NOUN", "VERB") and token.index not in rules.mentions and not is_evidence(token)


def _is_naming(rules: AttributionRules, verb: Token, speaker: Speaker) -> bool:
    """Whether a passive tells how somebody or something is called, or seen, by nobody in particular."""
    if speaker != NOBODY or verb.tag not in ("VBN", "VBD"):
        return False
    own = [rules.tokens[i] for i in rules.children[verb.index]]
    if not any(token.dep in ("auxpass", "nsubjpass") for token in own):
        return False
    viewed = any(token.text.lower() == "as" for token in own)
    return verb.lemma in _NAMING or (verb.lemma == "see" and not viewed)


def _is_willingness(rules: AttributionRules, verb: Token) -> bool:
    """Whether the outlet tells what somebody is willing or ready to do."""
    around = [verb, *(rules.tokens[i] for i in rules.children[verb.index] if rules.tokens[i].dep == "acomp")]
    return any(token.lemma in _WILLING and token.pos in ("ADJ", "VERB") for token in around)


def _is_about_to(rules: AttributionRules, verb: Token) -> bool:
    """Whether somebody is, or is not, about to do something."""
    above = rules.tokens[verb.head]
    beneath = [rules.tokens[i].text.lower() for i in rules.children[verb.index]]
    return (verb.lemma == "be" and "about" in beneath) or above.text.lower() == "about"
