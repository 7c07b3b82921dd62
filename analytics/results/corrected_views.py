"""The views through which every reader sees the tables: as they were scored, with a user's corrections applied."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from ..measures import SCORES
from .corrections import Overlay
from .schemas import ACTOR_COLUMNS, ROWS_ABOUT
from .score_sums import keep_scales, summed


def make_views(connection: duckdb.DuckDBPyConnection, overlay: Overlay, tables: Sequence[str], stored: str) -> None:
    """Make a view of every table, with an overlay applied.

    `stored` is the prefix of the views over the files as they were scored.
    """
    if not overlay:
        for name in tables:
            connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {stored}{name}")
        return
    _keep(connection, "merged", {"old": list(overlay.merged), "new": list(overlay.merged.values())})
    _keep(connection, "hidden", {"actor_id": sorted(overlay.hidden)})
    _keep(connection, "renamed", {"actor_id": list(overlay.names), "name": list(overlay.names.values())})
    keep_scales(connection, {name: score.scale for name, score in SCORES.items()})
    touched = "SELECT old AS actor_id FROM merged UNION SELECT new FROM merged UNION SELECT actor_id FROM renamed"
    connection.execute(f"CREATE OR REPLACE VIEW touched AS {touched}")
    for name in sorted(tables, key=lambda name: name == "actors"):  # the actors count the corrected mentions
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS {_query(name, stored)}")


def _keep(connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, list[str]]) -> None:
    connection.register("given", pd.DataFrame(columns, dtype="str"))
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")
    connection.unregister("given")


def _query(name: str, stored: str) -> str:
    if name == "actors":
        return _ACTORS.replace("{stored}", stored)
    if name == "scores":
        return _corrected_scores(stored)
    return _renamed_columns(name, stored) if name in ACTOR_COLUMNS else f"SELECT * FROM {stored}{name}"


def _renamed_columns(name: str, stored: str) -> str:
    columns, owned = ACTOR_COLUMNS[name], ROWS_ABOUT.get(name, ())
    replaced = []
    for column in columns:
        value = f"coalesce(m_{column}.new, t.{column})"
        if column not in owned:  # whose words a hidden actor's were is no longer known
            value = f"CASE WHEN t.{column} IN (SELECT actor_id FROM hidden) THEN NULL ELSE {value} END"
        replaced.append(f"{value} AS {column}")
    joins = " ".join(f"LEFT JOIN merged m_{column} ON t.{column} = m_{column}.old" for column in columns)
    kept = " AND ".join(f"coalesce(t.{column}, '') NOT IN (SELECT actor_id FROM hidden)" for column in owned)
    return f"SELECT t.* REPLACE ({', '.join(replaced)}) FROM {stored}{name} t {joins} WHERE {kept or 'true'}"


def _corrected_scores(stored: str) -> str:
    touched = summed(
        f"{stored}scores",
        renamed="merged",
        where="s.actor_id IN (SELECT actor_id FROM touched) AND s.actor_id NOT IN (SELECT actor_id FROM hidden)",
    )
    return (
        f"SELECT * FROM {stored}scores WHERE actor_id IS NULL OR actor_id NOT IN (SELECT actor_id FROM touched "
        f"UNION SELECT actor_id FROM hidden) UNION ALL {touched}"
    )


_ACTORS = (
    "SELECT * FROM {stored}actors WHERE actor_id NOT IN "
    "(SELECT actor_id FROM touched UNION SELECT actor_id FROM hidden) "
    "UNION ALL SELECT g.actor_id, coalesce(r.name, own.name, g.name) AS name, g.kind, g.aliases, "
    "coalesce(c.n_mentions, 0) AS n_mentions, coalesce(c.n_articles, 0) AS n_articles FROM ("
    "SELECT coalesce(m.new, a.actor_id) AS actor_id, arg_max(a.name, a.n_mentions) AS name, "
    "arg_max(a.kind, a.n_mentions) AS kind, string_agg(a.aliases, '; ' ORDER BY a.n_mentions DESC) AS aliases "
    "FROM {stored}actors a LEFT JOIN merged m ON a.actor_id = m.old "
    "WHERE a.actor_id IN (SELECT actor_id FROM touched) AND a.actor_id NOT IN (SELECT actor_id FROM hidden) "
    "GROUP BY 1) g LEFT JOIN renamed r USING (actor_id) LEFT JOIN {stored}actors own USING (actor_id) "
    "LEFT JOIN (SELECT actor_id, count(*) AS n_mentions, count(DISTINCT article_id) AS n_articles FROM mentions "
    "GROUP BY 1) c USING (actor_id)"
)
