"""Where an expression of stance and the encoder disagree, the expression's words win.

It names holder and target by the grammar of the sentence, which the encoder only guesses from similar ones. So a row of
the encoder is left out where an expression of the same holder in the same sentence

- is toward the same actor with the other sign, or
- has the same sign toward something that is done to the actor or said of it, and not toward the actor: "condemned
  attacks on Oren Tash", "rejected claims that Tash had failed", "criticised the decision to sack Tash". Whose deed it
  is may still be meant: "condemned Tash's attack".
"""

from __future__ import annotations

from ...article import AnnotatedArticle, Mention
from .candidates import Candidate
from .targets import Target

_UPON = frozenset("on upon against at toward towards to for".split())  # before whom something is done to
_FACTS = frozenset("fact way idea".split())  # that somebody did something is told by these, and not claimed
_OBJECTS = frozenset({"dobj", "nsubjpass", "dative"})


def overruled(annotated: AnnotatedArticle, found: list[Candidate], holder: Mention, target: Mention, sign: int) -> bool:
    """Whether one of the expressions found says otherwise than that a holder is for (1) or against (−1) a target."""
    for c in found:
        if c.match.sentence.sentence_id != target.sentence_id or c.holder.actor_id != holder.actor_id:
            continue
        told = 1 if c.match.entry.label == "favour" else -1
        if c.context.negated:
            told = -told
        actor = c.target.actor
        if actor is not None and actor.actor_id == target.actor_id:
            if told != sign:
                return True
        elif told == sign and _is_part(c.target, target) and _is_affected(annotated, c.target, target):
            return True
    return False


def _is_part(whole: Target, mention: Mention) -> bool:
    return whole.first <= mention.first and mention.last <= whole.last


def _is_affected(annotated: AnnotatedArticle, whole: Target, mention: Mention) -> bool:
    """Whether what the expression is toward is done to the actor, or said of it."""
    token = annotated.tokens[mention.head]
    if token.dep in _OBJECTS:
        return True
    if token.dep == "pobj":
        return annotated.tokens[token.head].text.lower() in _UPON
    said = annotated.tokens[token.head].dep in ("acl", "ccomp")
    return token.dep == "nsubj" and said and whole.head.lemma not in _FACTS
