"""The evidence of a score in a selection, and the query that fetches it with its sentences."""

from __future__ import annotations

from dataclasses import replace

from ...measures import Evidence, Score
from ...results.store import Selection
from ..view import View

MENTIONED = Evidence(table="mentions", actor="t.actor_id")


def evidence_of(score: Score, voices: tuple[str, ...] = ()) -> Evidence | None:
    """Where the findings of a score stand; None where it has none, or none in these voices."""
    found = score.evidence
    if found is None or not found.of_voices:
        return found
    return in_voice(found, voices[0]) if len(voices) == 1 and voices[0] in found.of_voices else None


def in_voice(evidence: Evidence, voice: str) -> Evidence:
    """The part of the evidence that stands in one voice."""
    return replace(evidence, condition=f"{evidence.condition} AND t.voice = '{voice}'")


def findings(view: View, evidence: Evidence, selection: Selection) -> tuple[str, list[object]]:
    """The query of all findings that a selection keeps, with their sentences, and its parameters.

    A score that is not about actors counts whole articles, so an actor filter keeps all findings
    of the articles that mention the actor: as many as the number counts.
    """
    condition, parameters = view.store.where(evidence.table, selection.but(actors=()))
    if selection.actors:
        marks = ", ".join("?" for _ in selection.actors)
        of_actor = f"t.article_id IN (SELECT article_id FROM mentions WHERE actor_id IN ({marks}))"
        condition += f" AND {evidence.actor} IN ({marks})" if evidence.actor else f" AND {of_actor}"
        parameters = [*parameters, *selection.actors]
    sql = f"""SELECT a.outlet, a.published, a.title, t.voice, {evidence.who} AS who, s.text AS sentence,
        substr(s.text, t.start - s.start + 1, t."end" - t.start) AS words, {evidence.value or "NULL"} AS value,
        t.article_id, t.sentence_id, t.start, t."end", s.start AS sentence_start
        FROM {evidence.rows or evidence.table} t
        JOIN sentences s USING (article_id, sentence_id)
        JOIN articles a USING (article_id)
        WHERE {evidence.condition} AND {condition}"""
    return sql, parameters
