"""Stance: who is against or in favour of whom or what, in whose words.

A lexicon (`knowledge/stances.tsv`) names verbs, nouns, adjectives and prepositions of stance and
where their target stands in the parse; the holder follows from the grammar of the expression.

Conventions, not calibrated probabilities: an asserted expression has the weight of its lexicon row
as p_against or p_favour, the rest is p_none. In doubt ("might support") half of that. A stance that
is turned round is not its opposite: "not against" is p_none 0.6, p_favour 0.4; "does not support" is
p_none 0.5, p_against 0.5. Duties ("must support") count only in the first person; questions,
hypotheses ("if they support") and requests ("urged them to support") do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, cast

from ...article import AnnotatedArticle, Sentence, Token, Voice, VoiceSpan
from ...knowledge.lexicon import NOT_A_CUE, load
from ..contract import Finding, Measure, Score, ScoreRow
from ..matching import Accept, Match, Matcher
from .contexts import Reading, reading_of
from .holders import Holder, find_holders
from .propositions import proposition_id, relations
from .targets import Target, anchor_of, find_targets, refers_back

IN_DOUBT = 0.5  # factor
NOT_AGAINST = 0.4  # p_favour of a negated opposition
NOT_IN_FAVOUR = 0.5  # p_against of a negated support


class Candidate(NamedTuple):
    """One holder's stance toward one target before it becomes a row."""

    match: Match
    anchor: Token
    holder: Holder
    target: Target
    reading: Reading
    place: VoiceSpan


@cache
def _matcher() -> Matcher:
    return Matcher(load("stances"))


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """Rows of the `stances` table, in text order.

    `holder_id` is null only where voice is "outlet": the outlet's own evaluation. A holder who is no
    actor of the article, or a target without words of its own, gives no row.
    """
    candidates: list[Candidate] = []
    for match in _matcher().find(annotated, accept=_accepts(annotated)):
        candidates += _read(annotated, match, candidates[-1] if candidates else None)
    words = relations(annotated) if candidates else []
    spoken_for = {(c.holder.actor_id, c.anchor.index) for c in candidates}
    for c in candidates:
        if (c.holder.actor_id, c.target.head.index) not in spoken_for:  # "refused to support X" is said of X once
            yield _row(annotated, c, words)


def _accepts(annotated: AnnotatedArticle) -> Accept:
    def accept(match: Match) -> bool:
        anchor = anchor_of(annotated, match)
        return (
            match.entry.label == NOT_A_CUE
            or bool(find_targets(annotated, match, anchor))
            or refers_back(annotated, match, anchor)
        )

    return accept


def _read(annotated: AnnotatedArticle, match: Match, before: Candidate | None) -> Iterator[Candidate]:
    if match.entry.label == NOT_A_CUE or _asks(annotated, match.sentence):
        return
    anchor = anchor_of(annotated, match)
    place = annotated.voice_span_at(match.start)
    reading = reading_of(annotated, match, anchor, reported=place.voice == "reported")
    if reading is None or (reading.negated and match.entry.when == "actor"):  # who does not accuse takes no side
        return
    targets = find_targets(annotated, match, anchor)
    if before is not None and before.match.sentence == match.sentence and refers_back(annotated, match, anchor):
        targets = [before.target]
    holders = find_holders(annotated, match, anchor, place)
    if reading.duty and match.entry.when != "subject":
        holders = [holder for holder in holders if holder.first_person]
    for holder in holders:
        for target in targets:
            if target.actor is None or target.actor.actor_id != holder.actor_id:
                yield Candidate(match, anchor, holder, target, reading, place)


def _asks(annotated: AnnotatedArticle, sentence: Sentence) -> bool:
    return annotated.text_of(sentence.start, sentence.end).rstrip("\"”’') ").endswith("?")


def _row(annotated: AnnotatedArticle, c: Candidate, words: list[Match]) -> Finding:
    against, favour = probabilities(c.match.entry.label, c.match.entry.weight, c.reading)
    start, end = _evidence(annotated, c)
    tokens, actor = annotated.tokens, c.target.actor
    holder = annotated.mention_at.get(c.holder.first) if c.holder.first is not None else None
    known = actor.actor_id if actor else proposition_id(annotated, words, c.target, holder)
    return {
        "sentence_id": c.match.sentence.sentence_id,
        "holder_id": c.holder.actor_id,
        "target_id": known,
        "target_kind": "actor" if actor else "proposition",
        "target": annotated.text_of(tokens[c.target.first].start, tokens[c.target.last - 1].end),
        "expression": _expression(annotated, c),
        "p_against": against,
        "p_none": round(1 - against - favour, 6),
        "p_favour": favour,
        "stance": round(favour - against, 6),
        "start": start,
        "end": end,
        "voice": c.place.voice,
        "speaker_id": c.place.speaker_id,
    }


