"""Where the findings behind each score are, and the query that fetches them with their sentences."""

from __future__ import annotations

from dataclasses import dataclass

from ...measures import Score
from ...measures.portrayal import ROLES
from ...measures.stance import OWN
from ...results.store import Selection
from ..view import View
from .score_choice import VOICE_SHARE

_NAME = "(SELECT name FROM actors n WHERE n.actor_id = t.{})"
_SPEAKER = _NAME.format("speaker_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where findings are: a table, a condition on its rows, and the number each row carries."""

    table: str
    condition: str = "TRUE"
    who: str = _SPEAKER  # whose words or stance it is, an SQL expression
    value: str = ""  # an SQL expression
    value_is: str = "value"  # what the value is called where it is not the score's own
    signed: bool = True  # whether the value is for or against, rather than a share
    actor: str = ""  # the column with the actor it is about; without one, an actor filter keeps whole articles
    note: str = ""  # what a reader must know of the findings
    rows: str = ""  # what to select from, where it is not the table itself


# Frames keep the ids of their sentences in one text; here they are one row per sentence.
_FRAMES = """(SELECT article_id, frame, p, NULL AS speaker_id,
    CAST(unnest(string_split(evidence, ',')) AS BIGINT) AS sentence_id,
    NULL::BIGINT AS start, NULL::BIGINT AS "end", 'all' AS voice FROM frames)"""
_ATTRIBUTIONS = "(SELECT *, CASE kind WHEN 'direct' THEN 'quoted' ELSE 'reported' END AS voice FROM attributions)"
_SOURCE = f"coalesce({_SPEAKER}, t.speaker_text)"

MENTIONED = Source(table="mentions", actor="t.actor_id")
SPOKEN = Source(table="attributions", rows=_ATTRIBUTIONS, who=_SOURCE, actor="t.speaker_id")
ATTRIBUTED = {
    "quoted": Source(table="attributions", rows=_ATTRIBUTIONS, who=_SOURCE, condition="t.voice = 'quoted'"),
    "reported": Source(table="attributions", rows=_ATTRIBUTIONS, who=_SOURCE, condition="t.voice = 'reported'"),
}
SOURCES = {
    "hedging": Source(table="cues", condition="t.cue_type = 'hedge'"),
    "boosting": Source(table="cues", condition="t.cue_type = 'booster'"),
    "loaded_language": Source(table="cues", condition="t.cue_type = 'loaded'"),
    "sentiment": Source(table="mentions", condition="t.sentiment IS NOT NULL", value="t.sentiment", actor="t.actor_id"),
    "sentiment_vader": Source(
        table="mentions", condition="t.sentiment_vader IS NOT NULL", value="t.sentiment_vader", actor="t.actor_id"
    ),
    "agency": Source(
        table="mentions", condition="t.role <> 'other'", value="CAST(t.role = 'agent' AS DOUBLE)", actor="t.actor_id"
    ),
    "stance": Source(
        table="stances",
        condition="t.method = 'expression'",
        who=_NAME.format("holder_id"),
        value="t.stance",
        actor="t.target_id",
    ),
    "relation": Source(
        table="stances",
        condition="t.method = 'encoder'",
        who=_NAME.format("holder_id"),
        value="t.stance",
        actor="t.target_id",
    ),
    "speaking_share": SPOKEN,
    # all mentions of the actor in the articles that have a value; in which light each stands is most of it
    **{
        role: Source(
            table="mentions",
            condition=f"""t.sentiment IS NOT NULL AND EXISTS (SELECT 1 FROM scores c WHERE c.score = '{role}'
                AND c.article_id = t.article_id AND c.actor_id = t.actor_id)""",
            value="t.sentiment",
            value_is="sentiment",
            actor="t.actor_id",
        )
        for role in ROLES[1:]
    },
}


def source_of(score: Score, voices: tuple[str, ...] = ()) -> Source | None:
    """Where the findings of a score are; None where a score marks no words of its own."""
    if score.name == VOICE_SHARE:
        return ATTRIBUTED.get(voices[0]) if len(voices) == 1 else None
    if score.name.startswith("frame_"):
        frame = score.name.removeprefix("frame_").replace("'", "''")
        return Source(
            table="frames",
            condition=f"t.frame = '{frame}'",
            rows=_FRAMES,
            value="t.p",
            value_is="the article's p",
            signed=False,
            note="Of each article the five sentences nearest to this frame are named, also where its p is low.",
        )
    name, _, target = score.name.partition(":")
    return _on_statement(name, target) if target else SOURCES.get(score.name)


def _on_statement(name: str, target: str) -> Source:
    """The stances toward a listed statement: the outlet's own, or those of the holders it tells of."""
    own = "t.holder_id IS NULL" if name == OWN else "t.holder_id IS NOT NULL"
    listed = target.replace("'", "''")
    return Source(
        table="stances",
        condition=f"t.method = 'expression' AND t.target_id = '{listed}' AND {own}",
        who=_NAME.format("holder_id"),
        value="t.stance",
    )


def findings(view: View, source: Source, selection: Selection) -> tuple[str, list[object]]:
    """The query of all findings that a selection keeps, with their sentences, and its parameters.

    A score that is not about actors counts whole articles, so an actor filter keeps all findings
    of the articles that mention the actor: as many as the number counts.
    """
    condition, parameters = view.store.where(source.table, selection.but(actors=()))
    if selection.actors:
        marks = ", ".join("?" for _ in selection.actors)
        of_actor = f"t.article_id IN (SELECT article_id FROM mentions WHERE actor_id IN ({marks}))"
        condition += f" AND {source.actor} IN ({marks})" if source.actor else f" AND {of_actor}"
        parameters = [*parameters, *selection.actors]
    sql = f"""SELECT a.outlet, a.published, a.title, t.voice, {source.who} AS who, s.text AS sentence,
        substr(s.text, t.start - s.start + 1, t."end" - t.start) AS words, {source.value or "NULL"} AS value,
        t.article_id, t.sentence_id, t.start, t."end", s.start AS sentence_start
        FROM {source.rows or source.table} t
        JOIN sentences s USING (article_id, sentence_id)
        JOIN articles a USING (article_id)
        WHERE {source.condition} AND {condition}"""
    return sql, parameters
