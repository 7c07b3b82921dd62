"""A results folder as it is opened: also one that an earlier version wrote."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analytics import open_store
from analytics.results.schemas import columns


@pytest.fixture
def of_before(results: Path, tmp_path: Path) -> Path:
    """The same results under the names of the version before."""
    folder = shutil.copytree(results, tmp_path / "before")
    for table, now, then in (("scores", "score", "measure"), ("cues", "cue_type", "measure")):
        file = folder / f"{table}.parquet"
        rows = duckdb.sql(f"SELECT * RENAME ({now} AS {then}) FROM read_parquet('{file}')").to_arrow_table()
        duckdb.from_arrow(rows).write_parquet(str(file))
    return folder


def test_folders_of_the_version_before_open_under_todays_names(results: Path, of_before: Path) -> None:
    today, before = open_store(results), open_store(of_before)
    for table in ("scores", "cues"):
        order = ", ".join(f't."{name}"' for name in columns(table))
        pd.testing.assert_frame_equal(
            before.select(table, order_by=order)[columns(table)], today.select(table, order_by=order)
        )
