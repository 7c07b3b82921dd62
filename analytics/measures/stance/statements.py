"""Whether a stance's target is a listed statement ("Ukraine should join NATO") or its opposite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ...article import AnnotatedArticle, Token
from ...knowledge.lexicon import load
from ...knowledge.targets import Proposition
from ..lexical.matching import Matcher
from .candidates import CLAUSE_OF_THE_WORD, Candidate, candidates, matches, without_repeats
from .clauses import ANY_SUBJECT
from .contexts import is_a
from .keywords import Keywords, Places, TargetSpan, inside
from .subjects import sounds_unlike
from .targets import ANAPHORS, Target

_LONGEST_WITH_PRONOUN = 8  # tokens
_WISHED = frozenset({"clause", "infinitive", "be"})
_WIDEST = 24  # tokens that a statement's keywords may span
_NEAR = 6  # tokens from them to the actor it is about
_SENTENCES_BACK = 2  # how far before a pronoun its words may stand
_NOT = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
_TURNING = frozenset({"out", "outside", "without", "against", "short"})
_CIRCUMSTANCES = frozenset(
    {"before", "after", "since", "until", "during", "despite", "amid", "because", "if", "when", "while", "as", "like"}
    | {"by", "than", "over", "about", "regarding", "concerning", "given", "following", "instead", "rather"}
)
_SEVERAL = frozenset({"they", "them", "their", "these", "those", "both", "either", "neither"})
_OTHERS = frozenset({"country", "nation", "state", "republic"})


class Stated(NamedTuple):
    """A stance toward a proposition; `turned`: its target is the opposite of the statement."""

    candidate: Candidate
    proposition: Proposition
    turned: bool


class _Listed(NamedTuple):
    proposition: Proposition
    keywords: Places
    reversed: Places


@cache
def _matcher() -> Matcher:
    return Matcher((*load("stances"), *load("statement_stances")))


def stated(annotated: AnnotatedArticle, propositions: Iterable[Proposition]) -> list[Stated]:
    """The stances toward propositions, in text order: of one holder in one sentence the strongest toward each."""
    keywords = Keywords(annotated) if annotated.tokens else None
    listed = [_Listed(p, keywords.places(p.keywords), keywords.places(p.reversed)) for p in propositions if keywords]
    listed = [each for each in listed if each.keywords or each.reversed]
    if not listed:
        return []
    found: dict[tuple[object, ...], Stated] = {}
    found_in = matches(annotated, _matcher(), pronouns=True)
    for c in without_repeats(candidates(annotated, found_in, pronouns=True)):
        for each in listed:
            turned = _turned(annotated, c, each)
            if turned is None or sounds_unlike(annotated, c, each.proposition):
                continue
            key = (c.match.sentence.sentence_id, c.holder.actor_id, each.proposition.proposition_id)
            if key not in found or c.match.entry.weight > found[key].candidate.match.entry.weight:
                found[key] = Stated(c, each.proposition, turned)
    return [s for s in found.values() if not _is_demanded(s, found.values())]


def _is_demanded(s: Stated, others: Iterable[Stated]) -> bool:
    """ "Varlen demanded that Ostia agree to …" does not say that Ostia agrees."""
    c = s.candidate
    return c.match.entry.when != "self" and any(
        o.candidate.holder.actor_id != c.holder.actor_id
        and _WISHED.intersection(o.candidate.match.entry.when.split("|"))
        and o.candidate.target.first <= c.anchor.index < o.candidate.target.last
        for o in others
    )


def _turned(annotated: AnnotatedArticle, c: Candidate, listed: _Listed) -> bool | None:
    """Whether the target is the statement (False) or its opposite (True); None: something else."""
    if c.target.actor is not None or not _may_hold(annotated, c, listed.proposition):
        return None
    for places, opposite in ((listed.keywords, False), (listed.reversed, True)):
        words = inside(places, c.target.first, c.target.last)
        if words is not None:
            first, last = min(words).first, max(place.last for place in words)
            turned = _turned_inside(annotated, c, words) if last - first <= _WIDEST else None
            if turned is not None and _is_about(annotated, c, listed.proposition, first - _NEAR, last + _NEAR):
                return turned != opposite
        elif (
            places
            and _refers_to(annotated, c, places)
            and _is_about(annotated, c, listed.proposition, c.target.first, c.target.last)
        ):
            return opposite
    return None


def _may_hold(annotated: AnnotatedArticle, c: Candidate, proposition: Proposition) -> bool:
    """ "Ukraine will not join" foretells, "NATO will not admit" decides; nobody grants a wish of its own."""
    its_own = c.holder.actor_id in proposition.about
    if c.match.entry.when in ("own", "given"):
        return not its_own
    if c.match.entry.when != "self":
        return True
    known = annotated.mention_at.get(c.holder.first) if c.holder.first is not None else None
    may_wish = its_own or not proposition.about or (known is not None and known.kind == "person")
    return may_wish and not c.context.negated  # "dropped its bid" is told by the verb


def _is_country(annotated: AnnotatedArticle, c: Candidate) -> bool:
    known = annotated.mention_at.get(c.holder.first) if c.holder.first is not None else None
    return known is not None and known.kind == "country"


def _turned_inside(annotated: AnnotatedArticle, c: Candidate, words: list[TargetSpan]) -> bool | None:
    """Whether what stands over the keywords in the target's phrase turns them round; None: another thing is meant."""
    ways = [_way_up(annotated, c.target, place) for place in words]
    if any(_is_another_clause(annotated, token, c.target) for way in ways for token in way):
        return None
    keys = {i for place in words for i in range(*place)}
    over = [{token.index for token in way} - keys for way in ways]
    governors = [annotated.tokens[i] for i in sorted(set().union(*over))]
    over_all = [annotated.tokens[i] for i in sorted(over[0].intersection(*over[1:]))]
    if any(token.text.lower() in _CIRCUMSTANCES for token in governors):
        return None
    if any(_is_another_thing(annotated, token) for token in over_all):
        return None
    if c.match.entry.when in CLAUSE_OF_THE_WORD and not _is_said(annotated, c, ways):
        return None
    turned = False
    for token in governors:
        turned ^= token.text.lower() in _TURNING or is_a(token, "negates") or is_a(token, "turns")
    for token in (*governors, *(annotated.tokens[i] for i in sorted(keys))):
        own = token is c.anchor and c.match.entry.when in CLAUSE_OF_THE_WORD  # that negation is the expression's
        turned ^= not own and any(_negates(child) for child in annotated.children_of(token))
    return turned


