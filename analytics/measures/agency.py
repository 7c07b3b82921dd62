"""Agency: who is shown as acting, who as acted upon, and where the actor is left out.

Conventions. Agent: subject of an active verb that is no state (`knowledge/agency.tsv`; saying counts
as acting), agent of a passive ("by X"), possessor or modifier of an event noun ("Lund's attack").
Patient: object, dative or passive subject of such a verb, subject of a verb of undergoing ("suffered"),
whom an event noun is directed at ("attack on Lund"), and whom another makes, lets or asks to act
("forced Lund to resign"). Other: everything else, among it subjects of "be" and "have". Coordinated
mentions share a role; a name in apposition has the role of the noun before it where that noun is no
mention itself; the name before a noun that acts for it ("Norland's troops") has the role of that noun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from ..annotation.passives import undergoer
from ..article import AnnotatedArticle, Mention, Token
from ..knowledge.lexicon import Entry, load
from ..vocabulary import Role, Voice
from .contract import Evidence, Finding, Measure, Score, ScoreRow

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_MODIFIERS = frozenset({"poss", "amod", "compound", "nmod"})
_NOUNS = frozenset({"event", "proxy"})  # labels of nouns; the others are of verbs
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LONGEST_CLIMB = 20  # coordinated names


@cache
def _lexicon() -> dict[str, Entry]:
    return {entry.pattern: entry for entry in load("agency")}


def _is(token: Token, label: str) -> bool:
    entry = _lexicon().get(token.lemma)
    return entry is not None and entry.label == label and (token.pos == "NOUN") == (label in _NOUNS)


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """`{mention_id, role}` for every mention of the article, in order.

    >>> from analytics.annotation import annotate
    >>> dam = annotate("Ada Brandt closed the dam. Oren Tash was arrested.")
    >>> list(find(dam))
    [{'mention_id': 0, 'role': 'agent'}, {'mention_id': 1, 'role': 'patient'}]
    """
    for mention in annotated.mentions:
        yield {"mention_id": mention.mention_id, "role": role_of(annotated, mention)}


def role_of(annotated: AnnotatedArticle, mention: Mention) -> Role:
    """Agent, patient or other: see the conventions of this module."""
    token = _leader(annotated, annotated.tokens[mention.head])
    if token.dep in _MODIFIERS and _is(annotated.tokens[token.head], "proxy"):
        token = _leader(annotated, annotated.tokens[token.head])
    head = annotated.tokens[token.head]
    if token.dep == "nsubj":
        return "patient" if _is_told_of(annotated, head) else _of_subject(annotated, head)
    if token.dep == "nsubjpass":
        return "other" if _is(head, "state") or _is(head, "state_passive") else "patient"
    if token.dep in ("dobj", "dative"):
        return "other" if _is(head, "state") else "patient"
    if token.dep == "pobj":
        return _of_object(annotated, head)
    if token.dep in _MODIFIERS and _is(head, "event"):
        return "agent"
    return "other"


def _leader(annotated: AnnotatedArticle, token: Token) -> Token:
    """The token whose place in the clause a mention has: first of a coordination, noun it is apposed to."""
    for _ in range(_LONGEST_CLIMB):
        apposed = token.dep == "appos" and token.head not in annotated.mention_at
        if token.dep != "conj" and not apposed:
            break
        token = annotated.tokens[token.head]
    return token


def _is_told_of(annotated: AnnotatedArticle, verb: Token) -> bool:
    """Whether a headline leaves out the auxiliary of a passive: "Brandt accused of fraud"."""
    sentence = annotated.sentence_at(verb.start)
    headline = sentence is not None and sentence.in_title
    return headline and undergoer(verb, annotated.tokens, annotated.syntax.children, headline=True) is not None


def _of_subject(annotated: AnnotatedArticle, verb: Token) -> Role:
    if verb.pos not in ("VERB", "AUX"):
        return "other"
    if _is(verb, "undergoer"):
        return "patient"
    if _is(verb, "raising"):
        below = next(annotated.children_of(verb, "xcomp"), None)
        return "other" if below is None or below.pos != "VERB" else _of_subject(annotated, below)
    if _is(verb, "state"):
        return "other"
    if (
        verb.dep == "ccomp"
        and verb.tag == "VB"
        and not any(_is_finite_auxiliary(t) for t in annotated.children_of(verb))
    ):
        above = annotated.tokens[verb.head]  # "forced Lund to resign", "let Lund resign"
        return "other" if _is(above, "state") else "patient"
    return "agent"


def _of_object(annotated: AnnotatedArticle, preposition: Token) -> Role:
    if preposition.dep == "agent":
        return "agent"
    if preposition.dep == "dative":
        return "patient"
    governor = annotated.tokens[preposition.head]
    word = preposition.text.lower()
    if governor.pos == "NOUN" and _is(governor, "event"):
        return "patient" if word in _lexicon()[governor.lemma].when.split("|") else "agent" if word == "by" else "other"
    return "other"


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """Score "agency" per actor and voice, score "agentless_passive" per voice.

    agency = agents / (agents + patients) among the actor's mentions; agentless_passive = passive
    clauses without "by …" / clauses, a clause being a finite verb with a subject of its own.

    >>> from analytics.annotation import annotate
    >>> dam = annotate("Ada Brandt closed the dam. Oren Tash was arrested.")
    >>> [(row.score, row.actor_id, row.numerator, row.denominator) for row in score(dam, list(find(dam)))]
    [('agency', 'ada-brandt', 1, 1), ('agency', 'oren-tash', 0, 1), ('agentless_passive', None, 1, 2)]
    """
    yield from _agency(annotated, findings)
    yield from _agentless(annotated)


def _agency(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    roles = {row["mention_id"]: row["role"] for row in findings}
    counts: Counter[tuple[str, Voice, object]] = Counter(
        (m.actor_id, annotated.voice_span_at(m.start).voice, roles.get(m.mention_id)) for m in annotated.mentions
    )
    for actor_id, voice in sorted({(actor, voice) for actor, voice, _ in counts}):
        agents, patients = counts[actor_id, voice, "agent"], counts[actor_id, voice, "patient"]
        if agents + patients:
            yield ScoreRow(
                score="agency", actor_id=actor_id, voice=voice, numerator=agents, denominator=agents + patients
            )


def _agentless(annotated: AnnotatedArticle) -> Iterator[ScoreRow]:
    clauses: Counter[Voice] = Counter()
    agentless: Counter[Voice] = Counter()
    for token, span in annotated.with_voices():
        if token.pos in ("VERB", "AUX"):
            children = list(annotated.children_of(token))
            if _is_clause(token, children):
                clauses[span.voice] += 1
                agentless[span.voice] += _is_agentless(token, children)
    for voice, n in sorted(clauses.items()):
        yield ScoreRow(score="agentless_passive", voice=voice, numerator=agentless[voice], denominator=n)


def _is_clause(verb: Token, children: list[Token]) -> bool:
    finite = verb.tag in _FINITE or any(_is_finite_auxiliary(child) for child in children)
    return finite and any(c.dep in _SUBJECTS for c in children)


def _is_finite_auxiliary(token: Token) -> bool:
    return token.tag in _FINITE and token.dep in ("aux", "auxpass")


def _is_agentless(verb: Token, children: list[Token]) -> bool:
    deps = {child.dep for child in children}
    if _is(verb, "state_passive"):  # "is committed to"
        return False
    return bool(deps & {"nsubjpass", "auxpass", "csubjpass"}) and "agent" not in deps


MEASURE = Measure(
    name="agency",
    table="mentions",
    find=find,
    score=score,
    scores=(
        Score(
            name="agency",
            label="Agency",
            question="Is the actor shown as acting rather than as acted upon?",
            unit="share of mentions as agent or patient",
            range=(0.0, 1.0),
            higher_means="more often acting",
            per_actor=True,
            status="exploratory",
            evidence=Evidence(
                table="mentions",
                condition="t.role <> 'other'",
                value="CAST(t.role = 'agent' AS DOUBLE)",
                actor="t.actor_id",
            ),
        ),
        Score(
            name="agentless_passive",
            label="Passives without an agent",
            question="How often is it left out who did it?",
            unit="share of clauses",
            range=(0.0, 1.0),
            higher_means="who acts is left out more often",
            per_actor=False,
            status="exploratory",
            no_evidence="This measure counts without marking words.",
        ),
    ),
    method=(
        "The role of each mention follows from its place in the parse: subjects of active verbs of action and agents "
        "of passives act; objects, passive subjects and those at whom an event noun is directed are acted upon. "
        "A passive clause without “by …” counts as agentless, among all clauses with a finite verb and own subject."
    ),
    source="Own rules after Dowty 1991 (proto-roles); states after Vendler 1957; cf. Riveter (Antoniak et al. 2023).",
    limits=(
        "Saying counts as acting; being, having, knowing and wanting do not. Verbs that are both state and action take "
        "one reading. The implied subjects of participles and relative clauses are not followed, and errors of the "
        "parser carry over. Passives whose agent is obvious or unknown count as agentless too."
    ),
    gold_set=None,
)
