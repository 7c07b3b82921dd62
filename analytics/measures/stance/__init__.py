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
from dataclasses import replace
from functools import partial
from typing import cast

from ...article import AnnotatedArticle
from ...knowledge.targets import Proposition
from ...vocabulary import Voice
from ..contract import Evidence, Finding, Mark, Measure, Score, ScoreRow, name_of
from ..lexical.matching import Match
from ..means import Value, means
from .candidates import CLAUSE_OF_THE_WORD, Candidate, candidates, stance_matches, without_repeats
from .contexts import StanceContext
from .propositions import proposition_id, relations
from .statements import stated
from .targets import judged

IN_DOUBT = 0.5  # factor
NOT_AGAINST = 0.4  # p_favour of a negated opposition
NOT_IN_FAVOUR = 0.5  # p_against of a negated support
TOLD, OWN = "stance_on", "own_stance_on"  # scores of a listed statement, before its id


def expressed(annotated: AnnotatedArticle) -> list[Candidate]:
    """The stances of actors that the lexicon's expressions carry, in text order."""
    return candidates(annotated, annotated.once(stance_matches))


def find(annotated: AnnotatedArticle, *, propositions: tuple[Proposition, ...] = ()) -> Iterator[Finding]:
    """Rows of the `stances` table, in text order.

    `holder` are the words that name who holds the stance; both it and `holder_id` are null only where voice is
    "outlet": the outlet's own evaluation. A holder who is no actor of the article gives a row where the outlet tells
    of a stance toward an actor; a target without words of its own gives none. `target_id` is the actor's, that of one
    of the `propositions`, or that of a relation between actors; else null. To praise or blame somebody's deeds is to
    praise or blame that actor.

    >>> from analytics.annotation import annotate
    >>> [row] = find(annotate("Oren Tash opposes Ada Brandt."))
    >>> row["holder_id"], row["target_id"], row["expression"], row["stance"]
    ('oren-tash', 'ada-brandt', 'opposes', -0.9)
    >>> [row] = find(annotate("The chamber praised Ada Brandt's steady hand."))
    >>> row["holder_id"], row["holder"], row["target_id"], row["stance"]
    (None, 'The chamber', 'ada-brandt', 0.85)
    """
    listed = stated(annotated, propositions)
    told = {(s.candidate.holder.actor_id, s.candidate.target.head.index) for s in listed}
    found = candidates(annotated, annotated.once(stance_matches), unnamed=True)
    words = relations(annotated) if found else []
    rows = []
    for c in without_repeats(found):
        if c.target.actor is not None or (c.holder.actor_id, c.target.head.index) not in told:
            row = _row(annotated, c, known=None if c.target.actor else _relation(annotated, c, words))
            if row["holder_id"] != row["target_id"] if row["target_kind"] == "actor" else not c.holder.is_unnamed:
                rows.append((c.match.start, row))
    for s in listed:
        rows.append(
            (s.candidate.match.start, _row(annotated, s.candidate, known=s.proposition.proposition_id, turned=s.turned))
        )
    yield from (row for _, row in sorted(rows, key=lambda each: each[0]))


def _relation(annotated: AnnotatedArticle, c: Candidate, words: list[Match]) -> str | None:
    """The id of a target that is a relation between actors."""
    holder = annotated.mention_at.get(c.holder.first) if c.holder.first is not None else None
    return proposition_id(annotated, words, c.target, holder)


def _row(annotated: AnnotatedArticle, c: Candidate, *, known: str | None, turned: bool = False) -> Finding:
    context, label = c.context, c.match.entry.label
    if c.match.entry.when in CLAUSE_OF_THE_WORD:  # its negation is what is said: "must not" is against
        context, turned = context._replace(negated=False), turned != context.negated
    if turned:
        label = "favour" if label == "against" else "against"
    against, favour = probabilities(label, c.match.entry.weight, context)
    start, end = _evidence(annotated, c)
    tokens = annotated.tokens
    actor = None if known else judged(annotated, c.target, c.anchor)
    return {
        "sentence_id": c.match.sentence.sentence_id,
        "holder_id": c.holder.actor_id,
        "holder": _holder_words(annotated, c),
        "target_id": actor.actor_id if actor else known,
        "target_kind": "actor" if actor else "proposition",
        "target": annotated.text_of(tokens[c.target.first].start, tokens[c.target.last - 1].end),
        "expression": _expression(annotated, c),
        "method": "expression",
        "p_against": against,
        "p_none": round(1 - against - favour, 6),
        "p_favour": favour,
        "stance": round(favour - against, 6),
        "start": start,
        "end": end,
        "voice": c.place.voice,
        "speaker_id": c.place.speaker_id,
    }


def probabilities(label: str, weight: float, context: StanceContext) -> tuple[float, float]:
    """(p_against, p_favour) of an expression by the conventions of this module.

    >>> probabilities("against", 0.9, StanceContext(negated=True))
    (0.0, 0.4)
    """
    against = label == "against"
    if context.negated:
        against, weight = not against, NOT_AGAINST if against else NOT_IN_FAVOUR
    p = round(weight * IN_DOUBT if context.weak else weight, 6)
    return (p, 0.0) if against else (0.0, p)


def _holder_words(annotated: AnnotatedArticle, c: Candidate) -> str | None:
    """The words that name the holder; None where it is whoever speaks."""
    if c.holder.first is None or c.holder.last is None:
        return None
    return annotated.text_of(annotated.tokens[c.holder.first].start, annotated.tokens[c.holder.last - 1].end)


