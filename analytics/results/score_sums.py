"""How the scores of merged actors add up: value = scale × sum of numerators ÷ sum of denominators."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pandas as pd


def keep_scales(connection: duckdb.DuckDBPyConnection, scales: Mapping[str, float]) -> None:
    """Make the table `scales`: by what the quotient of each score is multiplied."""
    frame = pd.DataFrame({"score": list(scales), "scale": list(scales.values())}).astype({"score": "str"})
    connection.register("scales_given", frame.astype({"scale": "float64"}))
    connection.execute("CREATE OR REPLACE TABLE scales AS SELECT * FROM scales_given")
    connection.unregister("scales_given")


def summed(scores: str, *, renamed: str, where: str) -> str:
    """The query of the rows of `scores` (a table or view) with one row per actor once actors are merged.

    `renamed` is a table of actor ids: old, new. `where` is a condition on `s`, a row of `scores`, and `m`, what its
    actor became. A score that `scales` does not know is not scaled.
    """
    actor = "coalesce(m.new, s.actor_id)"
    return (
        f"SELECT article_id, outlet, published, score, {actor} AS actor_id, voice, "
        "coalesce(any_value(scale), 1) * sum(numerator) / sum(denominator) AS value, "
        "sum(numerator) AS numerator, sum(denominator) AS denominator "
        f"FROM {scores} s LEFT JOIN scales USING (score) LEFT JOIN {renamed} m ON s.actor_id = m.old "
        f"WHERE {where} GROUP BY article_id, outlet, published, score, {actor}, voice"
    )
