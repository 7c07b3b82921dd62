"""Codes on disk: only added to, whole after a crash, and apart where two coders work at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analytics.coding.code_log import append, new_lines, read_log

ROOT = Path(__file__).parents[2]


def line(item: str = "m1", coder: str = "ada", code: float | None = 1.0, **more: object) -> dict[str, object]:
    return {"item_id": item, "coder": coder, "code": code, **more}


def test_each_coder_has_a_file_and_the_latest_line_counts(tmp_path: Path) -> None:
    append(tmp_path, [line(), line("m2", code=None), line(coder="ben", code=0.0)])
    append(tmp_path, [line(code=-1.0)])
    log = read_log(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("codes-*")) == ["codes-ada.jsonl", "codes-ben.jsonl"]
    force = log.in_force.set_index(["item_id", "coder"])["code"]
    assert force["m1", "ada"] == -1 and force["m1", "ben"] == 0 and pd.isna(force["m2", "ada"])
    assert len(log.lines) == 4 and not log.left_out


def test_names_that_look_alike_have_files_of_their_own(tmp_path: Path) -> None:
    append(tmp_path, [line(coder="Ada"), line(coder="ada"), line(coder="../ada"), line(coder="阿达")])
    assert len(list(tmp_path.glob("codes-*"))) == 4 and not list(tmp_path.parent.glob("codes-*"))
    assert set(read_log(tmp_path).lines["coder"]) == {"Ada", "ada", "../ada", "阿达"}


def test_an_undone_code_does_not_count_until_it_is_given_anew(tmp_path: Path) -> None:
    append(tmp_path, [line()])
    append(tmp_path, [{"item_id": "m1", "coder": "ada", "undone": True}])
    assert read_log(tmp_path).in_force.empty
    append(tmp_path, [line(code=0.0)])
    assert read_log(tmp_path).in_force["code"].tolist() == [0]


def test_a_line_cut_off_by_a_crash_is_said_and_loses_nothing_else(tmp_path: Path) -> None:
    append(tmp_path, [line(), line("m2")])
    file = tmp_path / "codes-ada.jsonl"
    file.write_bytes(file.read_bytes()[:-30])  # in the middle of the second line
    log = read_log(tmp_path)
    assert log.in_force["item_id"].tolist() == ["m1"]
    assert len(log.left_out) == 1 and "line 2: is cut off or no JSON; it is kept in the file" in log.left_out[0]
    append(tmp_path, [line("m3")])
    after = read_log(tmp_path)
    assert after.in_force["item_id"].tolist() == ["m1", "m3"] and len(after.left_out) == 1
    assert len(file.read_bytes().splitlines()) == 3


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"[1, 2]", "no line of a code"),
        (b'{"item_id": "m1", "coder": "ada", "time": "2031-01-06T10:00:00+00:00"}', "has no code"),
        (b'{"item_id": "m1", "coder": "ada", "code": "x", "time": "2031-01-06T10:00:00+00:00"}', "code is no number"),
        (b'{"item_id": "m1", "coder": "ada", "code": NaN, "time": "2031-01-06T10:00:00+00:00"}', "code is no number"),
        (b'{"item_id": "", "coder": "ada", "code": 1, "time": "2031-01-06T10:00:00+00:00"}', "is no text"),
        (b'{"item_id": "m1", "coder": "ada", "code": 1, "time": "yesterday"}', "Invalid isoformat"),
        (b"\xff\xfe", "cut off or no JSON"),
    ],
)
def test_what_is_no_line_of_a_code_is_named(tmp_path: Path, broken: bytes, why: str) -> None:
    append(tmp_path, [line()])
    with (tmp_path / "codes-ada.jsonl").open("ab") as file:
        file.write(broken + b"\n")
    log = read_log(tmp_path)
    assert len(log.lines) == 1 and why in log.left_out[0]


def test_lines_merged_twice_count_once(tmp_path: Path) -> None:
    timed = line(time="2031-01-06T10:00:00.000000+00:00")
    append(tmp_path, new_lines(read_log(tmp_path), [timed, timed]))
    assert len(read_log(tmp_path).lines) == 1
    assert new_lines(read_log(tmp_path), [timed, line()]) == []  # without a time: the same code is in force
    assert new_lines(read_log(tmp_path), [line(code=0.0), line(code=0.0)]) == [line(code=0.0)]


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from analytics.coding.code_log import append\n"
        "for n in range(25): append(Path(sys.argv[1]), [{'item_id': f'm{n}', 'coder': sys.argv[2], 'code': 1.0}])"
    )
    commands = [[sys.executable, "-c", script, str(tmp_path), coder] for coder in ("ada", "ada", "ben")]
    workers = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    assert [worker.wait(120) for worker in workers] == [0, 0, 0]
    log = read_log(tmp_path)
    assert len(log.lines) == 75 and not log.left_out and len(log.in_force) == 50
