"""From files to a results folder: nothing lost, nothing damaged, work not done twice."""

import errno
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import analytics.scoring.publishing
from analytics import score
from analytics.errors import InputError, StoreError
from analytics.progress import Progress
from analytics.results.schemas import TABLES
from analytics.results.store import Selection, Store

pytestmark = pytest.mark.model
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    rows = [
        {
            "outlet": "The Courier",
            "published": "2025-01-02",
            "title": f"Dam {i}",
            "text": f"Ada Brandt praised dam {i}.",
        }
        for i in range(40)
    ]
    rows[3]["text"] = ""
    rows[4]["outlet"] = ""
    rows[5]["published"] = "31/02/2022"
    pd.DataFrame(rows).to_csv(folder / "articles.csv", index=False)
    (folder / "report.csv").write_bytes(b"%PDF-1.7 not a table")
    (folder / "nothing.csv").write_bytes(b"")
    shutil.copytree(SEEDS, folder / "seeds")
    return folder


@pytest.fixture(scope="module")
def store(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return score(inputs, tmp_path_factory.mktemp("scored") / "results", jobs=1)


def test_every_record_is_an_article_or_rejected_with_a_reason(store: Store) -> None:
    assert store.count("articles") == 39 + 2
    rejected = store.select("rejected")
    assert len(rejected) == 3
    assert rejected["reason"].str.len().min() > 5


def test_missing_stays_missing(store: Store) -> None:
    frame = store.select("articles")
    assert frame["outlet"].isna().sum() == 1 + 2
    seeds = frame[frame["source_file"].str.contains("00[01]_")].sort_values("source_file")
    assert [None if pd.isna(p) else str(p.date()) for p in seeds["published"]] == ["2025-09-05", None]


def test_every_table_is_valid(store: Store) -> None:
    for name, schema in TABLES.items():
        schema.validate(store.select(name))


def test_offsets_lead_back_to_the_words(store: Store) -> None:
    for table in ("sentences", "mentions", "attributions", "cues"):
        wrong = store.scalar(
            f"SELECT count(*) FROM {table} t JOIN texts x USING (article_id) "
            'WHERE substring(x.text, t.start + 1, t."end" - t.start) <> t.text'
        )
        assert wrong == 0
        assert store.count(table) > 0


def test_the_seeds_stances(store: Store) -> None:
    for row in ("000", "001"):
        found = store.query(
            "SELECT holder_id, target_id, stance FROM stances JOIN articles USING (article_id) "
            "WHERE source_file LIKE ? AND target_id LIKE 'membership:ukraine:%'",
            [f"%{row}_%"],
        )
        nato = found[found["target_id"] == "membership:ukraine:nato"]
        union = found[found["target_id"] == "membership:ukraine:european-union"]
        assert (nato["stance"] < -0.5).any() and set(nato["holder_id"]) <= {"russia", "vladimir-putin"}
        assert len(union) and (union["stance"] >= 0).all()


def test_the_manifest_says_what_was_done(store: Store) -> None:
    manifest = store.manifest
    assert manifest["counts"]["articles"] == 41
    assert {Path(i["file"]).name for i in manifest["inputs"]} >= {"articles.csv", "report.csv", "nothing.csv"}
    assert all(len(i["sha256"]) == 64 for i in manifest["inputs"])
    assert "knowledge/hedges.tsv" in manifest["versions"]


def test_progress_ends_at_the_number_of_records(inputs: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    score(inputs, tmp_path / "out", jobs=1, progress=seen.append)
    assert seen[-1].done == 44 and seen[-1].rejected == 3


def test_two_processes_give_the_same_tables(inputs: Path, store: Store, tmp_path: Path) -> None:
    parallel = score(inputs, tmp_path / "out", jobs=2)
    for name in TABLES:
        pd.testing.assert_frame_equal(store.select(name), parallel.select(name))


def test_a_stopped_run_is_resumed(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score(inputs, out, jobs=1, progress=stop)
    calls: list[int] = []
    real = analytics.scoring.pipeline.score_batch
    monkeypatch.setattr("analytics.scoring.pipeline.score_batch", lambda *a, **k: calls.append(1) or real(*a, **k))
    resumed = score(inputs, out, jobs=1, resume=True)
    assert resumed.count("articles") == 41
    assert len(calls) == 1  # of two batches, the first was kept


def test_boilerplate_is_left_out_unless_it_is_kept(tmp_path: Path) -> None:
    text = "HALSMER (Reuters) - The dam may hold.\n\nSign up to our newsletter and you might win."
    pd.DataFrame([{"title": "Dam", "text": text}]).to_csv(tmp_path / "dam.csv", index=False)
    counted = {}
    for keep in (False, True):
        store = score(tmp_path / "dam.csv", tmp_path / "out", jobs=1, keep_boilerplate=keep, resume=True)
        assert store.manifest["settings"]["keep_boilerplate"] is keep
        [words] = store.select("articles", columns=["n_words", "n_words_boilerplate"]).to_numpy().tolist()
        counted[keep] = (words, store.select("cues")["text"].tolist(), store.select("sentences")["boilerplate"])
    assert counted[False][:2] == ([5, 11], ["may"])
    assert counted[False][2].fillna("").tolist() == ["", "dateline", "", "newsletter"]
    assert counted[True][:2] == ([16, 0], ["may", "might"]) and counted[True][2].isna().all()


def test_a_full_disk_leaves_the_earlier_result(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    first = score(SEEDS, out, jobs=1).manifest
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(analytics.scoring.publishing, "_copy", full)
    with pytest.raises(StoreError, match="is full; earlier results there are untouched"):
        score(inputs, out, jobs=1)
    now = {path: path.read_bytes() for path in out.rglob("*") if path.is_file() and ".staging" not in path.parts}
    assert now == before
    assert json.loads((out / "manifest.json").read_text()) == first


def test_an_article_that_cannot_be_scored_costs_only_itself(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import analytics.scoring.batch as scoring

    real = scoring.article_rows

    def fail(annotated: object, **measures: object) -> object:
        if "praised dam 7." in annotated.content:  # type: ignore[attr-defined]
            raise ValueError("planted")
        return real(annotated, **measures)  # type: ignore[arg-type]

    monkeypatch.setattr(scoring, "article_rows", fail)
    result = score(inputs, tmp_path / "out", jobs=1)
    assert result.count("articles") == 40
    assert result.select("rejected")["reason"].str.contains("planted").sum() == 1


def test_a_selection_counts_what_it_shows(store: Store) -> None:
    selection = Selection(outlets=("The Courier",), actors=("ada-brandt",))
    assert store.count("mentions", selection) == len(store.select("mentions", selection)) > 0


def test_where_nothing_can_be_read_no_folder_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(InputError):
        score(tmp_path / "empty.txt", tmp_path / "results", jobs=1)
    assert not (tmp_path / "results").exists()
