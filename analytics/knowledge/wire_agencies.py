"""News agencies and the names that credits give them."""

from __future__ import annotations

import re
from functools import cache

from ..errors import KnowledgeError
from .lexicon import KNOWLEDGE

FILE = "wire_agencies.tsv"


@cache
def agencies() -> tuple[tuple[str, str], ...]:
    """Name and pattern of every agency of the knowledge file.

    Raises KnowledgeError, naming the line, where the file is malformed.
    """
    rows = []
    lines = (KNOWLEDGE / FILE).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#") or line == "name\tpattern\tsource":
            continue
        cells = line.split("\t")
        if len(cells) != 3 or not all(cells):
            raise KnowledgeError(f"{FILE}:{number}: needs name, pattern and source, separated by tabs")
        try:
            re.compile(cells[1])
        except re.error as error:
            raise KnowledgeError(f"{FILE}:{number}: {cells[1]!r} is no regular expression ({error})") from error
        rows.append((cells[0], cells[1]))
    return tuple(rows)
