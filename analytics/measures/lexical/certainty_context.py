"""When a word is a cue: the context rules that the `when` column of the cue lexicons names.

Most hedges and boosters are homographs of something else: the month of May, a suspect,
*appeared in court*, *about the war*. Each rule reads the parse around a match and says yes or no.
"""

from __future__ import annotations

from collections.abc import Callable

from ...article import AnnotatedArticle, Token
from .matching import Match, surface

Rule = Callable[[AnnotatedArticle, Match], bool]

_CLAUSAL = ("ccomp", "xcomp")
_PASSIVE = ("auxpass", "nsubjpass")
_SUBJECTS = ("nsubj", "nsubjpass")
_PERSONAL = {"i", "you", "he", "she", "we", "they", "who"}
_NUMBER_WORDS = {"half", "dozen", "dozens", "hundreds", "thousands", "millions", "billions", "noon", "midnight"}
_FRACTIONS = {"half", "third", "quarter", "fifth", "tenth", "dozen", "hundred", "thousand", "million", "billion"}
# What can suggest or indicate a thing without proposing it.
_FINDINGS = {"evidence", "figure", "data", "poll", "survey", "report", "study", "result", "test", "intelligence"}
_RECORDS = {"image", "footage", "photo", "video", "document", "record", "number", "estimate", "trend", "history"}
_EVIDENCE = _FINDINGS | _RECORDS | {"finding", "analysis", "research", "sign", "it", "this", "that", "which"}
_PERCEPTION = {"see", "hear", "smell"}  # *could see* is what one saw
_ASKING = {"ask", "wonder", "determine", "establish", "know", "see", "say", "tell", "check", "decide", "question"}
_CURRENCIES = {"$", "€", "£", "¥", "us$", "c$", "a$"}


def _next(annotated: AnnotatedArticle, match: Match) -> Token | None:
    return annotated.tokens[match.last] if match.last < match.sentence.last else None


def _negated(annotated: AnnotatedArticle, token: Token) -> bool:
    """Whether the token, the copula or verb it completes, or its subject is negated."""
    places = [token]
    if token.dep in ("acomp", "attr", "oprd", "aux", "auxpass"):
        verb = annotated.tokens[token.head]
        places += (verb, *annotated.children_of(verb, *_SUBJECTS))
    return any(
        child.dep == "neg" or (child.dep == "det" and child.lemma == "no")
        for place in places
        for child in annotated.children_of(place)
    ) or any(place.lemma in ("none", "nobody", "nothing", "neither") for place in places)


def _is_modal(annotated: AnnotatedArticle, match: Match) -> bool:
    """may, might: the modal verb, not the month and not the noun."""
    token = annotated.tokens[match.first]
    return token.tag == "MD" and token.entity != "DATE"


def _is_open_could(annotated: AnnotatedArticle, match: Match) -> bool:
    """could: a possibility. *Could not* tells an inability and *could only* a limit; neither is open."""
    token, after = annotated.tokens[match.first], _next(annotated, match)
    if token.tag != "MD" or _negated(annotated, token) or annotated.tokens[token.head].lemma in _PERCEPTION:
        return False
    return after is None or surface(after) not in {"not", "n't", "only", "no", "barely", "hardly"}


def _is_affirmed(annotated: AnnotatedArticle, match: Match) -> bool:
    return not _negated(annotated, annotated.anchor(match.first, match.last))


def _is_before_number(annotated: AnnotatedArticle, match: Match) -> bool:
    """about, some, around …: in front of a quantity."""
    after = _next(annotated, match)
    if after is None:
        return False
    form = surface(after)
    if form in ("a", "an", "one") and after.index + 1 < match.sentence.last:
        return surface(annotated.tokens[after.index + 1]) in _FRACTIONS
    return after.tag == "CD" or form in _CURRENCIES or form in _NUMBER_WORDS


def _has_clause(annotated: AnnotatedArticle, match: Match) -> bool:
    """provided: as a conjunction."""
    token, after = annotated.anchor(match.first, match.last), _next(annotated, match)
    return token.dep == "mark" or (after is not None and surface(after) == "that")


def _is_asserted(annotated: AnnotatedArticle, match: Match) -> bool:
    """prove, demonstrate: somebody did, that something is so; not *has to prove that*."""
    token = annotated.tokens[match.first]
    infinitive = any(child.tag == "TO" for child in annotated.children_of(token, "aux"))
    return (
        not infinitive and not _negated(annotated, token) and any(True for _ in annotated.children_of(token, "ccomp"))
    )


def _complement(annotated: AnnotatedArticle, token: Token) -> bool:
    return any(True for _ in annotated.children_of(token, *_CLAUSAL))


def _is_raising(annotated: AnnotatedArticle, match: Match) -> bool:
    """appear: to be or do something, not in a place."""
    token, after = annotated.tokens[match.first], _next(annotated, match)
    if after is not None and (surface(after) in ("to", "that") or after.pos == "ADJ"):
        return True
    parenthetical = token.dep in ("parataxis", "ccomp") and any(
        child.lemma == "it" for child in annotated.children_of(token, "nsubj")
    )
    return parenthetical or any(True for _ in annotated.children_of(token, *_CLAUSAL, "acomp", "oprd"))


