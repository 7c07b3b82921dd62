"""What the hand-written pages name exists: files, names of the code, commands. The top level holds what it should."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from analytics.cli import cli
from analytics.documentation import PAGES as GENERATED

ROOT = Path(__file__).parent.parent
TOP_LEVEL = {
    *("pyproject.toml", "README.md", "analytics", "dashboard.py", "data", "tests", "seeds"),
    *("LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff", "Makefile", "docs"),
}
EVERY_PAGE = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
BY_HAND = [
    page
    for page in EVERY_PAGE
    if page.name != "CHANGELOG.md" and (page.name == "README.md" or page.relative_to(ROOT).as_posix() not in GENERATED)
]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NO_NAMES = {"py", "python3", "utils.py"}  # other programs, and what there must not be
SUFFIX = r"\.(?:py|md|toml|tsv|cff|npz|jsonl?|svg|png|lock)"


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def each_page(pages: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=_name)


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def spans(page: Path) -> set[str]:
    """What stands in backticks."""
    return set(re.findall(r"`([^`\n]+)`", prose(page))) - NO_NAMES


def shell(page: Path) -> str:
    return "\n".join(re.findall(r"^```sh.*?\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))


@cache
def sources() -> str:
    """Everything in which a name that a page mentions may be declared or used."""
    files = [
        *(ROOT / "analytics").rglob("*.py"),
        *(ROOT / "analytics" / "knowledge").glob("*.toml"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / name for name in ("pyproject.toml", "CITATION.cff", "Makefile", "CHANGELOG.md")),
    ]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file != Path(__file__))


@cache
def file_names() -> frozenset[str]:
    return frozenset(
        path.name for top in TOP_LEVEL for path in [ROOT / top, *(ROOT / top).rglob("*")] if path.is_file()
    )


@each_page(EVERY_PAGE)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        assert "://" not in target, target
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        if anchor and page.name != "api.md":  # its anchors are tested with what writes them
            headings = re.findall(r"^#+ (.+)$", prose(there), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, target


@each_page(BY_HAND)
def test_paths_exist(page: Path) -> None:
    for span in spans(page):
        path = span.split()[0]
        if re.fullmatch(r"\.?\w[\w.-]*(/[\w.*-]*)+", path) and not path.startswith(".venv"):
            assert list(ROOT.glob(path.rstrip("/").replace("NAME", "*"))), span
        elif re.fullmatch(rf"[\w.-]+{SUFFIX}", path):  # a file of the project, or one that a run reads or writes
            assert path in file_names() or path in sources(), span


@each_page(BY_HAND)
def test_names_of_the_code_exist(page: Path) -> None:
    for span in spans(page):
        if re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\(.*\))?", span) and not re.search(rf"{SUFFIX}$", span):
            for part in span.partition("(")[0].split("."):
                assert re.search(rf"\b{part}\b", sources()), span


@each_page(BY_HAND)
def test_commands_exist(page: Path) -> None:
    text = "\n".join([*spans(page), shell(page)])
    for command in re.findall(r"^(?:\.venv/bin/)?tellings ([a-z][\w-]*)", text, re.MULTILINE):
        assert command in cli.commands, command
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make ([\w-]+)", text, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for module in re.findall(r"python -m (analytics[\w.]*)", text):
        home = ROOT / module.replace(".", "/")
        assert (home / "__main__.py").is_file(), module
    for path in re.findall(r"pytest (tests/\S+)", text):
        assert (ROOT / path).exists(), path


ROWS = [line for line in ARCHITECTURE.splitlines() if line.startswith("| ") and "`analytics/" in line]
INDEX = [row for row in ROWS if row in ARCHITECTURE.partition("## The house")[0]]


@pytest.mark.parametrize("row", INDEX, ids=lambda row: row.split("|")[1].strip(" *")[:50])
def test_what_the_index_says_to_look_for_is_defined_in_the_file_that_it_names(row: str) -> None:
    _, _, files, names, _ = row.split("|")
    text = "\n".join((ROOT / path).read_text(encoding="utf-8") for path in re.findall(r"`([^`]+)`", files))
    for span in re.findall(r"`([^`]+)`", names):
        for part in span.split("."):
            assert re.search(rf"^\s*(?:(?:def|class) {part}\b|{part}(?:: [^=]+)? =)", text, re.MULTILINE), part


def test_the_house_is_described_as_it_is() -> None:
    ground = {"article", "errors", "progress", "vocabulary"}
    described = {}
    for row in ROWS:
        cells = [cell.strip() for cell in row.strip("| ").split(" | ")]
        for part in re.findall(r"`analytics/(\w+)(?:\.py|/)`", cells[0]):
            described[part] = set() if cells[2] == "nothing" else set(cells[2].split(", "))
    actual = {part: imports - ground for part, imports in _imports().items()}
    assert {part: described.get(part) for part in actual} == actual


def _imports() -> dict[str, set[str]]:
    """Each part of the package and the other parts that its modules import."""
    package = ROOT / "analytics"
    parts = {path.name.removesuffix(".py") for path in package.iterdir()} - {"__init__", "__main__", "__pycache__"}
    parts = {part for part in parts if (package / f"{part}.py").is_file() or (package / part / "__init__.py").is_file()}
    found: dict[str, set[str]] = {part: set() for part in parts}
    for part in parts:
        home = package / part
        for file in [*home.rglob("*.py")] if home.is_dir() else [package / f"{part}.py"]:
            depth = len(file.relative_to(package).parts)
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    inside = (node.module or "").removeprefix("analytics.") if node.level in (0, depth) else ""
                    whole = node.level == 0 and not (node.module or "").startswith("analytics")
                    found[part] |= set() if whole else {inside.split(".")[0]}
    return {part: (names & parts) - {part} for part, names in found.items()}


def test_the_picture_of_the_house_names_every_part() -> None:
    words = set(re.findall(r"\w+", (ROOT / "docs" / "images" / "architecture.svg").read_text(encoding="utf-8")))
    assert set(_imports()) <= words


def test_the_top_level_holds_what_it_should() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {path.split("/")[0] for path in listed.splitlines()} - TOP_LEVEL == {
        *(".ci", ".github", ".gitignore", ".pre-commit-config.yaml", ".streamlit"),
    }


def test_the_citation_is_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {project['version']}\n" in citation
    assert f"\nlicense: {project['license']}\n" in citation
    assert "://" not in citation


def test_lint_is_the_same_everywhere() -> None:
    checks = ("ruff check", "ruff format --check", "mypy")
    for name in ("Makefile", ".ci/run", ".pre-commit-config.yaml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert [check for check in checks if check not in text] == [], name