def _expression(annotated: AnnotatedArticle, c: Candidate) -> str:
    """The words of the expression, from the word that turns them round to the preposition of the target."""
    negation, first, last = c.context.negation, c.match.first, c.match.last
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
    if c.context.negation is not None:
        spans.append((c.context.negation, c.context.negation + 1))
    inside = [(a, b) for a, b in spans if sentence.first <= a < b <= sentence.last]
    tokens = annotated.tokens
    return tokens[min(a for a, _ in inside)].start, tokens[max(b for _, b in inside) - 1].end


def score(
    annotated: AnnotatedArticle, findings: list[Finding], *, propositions: tuple[Proposition, ...] = ()
) -> Iterator[ScoreRow]:
    """Mean stance toward each actor, and toward each proposition, by voice (numerator: sum, denominator: n).

    Toward propositions the outlet's own stance and that of the holders it tells of are scores of their own.

    >>> from analytics.annotation import annotate
    >>> dam = annotate("Oren Tash opposes Ada Brandt.")
    >>> [(row.score, row.actor_id, row.voice, row.numerator, row.denominator) for row in score(dam, list(find(dam)))]
    [('stance', 'ada-brandt', 'outlet', -0.9, 1)]
    """
    return means(_values(findings, {p.proposition_id for p in propositions}))


def _values(findings: list[Finding], listed: set[str]) -> Iterator[Value]:
    for row in findings:
        target, voice, stance = row["target_id"], cast(Voice, row["voice"]), cast(float, row["stance"])
        if row["target_kind"] == "actor" and target is not None:
            yield "stance", cast(str, target), voice, stance
        elif target in listed:
            yield f"{OWN if row['holder_id'] is None else TOLD}:{target}", None, voice, stance


def scores_on(proposition_id: str, statement: str) -> tuple[Score, Score]:
    """The two scores of a listed statement: what named holders think of it, and what the outlet does.

    >>> [score.name for score in scores_on("proposition:toll", "The toll should rise")]
    ['stance_on:proposition:toll', 'own_stance_on:proposition:toll']
    """
    shared = {
        "unit": "mean, −1 to 1",
        "range": (-1.0, 1.0),
        "higher_means": "more in favour of the statement",
        "per_actor": False,
        "status": "exploratory",
    }
    listed = proposition_id.replace("'", "''")

    def of(holders: str) -> Evidence:
        condition = f"t.method = 'expression' AND t.target_id = '{listed}' AND {holders}"
        return Evidence(table="stances", condition=condition, who=name_of("holder_id"), value="t.stance")

    return (
        Score(
            name=f"{TOLD}:{proposition_id}",
            label=f"Sources on “{statement}”",
            question=f"Are those whose stance is told for or against “{statement}”?",
            evidence=of("t.holder_id IS NOT NULL"),
            **shared,  # type: ignore[arg-type]
        ),
        Score(
            name=f"{OWN}:{proposition_id}",
            label=f"The outlet itself on “{statement}”",
            question=f"Is the outlet for or against “{statement}” in words of its own, put in nobody's mouth?",
            evidence=of("t.holder_id IS NULL"),
            **shared,  # type: ignore[arg-type]
        ),
    )


MEASURE = Measure(
    name="stance",
    table="stances",
    find=find,
    score=score,
    scores=(
        Score(
            name="stance",
            label="Stance toward the actor, in so many words",
            question="Are the stances told in this voice for or against the actor, whoever holds them?",
            unit="mean, −1 to 1",
            range=(-1.0, 1.0),
            higher_means="more in favour",
            per_actor=True,
            status="exploratory",
            evidence=Evidence(
                table="stances",
                condition="t.method = 'expression'",
                who=f"coalesce({name_of('holder_id')}, t.holder)",
                value="t.stance",
                actor="t.target_id",
            ),
        ),
    ),
    method=(
        "Verbs, nouns, adjectives and prepositions of stance are found from a lexicon; who holds the stance and "
        "toward what follows from the parse of the clause, with negation, modality and questions taken into "
        "account. To praise or blame somebody's deeds is to praise or blame that one. Toward the statements that a "
        "user lists (docs/targets.md) wishes, demands and what “should” be count as well, each statement with two "
        "scores of its own: of the holders told of, and of the outlet. "
        "The score is the mean stance (p_favour − p_against) over the stances whose target is the actor."
    ),
    source="Own lexicon and rules; verb classes after Levin 1993; holder, target and polarity after Wiebe et al. 2005.",
    limits=(
        "Weights are conventions of the lexicon, not calibrated probabilities: asserted expressions carry their row's "
        "weight, doubt halves it, “not against” is 0.4 in favour, “does not support” is 0.5 against. Only stances in "
        "so many words and within one sentence are found; irony and actions (sanctions, attacks) are not. Holders that "
        "are no actors of the article (“critics”) stand in the article's words where the target is an actor. A stance "
        "in the outlet's voice may be somebody else's: the holder says whose. Errors of the parser and of coreference "
        "carry over. Of a listed statement most mentions give no row."
    ),
    gold_set=None,
    marks=(Mark(kind="stance", layer="Stances", label="stance", line="above", colour="side"),),
)


def measure_for(propositions: tuple[Proposition, ...]) -> Measure:
    """The measure that also finds stances toward listed statements, with two scores for each of them."""
    return replace(
        MEASURE,
        find=partial(find, propositions=propositions),
        score=partial(score, propositions=propositions),
        scores=(*MEASURE.scores, *(s for p in propositions for s in scores_on(p.proposition_id, p.statement))),
    )
