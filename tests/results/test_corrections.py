"""Corrections take effect on reading, add up, and can be undone."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.errors import SelectionError
from analytics.results import corrected_views, corrections
from analytics.results.schemas import TABLES
from analytics.results.store import Store, open_store


@pytest.fixture
def folder(results: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(results, tmp_path / "results"))


def two_actors(store: Store) -> tuple[str, str]:
    ids = store.select("actors", order_by="n_mentions DESC")["actor_id"]
    return str(ids[0]), str(ids[1])


def test_without_corrections_nothing_changes(folder: Path) -> None:
    store = open_store(folder)
    assert store.corrections == []
    for name in TABLES:
        assert store.count(name) == store.scalar(f"SELECT count(*) FROM stored_{name}")


def test_a_merge_adds_up_and_loses_nothing(folder: Path) -> None:
    before = open_store(folder)
    keep, gone = two_actors(before)
    totals = "SELECT sum(numerator), sum(denominator) FROM scores WHERE actor_id IN (?, ?)"
    expected = before.query(totals, [keep, gone])
    corrections.merge(folder, gone, keep)
    after = open_store(folder)
    assert after.query(totals, [keep, gone]).iloc[0].tolist() == pytest.approx(expected.iloc[0].tolist())
    assert after.count("mentions") == before.count("mentions")
    assert after.scalar("SELECT count(*) FROM mentions WHERE actor_id = ?", [gone]) == 0
    row = after.query("SELECT * FROM actors WHERE actor_id = ?", [keep]).iloc[0]
    assert row["n_mentions"] == after.scalar("SELECT count(*) FROM mentions WHERE actor_id = ?", [keep])
    duplicates = "SELECT count(*) - count(DISTINCT (article_id, score, actor_id, voice)) FROM scores WHERE actor_id = ?"
    assert after.scalar(duplicates, [keep]) == 0
    for name, schema in TABLES.items():
        schema.validate(after.select(name))


def test_undoing_restores_every_row(folder: Path) -> None:
    before = open_store(folder)
    keep, gone = two_actors(before)
    corrections.merge(folder, gone, keep)
    corrections.undo(folder, 1)
    after = open_store(folder)
    for name in TABLES:
        assert after.select(name).equals(before.select(name))
    assert [c.action for c in after.corrections] == ["merge", "undo"]


def test_a_group_is_a_new_actor(folder: Path) -> None:
    first, second = two_actors(open_store(folder))
    group = corrections.group(folder, [first, second], "The coalition")
    store = open_store(folder)
    row = store.query("SELECT * FROM actors WHERE actor_id = ?", [group]).iloc[0]
    assert row["name"] == "The coalition"
    assert row["n_mentions"] > 0


def test_a_new_name(folder: Path) -> None:
    actor, _ = two_actors(open_store(folder))
    corrections.rename(folder, actor, "Another name")
    assert open_store(folder).scalar("SELECT name FROM actors WHERE actor_id = ?", [actor]) == "Another name"


def test_a_hidden_actor_leaves_its_words_without_a_speaker(folder: Path) -> None:
    before = open_store(folder)
    actor, _ = two_actors(before)
    corrections.hide(folder, actor)
    after = open_store(folder)
    assert after.scalar("SELECT count(*) FROM actors WHERE actor_id = ?", [actor]) == 0
    assert after.scalar("SELECT count(*) FROM scores WHERE actor_id = ?", [actor]) == 0
    assert after.count("attributions") == before.count("attributions")
    assert after.scalar("SELECT count(*) FROM attributions WHERE speaker_id = ?", [actor]) == 0


def test_merges_follow_each_other() -> None:
    log = [
        corrections.Correction(number=1, action="merge", actor_id="a", into="b"),
        corrections.Correction(number=2, action="merge", actor_id="b", into="c"),
    ]
    assert corrections.overlay(log).merged == {"a": "c", "b": "c"}


def test_a_circle_is_refused(folder: Path) -> None:
    first, second = two_actors(open_store(folder))
    corrections.merge(folder, first, second)
    with pytest.raises(SelectionError, match="undo that correction first"):
        corrections.merge(folder, second, first)


def test_a_damaged_log_names_its_line(folder: Path) -> None:
    (folder / corrections.FILE).write_text('{"action": "hide", "actor_id": "a"}\nnot json\n')
    store = open_store(folder)
    assert [c.number for c in store.corrections] == [1]
    assert len(store.left_out) == 1 and "line 2: is no JSON" in store.left_out[0]


def test_what_is_not_in_force_cannot_be_undone(folder: Path) -> None:
    with pytest.raises(SelectionError, match="no correction 1"):
        corrections.undo(folder, 1)


def test_a_hidden_actor_takes_what_was_merged_into_it_along(folder: Path) -> None:
    store = open_store(folder)
    keep, gone = two_actors(store)
    mentions = store.query("SELECT count(*) AS n FROM mentions WHERE actor_id NOT IN (?, ?)", [keep, gone])["n"].item()
    corrections.merge(folder, gone, keep)
    corrections.hide(folder, keep)
    after = open_store(folder)
    assert after.count("mentions") == mentions
    assert after.scalar("SELECT count(*) FROM actors WHERE actor_id IN (?, ?)", [keep, gone]) == 0


def test_a_hidden_holders_stances_do_not_become_the_outlets(folder: Path) -> None:
    store = open_store(folder)
    outlets = "SELECT count(*) FROM stances WHERE holder_id IS NULL AND voice = 'outlet'"
    holder = store.scalar("SELECT holder_id FROM stances WHERE voice = 'outlet' AND holder_id IS NOT NULL LIMIT 1")
    assert holder is not None
    before = store.scalar(f"{outlets} AND coalesce(target_id, '') <> ?", [holder])
    corrections.hide(folder, str(holder))
    assert open_store(folder).scalar(outlets) == before


def test_a_merged_score_keeps_its_scale(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scaled = {name: replace(score, scale=100.0) for name, score in corrected_views.SCORES.items()}
    monkeypatch.setattr(corrected_views, "SCORES", scaled)
    keep, gone = two_actors(open_store(folder))
    corrections.merge(folder, gone, keep)
    wrong = """SELECT count(*) FROM scores WHERE actor_id = ?
        AND abs(value - 100 * numerator / denominator) > 1e-9"""
    assert open_store(folder).scalar(wrong, [keep]) == 0
