"""Who holds a stance: the actor whom the grammar of its expression makes responsible, or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...article import AnnotatedArticle, Mention, Token, VoiceSpan
from ..lexical.matching import Match
from .clauses import (
    ANY_SUBJECT,
    SUBJECTS,
    coordinated,
    first_conjunct,
    head_of,
    is_detached,
    is_headline_passive,
    is_infinitive,
    is_passive,
    phrase,
    subject_of,
)
from .contexts import is_a, undergoing_verb
from .targets import NUMBERS

_FIRST_PERSON = frozenset({"i", "we", "my", "our"})
_ABOUT = frozenset({"about", "after", "over", "for", "because"})
_SOME = frozenset({"many", "some", "others", "several", "few", "most", "both"})


class Holder(NamedTuple):
    """An actor, one who is none in the article (id None), or the outlet itself (None and no tokens)."""

    actor_id: str | None
    first: int | None = None
    last: int | None = None
    first_person: bool = False

    @property
    def is_unnamed(self) -> bool:
        """Whether the words name somebody who is no actor: "critics", "the chamber"."""
        return self.actor_id is None and self.first is not None


def find_holders(
    annotated: AnnotatedArticle, match: Match, anchor: Token, place: VoiceSpan, *, unnamed: bool = False
) -> list[Holder]:
    """Holders of a stance; empty where the text names none or, without `unnamed`, one that is no actor.

    An evaluation ("X is unacceptable", "there is no point in X") is held by whoever speaks.
    """
    return [h for h in _holders(annotated, match, anchor, place) if unnamed or not h.is_unnamed]


def _holders(annotated: AnnotatedArticle, match: Match, anchor: Token, place: VoiceSpan) -> list[Holder]:
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
        and any(passive(annotated, anchor) for passive in (is_passive, is_headline_passive, is_detached))
    ):
        return [h for agent in _agents(annotated, anchor) for h in resolve(annotated, agent)]
    if anchor.pos == "ADP" and match.entry.when == "undergone":
        return list(_sources(annotated, match, anchor))
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


def _agents(annotated: AnnotatedArticle, verb: Token) -> Iterator[Token]:
    """Those by whom it is done; the parser takes some in headlines for other phrases."""
    for by in annotated.children_of(verb, "agent", "prep"):
        if by.text.lower() == "by":
            yield from annotated.children_of(by, "pobj")


def resolve(annotated: AnnotatedArticle, token: Token) -> Iterator[Holder]:
    """Those whom a noun phrase names, with those coordinated with it."""
    for each in coordinated(annotated, token):
        mention = annotated.mention_at.get(each.index) or _acting_for(annotated, each)
        if mention is not None and _is_people(annotated, mention):
            yield Holder(None, mention.first, mention.last)
        elif mention is not None:
            yield Holder(mention.actor_id, mention.first, mention.last, each.text.lower() in _FIRST_PERSON)
        elif each.text.lower() in _FIRST_PERSON:
            for holder in _speaker(annotated.voice_span_at(each.start)):
                if holder.actor_id is not None:
                    yield Holder(holder.actor_id, each.index, each.index + 1, True)
        elif (each.pos in ("NOUN", "PROPN") and each.entity not in NUMBERS) or each.text.lower() in _SOME:
            yield Holder(None, *_name(annotated, each))


def _name(annotated: AnnotatedArticle, noun: Token) -> tuple[int, int]:
    """The phrase of a noun without what the attitude is about: "critics" of "critics over the dam"."""
    first, last = phrase(annotated, noun)
    about = [t.index for t in annotated.children_of(noun, "prep") if t.text.lower() in _ABOUT and t.index > noun.index]
    return first, min([last, *about])


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
            if any(not h.is_unnamed for h in found) or (child.dep == "poss" and child.tag != "PRP$"):
                yield from found
                return
    for prep in annotated.children_of(noun, "prep"):
        word = prep.text.lower()
        of_its_own = word == "of" and "undergone" in places  # "accusations of fraud" are not fraud's
        if word in ("from", "by", "among", "of") and word not in places and not of_its_own and prep.index > noun.index:
            for source in annotated.children_of(prep, "pobj"):
                yield from resolve(annotated, source)
            return
    if "undergone" in places and (verb := undergoing_verb(annotated, noun)) is not None:
        yield from _sources(annotated, match, verb)
        return
    noun = first_conjunct(annotated, noun)
    verb = head_of(annotated, noun)
    if noun.dep == "dobj" and (is_a(verb, "light") or is_a(verb, "negates")):
        subject = subject_of(annotated, verb)
        if subject is not None:
            yield from resolve(annotated, subject)


def _sources(annotated: AnnotatedArticle, match: Match, above: Token) -> Iterator[Holder]:
    """From whom somebody undergoes what the expression says: "under fire from X", "drew criticism from X"."""
    for governor in (above, *annotated.tokens[match.first : match.last]):
        for prep in (governor, *annotated.children_of(governor, "prep", "agent")):
            if prep.text.lower() in ("from", "by", "among") and prep.index > match.first:
                for source in annotated.children_of(prep, "pobj"):
                    yield from resolve(annotated, source)
                return


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
