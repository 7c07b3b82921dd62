"""Places that news writes in several ways."""

from __future__ import annotations

from functools import cache

from ..errors import KnowledgeError
from .lexicon import KNOWLEDGE

_COLUMNS = ("names", "source")


def same_place(a: str, b: str) -> bool:
    """Whether two names, lower-cased and without “the”, are written for one place.

    >>> same_place("kyiv", "kiev"), same_place("kyiv", "odesa")
    (True, False)
    """
    known = _numbers()
    return a == b or (a in known and known.get(a) == known.get(b))


@cache
def _numbers() -> dict[str, int]:
    path = KNOWLEDGE / "place_names.tsv"
    numbered = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    lines = [(n, tuple(line.split("\t"))) for n, line in numbered if line and not line.startswith("#")]
    if not lines or lines[0][1] != _COLUMNS:
        raise KnowledgeError(f"{path}: the header must be {', '.join(_COLUMNS)}, separated by tabs")
    found: dict[str, int] = {}
    for n, cells in lines[1:]:
        if len(cells) != len(_COLUMNS) or not all(cells):
            raise KnowledgeError(f"{path}:{n}: a row needs {', '.join(_COLUMNS)}")
        found.update(dict.fromkeys(cells[0].split("|"), n))
    return found
