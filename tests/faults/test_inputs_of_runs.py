"""Inputs that end, change or have no end while a run reads them, and what a resumed run takes over."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from analytics import open_store, score
from analytics.article import Article
from analytics.errors import InputError
from analytics.evaluation.robustness.damaging import as_before
from analytics.evaluation.robustness.plain_runs import write_articles
from analytics.progress import Progress
from analytics.scoring.parts import batches

pytestmark = pytest.mark.usefixtures("plain")


class Stop(Exception):
    pass


def stop(_: Progress) -> None:
    raise Stop


def test_a_pipe_and_a_device_are_rejected_and_not_hashed(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "news.csv", 2)
    os.mkfifo(tmp_path / "pipe.csv")
    store = score([inputs, tmp_path / "pipe.csv", "/dev/zero"], tmp_path / "out", jobs=1)
    assert store.count("articles") == 2
    assert set(store.select("rejected")["reason"]) == {"is not a regular file"}
    assert [entry["file"] for entry in store.manifest["inputs"]] == [str(inputs)]


def test_an_input_that_goes_during_the_run_costs_nothing_that_was_read(tmp_path: Path) -> None:
    first, second = (write_articles(tmp_path / f"{name}.csv", 40, edition=name) for name in ("first", "second"))

    def remove(_: Progress) -> None:
        first.unlink(missing_ok=True)
        second.unlink(missing_ok=True)

    store = score([first, second], tmp_path / "out", jobs=1, progress=remove)
    assert store.count("articles") + store.count("rejected") > 40
    assert store.count("articles") >= 40
    assert len(store.manifest["inputs"]) == 2
    assert [note.partition(" was ")[2] for note in store.manifest["notes"]] == [
        "removed during the run; what could be read of it is scored"
    ] * 2


def test_an_input_that_changes_during_the_run_is_named(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "news.csv", 4)
    grown = write_articles(tmp_path / "more.csv", 8).read_bytes()
    store = score(inputs, tmp_path / "out", jobs=1, progress=lambda _: bool(inputs.write_bytes(grown)))
    assert store.manifest["notes"] == [f"{inputs} was changed during the run; what was read of it may be old or new"]


def test_inputs_that_stay_are_not_noted(tmp_path: Path) -> None:
    assert score(write_articles(tmp_path / "news.csv", 4), tmp_path / "out", jobs=1).manifest["notes"] == []


def test_resuming_takes_over_no_article_whose_metadata_changed(tmp_path: Path) -> None:
    inputs, out = write_articles(tmp_path / "news.csv", 40), tmp_path / "out"
    with pytest.raises(Stop):
        score(inputs, out, jobs=1, progress=stop)
    told = inputs.read_text(encoding="utf-8")
    inputs.write_text(told.replace("Wren Aldo", "Mara Veld"), encoding="utf-8")
    resumed = score(inputs, out, jobs=1, resume=True)
    assert set(resumed.select("articles")["author"]) == {"Mara Veld"}


@pytest.mark.parametrize("field", ["author", "url", "language", "source_file"])
def test_a_part_is_named_by_every_field_of_its_articles(field: str) -> None:
    article = Article(article_id="a", text="The ferry sails.")
    (one,) = batches([article], salt="")
    (other,) = batches([replace(article, **{field: "x"})], salt="")
    (third,) = batches([article], salt="of another version")
    assert len({one.key, other.key, third.key}) == 3


def test_a_part_that_was_cut_off_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs, out = write_articles(tmp_path / "news.csv", 40), tmp_path / "out"
    with pytest.raises(Stop):
        score(inputs, out, jobs=1, progress=stop)
    (part,) = (out / ".staging" / "scores").glob("*.parquet")
    part.write_bytes(part.read_bytes()[:100])
    resumed = score(inputs, out, jobs=1, resume=True)
    assert resumed.count("articles") == 40
    assert resumed.select("scores").equals(score(inputs, tmp_path / "whole", jobs=1).select("scores"))


def test_resuming_without_the_input_keeps_what_was_done(tmp_path: Path) -> None:
    inputs, out = write_articles(tmp_path / "news.csv", 40), tmp_path / "out"
    with pytest.raises(Stop):
        score(inputs, out, jobs=1, progress=stop)
    kept = sorted((out / ".staging").rglob("*.parquet"))
    inputs.write_text("", encoding="utf-8")
    with pytest.raises(InputError):
        score(inputs, out, jobs=1, resume=True)
    assert sorted((out / ".staging").rglob("*.parquet")) == kept != []


def test_an_input_beside_the_results_is_not_overwritten(tmp_path: Path) -> None:
    written = write_articles(tmp_path / "news.csv", 4)
    inputs = written.rename(tmp_path / "articles.parquet.csv")
    (tmp_path / "articles.parquet").write_bytes(b"somebody's own")
    assert score(inputs, tmp_path, jobs=1).count("articles") == 4
    assert (tmp_path / "articles.parquet").read_bytes() == b"somebody's own"


def test_results_of_before_give_way_to_new_ones(two: tuple[Path, Path], tmp_path: Path) -> None:
    out = as_before(two[1], tmp_path / "out")
    store = score(two[0].parent / "first.csv", out, jobs=1)
    assert store.count("articles") == 12 and store.tables.parent == out
    assert list(out.glob("*.parquet")) == []
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["tables"] == store.tables.name


def test_a_folder_of_tables_is_no_input(two: tuple[Path, Path], tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "news.csv", 4)
    for folder in (two[0], open_store(two[0]).tables):
        store = score([inputs, folder], tmp_path / "out", jobs=1)
        assert store.count("articles") == 4
        assert store.select("rejected")["reason"].tolist() == ["is a folder of Tellings results, not articles"]
