"""Stories and their tellings as read from a store."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ...vocabulary import UNKNOWN
from ..view import View

ALTERED = ("reworded", "extended", "put_in_marks")

# How far apart the tellings are, by their different words of four letters or more: 1 − those that both have ÷ those
# of the shorter, the mean over pairs. Trimming alone does not set tellings apart.
_APART = r"""WITH told AS (
    SELECT t.article_id, t.story_id, list_distinct(regexp_extract_all(lower(x.text), '\p{L}{4,}')) AS words
    FROM articles t JOIN stories s USING (story_id) JOIN texts x USING (article_id)
    WHERE t.story_id IN ({stories}) AND {copies})
SELECT a.story_id, avg(1 - len(list_intersect(a.words, b.words)) / nullif(least(len(a.words), len(b.words)), 0))
    AS words_apart
FROM told a JOIN told b ON a.story_id = b.story_id AND a.article_id < b.article_id GROUP BY a.story_id"""

_FIGURES = """SELECT t.story_id, t.label, min(a.published) AS first_published, max(a.published) AS last_published,
    date_diff('minute', min(a.published), max(a.published)) / 60.0 AS spread_hours,
    count(DISTINCT coalesce(a.outlet, '')) AS n_outlets, count(*) AS n_articles,
    count(*) FILTER (a.copy_of IS NOT NULL) AS n_copies
FROM stories t JOIN articles a USING (story_id) WHERE {where} AND {copies} AND {words}
GROUP BY t.story_id, t.label HAVING count(*) > 1"""


def story_figures(view: View, words: str = "") -> pd.DataFrame:
    """The stories of a selection, one row each, with the figures of all their tellings.

    Columns: story_id, label, first_published, last_published, spread_hours, n_outlets, n_articles, n_copies,
    altered_quotations (pairs; null where no quotations of the story were paired). `words` must stand in the label or
    in the title of one of the articles.
    """
    condition, parameters = view.store.where("stories", view.selection)
    sought = "TRUE"
    if words:
        sought = """(contains(lower(t.label), lower(?)) OR t.story_id IN
            (SELECT story_id FROM articles WHERE contains(lower(title), lower(?))))"""
        parameters = [*parameters, words, words]
    copies = _copies(view)
    sql = _FIGURES.replace("{where}", condition).replace("{copies}", copies("a")).replace("{words}", sought)
    return view.query(sql, parameters).merge(_altered(view), how="left", on="story_id")


def with_words_apart(view: View, figures: pd.DataFrame) -> pd.DataFrame:
    """The same stories with the column words_apart (0 to 1). It reads every text: ask for few stories at a time."""
    ids = figures["story_id"].tolist()
    sql = _APART.replace("{copies}", _copies(view)("t")).replace("{stories}", ", ".join("?" for _ in ids) or "NULL")
    return figures.merge(view.query(sql, ids), how="left", on="story_id")


def _altered(view: View) -> pd.DataFrame:
    kinds = ", ".join(f"'{relation}'" for relation in ALTERED)
    sql = f"""SELECT story_id, count(*) FILTER (relation IN ({kinds})) AS altered_quotations
        FROM quote_pairs WHERE story_id IS NOT NULL GROUP BY story_id"""
    return view.query(sql).astype({"altered_quotations": "Int64"})


def tellings(view: View, story_id: str) -> pd.DataFrame:
    """The articles of a story, earliest first; copies only where the selection keeps them.

    Columns: article_id, outlet, title, published, n_words, n_quotations, copy_of, wire_credit, is_copy.
    """
    sql = f"""SELECT t.article_id, coalesce(t.outlet, '{UNKNOWN}') AS outlet, t.title, t.published, t.n_words,
        (SELECT count(*) FROM attributions q WHERE q.article_id = t.article_id AND q.kind = 'direct') AS n_quotations,
        t.copy_of, t.wire_credit, t.copy_of IS NOT NULL AS is_copy
        FROM articles t WHERE t.story_id = ? AND {_copies(view)("t")} ORDER BY t.published NULLS LAST, t.article_id"""
    return view.query(sql, [story_id])


def named_by_outlet(view: View, story_id: str) -> pd.DataFrame:
    """Who is named in a story's tellings, copies left out: actor_id, name, outlet, n_mentions (by name)."""
    sql = f"""SELECT m.actor_id, n.name, coalesce(t.outlet, '{UNKNOWN}') AS outlet, count(*) AS n_mentions
        FROM articles t JOIN mentions m USING (article_id) JOIN actors n USING (actor_id)
        WHERE t.story_id = ? AND t.copy_of IS NULL AND m.form = 'name' GROUP BY ALL ORDER BY ALL"""
    return view.query(sql, [story_id])


def _copies(view: View) -> Callable[[str], str]:
    """The condition on an aliased articles table that the switch for copies means."""
    return lambda table: "TRUE" if view.selection.copies else f"{table}.copy_of IS NULL"
