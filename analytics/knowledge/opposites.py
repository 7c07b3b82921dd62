"""Words that make the opposite, or another event, of what is told: rejects for backs, wounded for killed."""

from __future__ import annotations

from functools import cache

from ..errors import KnowledgeError
from .lexicon import KNOWLEDGE

_COLUMNS = ("one", "other", "source")


@cache
def opposites() -> frozenset[frozenset[str]]:
    """Pairs of lemmas, without an order.

    Raises KnowledgeError, naming the line, where the table is malformed.

    >>> frozenset({"reject", "back"}) in opposites()
    True
    """
    path = KNOWLEDGE / "opposites.tsv"
    numbered = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    lines = [(n, tuple(line.split("\t"))) for n, line in numbered if line and not line.startswith("#")]
    if not lines or lines[0][1] != _COLUMNS:
        raise KnowledgeError(f"{path}: the header must be {', '.join(_COLUMNS)}, separated by tabs")
    found: set[frozenset[str]] = set()
    for n, cells in lines[1:]:
        pair = frozenset(cells[:2])
        if len(cells) != len(_COLUMNS) or not all(cells) or len(pair) < 2 or pair in found:
            raise KnowledgeError(f"{path}:{n}: a row needs {', '.join(_COLUMNS)}, and each pair stands once")
        found.add(pair)
    return frozenset(found)
