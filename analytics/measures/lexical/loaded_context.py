"""When a charged word is charged: the context rules that the `when` column of loaded.tsv names.

A *brutal* winter, *historic* buildings, a missile that *slammed* into a house and the *liberation* of
Auschwitz take no side. Each rule reads the parse around a match and says yes or no; `is_told` holds for
every word: it is neither part of a name nor what somebody is said to have called a thing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ...article import AnnotatedArticle, Token
from ...knowledge.lexicon import load
from .matching import Match

Rule = Callable[[AnnotatedArticle, Match], bool]

_LONGEST_CLIMB = 12  # from a word to the verb that makes it somebody's view
_COMPLEMENTS = frozenset({"prep", "oprd", "ccomp", "xcomp", "attr", "acl", "pcomp"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT"})


@cache
def _words(label: str) -> frozenset[str]:
    """The words of a list in loaded_contexts.tsv."""
    return frozenset(entry.pattern for entry in load("loaded_contexts") if label in entry.label.split("|"))


def is_told(annotated: AnnotatedArticle, match: Match) -> bool:
    """Whether the words say it themselves: no name, and nothing that somebody is said to have called something."""
    token = annotated.anchor(match.first, match.last)
    if _is_named(annotated, match, token):
        return False
    return annotated.voice_span_at(match.start).voice != "outlet" or not _is_called(annotated, token)


def _is_named(annotated: AnnotatedArticle, match: Match, token: Token) -> bool:
    """Part of a name: capitalised, where capitals are not the rule."""
    first = annotated.tokens[match.first]
    if not first.text[0].isupper() or match.entry.pattern[:1].isupper():
        return False
    if match.first == match.sentence.first:
        return token.entity in _NAMES and match.last - match.first == 1 and match.last < match.sentence.last
    return not _in_capitals(annotated, match) or token.entity in _NAMES - {"ORG"}


def _in_capitals(annotated: AnnotatedArticle, match: Match) -> bool:
    """Whether the words around begin with capitals, as in many headlines."""
    around = annotated.tokens[max(match.sentence.first, match.first - 4) : min(match.sentence.last, match.last + 4)]
    longer = [token.text for token in around if len(token.text) > 3 and token.text.isalpha()]
    return sum(text[0].isupper() for text in longer) >= max(3, len(longer) - 1)


def _is_called(annotated: AnnotatedArticle, token: Token) -> bool:
    """Whether a verb or noun above makes the words somebody's view: *accused him of …*, *called it a …*."""
    for _ in range(_LONGEST_CLIMB):
        head = annotated.tokens[token.head]
        if head is token:
            return False
        if _is_view(annotated, token, head):
            return True
        token = head
    return False


def _is_view(annotated: AnnotatedArticle, token: Token, head: Token) -> bool:
    """Whether what hangs from `head` by `token` is the view of somebody who calls, sees or values."""
    if token.dep == "dobj":
        return head.lemma in _words("valuing")  # praised the heroism of …
    if token.dep == "prep" and token.lemma in ("as", "of"):  # in *accused them of*, *of* may hang from *them*
        verbs = {head.lemma} | {annotated.tokens[head.head].lemma if head.dep == "dobj" else head.lemma}
        return not verbs.isdisjoint(_words("calling") | _words("seeing_as" if token.lemma == "as" else "accusing"))
    if token.dep not in _COMPLEMENTS:
        return False
    return head.lemma in _words("calling") or (head.pos == "NOUN" and head.lemma in _words("alleging"))


def _head_noun(annotated: AnnotatedArticle, match: Match) -> str:
    """Lemma of the noun that the match modifies, "" where it modifies none."""
    token = annotated.anchor(match.first, match.last)
    head = annotated.tokens[token.head]
    if token.dep in ("amod", "compound", "nmod", "conj", "advmod"):
        while head.dep == "conj" and head.pos == "ADJ":
            head = annotated.tokens[head.head]
        if head.pos == "ADJ" and head.dep == "amod":
            head = annotated.tokens[head.head]
        return head.lemma
    if token.dep == "acomp":
        return next((subject.lemma for subject in annotated.children_of(head, "nsubj")), "")
    return ""