def _is_inference(annotated: AnnotatedArticle, match: Match) -> bool:
    """suggest, indicate: that something is so. Suggesting a plan, or that one should …, is a proposal."""
    token = annotated.tokens[match.first]
    clauses = [c for c in annotated.children_of(token, "ccomp") if c.pos in ("VERB", "AUX")]
    if clauses:
        return all(_states(annotated, clause) for clause in clauses)
    has_object = any(child.pos in ("NOUN", "PROPN") for child in annotated.children_of(token, "dobj"))
    return has_object and any(subject.lemma in _EVIDENCE for subject in annotated.children_of(token, "nsubj"))


def _states(annotated: AnnotatedArticle, clause: Token) -> bool:
    """Whether a clause says what is, with a finite verb, and not what should be."""
    verbs = (clause, *annotated.children_of(clause, "aux", "auxpass"))
    proposes = any(verb.lemma in ("should", "ought") for verb in verbs)
    return not proposes and any(verb.tag in ("VBD", "VBZ", "VBP", "MD") for verb in verbs)


def _is_opinion(annotated: AnnotatedArticle, match: Match) -> bool:
    """think, believe, suspect …: that something is so; not *believe in*, *think about*, a suspect."""
    token = annotated.anchor(match.first, match.last)
    if _complement(annotated, token):
        return True
    if any(True for _ in annotated.children_of(token, *_PASSIVE)):
        return any(child.lemma in ("of", "as") for child in annotated.children_of(token, "prep", "oprd"))
    subject, after = next(annotated.children_of(token, *_SUBJECTS), None), _next(annotated, match)
    set_off = after is None or after.pos == "PUNCT"  # the weather, I think, will hold
    return set_off and token.dep in ("parataxis", "ccomp") and subject is not None and subject.lemma in _PERSONAL


def _is_complete(annotated: AnnotatedArticle, match: Match) -> bool:
    """looks like: followed by what it looks like; not *what it looks like*."""
    after = _next(annotated, match)
    return after is not None and after.pos not in ("PUNCT", "CCONJ")


def _is_belief_passive(annotated: AnnotatedArticle, match: Match) -> bool:
    """considered, seen, regarded: *is widely seen as*, *is considered dangerous*."""
    token, after = annotated.tokens[match.first], _next(annotated, match)
    if token.tag != "VBN" or after is None:
        return False
    passive = any(True for _ in annotated.children_of(token, *_PASSIVE))
    if any(child.tag == "MD" for child in annotated.children_of(token, "aux")):
        return False  # *will be considered a target* announces
    return surface(after) == "as" or (passive and any(True for _ in annotated.children_of(token, "oprd")))


def _is_attributive(annotated: AnnotatedArticle, match: Match) -> bool:
    """apparent: *an apparent attack*, not *it became apparent*."""
    return annotated.tokens[match.first].dep == "amod"


def _is_predicative(annotated: AnnotatedArticle, match: Match) -> bool:
    """certain, sure, clear: said of a statement and not denied, *it is clear that*."""
    token = annotated.tokens[match.first]
    if token.dep not in ("acomp", "oprd", "ROOT") or _negated(annotated, token):
        return False
    return _complement(annotated, token) or (
        token.dep != "ROOT" and _complement(annotated, annotated.tokens[token.head])
    )


def _is_condition(annotated: AnnotatedArticle, match: Match) -> bool:
    """if: opens a clause on which another depends; *asked if* opens a question."""
    return annotated.tokens[match.first].dep == "mark" and not _is_indirect_question(annotated, match)


def _is_indirect_question(annotated: AnnotatedArticle, match: Match) -> bool:
    """if: in the sense of *whether*, after ask, wonder, determine …"""
    clause = annotated.tokens[annotated.tokens[match.first].head]
    verb = annotated.tokens[clause.head]
    before = annotated.tokens[match.first - 1] if match.first > match.sentence.first else None
    beside = before is not None and (before.lemma in _ASKING or before.pos == "PRON")
    return verb.lemma in _ASKING and (clause.dep == "ccomp" or beside) and verb.index < match.first


def _is_degree(annotated: AnnotatedArticle, match: Match) -> bool:
    """rather, very, so: directly in front of the adjective or adverb that they grade."""
    token, after = annotated.tokens[match.last - 1], _next(annotated, match)
    return token.dep == "advmod" and after is not None and after.pos in ("ADJ", "ADV")


def _is_filler(annotated: AnnotatedArticle, match: Match) -> bool:
    """kind of, sort of: in front of what they weaken; not *this kind of war*."""
    after = _next(annotated, match)
    before = annotated.tokens[match.first - 1] if match.first > match.sentence.first else None
    if after is None or after.pos not in ("ADJ", "ADV", "VERB"):
        return False
    return before is None or before.pos not in ("DET", "ADJ", "PRON")


def _is_epistemic_must(annotated: AnnotatedArticle, match: Match) -> bool:
    """must: a conclusion, *must have known*; as an obligation it is no booster."""
    token = annotated.tokens[match.first]
    verb = annotated.tokens[token.head]
    return verb.tag == "VBN" and any(child.text == "have" for child in annotated.children_of(verb, "aux"))


RULES: dict[str, Rule] = {
    "modal": _is_modal,
    "open_could": _is_open_could,
    "affirmed": _is_affirmed,
    "before_number": _is_before_number,
    "clause": _has_clause,
    "asserted": _is_asserted,
    "raising": _is_raising,
    "inference": _is_inference,
    "opinion": _is_opinion,
    "complete": _is_complete,
    "belief_passive": _is_belief_passive,
    "attributive": _is_attributive,
    "predicative": _is_predicative,
    "condition": _is_condition,
    "indirect_question": _is_indirect_question,
    "degree": _is_degree,
    "filler": _is_filler,
    "epistemic_must": _is_epistemic_must,
}
