"""`tellings code`, from a draw to a corrected estimate."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analytics import cli

MARA = ["--actor", "Mara Quill"]


@pytest.fixture
def folder(results: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(results, tmp_path / "results"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[object, str, str]]:
    def call(*arguments: object, keys: str = "") -> tuple[object, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(keys))
        with pytest.raises(SystemExit) as leaving:
            cli.main(["code", *(str(argument) for argument in arguments)])
        shown = capsys.readouterr()
        return leaving.value.code, shown.out, shown.err

    return call


def test_from_a_draw_to_a_corrected_estimate(run, folder: Path) -> None:
    status, out, err = run("draw", folder, "sentiment_vader", *MARA, "--n", 200)
    assert status == 0 and "items drawn (stratified)" in out and "A corrected number needs 20 codings" in err
    _, out, _ = run("estimate", folder)
    assert "Nothing is coded yet. Begin with: tellings code start" in out
    _, out, _ = run("start", folder, "--coder", "ada", keys="12")
    assert "Stopped at 2 of" in out and "Does the sentence put Mara Quill in a good or a bad light?" in out
    assert "»" in out and "Harbour Post" not in out and "The bridge, day" not in out
    _, out, _ = run("start", folder, "--coder", "ada", keys="u?3" + "1x3" * 100)
    assert "2 of" in out and "→ the last one again" in out and "items are coded" in out
    _, out, _ = run("start", folder, "--coder", "ben", keys="1" * 300)
    _, out, _ = run("status", folder)
    assert "  ada: " in out and "of it cannot be told" not in out and ", of " in out
    _, out, _ = run("agree", folder)
    assert "alpha " in out and "disagreements are not settled" in out
    _, out, _ = run("adjudicate", folder, "--coder", "eve", keys="3q")
    assert "  ada: " in out and "→ for" in out and "Stopped." in out
    _, out, _ = run("errors", folder)
    assert "F1 (95 % interval)" in out and "all outlets" in out and "errs differently by outlet" in out
    _, out, _ = run("estimate", folder, "--reach", "0.1", "--period", "month", "--out", folder / "rates.csv")
    assert "as measured (95 %)" in out and "By outlet and month" in out and "too few" in out
    assert "the measure's own error is not in this interval" in out
    assert {"value", "uncorrected", "more"} < set(pd.read_csv(folder / "rates.csv").columns)
    _, out, _ = run("more", folder, "--n", 3)
    assert "more items to code" in out


def test_codes_go_out_and_come_in(run, folder: Path, tmp_path: Path) -> None:
    run("draw", folder, "hedging", "--n", 10)
    run("start", folder, "--coder", "ada", keys="0" * 10)
    file = tmp_path / "out.csv"
    _, out, _ = run("export", folder, "--out", file)
    assert "10 items" in out
    file.write_text(file.read_text().replace(",ada,", ",ben,"))
    assert "10 codes added, 0 known already" in run("import", folder, file)[1]
    assert "0 codes added, 10 known already" in run("import", folder, file)[1]
    _, out, _ = run("export", folder, "--format", "codes")
    assert out.startswith("item_id,article_id,outlet,measure") and len(out.splitlines()) == 21
    assert "<Choices" in run("export", folder, "--format", "label-studio")[2]


def test_the_help_lists_every_measure_that_can_be_coded(run) -> None:
    from analytics.coding import codable

    _, out, _ = run("draw", "--help")
    assert all(name in out for name in codable())


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["agency"], "cannot be coded; these can"),
        (["sentiment_vader"], "is about an actor: name one"),
        (["sentiment_vader", "--actor", "Nobody"], "no actor 'Nobody'"),
        (["hedging", "--outlet", "Nowhere"], "no outlet 'Nowhere'"),
    ],
)
def test_a_wrong_draw_is_a_sentence(run, folder: Path, arguments: list[str], why: str) -> None:
    status, out, err = run("draw", folder, *arguments)
    assert status == 1 and not out and why in err and len(err.splitlines()) == 1


def test_a_torn_line_is_said_by_every_command(run, folder: Path) -> None:
    run("draw", folder, "hedging", "--n", 10)
    run("start", folder, "--coder", "ada", keys="0" * 10)
    [file] = (folder / "coding").glob("*/codes-ada.jsonl")
    file.write_bytes(file.read_bytes()[:-20])
    for command in (["status", folder], ["agree", folder], ["estimate", folder], ["errors", folder]):
        assert "is cut off or no JSON; it is kept in the file and left out" in run(*command)[2]
    _, out, err = run("start", folder, "--coder", "ada", keys="0")
    assert "9 of 10 coded by ada" in out and "All 10 items are coded" in out and "is cut off" in err


def test_guidelines_of_one_s_own_are_shown_in_part_and_read_on_demand(run, folder: Path, tmp_path: Path) -> None:
    words = tmp_path / "guidelines.txt"
    words.write_text("Judge the words. " * 6000 + "THE END")
    assert run("draw", folder, "hedging", "--n", 3, "--guidelines", words)[0] == 0
    _, out, _ = run("start", folder, "--coder", "ada", keys="gq")
    assert "(press g for all 102" in out and out.count("THE END") == 1
    words.write_bytes(b"\xff\xfe")
    assert "is not UTF-8 text" in run("draw", folder, "hedging", "--name", "x", "--guidelines", words)[2]
