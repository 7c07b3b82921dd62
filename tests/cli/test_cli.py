"""The command line: what it hands to the library, what it prints, and how it fails."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from synthetic_store import write_store

from analytics import cli, demo
from analytics.dashboard import serving
from analytics.dashboard.adding import collections
from analytics.errors import InputError
from analytics.evaluation import DATASETS
from analytics.progress import Progress
from analytics.results.corrections import rename
from analytics.results.export import to_csv_bytes
from analytics.results.schemas import TABLES
from analytics.results.store import EVERYTHING, Selection, open_store

ARTICLE = "The ferry may sail on Monday."


@dataclass(frozen=True)
class Outcome:
    status: object
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    def call(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as leaving:
            cli.main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return Outcome(leaving.value.code, shown.out, shown.err)

    return call


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch, results: Path) -> list[dict[str, Any]]:
    """Replaces scoring: notes each call, reports progress, and returns ready results."""
    calls: list[dict[str, Any]] = []

    def fake(inputs: object, out: Path, *, progress: Callable[[object], None], **options: Any) -> object:
        calls.append({"inputs": [str(path) for path in inputs], "out": out, **options})  # type: ignore[attr-defined]
        progress(Progress(done=14, total=14, rejected=3, elapsed=2.0))
        return open_store(results)

    monkeypatch.setattr("analytics.scoring.pipeline.score", fake)
    return calls


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Replaces the dashboard's server."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(serving, "serve", lambda folder, **options: calls.append({"folder": folder, **options}))
    return calls


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def _rows(out: str) -> list[list[str]]:
    return list(csv.reader(StringIO(out, newline="")))


# --- Command line, help, errors ---------------------------------------------------------------------


@pytest.mark.parametrize("name", cli.cli.commands)
def test_every_command_has_help_with_an_example(run: Callable[..., Outcome], name: str) -> None:
    shown = run(name, "--help")
    assert shown.status == 0
    assert f"tellings {name}" in shown.out.partition("Example")[2]
    assert "--debug" in shown.out or "COMMAND [ARGS]" in shown.out  # a group's own commands have it


def test_the_commands_of_this_version() -> None:
    names = (
        "demo fetch inspect score dashboard change-points words context robustness plan report code export compare "
        "versions evaluate verify"
    )
    assert list(cli.cli.commands) == names.split()


def test_the_version(run: Callable[..., Outcome]) -> None:
    assert run("--version").out == "tellings 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["score"], "Missing argument 'INPUT...' (see: tellings score --help)"),
        (["score", "article"], "Missing option '--out' (see: tellings score --help)"),
        (["score", "missing.csv", "--out", "x"], "Path 'missing.csv' does not exist (see: tellings score --help)"),
        (["score", "article", "--out", "x", "--column", "title"], "'title' is not of the form FIELD=NAME"),
        (["score", "article", "--out", "x", "--jobs", "0"], "0 is not in the range x>=1"),
        (["exprot"], "No such command 'exprot'. Did you mean 'export'? (see: tellings --help)"),
        (["export", "x", "scores", "--voice", "loud"], "'loud' is not one of 'outlet', 'quoted', 'reported'"),
        (["export", "x", "scores", "--from", "31/02/2022"], "'31/02/2022' does not match the format '%Y-%m-%d'"),
        (["export", "x", "scores", "--format", "xlsx"], "xlsx needs a file: add --out scores.xlsx"),
        (["evaluate", "nothing", "."], "no gold set 'nothing'; there are: "),
    ],
)
def test_a_wrong_command_line_is_one_line_and_status_2(
    run: Callable[..., Outcome], article: Path, arguments: list[str], message: str
) -> None:
    shown = run(*[article if each == "article" else each for each in arguments])
    assert (shown.status, shown.out) == (2, "")
    assert message in shown.err
    assert shown.err.count("\n") == 1
    assert shown.err.startswith("tellings: ")


def test_no_command_shows_the_help(run: Callable[..., Outcome]) -> None:
    shown = run()
    assert shown.status == 2
    assert "tellings demo" in shown.out + shown.err


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (InputError("no text column;\nname it with --column text=NAME"), "no text column; name it with --column"),
        (OSError(28, "No space left on device", "a.csv"), "No space left on device: a.csv"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (ZeroDivisionError("division by zero"), "ZeroDivisionError: division by zero (--debug shows where)"),
    ],
)
def test_a_failure_is_one_line_and_status_1(
    run: Callable[..., Outcome],
    monkeypatch: pytest.MonkeyPatch,
    article: Path,
    tmp_path: Path,
    error: BaseException,
    message: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("analytics.scoring.pipeline.score", fail)
    shown = run("score", article, "--out", tmp_path / "out")
    assert (shown.status, shown.out) == (1, "")
    assert shown.err.startswith(f"tellings: {message}")
    assert shown.err.count("\n") == 1


def test_a_run_that_is_interrupted_says_how_to_go_on(
    run: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, article: Path, tmp_path: Path
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("analytics.scoring.pipeline.score", interrupted)
    shown = run("score", article, "--out", tmp_path / "out")
    assert (shown.status, shown.out) == (128 + signal.SIGINT, "")
    assert shown.err == "tellings: stopped; the same command with --resume continues where it was\n"


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, article: Path, tmp_path: Path) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("analytics.scoring.pipeline.score", fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["score", str(article), "--out", str(tmp_path / "out"), "--debug"])


# --- score, demo, dashboard -------------------------------------------------------------------------


def test_score_hands_its_options_over(
    run: Callable[..., Outcome], scored: list[dict[str, Any]], article: Path, tmp_path: Path
) -> None:
    actors, targets = tmp_path / "actors.toml", tmp_path / "targets.toml"
    actors.touch()
    targets.touch()
    out = tmp_path / "out"
    options = ["--column", "title=headline", "--column", "text=body", "--jobs", "2", "--resume", "--keep-boilerplate"]
    options += ["--actors", actors, "--targets", targets, "--date-order", "dmy"]
    shown = run("score", article, "--out", out, *options)
    assert shown.status == 0
    assert scored == [
        {
            "inputs": [str(article)],
            "out": out,
            "columns": {"title": "headline", "text": "body"},
            "date_order": "dmy",
            "actors_file": actors,
            "targets_file": targets,
            "jobs": 2,
            "resume": True,
            "keep_boilerplate": True,
        }
    ]
    assert shown.out.splitlines() == [
        f"14 articles scored, 3 records rejected: {out}",
        f"Look at them with: tellings dashboard {out}",
    ]
    assert shown.err == "14 of 14 records, 3 rejected, 7.0 a second\n"


def test_demo_scores_sample_and_seeds_then_serves(
    run: Callable[..., Outcome], scored: list[dict[str, Any]], served: list[dict[str, Any]], tmp_path: Path
) -> None:
    shown = run("demo", "--out", tmp_path / "demo", "--headless", "--port", "8600")
    assert shown.status == 0
    assert Path(scored[0]["inputs"][0]).name == "articles.jsonl"
    assert len(scored[0]["inputs"]) == 3
    assert scored[0]["actors_file"] == demo.SAMPLE_ACTORS
    assert served == [{"folder": tmp_path / "demo", "port": 8600, "headless": True}]


@pytest.mark.parametrize(
    ("options", "change", "scores_again"),
    [
        ([], {}, False),
        (["--again"], {}, True),
        ([], {"tellings": "0.0.9"}, True),
        ([], {"inputs": [{"file": "other.csv", "sha256": "0" * 64}]}, True),
    ],
)
def test_demo_scores_again_only_where_something_changed(
    run: Callable[..., Outcome],
    scored: list[dict[str, Any]],
    tmp_path: Path,
    options: list[str],
    change: dict[str, Any],
    scores_again: bool,
) -> None:
    folder = write_store(tmp_path, per_outlet=1)
    inputs = [{"sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in demo.demo_inputs()]
    manifest = {"tellings": "0.1.0", "inputs": inputs} | change
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert run("demo", "--out", folder, "--no-open", *options).status == 0
    assert bool(scored) == scores_again


def test_the_demo_files_exist() -> None:
    assert [path for path in [*demo.demo_inputs(), demo.SAMPLE_ACTORS, demo.DASHBOARD] if not path.is_file()] == []


def test_a_dashboard_that_is_open_to_others_has_a_token_and_opens_no_browser(
    run: Callable[..., Outcome], served: list[dict[str, Any]], results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TELLINGS_TOKEN", raising=False)
    outcome = run("dashboard", results, "--allow-host", "news.example")
    (options,) = served
    assert len(options["token"]) >= 32 and options["headless"] and options["allowed_hosts"] == ("news.example",)
    assert options["token"] in outcome.err and "Open to others as news.example" in outcome.err


def test_dashboard_serves_a_results_folder(
    run: Callable[..., Outcome], served: list[dict[str, Any]], results: Path
) -> None:
    assert run("dashboard", results).status == 0
    assert served == [{"folder": results, "port": None, "headless": False, "allowed_hosts": (), "token": None}]


def test_dashboard_without_results_says_how_to_make_some_or_begins_with_none(
    run: Callable[..., Outcome], served: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown = run("dashboard", tmp_path)
    assert (shown.status, served) == (1, [])
    assert f"make some with: tellings score INPUT --out {tmp_path}" in shown.err
    monkeypatch.setattr(demo, "demo_folder", lambda: tmp_path)
    monkeypatch.setenv("TELLINGS_COLLECTIONS", str(tmp_path / "collections"))
    assert run("dashboard").status == 0
    assert [call["folder"] for call in served] == [None]


def test_dashboard_opens_a_collection_and_names_those_there_are(
    run: Callable[..., Outcome],
    served: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    results: Path,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("TELLINGS_COLLECTIONS", str(tmp_path))
    monkeypatch.setattr(demo, "demo_folder", lambda: tmp_path / "none")
    own = collections.create("Dams")
    shutil.copytree(results, own.results)
    assert f"Dams: tellings dashboard {own.folder}" in run("dashboard").err
    run("dashboard", own.folder)
    assert [call["folder"] for call in served] == [None, own.results]


def test_serving_stays_on_this_machine(monkeypatch: pytest.MonkeyPatch, results: Path) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setenv(serving.STORE_VARIABLE, "")
    monkeypatch.setattr(serving.runpy, "run_module", lambda *_, **__: started.append(sys.argv))
    serving.serve(results, port=8600, headless=True)
    (command,) = started
    assert command[:3] == ["streamlit", "run", str(demo.DASHBOARD)]
    assert {"--server.address=localhost", "--browser.gatherUsageStats=false", "--server.headless=true"} < set(command)
    assert "--server.port=8600" in command
    assert "--logger.hideWelcomeMessage=false" in command  # the welcome names the address
    assert Path(serving.os.environ[serving.STORE_VARIABLE]) == results.resolve()
    serving.serve(results)
    assert "--logger.hideWelcomeMessage=true" in started[1]  # and with it goes an offer to developers


def test_the_dashboard_answers(results: Path) -> None:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "analytics", "dashboard", str(results), "--headless", "--port", port]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert _answer(f"http://localhost:{port}/_stcore/health") == "ok"
    finally:
        server.send_signal(signal.SIGINT)
        said, _ = server.communicate(timeout=20)
    assert server.returncode == 0
    assert "Traceback" not in said


def _answer(address: str) -> str:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address) as response:
                return str(response.read().decode())
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")


# --- inspect ----------------------------------------------------------------------------------------


def test_inspect_shows_columns_and_rejections_and_writes_nothing(run: Callable[..., Outcome], tmp_path: Path) -> None:
    file = tmp_path / "articles.csv"
    file.write_text(
        "headline,body,publisher\nA ferry,It may sail.,Harbour Post\nEmpty,,Harbour Post\n", encoding="utf-8"
    )
    shown = run("inspect", file)
    assert shown.status == 0
    assert "headline" in shown.out
    assert "Harbour Post" in shown.out
    assert list(tmp_path.iterdir()) == [file]


# --- export -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_export_writes_every_table_whole(run: Callable[..., Outcome], results: Path, table: str) -> None:
    shown = run("export", results, table)
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == to_csv_bytes(open_store(results).select(table, EVERYTHING)).decode()


def test_export_filters_as_a_selection_does(run: Callable[..., Outcome], results: Path) -> None:
    options = ["--outlet", "Harbour Post", "--actor", "mara quill", "--voice", "quoted", "--from", "2031-01-01"]
    shown = run("export", results, "mentions", *options, "--to", "2031-01-31")
    selection = Selection(
        outlets=("Harbour Post",),
        actors=("person:mara_quill",),
        voices=("quoted",),
        start=pd.Timestamp("2031-01-01").date(),
        end=pd.Timestamp("2031-01-31").date(),
    )
    expected = open_store(results).select("mentions", selection)
    assert 0 < len(expected) < open_store(results).count("mentions")
    assert shown.out == to_csv_bytes(expected).decode()


def test_export_leaves_copies_out_where_asked(run: Callable[..., Outcome], results: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(results, tmp_path / "results")
    articles = pd.read_parquet(folder / "articles.parquet")
    articles["copy_of"] = articles["copy_of"].astype("object")
    copy, original = articles["article_id"].iloc[:2]
    articles.loc[0, "copy_of"] = original
    articles.to_parquet(folder / "articles.parquet", index=False)
    kept, left_out = run("export", folder, "articles", "--no-copies"), run("export", folder, "articles")
    assert copy in left_out.out and original in kept.out
    assert len(kept.out.splitlines()) == len(left_out.out.splitlines()) - 1


def test_export_says_how_many_undated_articles_a_date_leaves_out(
    run: Callable[..., Outcome], tmp_path: Path, results: Path
) -> None:
    folder = write_store(tmp_path, per_outlet=10)  # the tenth of each of three outlets has no date
    assert run("export", folder, "articles", "--from", "2031-01-01").err == "3 articles without a date are left out\n"


@pytest.mark.parametrize("actor", ["person:mara_quill", "Mara Quill", "mara quill", "quill"])
def test_export_takes_an_actor_by_id_name_or_alias(run: Callable[..., Outcome], results: Path, actor: str) -> None:
    expected = open_store(results).select("mentions", Selection(actors=("person:mara_quill",)))
    assert run("export", results, "mentions", "--actor", actor).out == to_csv_bytes(expected).decode()


def test_export_asks_which_actor_an_ambiguous_name_means(run: Callable[..., Outcome], tmp_path: Path) -> None:
    folder = write_store(tmp_path, per_outlet=1)
    rename(folder, "person:oren_tash", "Mara Quill")
    shown = run("export", folder, "mentions", "--actor", "Mara Quill")
    assert shown.status == 1
    assert "person:mara_quill, person:oren_tash" in shown.err


@pytest.mark.parametrize("option", [["--outlet", "Morning Star"], ["--actor", "Nobody"]])
def test_export_refuses_names_the_results_do_not_hold(
    run: Callable[..., Outcome], results: Path, option: list[str]
) -> None:
    shown = run("export", results, "scores", *option)
    assert (shown.status, shown.out) == (1, "")
    assert option[1] in shown.err


def test_export_refuses_an_unknown_table(run: Callable[..., Outcome], results: Path) -> None:
    shown = run("export", results, "score")
    assert shown.status == 2
    assert ", ".join(TABLES) in shown.err


@pytest.mark.parametrize("format_", ["csv", "parquet", "xlsx"])
def test_export_to_a_file_comes_with_its_manifest(
    run: Callable[..., Outcome], results: Path, tmp_path: Path, format_: str
) -> None:
    file = tmp_path / f"stances.{format_}"
    shown = run("export", results, "stances", "--format", format_, "--out", file, "--voice", "outlet")
    assert shown.status == 0
    reader = {"csv": pd.read_csv, "parquet": pd.read_parquet, "xlsx": pd.read_excel}[format_]
    rows = open_store(results).select("stances", Selection(voices=("outlet",)))
    assert list(reader(file)["article_id"]) == list(rows["article_id"])
    manifest = json.loads((tmp_path / f"{file.name}.manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"] == len(rows)
    assert manifest["selection"] == {"voices": ["outlet"]}
    assert manifest["run"] == open_store(results).manifest


def test_a_closed_pipe_is_no_error(results: Path) -> None:
    command = [sys.executable, "-m", "analytics", "export", str(results), "sentences"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait()


# --- evaluate ---------------------------------------------------------------------------------------


def test_evaluate_names_its_gold_sets(run: Callable[..., Outcome]) -> None:
    assert ", ".join(DATASETS) in " ".join(run("evaluate", "--help").out.split())


def test_evaluate_prints_figures(run: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    figures = pd.DataFrame({"system": ["Tellings", "baseline"], "macro_f1": [0.81, 0.51]})
    monkeypatch.setattr("analytics.evaluation.DATASETS", {"invented": lambda path: figures.assign(path=path.name)})
    assert "0.81" in run("evaluate", "invented", tmp_path).out
    assert json.loads(run("evaluate", "invented", tmp_path, "--json").out) == [
        {"system": "Tellings", "macro_f1": 0.81, "path": tmp_path.name},
        {"system": "baseline", "macro_f1": 0.51, "path": tmp_path.name},
    ]


def test_compare_does_not_write_over_its_texts(run: Callable[..., Outcome], tmp_path: Path) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    for file in (a, b):
        file.write_text(ARTICLE, encoding="utf-8")
    shown = run("compare", a, b, "--html", b)
    assert shown.status == 2 and "would overwrite one of the two texts" in shown.err
    assert b.read_text(encoding="utf-8") == ARTICLE
