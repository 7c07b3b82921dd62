"""Who holds a stance: the actor whom the grammar of its expression makes responsible, or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...article import AnnotatedArticle, Mention, Token, VoiceSpan
from ..lexical.matching import Match
from .clauses import ANY_SUBJECT, SUBJECTS, coordinated, first_conjunct, head_of, is_infinitive, is_passive, subject_of
from .contexts import is_a

_FIRST_PERSON = frozenset({"i", "we", "my", "our"})


class Holder(NamedTuple):
    """An actor, or the outlet itself (None), and the tokens that name the holder where they are there."""

    actor_id: str | None
    first: int | None = None
    last: int | None = None
    first_person: bool = False


def find_holders(annotated: AnnotatedArticle, match: Match, anchor: Token, place: VoiceSpan) -> list[Holder]:
    """Holders of a stance; empty where the text names none or one that is no actor.

    An evaluation ("X is unacceptable", "there is no point in X") is held by whoever speaks.
    """
    if match.entry.when == "subject":
        return list(_evaluators(annotated, anchor, place))
    if match.entry.when == "said":
        return list(_asserters(annotated, anchor, place))
    if any(annotated.children_of(anchor, "expl")):
        return list(_speaker(place))
    if anchor.pos == "NOUN":
        return list(_noun_holders(annotated, match, anchor))
    if (
        anchor.pos in ("VERB", "AUX")
        and (_takes_object(match) or match.entry.when == "from")
        and is_passive(annotated, anchor)
    ):
        agents = (t for by in annotated.children_of(anchor, "agent") for t in annotated.children_of(by, "pobj"))
        return [h for agent in agents for h in resolve(annotated, agent)]
    if anchor.pos == "ADP":
        head = head_of(annotated, first_conjunct(annotated, anchor))
        if head.pos == "NOUN":
            return list(_noun_holders(annotated, match, head)) if is_a(head, "position") else []
        if not is_a(head, "side"):
            return []
    if anchor.dep == "acl" and is_infinitive(annotated, anchor):  # "Lund's decision to support"
        return list(_noun_holders(annotated, match, head_of(annotated, anchor)))
    subject = subject_of(annotated, anchor, SUBJECTS if _takes_object(match) else ANY_SUBJECT)
    return list(resolve(annotated, subject)) if subject is not None else []


def resolve(annotated: AnnotatedArticle, token: Token) -> Iterator[Holder]:
    """The actors that a noun phrase names, with those coordinated with it."""
    for each in coordinated(annotated, token):
        mention = annotated.mention_at.get(each.index) or _acting_for(annotated, each)
        if mention is not None and _is_people(annotated, mention):
            continue
        if mention is not None:
            yield Holder(mention.actor_id, mention.first, mention.last, each.text.lower() in _FIRST_PERSON)
        elif each.text.lower() in _FIRST_PERSON:
            for holder in _speaker(annotated.voice_span_at(each.start)):
                if holder.actor_id is not None:
                    yield Holder(holder.actor_id, each.index, each.index + 1, True)


def _is_people(annotated: AnnotatedArticle, mention: Mention) -> bool:
    """ "Russians" are not Russia when it comes to what they think."""
    words = annotated.tokens[mention.first : mention.last]
    return mention.kind == "country" and len(words) == 1 and words[0].tag in ("NNS", "NNPS")


def _acting_for(annotated: AnnotatedArticle, noun: Token) -> Mention | None:
    """The country that a noun such as "government" speaks for."""
    if not is_a(noun, "acts_for"):
        return None
    for child in annotated.children_of(noun, "poss", "amod", "compound", "nmod"):
        mention = annotated.mention_at.get(child.index)
        if mention is not None and mention.kind == "country":
            return mention
    return None


def _takes_object(match: Match) -> bool:
    return bool({"object", "thing", "actor"}.intersection(match.entry.when.split("|")))


def _speaker(place: VoiceSpan) -> Iterator[Holder]:
    """Whoever speaks: the outlet, or the source of a quotation where it is known."""
    if place.voice == "outlet" or place.speaker_id is not None:
        yield Holder(place.speaker_id)


def _noun_holders(annotated: AnnotatedArticle, match: Match, noun: Token) -> Iterator[Holder]:
    """Whose stance a noun names: possessor, modifier, source, or the subject of "express" and the like."""
    places = match.entry.when.split("|")
    for child in annotated.children_of(noun, "poss", "amod", "compound", "nmod"):
        if child.index not in range(match.first, match.last) and child.index < noun.index:
            found = list(resolve(annotated, child))
            if found or (child.dep == "poss" and child.tag != "PRP$"):
                yield from found
                return
    for prep in annotated.children_of(noun, "prep"):
        word = prep.text.lower()
        if word in ("from", "by", "among", "of") and word not in places and prep.index > noun.index:
            for source in annotated.children_of(prep, "pobj"):
                yield from resolve(annotated, source)
            return
    noun = first_conjunct(annotated, noun)
    verb = head_of(annotated, noun)
    if noun.dep == "dobj" and (is_a(verb, "light") or is_a(verb, "negates")):
        subject = subject_of(annotated, verb)
        if subject is not None:
            yield from resolve(annotated, subject)


def _evaluators(annotated: AnnotatedArticle, anchor: Token, place: VoiceSpan) -> Iterator[Holder]:
    for prep in annotated.children_of(anchor, "prep"):
        if prep.text.lower() == ("for" if anchor.lemma == "line" else "to") and anchor.lemma not in (
            "threat",
            "danger",
        ):
            # "acceptable to Lund", "a red line for Lund", but not "a threat to Lund"
            for judge in annotated.children_of(prep, "pobj"):
                yield from resolve(annotated, judge)
            return
    verb = head_of(annotated, anchor)
    if verb.pos == "ADP":  # "see it as a mistake"
        verb = head_of(annotated, verb)
    if is_a(verb, "deems"):
        yield from _deemers(annotated, verb, place)
        return
    above = head_of(annotated, verb)
    if verb.dep == "ccomp" and above.pos == "VERB" and place.voice == "outlet":
        subject = subject_of(annotated, above)
        yield from resolve(annotated, subject) if subject is not None else ()
    elif place.voice != "outlet" or verb.tag in (
        "VBZ",
        "VBP",
    ):  # an outlet's past tense mostly tells of others' judgement
        yield from _speaker(place)


def _asserters(annotated: AnnotatedArticle, verb: Token, place: VoiceSpan) -> Iterator[Holder]:
    """Who says a clause: whoever is made to say or think it, else whose voice it stands in."""
    above = head_of(annotated, verb)
    if verb.dep == "ccomp" and above.pos == "VERB" and place.voice == "outlet":
        subject = subject_of(annotated, above)
        yield from resolve(annotated, subject) if subject is not None else ()
    else:
        yield from _speaker(place)


def _deemers(annotated: AnnotatedArticle, verb: Token, place: VoiceSpan) -> Iterator[Holder]:
    if is_passive(annotated, verb):
        agents = [t for by in annotated.children_of(verb, "agent") for t in annotated.children_of(by, "pobj")]
        if agents:
            for agent in agents:
                yield from resolve(annotated, agent)
        elif place.voice != "outlet":
            yield from _speaker(place)
        return
    subject = subject_of(annotated, verb)
    if subject is not None:
        yield from resolve(annotated, subject)