def _way_up(annotated: AnnotatedArticle, target: Target, place: TargetSpan) -> list[Token]:
    """A keyword and what stands over it, up to the head of the target."""
    way = [annotated.tokens[place.last - 1]]
    while way[-1].index != target.head.index:
        above = annotated.tokens[way[-1].head]
        if above is way[-1] or not target.first <= above.index < target.last:
            break  # hung elsewhere by the parse
        way.append(above)
    return way


def _is_another_clause(annotated: AnnotatedArticle, token: Token, target: Target) -> bool:
    """A clause coordinated with the target's, with a subject of its own."""
    is_verb = token.index != target.head.index and token.dep == "conj" and token.pos in ("VERB", "AUX")
    return is_verb and any(annotated.children_of(token, *ANY_SUBJECT))


def _is_said(annotated: AnnotatedArticle, c: Candidate, ways: list[list[Token]]) -> bool:
    """ "Ardan must join" says that it should; "Ardan's membership must be discussed" does not, "… be granted" does."""
    verb = c.target.head
    under = [way[-2] for way in ways if len(way) > 1 and way[-1] is verb]
    only_of_subject = len(under) == len(ways) and all(token.dep in ANY_SUBJECT for token in under)
    return not only_of_subject or any(is_a(verb, label) for label in ("grants", "negates", "turns"))


def _is_another_thing(annotated: AnnotatedArticle, token: Token) -> bool:
    """A report about a membership is not the membership; the prospect of it is."""
    if token.pos != "NOUN" or token.index in annotated.mention_at:
        return False
    return not any(is_a(token, label) for label in ("transparent", "carries", "negates", "turns"))


def _negates(child: Token) -> bool:
    return child.text.lower() in _NOT and child.dep in ("neg", "det", "advmod", "preconj")


def _refers_to(annotated: AnnotatedArticle, c: Candidate, places: Places) -> bool:
    """Whether a pronoun of the target stands for what was said just before, by the same voice, in the keywords."""
    pronouns = [
        i
        for i in range(c.target.first, c.target.last)
        if annotated.tokens[i].text.lower() in ANAPHORS and i not in annotated.mention_at
    ]
    stands_for_itself = c.target.head.index in pronouns or is_a(c.target.head, "transparent")
    if not pronouns or not stands_for_itself or c.target.last - c.target.first > _LONGEST_WITH_PRONOUN:
        return False
    at = c.match.sentence.sentence_id
    for sentence in reversed(annotated.sentences[max(0, at - _SENTENCES_BACK) : at + 1]):
        last = min(sentence.last, c.target.first)
        words = inside(places, sentence.first, last) if sentence.first < last else None
        if words is not None:
            voice = annotated.voice_span_at(annotated.tokens[words[0].first].start)
            return (voice.voice, voice.speaker_id) == (c.place.voice, c.place.speaker_id)
    return False


def _is_about(annotated: AnnotatedArticle, c: Candidate, proposition: Proposition, first: int, last: int) -> bool:
    """Whether one of the actors a statement is about is meant: in the target's tokens [first, last), else near it."""
    if not proposition.about:
        return True
    first, last = max(first, c.target.first), min(last, c.target.last)
    within = [m for m in annotated.mentions if first <= m.first and m.last <= last]
    if any(m.actor_id in proposition.about for m in within):
        return True
    words = annotated.tokens[first:last]
    if any(m.kind == "country" for m in within) or any(_means_several(word) for word in words):
        return False
    if _is_own_doing(annotated, c):
        return c.holder.actor_id in proposition.about
    at = c.match.sentence.sentence_id
    for sentence_id in range(at, max(-1, at - 1 - _SENTENCES_BACK), -1):
        near = list(_countries(annotated, sentence_id, c))
        if near:
            return min(near)[1] in proposition.about
    return c.holder.actor_id in proposition.about


def _means_several(word: Token) -> bool:
    return word.text.lower() in _SEVERAL or (word.lemma in _OTHERS and word.tag == "NNS")


def _is_own_doing(annotated: AnnotatedArticle, c: Candidate) -> bool:
    """Whether the holder, a country, is the one who would do it ("Ardan wants to join", "seeks membership")."""
    if not _is_country(annotated, c) or c.match.entry.when == "from":  # who is prevented from it would do it
        return False
    head = c.target.head
    if head.pos == "VERB":
        return not any(annotated.children_of(head, "nsubj", "poss", "nsubjpass"))
    wished = c.match.entry.lexicon == "statement_stances" and c.match.entry.label == "favour"
    return wished and not (is_a(head, "negates") or is_a(head, "turns"))


def _countries(annotated: AnnotatedArticle, sentence_id: int, c: Candidate) -> Iterator[tuple[int, str]]:
    """Countries of a sentence other than the holder, with their distance from the target."""
    for m in annotated.mentions:
        if m.sentence_id == sentence_id and m.kind == "country" and m.actor_id != c.holder.actor_id:
            yield abs(m.first - c.target.head.index), m.actor_id
