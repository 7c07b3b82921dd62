"""Whether two results folders hold the same tables: the check of a run that was repeated elsewhere or later."""

from __future__ import annotations

import duckdb
import pandas as pd

from .schemas import TABLES, columns
from .store import Store

COLUMNS = ("table", "rows", "rows_other", "only_here", "only_there")


def verify(store: Store, other: Store) -> pd.DataFrame:
    """Two results folders cell by cell: one row per table.

    Columns: table; rows, rows_other: how many rows either has; only_here, only_there: rows that the other has not,
    with every cell compared exactly and the order of rows left aside. Both are 0 where the tables are the same.
    Columns that an earlier version called otherwise are compared under today's names.
    """
    rows = []
    with duckdb.connect() as connection:
        for table in TABLES:
            names = ", ".join(f'"{name}"' for name in columns(table))
            for name, side in (("here", store), ("there", other)):
                connection.register(name, side.select(table))
            missing = [
                _count(connection, f"SELECT {names} FROM {one} EXCEPT ALL SELECT {names} FROM {another}")
                for one, another in (("here", "there"), ("there", "here"))
            ]
            rows.append((table, store.count(table), other.count(table), *missing))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0])
