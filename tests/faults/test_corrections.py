"""Whatever stands in the log of corrections, the folder opens, and soon."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from analytics import cli, open_store
from analytics.errors import SelectionError
from analytics.evaluation.robustness.bad_corrections import BAD_LINES, ODD_NAMES, correction_trials
from analytics.results import corrections
from analytics.results.correction_lines import NoCorrection, read_line


@pytest.fixture
def folder(two: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(two[0], tmp_path / "results"))


def test_no_bad_line_is_taken_for_a_correction() -> None:
    assert len(BAD_LINES) >= 30
    for line in BAD_LINES:
        with pytest.raises(NoCorrection):
            read_line(line, 1)


def test_bad_lines_are_reported_kept_and_left_out(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "analytics.evaluation.robustness.bad_corrections"
    monkeypatch.setattr(f"{module}.BAD_LINES", (b"\xff", b"[" * 100_000))
    monkeypatch.setattr(f"{module}.ODD_NAMES", ODD_NAMES[:3])
    assert [problem for _, problem in correction_trials(tmp_path, two[0]) if problem] == []


def test_what_is_left_out_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / corrections.FILE).write_bytes(b"\n\xff\n")
    with pytest.raises(SystemExit):
        cli.main(["export", str(folder), "actors"])
    assert capsys.readouterr().err == (
        f"note: {folder / corrections.FILE}, line 2: is not UTF-8; it is kept and left out, mend or remove it\n"
    )


def test_a_line_that_a_crash_cut_off_does_not_take_the_next_along(folder: Path) -> None:
    (folder / corrections.FILE).write_bytes(b'{"action": "hide", "actor_')
    corrections.rename(folder, "quill", "The Quill")
    store = open_store(folder)
    assert [c.number for c in store.corrections] == [2] and len(store.left_out) == 1


@pytest.mark.parametrize("name", ["\ud800", "x\udfff"])
def test_a_name_that_cannot_be_written_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(SelectionError, match="that is no text; it was not kept"):
        corrections.rename(folder, "quill", name)
    assert not (folder / corrections.FILE).exists()


def test_twenty_thousand_corrections_are_applied_at_once(folder: Path) -> None:
    kinds = (
        {"action": "merge", "actor_id": "a{i}", "into": "a{j}"},  # a chain
        {"action": "merge", "actor_id": "b{i}", "into": "tash"},
        {"action": "rename", "actor_id": "c{i}", "name": "C {i}"},
        {"action": "hide", "actor_id": "d{i}"},
    )
    with (folder / corrections.FILE).open("w", encoding="utf-8") as log:
        for i in range(20_000):
            record = {k: v.format(i=i, j=i + 4) for k, v in kinds[i % 4].items()}
            log.write(json.dumps(record) + "\n")
        log.write('{"action": "rename", "actor_id": "quill", "name": "The Quill"}\n')
    began = time.process_time()
    store = open_store(folder)
    assert "The Quill" in store.select("actors")["name"].tolist()
    assert time.process_time() - began < 6  # seconds of processor; statement by statement it was over a hundred
    assert len(store.corrections) == 20_001


def test_corrections_add_up_as_they_are_written_one_by_one() -> None:
    def merge(number: int, actor_id: str, into: str) -> corrections.Correction:
        return corrections.Correction(number=number, action="merge", actor_id=actor_id, into=into)

    def merged(*pairs: str) -> dict[str, str]:
        return corrections.overlay([merge(n, *pair) for n, pair in enumerate(pairs, 1)]).merged

    assert merged("ab", "bc", "cd") == {"a": "d", "b": "d", "c": "d"}
    assert merged("xa", "ab", "ac") == {"x": "b", "a": "c"}  # who was merged before leaves alone
    assert merged("ab", "ba") == {"a": "b"}
    assert merged("ab", "cd", "bd") == {"a": "d", "b": "d", "c": "d"}
    hidden = corrections.Correction(number=9, action="hide", actor_id="b")
    assert corrections.overlay([merge(1, "a", "b"), hidden, merge(10, "c", "b")]).hidden == {"a", "b"}
