"""Who is mentioned, who speaks, and by which names: counts per article in the shape of `scores`."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ...vocabulary import UNKNOWN
from ..view import View

SHOWN_NAMES = 50


def mentioning(view: View, actor: str) -> pd.DataFrame:
    """Per article of the selection, 1 or 0 for whether it mentions the actor in the chosen voices."""
    everyone = view.selection.but(actors=())
    of_actor, parameters = view.store.where("mentions", view.selection.but(actors=(actor,)))
    condition, more = view.store.where("articles", everyone)
    sql = f"""SELECT t.article_id, t.outlet, t.published, 1.0 AS denominator,
        CAST(t.article_id IN (SELECT t.article_id FROM mentions t WHERE {of_actor}) AS DOUBLE) AS numerator
        FROM articles t WHERE {condition}"""
    return view.store.query(sql, [*parameters, *more])


def most_mentioned(view: View, most: int) -> dict[str, str]:
    """The selection's actors with most articles: id → name."""
    sql = f"""SELECT actor_id, any_value(n.name) AS name FROM mentions t JOIN actors n USING (actor_id)
        WHERE {{where}} GROUP BY actor_id ORDER BY count(DISTINCT t.article_id) DESC, actor_id LIMIT {most}"""
    rows = view.rows(sql, "mentions")
    return dict(zip(rows["actor_id"], rows["name"], strict=True))


def most_quoted(view: View, most: int) -> dict[str, str]:
    """The selection's speakers with most words quoted or reported: id → name."""
    sql = f"""SELECT t.actor_id, any_value(n.name) AS name FROM scores t JOIN actors n USING (actor_id)
        WHERE t.score = 'speaking_share' AND {{where}}
        GROUP BY t.actor_id ORDER BY sum(t.numerator) DESC, t.actor_id LIMIT {most}"""
    rows = view.rows(sql, "scores", view.selection.but(voices=()))
    return dict(zip(rows["actor_id"], rows["name"], strict=True))


def speaking(view: View, speakers: Mapping[str, str]) -> pd.DataFrame:
    """Per article with attributed words and per speaker: outlet, the speaker's words, all attributed words."""
    if not speakers:
        return pd.DataFrame(columns=["article_id", "outlet", "actor_id", "numerator", "denominator"])
    condition, parameters = view.store.where("scores", view.selection.but(actors=(), voices=()))
    marks = ", ".join("(?)" for _ in speakers)
    sql = f"""WITH totals AS (SELECT t.article_id, any_value(t.outlet) AS outlet, sum(t.numerator) AS total
            FROM scores t WHERE t.score = 'voice_share' AND t.voice IN ('quoted', 'reported') AND {condition}
            GROUP BY t.article_id HAVING sum(t.numerator) > 0)
        SELECT totals.article_id, totals.outlet, s.actor_id, coalesce(own.numerator, 0) AS numerator,
            total AS denominator
        FROM totals CROSS JOIN (VALUES {marks}) s(actor_id) LEFT JOIN scores own
        ON own.score = 'speaking_share' AND own.article_id = totals.article_id AND own.actor_id = s.actor_id"""
    return view.store.query(sql, [*parameters, *speakers])


def names_used(view: View, actor: str) -> pd.DataFrame:
    """The actor's names and descriptions, most frequent first, with a column of counts per outlet."""
    sql = f"""SELECT CASE t.form WHEN 'name' THEN t.text ELSE lower(t.text) END AS words,
        t.form, coalesce(a.outlet, '{UNKNOWN}') AS outlet, count(*) AS n
        FROM mentions t JOIN articles a USING (article_id) WHERE t.form <> 'pronoun' AND {{where}} GROUP BY ALL"""
    counts = view.rows(sql, "mentions", view.selection.but(actors=(actor,)))
    return by_outlet(counts, ["words", "form"])


def reporting_cues(view: View, actor: str) -> pd.DataFrame:
    """The expressions that put words in the actor's mouth, with their class and a column of counts per outlet."""
    sql = f"""SELECT t.cue, t.cue_class AS "class", coalesce(a.outlet, '{UNKNOWN}') AS outlet, count(*) AS n
        FROM attributions t JOIN articles a USING (article_id) WHERE t.cue IS NOT NULL AND {{where}} GROUP BY ALL"""
    counts = view.rows(sql, "attributions", view.selection.but(actors=(actor,)))
    return by_outlet(counts, ["cue", "class"])


def by_outlet(counts: pd.DataFrame, index: list[str]) -> pd.DataFrame:
    """Counts n per index and outlet as one row per index, most frequent first, one column per outlet."""
    if counts.empty:
        return counts
    table = counts.pivot_table(index=index, columns="outlet", values="n", aggfunc="sum", fill_value=0)
    table.insert(0, "all", table.sum(axis=1))
    most = table.sort_values("all", ascending=False, kind="stable").head(SHOWN_NAMES)
    return most.reset_index().rename_axis(columns=None)