def _is_present(annotated: AnnotatedArticle, match: Match) -> bool:
    """dictator, liberation …: not of the past, on which there is no dispute."""
    others = (token for token in annotated.tokens_of(match.sentence) if not match.first <= token.index < match.last)
    return not any(token.text.lower() in _words("past") for token in others)


def _is_happening(annotated: AnnotatedArticle, match: Match) -> bool:
    """devastating, unleash …: of what is or was; not of what *could* be."""
    token = annotated.anchor(match.first, match.last)
    for _ in range(_LONGEST_CLIMB):
        if token.pos in ("VERB", "AUX"):
            verbs = (token, *annotated.children_of(token, "aux"))
            if any(verb.tag == "MD" or (verb.tag == "TO" and token.dep != "xcomp") for verb in verbs):
                return False
            if token.tag in ("VBD", "VBZ", "VBP"):
                return True
        if token.head == token.index:
            break
        token = annotated.tokens[token.head]
    return True


def _is_of_people(annotated: AnnotatedArticle, match: Match) -> bool:
    """brutal, punishing …: what people do; not the weather."""
    return _head_noun(annotated, match) not in _words("weather")


def _is_momentous(annotated: AnnotatedArticle, match: Match) -> bool:
    """historic: said of what is done, as of great moment; not old."""
    return _head_noun(annotated, match) in _words("moment")


def _is_bloody(annotated: AnnotatedArticle, match: Match) -> bool:
    """bloody: of wars and deeds; not stained."""
    return _head_noun(annotated, match) not in _words("stained")


def _is_dramatic(annotated: AnnotatedArticle, match: Match) -> bool:
    """dramatic: of events; not of the stage."""
    return _head_noun(annotated, match) not in _words("stage")


def _is_untried(annotated: AnnotatedArticle, match: Match) -> bool:
    """terrorist, war criminal: said of somebody outright; not *prosecuted as*, *alleged*, *list of*, nor asked."""
    before = annotated.tokens[max(match.sentence.first, match.first - 3) : match.first]
    if (
        annotated.anchor(match.first, match.last).dep == "compound"
        or annotated.tokens[match.sentence.last - 1].text == "?"
    ):
        return False
    return not any(token.text.lower() in _words("untried") for token in before)


def _is_desperate(annotated: AnnotatedArticle, match: Match) -> bool:
    """desperate: said of what somebody tries, not of need."""
    return _head_noun(annotated, match) in _words("attempt")


def _is_explosive(annotated: AnnotatedArticle, match: Match) -> bool:
    """explosive: of words, not of shells."""
    return _head_noun(annotated, match) in _words("statement")


def _is_innocent(annotated: AnnotatedArticle, match: Match) -> bool:
    """innocent: said of victims, not of the accused."""
    return annotated.anchor(match.first, match.last).dep == "amod" and _head_noun(annotated, match) in _words("people")


def _is_attributive(annotated: AnnotatedArticle, match: Match) -> bool:
    return annotated.anchor(match.first, match.last).dep in ("amod", "compound", "nmod")


def _is_verbal_attack(annotated: AnnotatedArticle, match: Match) -> bool:
    """slam, blast, rip …: with words, at somebody; not with shells, and no doors."""
    verb = annotated.tokens[match.first]
    below = list(annotated.children_of(verb))
    if any(t.dep == "prt" or t.text.lower() in ("into", "through", "off", "open", "shut", "home") for t in below):
        return False
    objects = [t for t in below if t.dep in ("dobj", "nsubjpass")]
    doers = [t for t in below if t.dep == "nsubj"]
    doers += [t for by in below if by.dep == "agent" for t in annotated.children_of(by, "pobj")]
    if not objects or any(t.lemma in _words("thing") or t.lemma in _words("weapon") for t in objects):
        return False
    return not any(t.lemma in _words("weapon") for t in doers)


RULES: dict[str, Rule] = {
    "present": _is_present,
    "happened": _is_happening,
    "of_people": _is_of_people,
    "momentous": _is_momentous,
    "bloody": _is_bloody,
    "dramatic": _is_dramatic,
    "untried": _is_untried,
    "desperate": _is_desperate,
    "explosive": _is_explosive,
    "innocent": _is_innocent,
    "attributive": _is_attributive,
    "verbal_attack": _is_verbal_attack,
}
