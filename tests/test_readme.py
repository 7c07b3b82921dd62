"""The README's commands are real: each is parsed against the command line, and those that can be run are run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics import cli
from analytics.dashboard import serving
from analytics.results.schemas import TABLES
from analytics.results.store import open_store

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def blocks(language: str, text: str = README) -> list[str]:
    """The fenced blocks that begin with ```language."""
    return re.findall(rf"^```{re.escape(language)}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def tellings_lines(text: str) -> list[list[str]]:
    """Every shell command of a page that calls `tellings`, as words, whatever ran before it on the line."""
    shell = re.findall(r"^```(?:sh|text).*?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    commands = (piece for block in shell for line in block.splitlines() for piece in re.split(r"&&|\s>\s|#", line))
    words = (shlex.split(command) for command in commands if re.match(r"\s*(\S*/)?tellings \w", command))
    return [each[1:] for each in words]


COMMANDS = {" ".join(words): words for page in PAGES[:2] for words in tellings_lines(page.read_text(encoding="utf-8"))}


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:25])
    assert len(blocks("sh demo", first_screen)) == len(blocks("sh tests", first_screen)) == 1


def test_the_two_commands_use_what_the_project_declares() -> None:
    demo, tests = blocks("sh demo")[0], blocks("sh tests")[0]
    assert "tellings" in PROJECT["scripts"]
    assert ".venv/bin/tellings demo" in demo
    for extra in re.findall(r"\.\[(\w+)\]", README):
        assert extra in PROJECT["optional-dependencies"]
    assert tests.strip().endswith(".venv/bin/pytest")
    assert any(requirement.startswith("pytest>") for requirement in PROJECT["optional-dependencies"]["test"])


def test_ci_takes_its_test_command_from_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (line,) = [line for line in script.splitlines() if line.startswith("tests=$(")]
    command = f'{line}; echo "$tests"'
    shown = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == blocks("sh tests")[0]


def test_there_are_commands() -> None:
    assert {words[0] for words in COMMANDS.values()} >= {"demo", "inspect", "score", "dashboard", "export"}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_every_command_and_flag_is_real(words: list[str]) -> None:
    command = cli.cli.commands[words[0]]
    flags = {name for parameter in command.params for name in parameter.opts + parameter.secondary_opts}
    assert {word for word in words if word.startswith("-")} <= flags
    if words[0] == "export":
        assert words[2] in TABLES


def test_every_flag_that_the_text_names_is_real() -> None:
    flags = {name for command in cli.cli.commands.values() for p in command.params for name in p.opts}
    named = set(re.findall(r"`(--[\w-]+)", README))
    assert named
    assert named <= flags


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_names_every_table() -> None:
    assert set(TABLES) <= set(re.findall(r"`(\w+)`", README))


@pytest.mark.model
def test_the_demo_command_scores_sample_and_seeds(demo_results: Path) -> None:
    store = open_store(demo_results)
    assert store.count("articles") == 83
    assert store.count("rejected") == 0


@pytest.mark.model
def test_the_commands_for_own_articles_run_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    served: list[Path] = []
    monkeypatch.setattr(serving, "serve", lambda folder, **_: served.append(folder))
    Path("articles.csv").write_text(
        "headline,body,publisher,date\n"
        'The ferry,"Mara Quill may reopen the ferry. “It is safe,” Quill said.",Harbour Post,2031-01-06\n'
        "The bridge,Oren Tash opposes the bridge.,Northern Ledger,2031-01-07\n"
        "Nothing,,Northern Ledger,2031-01-08\n",
        encoding="utf-8",
    )
    (block,) = [block for block in blocks("sh") if "tellings score" in block]
    for words in tellings_lines(f"```sh\n{block}```\n"):
        with pytest.raises(SystemExit) as leaving:
            cli.main(words)
        assert leaving.value.code == 0, capsys.readouterr().err
    assert served == [Path("results")]
    store = open_store("results")
    assert (store.count("articles"), store.count("rejected")) == (2, 1)
    assert Path("scores.csv").read_text(encoding="utf-8").startswith("article_id,outlet,published,score,")
    _run_python_block(monkeypatch)


def _run_python_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the README's Python lines on the results that are there already."""
    import analytics.scoring.pipeline

    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(analytics.scoring.pipeline, "score", lambda *arguments: asked.append(arguments))
    names: dict[str, object] = {}
    exec(blocks("python")[0], names)
    assert asked == [(["articles.csv"], "results")]
    assert list(getattr(names["scores"], "columns", []))[:4] == ["article_id", "outlet", "published", "score"]


def test_the_lock_pins_every_dependency_by_hash_and_names_no_address() -> None:
    lock = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert all(re.match(r"[\w.-]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock
    pinned = {re.split("==", entry)[0].lower().replace("_", "-") for entry in entries}
    extras = {name: each for name, each in PROJECT["optional-dependencies"].items() if name != "train"}
    wanted = PROJECT["dependencies"] + [each for extra in extras.values() for each in extra]
    assert {re.split(r"[^\w.-]", each)[0].lower() for each in wanted} <= pinned


def test_python_m_analytics_is_the_command(run_command: Callable[..., str]) -> None:
    assert run_command("--version") == "tellings 0.1.0\n"


@pytest.fixture
def run_command() -> Callable[..., str]:
    def call(*arguments: str) -> str:
        command = [sys.executable, "-m", "analytics", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ)).stdout

    return call
