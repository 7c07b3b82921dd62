"""Tells persons of one surname apart where an article goes on with the surname alone: "Keller said he …".

By the title before the name, by a pronoun that goes back to it, and by who of them the last sentences were about.
Where none of these decides, the surname stays an actor of its own; unknown is better than wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping

from ..article import Sentence, Token
from .actor_spans import ActorSpan
from .name_words import PRONOUN_GENDERS, titled
from .persons import title_gender

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ASIDE = frozenset({"appos", "poss"})  # named beside somebody else, not as a party to what happens
_WINDOW = 3  # sentences back
_FAR = 100  # tokens or mentions: no sentence of prose is longer
_OFTEN = 3  # mentions of whom an article is about


def settle(
    spans: list[ActorSpan],
    unsettled: Mapping[int, Mapping[str, str]],
    *,
    tokens: tuple[Token, ...],
    sentences: tuple[Sentence, ...],
    genders: Mapping[str, str],
) -> list[ActorSpan]:
    """The spans, in text order, with each of the `unsettled` (first token → id and name of its bearers) linked."""
    starts = [sentence.first for sentence in sentences]
    spans = sorted(spans, key=lambda span: span.first)
    persons = frozenset(span.first for span in spans if span.kind == "person")
    named = Counter(span.actor_id for span in spans)
    settled: list[ActorSpan] = []
    for span in spans:
        if bearers := unsettled.get(span.first):
            sentence = sentences[max(bisect_right(starts, span.first) - 1, 0)]
            gender = title_gender(titled(tokens, span.first)) or _gender_of_pronoun(span, sentence, persons, tokens)
            chosen = (
                _by_gender(gender, bearers, genders)
                or _by_place(bearers, settled, sentence, starts, tokens)
                or _lead(bearers, named)
            )
            if chosen is not None:
                span = span._replace(actor_id=chosen, name=bearers[chosen], kind="person")
                named[chosen] += 1
        settled.append(span)
    return settled


def _by_gender(gender: str | None, bearers: Iterable[str], genders: Mapping[str, str]) -> str | None:
    if gender is None:
        return None
    fitting = [i for i in bearers if genders.get(i, gender) == gender]
    certain = [i for i in fitting if i in genders]
    chosen = certain if len(certain) == 1 else fitting
    return chosen[0] if len(chosen) == 1 else None


def _gender_of_pronoun(
    span: ActorSpan, sentence: Sentence, persons: frozenset[int], tokens: tuple[Token, ...]
) -> str | None:
    """The gender of the first pronoun after a subject, where no other person is named between them."""
    if tokens[span.head].dep not in _SUBJECTS:
        return None
    for token in tokens[span.last : min(sentence.last, span.last + _FAR)]:
        if token.index in persons:
            return None
        if token.text.lower() in PRONOUN_GENDERS:
            return PRONOUN_GENDERS[token.text.lower()]
    return None


def _by_place(
    bearers: Mapping[str, str],
    settled: list[ActorSpan],
    sentence: Sentence,
    starts: list[int],
    tokens: tuple[Token, ...],
) -> str | None:
    """The one of the bearers that the last sentence to name any of them is about."""
    last: int | None = None
    parties: set[str] = set()
    subjects: set[str] = set()
    for span in reversed(settled[-_FAR:]):
        at = bisect_right(starts, span.first) - 1
        if sentence.sentence_id - at > _WINDOW or (last is not None and at < last):
            break
        if span.actor_id not in bearers:
            continue
        last = at
        head = tokens[span.head]
        if head.dep in _SUBJECTS:
            subjects.add(span.actor_id)
        if not _is_aside(head, tokens):
            parties.add(span.actor_id)
    return next(iter(subjects)) if len(subjects) == 1 and parties == subjects else None


def _lead(bearers: Mapping[str, str], named: Counter[str]) -> str | None:
    """The one of the bearers that the article is about, where it names the others once in passing."""
    (lead, most), *others = sorted(((i, named[i]) for i in bearers), key=lambda pair: -pair[1])
    return lead if most >= _OFTEN and all(n <= 1 for _, n in others) else None


def _is_aside(head: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a person is only named to say who another is: "sister of X", "X's brother"."""
    return head.dep in _ASIDE or (head.dep == "pobj" and tokens[tokens[head.head].head].dep in ("appos", "attr"))
