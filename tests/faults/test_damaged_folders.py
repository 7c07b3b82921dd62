"""A damaged results folder is refused in one line, wherever it is opened; nothing else is shown in its place."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics import cli, open_store
from analytics.errors import StoreError
from analytics.evaluation.robustness.damaging import Damage, as_before, damages, judged
from analytics.evaluation.robustness.killing import same_tables, tables_in
from analytics.results.manifest import MANIFEST

ROOT = Path(__file__).parents[2]
EVERY: list[tuple[str, Damage]] = list(damages())
ONE_OF_EACH = dict(reversed(EVERY))


@pytest.fixture(scope="module")
def before(two: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return as_before(two[0], tmp_path_factory.mktemp("before") / "results")


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_damage_is_one_line_or_does_no_harm(
    two: tuple[Path, Path], whole: dict[str, pd.DataFrame], tmp_path: Path, kind: str
) -> None:
    folder, rng = shutil.copytree(two[0], tmp_path / "results"), random.Random(kind)
    ONE_OF_EACH[kind](folder, two[1], rng)
    assert judged(folder, whole, inside=kind.endswith("inside")) is None


@pytest.mark.parametrize("kind", [kind for kind in ONE_OF_EACH if kind.startswith("table")])
def test_damage_to_a_folder_of_before_is_one_line(
    before: Path, whole: dict[str, pd.DataFrame], tmp_path: Path, kind: str
) -> None:
    folder = shutil.copytree(before, tmp_path / "results")
    ONE_OF_EACH[kind](folder, before, random.Random(kind))
    assert judged(folder, whole, inside=kind.endswith("inside")) is None


def test_no_manifest_but_ones_own_is_taken_for_one(two: tuple[Path, Path], tmp_path: Path) -> None:
    folder = shutil.copytree(two[0], tmp_path / "results")
    whole = (two[0] / MANIFEST).read_bytes()
    for number, (kind, damage) in enumerate(EVERY):
        if kind in ("manifest is none", "entry of the manifest is wrong"):
            damage(folder, two[1], random.Random(number))
            with pytest.raises(StoreError, match=r"tellings score INPUT --out|open it with that version") as refused:
                open_store(folder)
            assert "\n" not in str(refused.value) and str(folder) in str(refused.value)
            (folder / MANIFEST).write_bytes(whole)
    assert len(EVERY) >= 40


def test_results_of_before_open(before: Path, whole: dict[str, pd.DataFrame]) -> None:
    assert same_tables(tables_in(before), whole)


def test_what_is_wrong_what_works_and_what_to_do(two: tuple[Path, Path], tmp_path: Path) -> None:
    folder = shutil.copytree(two[0], tmp_path / "results")
    store = open_store(folder)
    (store.tables / "scores.parquet").write_bytes((store.tables / "scores.parquet").read_bytes()[:-200])
    with pytest.raises(StoreError) as refused:
        open_store(folder)
    assert str(refused.value) == (
        f"{folder} is incomplete or damaged: scores.parquet is cut off or no Parquet file; the other 13 tables are "
        f"whole and can be read from {store.tables}; score the articles again with: tellings score INPUT --out {folder}"
    )


def test_damage_behind_the_footer_is_one_line_when_it_is_read(two: tuple[Path, Path], tmp_path: Path) -> None:
    folder = shutil.copytree(two[0], tmp_path / "results")
    store = open_store(folder)
    data = bytearray((store.tables / "texts.parquet").read_bytes())
    data[4:60] = bytes(56)  # the header of the first page
    (store.tables / "texts.parquet").write_bytes(data)
    with pytest.raises(StoreError, match=r"cannot be read .* score the articles again") as refused:
        store.select("texts")
    assert "\n" not in str(refused.value)


def test_a_mistake_in_a_query_stays_one(two: tuple[Path, Path]) -> None:
    with pytest.raises(duckdb.BinderException):
        open_store(two[0]).query("SELECT nothing FROM texts")


def test_the_command_line_and_the_dashboard_say_the_same_line(
    two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(two[0], tmp_path / "results")
    (folder / MANIFEST).write_text("", encoding="utf-8")
    line = f"{folder / MANIFEST} is empty; the Parquet files"
    with pytest.raises(SystemExit) as leaving:
        cli.main(["export", str(folder), "scores"])
    said = capsys.readouterr().err
    assert leaving.value.code == 1 and said.startswith(f"tellings: {line}") and said.count("\n") == 1
    monkeypatch.setenv("TELLINGS_STORE", str(folder))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=30).run()
    assert not app.exception
    assert line in app.info[0].value.replace("\\", "")


def test_the_dashboard_says_of_a_damaged_table_what_a_query_says(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(two[0], tmp_path / "results")
    articles = open_store(folder).tables / "articles.parquet"
    data = bytearray(articles.read_bytes())
    end = len(data) - 8 - int.from_bytes(data[-8:-4], "little")  # where the footer begins
    data[4:end] = bytes(end - 4)
    articles.write_bytes(data)
    monkeypatch.setenv("TELLINGS_STORE", str(folder))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=30).run()
    assert not app.exception
    assert "score the articles again" in app.error[0].value.replace("\\", "")


def test_a_footer_is_compared_and_a_sum_kept(two: tuple[Path, Path]) -> None:
    store = open_store(two[0])
    manifest = json.loads((two[0] / MANIFEST).read_text(encoding="utf-8"))
    assert set(manifest["files"]["scores"]) == {"bytes", "footer", "sha256"}
    with (store.tables / "scores.parquet").open("rb") as file:
        assert len(pd.read_parquet(file)) == manifest["counts"]["scores"]