def probabilities(label: str, weight: float, reading: Reading) -> tuple[float, float]:
    """(p_against, p_favour) of an expression by the conventions of this module.

    >>> probabilities("against", 0.9, Reading(negated=True))
    (0.0, 0.4)
    """
    against = label == "against"
    if reading.negated:
        against, weight = not against, NOT_AGAINST if against else NOT_IN_FAVOUR
    p = round(weight * IN_DOUBT if reading.weak else weight, 6)
    return (p, 0.0) if against else (0.0, p)


def _expression(annotated: AnnotatedArticle, c: Candidate) -> str:
    """The words of the expression, from the word that turns them round to the preposition of the target."""
    negation, first, last = c.reading.negation, c.match.first, c.match.last
    if negation is not None and c.match.sentence.first <= negation < first <= negation + 4:
        clitic = annotated.tokens[negation].text.lower() in ("n't", "n’t")
        first = negation - clitic  # "isn't opposed", not "n't opposed"
    following = annotated.tokens[last : c.target.first]
    if following and following[0].text.lower() in c.match.entry.when.split("|"):
        last += 1
    return annotated.text_of(annotated.tokens[first].start, annotated.tokens[last - 1].end)


def _evidence(annotated: AnnotatedArticle, c: Candidate) -> tuple[int, int]:
    """Character span over holder, expression and target, within the expression's sentence."""
    sentence = c.match.sentence
    spans = [(c.match.first, c.match.last), (c.target.first, c.target.last)]
    if c.holder.first is not None and c.holder.last is not None:
        spans.append((c.holder.first, c.holder.last))
    if c.reading.negation is not None:
        spans.append((c.reading.negation, c.reading.negation + 1))
    inside = [(a, b) for a, b in spans if sentence.first <= a < b <= sentence.last]
    tokens = annotated.tokens
    return tokens[min(a for a, _ in inside)].start, tokens[max(b for _, b in inside) - 1].end


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """Mean stance toward each actor that is a target, by voice (numerator: sum, denominator: n)."""
    sums: dict[tuple[str, Voice], list[float]] = {}
    for row in findings:
        if row["target_kind"] == "actor" and row["target_id"] is not None:
            key = cast("tuple[str, Voice]", (row["target_id"], row["voice"]))
            sums.setdefault(key, []).append(cast(float, row["stance"]))
    for (actor_id, voice), values in sorted(sums.items()):
        yield ScoreRow(score="stance", actor_id=actor_id, voice=voice, numerator=sum(values), denominator=len(values))


MEASURE = Measure(
    name="stance",
    table="stances",
    find=find,
    score=score,
    scores=(
        Score(
            name="stance",
            label="Stance toward the actor",
            question="Are the stances told in this voice for or against the actor, whoever holds them?",
            unit="mean, −1 to 1",
            range=(-1.0, 1.0),
            higher_means="more in favour",
            per_actor=True,
            status="exploratory",
        ),
    ),
    method=(
        "Verbs, nouns, adjectives and prepositions of stance are found from a lexicon; who holds the stance and "
        "toward what follows from the parse of the clause, with negation, modality and questions taken into "
        "account. The score is the mean stance (p_favour − p_against) over the stances whose target is the actor."
    ),
    source="Own lexicon and rules; verb classes after Levin 1993; holder, target and polarity after Wiebe et al. 2005.",
    limits=(
        "Weights are conventions of the lexicon, not calibrated probabilities: asserted expressions carry their row's "
        "weight, doubt halves it, “not against” is 0.4 in favour, “does not support” is 0.5 against. Only stances in "
        "so many words and within one sentence are found; irony, actions (sanctions, attacks) and holders that are no "
        "actors of the article are not. A stance in the outlet's voice may be somebody else's: the holder says whose. "
        "Errors of the parser and of coreference carry over."
    ),
    gold_set=None,
)
