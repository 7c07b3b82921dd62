"""Where the outlet tells of somebody's attitude, and whom it is toward.

"The chamber praised the minister's steady hand" stands in the outlet's plain words, and yet the praise is the
chamber's. The expressions are those of stance (`knowledge/stances.tsv`); that an attitude is denied, wished for or
without a named holder makes no difference here: whosesoever it is, it is not the outlet's. That nobody has it, or that
somebody was accused falsely, is the outlet's own word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ..annotation.encoder import Span
from ..article import AnnotatedArticle, Mention, Token
from ..knowledge.lexicon import NOT_A_CUE
from .lexical.matching import Match
from .stance.candidates import anchor_of, stance_matches
from .stance.clauses import ANY_SUBJECT, head_of
from .stance.contexts import is_a
from .stance.targets import Target, evaluated_by, find_targets

_FIRST_PERSON = frozenset({"i", "we"})
_NOBODY = frozenset({"nobody", "none", "no-one", "no", "hardly"})  # "no one", "hardly anyone"
_FALSELY = frozenset("falsely wrongly wrongfully unjustly mistakenly baselessly unfairly".split())


class ToldAttitude(NamedTuple):
    """An attitude that the outlet tells of, and the mentions that it is toward, in characters."""

    sentence_id: int
    targets: tuple[Span, ...]

    def is_toward(self, start: int, end: int) -> bool:
        """Whether a mention is its target."""
        return any(first < end and start < last for first, last in self.targets)


def told_attitudes(annotated: AnnotatedArticle) -> dict[int, list[ToldAttitude]]:
    """Sentence id → the attitudes that the outlet tells of in it, in text order; ask for them with `annotated.once`.

    >>> from analytics.annotation import annotate
    >>> text = "The chamber praised Ada Brandt for her steady hand."
    >>> [told] = told_attitudes(annotate(text))[0]
    >>> [text[start:end] for start, end in told.targets]
    ['Ada Brandt', 'her']
    """
    found: dict[int, list[ToldAttitude]] = defaultdict(list)
    for match in annotated.once(stance_matches):
        if match.entry.label != NOT_A_CUE and annotated.voice_at(match.start) == "outlet":
            targets = _targets(annotated, match)
            if targets:
                spans = tuple((mention.start, mention.end) for mention in targets)
                found[match.sentence.sentence_id].append(ToldAttitude(match.sentence.sentence_id, spans))
    return dict(found)


def _targets(annotated: AnnotatedArticle, match: Match) -> list[Mention]:
    """The mentions toward which an expression tells of an attitude, in text order; none where it is the outlet's."""
    anchor = anchor_of(annotated, match)
    verb = evaluated_by(annotated, anchor) if match.entry.when == "subject" else anchor
    if verb is None or _is_the_outlets(annotated, verb):  # "X is reckless" is the outlet's own evaluation
        return []
    if anchor.pos == "ADP" and not _takes_a_side(annotated, match, anchor):
        return []
    judges = is_a(anchor, "judges")
    found = {m for t in find_targets(annotated, match, anchor) for m in _whose(annotated, t, judged=judges)}
    if judges:  # "… for her steady hand"
        again = (annotated.mention_at.get(i) for i in annotated.subtree(anchor))
        found |= {m for m in again if m is not None and any(m.actor_id == other.actor_id for other in found)}
    return sorted(found, key=lambda mention: mention.mention_id)


def _whose(annotated: AnnotatedArticle, target: Target, *, judged: bool) -> Iterator[Mention]:
    """The actor that is the target, or whose deed or thing it is."""
    if target.actor is not None:
        yield target.actor
        return
    owners = (
        range(target.first, target.last) if judged else (t.index for t in annotated.children_of(target.head, "poss"))
    )
    for i in owners:
        if (mention := annotated.mention_at.get(i)) is not None:
            yield mention


def _is_the_outlets(annotated: AnnotatedArticle, verb: Token) -> bool:
    if any(child.text.lower() in _FALSELY for child in annotated.children_of(verb, "advmod")):
        return True
    subjects = [
        {each.text.lower() for each in (subject, *annotated.children_of(subject, "det", "advmod"))}
        for subject in annotated.children_of(verb, *ANY_SUBJECT)
    ]
    return any(words & (_FIRST_PERSON | _NOBODY) for words in subjects)


def _takes_a_side(annotated: AnnotatedArticle, match: Match, anchor: Token) -> bool:
    """ "Voted against her", "a stance against her", "under fire"; not "sanctions against her"."""
    head = head_of(annotated, anchor)
    return match.entry.when == "undergone" or is_a(head, "position" if head.pos == "NOUN" else "side")
