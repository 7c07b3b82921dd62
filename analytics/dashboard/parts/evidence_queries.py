"""The evidence of a score in a selection, and the query that fetches it with its sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from ...measures import Evidence, Score
from ...reports.marked_text import Span
from ...results.store import Selection
from ...vocabulary import READ_FROM
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
        t.article_id, t.sentence_id, t.start, t."end", s.start AS sentence_start,
        {evidence.read_words or "NULL"} AS read_words
        FROM {evidence.rows or evidence.table} t
        JOIN sentences s USING (article_id, sentence_id)
        JOIN articles a USING (article_id)
        WHERE {evidence.condition} AND {condition}"""
    return sql, parameters


def not_read(view: View, evidence: Evidence, selection: Selection) -> dict[str, int]:
    """How many rows beside the findings carry no number, by the reason in words; empty where the evidence has none."""
    if not evidence.read_from:
        return {}
    without = replace(evidence, condition=f"{evidence.value} IS NULL AND {evidence.read_from} IS NOT NULL")
    sql, parameters = findings(view, replace(without, value=evidence.read_from), selection)
    rows = view.query(f"SELECT value, count(*) AS n FROM ({sql}) GROUP BY value ORDER BY value", parameters)
    return {READ_FROM[reason]: int(n) for reason, n in zip(rows["value"], rows["n"], strict=True)}


def unread(read_words: Any, start: int, end: int) -> list[Span]:
    """The stretches of a sentence that its number was not read from; none where it is the whole sentence.

    >>> [(span.start, span.end) for span in unread("10-20 35-40", 10, 50)]
    [(20, 35), (40, 50)]
    """
    if pd.isna(read_words):
        return []
    edges = [start, *(int(edge) for stretch in str(read_words).split() for edge in stretch.split("-")), end]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return [Span(start=a, end=b, kind="unread", note="not read", label="not read") for a, b in gaps if a < b]
