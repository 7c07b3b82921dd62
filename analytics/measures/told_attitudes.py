"""Where the outlet tells of somebody's attitude: whom it is toward, and which of its words tell of it.

"The chamber praised the minister's steady hand" stands in the outlet's plain words, and yet the praise is the
chamber's. The expressions are those of stance (`knowledge/stances.tsv`); that an attitude is denied, wished for or
without a named holder makes no difference here: whosesoever it is, it is not the outlet's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..annotation.encoder import Span
from ..article import AnnotatedArticle, Sentence, Token
from ..knowledge.lexicon import NOT_A_CUE
from .lexical.matching import Match
from .stance.candidates import anchor_of, stance_matches
from .stance.clauses import ANY_SUBJECT, head_of
from .stance.contexts import is_a, undergoing_verb
from .stance.holders import find_holders
from .stance.targets import Target, evaluated_by, find_targets

# What somebody is praised or blamed for hangs on the verb by one of these; when and where it was done does not.
_GROUNDS = frozenset({"for", "of", "over", "about", "as", "with", "against", "to", "at", "by", "from", "among", "on"})
_WITH_THE_VERB = ("aux", "auxpass", "neg", "prt", "advmod", "agent", "oprd", "xcomp")
_FIRST_PERSON = frozenset({"i", "we"})


class ToldAttitude(NamedTuple):
    """An attitude that the outlet tells of, in characters: the mentions it is toward, the words that tell of it."""

    sentence_id: int
    targets: tuple[Span, ...]
    words: tuple[Span, ...]  # of the holder, the expression and what it is about; not those of the targets

    def is_toward(self, start: int, end: int) -> bool:
        """Whether a mention is its target, or one for whose sake somebody is praised or blamed."""
        return any(first < end and start < last for first, last in self.targets)


def told_attitudes(annotated: AnnotatedArticle) -> dict[int, list[ToldAttitude]]:
    """Sentence id → the attitudes that the outlet tells of in it, in text order; ask for them with `annotated.once`.

    >>> from analytics.annotation import annotate
    >>> text = "The chamber praised Ada Brandt, who had lied for years."
    >>> [told] = told_attitudes(annotate(text))[0]
    >>> [text[start:end] for start, end in told.targets], [text[start:end] for start, end in told.words]
    (['Ada Brandt'], ['The chamber praised'])
    """
    found: dict[int, list[ToldAttitude]] = defaultdict(list)
    for match in annotated.once(stance_matches):
        if match.entry.label != NOT_A_CUE and annotated.voice_at(match.start) == "outlet":
            told = _told(annotated, match)
            if told is not None:
                found[told.sentence_id].append(told)
    return dict(found)


def _told(annotated: AnnotatedArticle, match: Match) -> ToldAttitude | None:
    anchor = anchor_of(annotated, match)
    verb = _verb_of(annotated, match, anchor)
    if match.entry.when == "subject" and verb is None:
        return None  # "X is reckless": the outlet's own evaluation
    if anchor.pos == "ADP" and not _takes_a_side(annotated, match, anchor):
        return None
    governor = verb or anchor
    if any(t.text.lower() in _FIRST_PERSON for t in annotated.children_of(governor, *ANY_SUBJECT)):
        return None
    telling = _telling(annotated, match, anchor, verb)
    named, phrases = set[int](), set[int]()
    for target in find_targets(annotated, match, anchor):
        phrase = _phrase(annotated, target)
        whose = _whose(annotated, target, phrase, judged=is_a(anchor, "judges"))
        if whose:
            named |= whose
            phrases |= phrase
    if not named:
        return None
    if is_a(anchor, "judges"):  # those whom somebody is praised or blamed for
        held = _holder(annotated, match, anchor, governor)
        named |= {i for i in telling - held if i in annotated.mention_at and not match.first <= i < match.last}
    return ToldAttitude(
        match.sentence.sentence_id,
        tuple(_spans(annotated, match.sentence, named)),
        tuple(_spans(annotated, match.sentence, (telling | phrases) - named)),
    )


def _whose(annotated: AnnotatedArticle, target: Target, phrase: set[int], *, judged: bool) -> set[int]:
    """Tokens of the mentions that an attitude is toward: the target, or those whose deed or thing it is."""
    if target.actor is not None:
        return set(range(target.actor.first, target.actor.last))
    owners = phrase if judged else {t.index for t in annotated.children_of(target.head, "poss")}
    mentions = [m for i in owners if (m := annotated.mention_at.get(i)) is not None]
    return {i for m in mentions for i in range(m.first, m.last)}


def _verb_of(annotated: AnnotatedArticle, match: Match, anchor: Token) -> Token | None:
    """The verb that says who has the attitude, where the expression is a noun or an adjective."""
    if match.entry.when == "subject":
        return evaluated_by(annotated, anchor)
    if "undergone" in match.entry.when.split("|") and (verb := undergoing_verb(annotated, anchor)) is not None:
        return verb
    above = head_of(annotated, anchor)
    if anchor.pos == "NOUN" and anchor.dep == "dobj" and (is_a(above, "light") or is_a(above, "negates")):
        return above
    return above if anchor.pos in ("ADJ", "ADP") and above.pos in ("VERB", "AUX") else None


def _telling(annotated: AnnotatedArticle, match: Match, anchor: Token, verb: Token | None) -> set[int]:
    """Tokens of the expression, of its verb, of the holder and of what somebody is praised or blamed for."""
    found = set(range(match.first, match.last)) | {anchor.index}
    for governor in (anchor, verb):
        if governor is None:
            continue
        found.add(governor.index)
        for child in annotated.children_of(governor):
            if _tells(annotated, child, governor):
                found.update(_without_clauses(annotated, child))
    found.update(_holder(annotated, match, anchor, verb or anchor))
    return found


def _without_clauses(annotated: AnnotatedArticle, head: Token) -> Iterator[int]:
    """A token and all below it but for relative clauses: what the outlet adds, whatever it adds it to."""
    yield head.index
    for child in annotated.children_of(head):
        if child.dep != "relcl":
            yield from _without_clauses(annotated, child)


def _tells(annotated: AnnotatedArticle, child: Token, governor: Token) -> bool:
    if child.dep == "prep":
        return child.text.lower() in _GROUNDS
    if child.dep == "advcl":
        return child.tag == "VBG" and child.index > governor.index  # "…, calling her a liar"
    return child.dep in _WITH_THE_VERB or (governor.pos == "NOUN" and child.dep in ("det", "amod", "poss", "compound"))


def _holder(annotated: AnnotatedArticle, match: Match, anchor: Token, governor: Token) -> set[int]:
    """The words that name who has the attitude."""
    place = annotated.voice_span_at(match.start)
    holders = find_holders(annotated, match, anchor, place, unnamed=True)
    found = {i for h in holders if h.first is not None and h.last is not None for i in range(h.first, h.last)}
    subjects = annotated.children_of(governor, *ANY_SUBJECT)
    return found.union(*(kept for t in subjects if not found.isdisjoint(kept := _kept_together(annotated, t))))


def _takes_a_side(annotated: AnnotatedArticle, match: Match, anchor: Token) -> bool:
    """ "Voted against her", "a stance against her", "under fire"; not "sanctions against her"."""
    head = head_of(annotated, anchor)
    return match.entry.when == "undergone" or is_a(head, "position" if head.pos == "NOUN" else "side")


def _kept_together(annotated: AnnotatedArticle, head: Token) -> set[int]:
    """A noun phrase without the clauses and appositions that hang on it, which are the outlet's own."""
    apart = {i for t in annotated.children_of(head, "relcl", "appos", "acl", "advcl") for i in annotated.subtree(t)}
    return set(annotated.subtree(head)) - apart


def _phrase(annotated: AnnotatedArticle, target: Target) -> set[int]:
    """The tokens of a target without the clauses that hang on it."""
    return set(range(target.first, target.last)) & _kept_together(annotated, target.head) | {target.head.index}


def _spans(annotated: AnnotatedArticle, sentence: Sentence, indices: Iterable[int]) -> Iterator[Span]:
    """Tokens as stretches of characters, neighbours joined."""
    start = last = None
    for i in sorted(i for i in indices if sentence.first <= i < sentence.last):
        token = annotated.tokens[i]
        if last is not None and start is not None and i != last + 1:
            yield start, annotated.tokens[last].end
            start = None
        start = token.start if start is None else start
        last = i
    if start is not None and last is not None:
        yield start, annotated.tokens[last].end
