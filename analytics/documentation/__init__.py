"""The generated pages of docs/ and sections of the README. Rewrite them with ``python -m analytics.documentation``.

With ``DATASET=PATH …`` it also measures accuracy on these gold sets anew.
Tables come from their schemas, measures from their declarations, commands from their help texts, the reference from
docstrings; a test compares the files with what would be written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..evaluation import DATASETS
from ..measures.accuracy import state
from .pages import ROOT, accuracy_table, commands_page, methods_page, readme, tables_page, with_section
from .reference import reference_page

PAGES: dict[str, Callable[[], str]] = {
    "README.md": readme,
    "docs/tables.md": tables_page,
    "docs/methods.md": methods_page,
    "docs/cli.md": commands_page,
    "docs/api.md": reference_page,
}


def write(gold_sets: Mapping[str, Path]) -> None:
    """Write every generated page, with the accuracy measured anew on the gold sets that are given."""
    state({name: DATASETS[name](path) for name, path in gold_sets.items()})
    (ROOT / "docs").mkdir(exist_ok=True)
    for name, written in PAGES.items():
        (ROOT / name).write_text(written(), encoding="utf-8")


__all__ = [
    "PAGES",
    "ROOT",
    "accuracy_table",
    "commands_page",
    "methods_page",
    "readme",
    "reference_page",
    "tables_page",
    "with_section",
    "write",
]
