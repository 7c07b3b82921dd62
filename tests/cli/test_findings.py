"""The commands that look for and report findings: what they say, write and refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analytics import cli

Run = Callable[..., tuple[object, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as leaving:
            cli.main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return leaving.value.code, shown.out, shown.err

    return call


def test_words_of_two_outlets(run: Run, demo_store: Path, tmp_path: Path) -> None:
    table = tmp_path / "words.csv"
    status, out, _ = run("words", demo_store, "Harbour Post", "Northern Ledger", "--voice", "outlet", "--csv", table)
    assert status == 0 and "words are typical of Harbour Post" in out
    assert {"word", "log_odds", "p_adjusted", "dp"} <= set(pd.read_csv(table))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("words", "DIR", "Noon"), "no words of outlet 'Noon' here"),
        (("words", "DIR", "Harbour Post", "--actor", "Nobody"), "no actor 'Nobody'"),
        (("words", "DIR", "Harbour Post", "--stories", "same"), "needs REFERENCE"),
        (("words", "DIR", "Harbour Post", "Daily Ferry", "--stories", "same"), "there are those of: nobody"),
        (("context", "DIR", "!"), "no letters to look for"),
        (("change-points", "DIR", "--score", "mood"), "no score 'mood'"),
        (("robustness", "DIR", "--score", "hedging"), "needs --score and --outlet"),
        (("report", "DIR", "--score", "hedging", "--outlet", "Noon", "--out", "r"), "no outlet 'Noon'"),
    ],
)
def test_what_is_not_there_is_named(run: Run, demo_store: Path, arguments: tuple[str, ...], message: str) -> None:
    status, _, err = run(*(demo_store if argument == "DIR" else argument for argument in arguments))
    assert status in (1, 2) and message in err and err.count("\n") == 1


def test_context_ends_with_article_and_sentence(run: Run, demo_store: Path) -> None:
    status, out, _ = run("context", demo_store, "bridge", "--outlet", "Harbour Post", "--sort", "left", "--limit", 3)
    lines = out.splitlines()
    assert status == 0 and " places in " in lines[0] and "[bridge]" in lines[1] and lines[-1].startswith("and ")
    assert lines[1].rsplit("  ", 1)[-1].partition(":")[2].isdigit()


def test_change_points_say_why_there_are_none(run: Run, demo_store: Path, tmp_path: Path) -> None:
    page, events = tmp_path / "chart.html", tmp_path / "events.csv"
    events.write_text("date,label\n2031-01-07,Vote\n")
    more = ("--events", events, "--chart", page)
    status, out, _ = run("change-points", demo_store, "--score", "hedging", "--voice", "outlet", *more)
    assert status == 0 and "Harbour Post: too few periods with articles" in out and "<html" in page.read_text()


def test_a_plan_is_sealed_and_its_question_reported(run: Run, demo_store: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('score = "hedging"\noutlet = "Harbour Post"\nvoices = ["outlet"]\n')
    status, out, _ = run("plan", plan)
    assert status == 0 and out.startswith("sha256 ") and "outlet: Harbour Post" in out
    status, out, _ = run("report", demo_store, "--plan", plan, "--out", tmp_path / "bundle")
    assert status == 0 and "8 files" in out
    assert "The question is the planned one." in (tmp_path / "bundle" / "report.md").read_text()
    status, _, err = run("report", demo_store, "--plan", plan, "--out", tmp_path / "bundle")
    assert status == 1 and "is there already and not empty" in err


def test_robustness_says_how_many_settings_agree(run: Run, demo_store: Path, tmp_path: Path) -> None:
    table, page = tmp_path / "settings.csv", tmp_path / "curve.html"
    asked = ("--score", "agency", "--outlet", "Harbour Post")
    status, out, err = run("robustness", demo_store, *asked, "--csv", table, "--chart", page)
    assert status == 0, err
    assert "settings, " in out and len(pd.read_csv(table)) == 108 and "<html" in page.read_text()
