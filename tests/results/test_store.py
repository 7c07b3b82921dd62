"""A results folder as it is opened: also one that an earlier version wrote."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analytics import open_store
from analytics.results.actor_lookup import find_actors
from analytics.results.schemas import ADDED_COLUMNS, columns
from analytics.results.verification import verify


@pytest.fixture
def of_before(results: Path, tmp_path: Path) -> Path:
    """The same results under the names of the version before."""
    folder = shutil.copytree(results, tmp_path / "before")
    for table, now, then in (("scores", "score", "measure"), ("cues", "cue_type", "measure")):
        file = folder / f"{table}.parquet"
        rows = duckdb.sql(f"SELECT * RENAME ({now} AS {then}) FROM read_parquet('{file}')").to_arrow_table()
        duckdb.from_arrow(rows).write_parquet(str(file))
    for table, added in ADDED_COLUMNS.items():
        file = folder / f"{table}.parquet"
        rows = duckdb.sql(f"SELECT * EXCLUDE ({', '.join(added)}) FROM read_parquet('{file}')").to_arrow_table()
        duckdb.from_arrow(rows).write_parquet(str(file))
    return folder


def test_folders_of_the_version_before_open_under_todays_names(results: Path, of_before: Path) -> None:
    today, before = open_store(results), open_store(of_before)
    for table in ("scores", "cues"):
        order = ", ".join(f't."{name}"' for name in columns(table))
        pd.testing.assert_frame_equal(
            before.select(table, order_by=order)[columns(table)], today.select(table, order_by=order)
        )


def test_columns_that_the_version_before_lacked_are_filled(of_before: Path) -> None:
    store = open_store(of_before)
    for table in ADDED_COLUMNS:
        assert set(store.select(table)) == set(columns(table))
    assert store.select("articles")["n_words_boilerplate"].tolist() == [0] * store.count("articles")
    assert store.select("sentences")["boilerplate"].isna().all()


def test_two_folders_are_compared_cell_by_cell(results: Path, of_before: Path, tmp_path: Path) -> None:
    same = verify(open_store(results), open_store(of_before))
    assert not same[["only_here", "only_there"]].to_numpy().any()
    changed = shutil.copytree(results, tmp_path / "changed")
    file = changed / "scores.parquet"
    rows = duckdb.sql(
        f"SELECT * REPLACE (CASE WHEN score = 'hedging' THEN value + 1e-9 ELSE value END AS value) "
        f"FROM read_parquet('{file}')"
    ).to_arrow_table()
    duckdb.from_arrow(rows).write_parquet(str(file))
    found = verify(open_store(results), open_store(changed)).set_index("table")
    n = open_store(results).scalar("SELECT count(*) FROM scores WHERE score = 'hedging'")
    assert found.loc["scores", ["only_here", "only_there"]].tolist() == [n, n]
    assert not found.drop("scores")[["only_here", "only_there"]].to_numpy().any()


@pytest.mark.parametrize(("typed", "ids"), [("person:mara_quill", 1), ("MARA QUILL", 1), ("quill", 1), ("nobody", 0)])
def test_an_actor_is_found_by_id_name_or_alias(results: Path, typed: str, ids: int) -> None:
    assert list(find_actors(open_store(results), typed)) == ["person:mara_quill"][:ids]
