"""Stages of a course of events, by the words that tell them: accused, charged, convicted."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from ..errors import KnowledgeError
from .lexicon import KNOWLEDGE

_COLUMNS = ("course", "stage", "lemma", "source")


@cache
def stages() -> dict[str, tuple[tuple[str, str], ...]]:
    """Lemma → the course and the stage that it tells of, one or more.

    Raises KnowledgeError, naming the line, where the table is malformed.

    >>> stages()["convict"], stages()["accuse"]
    ((('blame', 'convicted'),), (('blame', 'suspected'),))
    """
    path = KNOWLEDGE / "stages.tsv"
    numbered = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    lines = [(n, tuple(line.split("\t"))) for n, line in numbered if line and not line.startswith("#")]
    if not lines or lines[0][1] != _COLUMNS:
        raise KnowledgeError(f"{path}: the header must be {', '.join(_COLUMNS)}, separated by tabs")
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for n, cells in lines[1:]:
        if len(cells) != len(_COLUMNS) or not all(cells) or cells[0] in found.get(cells[2], {}):
            raise KnowledgeError(f"{path}:{n}: a row needs {', '.join(_COLUMNS)}, and a lemma one stage of a course")
        found[cells[2]][cells[0]] = cells[1]
    return {lemma: tuple(courses.items()) for lemma, courses in found.items()}
