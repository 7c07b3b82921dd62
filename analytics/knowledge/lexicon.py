"""Lexicons as data: tab-separated files of patterns, each row with its label, weight and source."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..errors import KnowledgeError

KNOWLEDGE = Path(__file__).parent
COLUMNS = ("pattern", "label", "weight", "source")
CONDITION = "when"  # optional fifth column
NOT_A_CUE = "none"  # label of patterns that are matched only so that no shorter one is


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a lexicon: a pattern (syntax: `measures.matching`) and what it stands for."""

    pattern: str
    label: str
    weight: float
    source: str
    when: str = ""  # name of a context rule that the measure knows; empty: always
    lexicon: str  # the file's name without its ending
    line: int


def read_lexicon(path: Path) -> tuple[Entry, ...]:
    """Every row of a lexicon file, in order; empty lines and lines that begin with `#` are skipped.

    The first other line names the columns: pattern, label, weight, source and, where some
    patterns count only in a certain context, when.

    Raises KnowledgeError, naming file and line, where a row is malformed or a pattern comes twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read as UTF-8 text ({error}); restore the file") from error
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered or tuple(numbered[0][1].split("\t")) not in (COLUMNS, (*COLUMNS, CONDITION)):
        raise KnowledgeError(f"{path}:1: the header must be {', '.join(COLUMNS)}[, {CONDITION}], separated by tabs")
    width = numbered[0][1].count("\t") + 1
    entries: dict[str, Entry] = {}
    for n, line in numbered[1:]:
        entry = _entry(path, n, line, width)
        if (first := entries.setdefault(entry.pattern, entry)) is not entry:
            raise KnowledgeError(f"{path}:{n}: {entry.pattern!r} is already in line {first.line}; keep one of them")
    return tuple(entries.values())


@cache
def load(name: str) -> tuple[Entry, ...]:
    """A lexicon that ships with the package, by its file name without `.tsv`."""
    return read_lexicon(KNOWLEDGE / f"{name}.tsv")


def _entry(path: Path, n: int, line: str, width: int) -> Entry:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != width:
        raise KnowledgeError(f"{path}:{n}: {len(cells)} columns instead of {width}; separate them by single tabs")
    pattern, label, weight, source = cells[:4]
    if not (pattern and label and source):
        raise KnowledgeError(f"{path}:{n}: pattern, label and source must not be empty")
    try:
        number = float(weight)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise KnowledgeError(f"{path}:{n}: weight {weight!r} is not a number")
    when = cells[4] if width > len(COLUMNS) else ""
    return Entry(pattern=pattern, label=label, weight=number, source=source, when=when, lexicon=path.stem, line=n)
