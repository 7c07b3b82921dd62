"""No name of a folder or file is taken for a pattern."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analytics import cli, open_store, score
from analytics.errors import StoreError
from analytics.evaluation.robustness.killing import same_tables, tables_in
from analytics.evaluation.robustness.odd_names import NAMES
from analytics.evaluation.robustness.plain_runs import write_articles
from analytics.results import corrections

ODD = ("r[1]", "r*", "r?", "it's", "100%", "two words", "year=2031", "~")


@pytest.fixture(scope="module")
def beside(two: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of other results under names that the odd ones would fit if they were patterns."""
    folder = tmp_path_factory.mktemp("beside")
    for name in ("r1", "rx", "two"):
        shutil.copytree(two[1], folder / name)
    return folder


@pytest.mark.parametrize("name", ODD)
def test_a_results_folder_is_read_as_it_is_named(
    two: tuple[Path, Path],
    whole: dict[str, pd.DataFrame],
    beside: Path,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert name in NAMES
    shutil.copytree(two[0], beside / name)
    monkeypatch.chdir(beside)
    for folder in (beside / name, Path(name)):  # the latter as somebody in that folder would write it
        assert same_tables(tables_in(folder), whole)


@pytest.mark.parametrize("name", ["r[1]", "r*?'%20 x=y"])
def test_scoring_correcting_and_exporting_under_odd_names(
    plain: None, two: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    shutil.copytree(two[1], tmp_path / "r1" / "r1")
    (tmp_path / name).mkdir()
    inputs = write_articles(tmp_path / name / f"{name}.csv", 12)
    write_articles(tmp_path / "r1" / "r1.csv", 4, edition="other")
    out = tmp_path / name / name
    store = score(inputs, out, jobs=1)
    assert store.count("articles") == 12
    assert sorted(store.select("texts")["text"]) == sorted(open_store(two[0]).select("texts")["text"])
    corrections.hide(out, "velland")
    with pytest.raises(SystemExit):
        cli.main(["export", str(out), "actors", "--out", str(tmp_path / name / "actors[1].csv")])
    exported = (tmp_path / name / "actors[1].csv").read_text(encoding="utf-8").splitlines()
    assert len(exported) == 1 + 2 and not any("velland" in line for line in exported)


def test_a_name_that_could_not_be_read_again_is_refused_before_scoring(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "news.csv", 2)
    with pytest.raises(StoreError, match="is not UTF-8; choose a folder of another name"):
        score(inputs, tmp_path / os.fsdecode(b"r\xff"), jobs=1)
    with pytest.raises(StoreError, match="holds a backslash together with one of"):
        score(inputs, tmp_path / "r\\[1]", jobs=1)
    assert [path.name for path in tmp_path.iterdir()] == ["news.csv"]
