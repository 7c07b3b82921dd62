"""A file of statements, from the command line to the numbers and sentences that the dashboard shows."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from analytics import cli, open_store
from analytics.dashboard.parts import evidence_queries, score_choice

pytestmark = pytest.mark.model

ARTICLES = """outlet,title,text
Capstan,The toll,"Russia opposes a lower toll. Germany should lower the toll."
Klaxon,The dam leaks,"Russia wants Germany to lower the toll. It rained."
"""
TARGETS = """
[[target]]
id = "toll"
statement = "The toll should be lower"
keywords = [["toll"], ["lower"]]
"""


def score(folder: Path, targets: str) -> int:
    (folder / "articles.csv").write_text(ARTICLES, encoding="utf-8")
    (folder / "targets.toml").write_text(targets, encoding="utf-8")
    options = ["--out", str(folder / "results"), "--targets", str(folder / "targets.toml"), "--jobs", "1"]
    with pytest.raises(SystemExit) as leaving:
        cli.main(["score", str(folder / "articles.csv"), *options])
    return int(leaving.value.code or 0)


def test_statements_become_rows_and_scores_with_their_sentences(tmp_path: Path) -> None:
    assert score(tmp_path, TARGETS) == 0
    store = open_store(tmp_path / "results")
    assert store.manifest["targets"] == [{"id": "proposition:toll", "statement": "The toll should be lower"}]
    assert store.manifest["versions"]["targets_file"].startswith("sha256:")
    told = store.query(
        "SELECT outlet, holder_id, stance > 0 AS favour FROM stances JOIN articles USING (article_id) "
        "WHERE target_id = 'proposition:toll' ORDER BY outlet, stance"
    )
    assert told.astype(object).where(told.notna(), None).to_numpy().tolist() == [
        ["Capstan", "russia", False],
        ["Capstan", None, True],
        ["Klaxon", "russia", True],
    ]
    view = SimpleNamespace(store=store, query=lambda sql: store.query(sql))
    available = score_choice.available(view)  # type: ignore[arg-type]
    for name, holders in (("stance_on:proposition:toll", 2), ("own_stance_on:proposition:toll", 1)):
        assert "The toll should be lower" in available[name].label
        source = evidence_queries.evidence_of(available[name])
        assert source is not None
        assert store.scalar(f"SELECT count(*) FROM {source.table} t WHERE {source.condition}") == holders
        assert store.scalar("SELECT sum(denominator) FROM scores WHERE score = ?", [name]) == holders
    store.close()


def test_a_mistake_stops_the_run_before_it_begins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score(tmp_path, TARGETS.replace("keywords", "keyword")) == 1
    shown = capsys.readouterr().err
    assert "targets.toml: [[target]] 'The toll should be lower' has an unknown key 'keyword'" in shown
    assert not (tmp_path / "results").exists()
