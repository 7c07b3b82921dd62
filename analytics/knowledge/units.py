"""Units and currencies: what a number measures, and how much of it one unit is."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ..errors import KnowledgeError
from .lexicon import KNOWLEDGE

_COLUMNS = ("form", "unit", "dimension", "factor", "source")


class Unit(NamedTuple):
    """A unit by its name; `factor` is in the dimension's first unit, and means nothing for currencies and degrees."""

    name: str
    dimension: str
    factor: float


@cache
def units() -> dict[str, Unit]:
    """Every form that a unit is written in, lower-cased (`km`, `square miles`, `€`).

    Raises KnowledgeError, naming the line, where the table is malformed.

    >>> units()["km"]
    Unit(name='kilometre', dimension='length', factor=1000.0)
    """
    path = KNOWLEDGE / "units.tsv"
    numbered = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    lines = [(n, line.split("\t")) for n, line in numbered if line and not line.startswith("#")]
    if not lines or tuple(lines[0][1]) != _COLUMNS:
        raise KnowledgeError(f"{path}: the header must be {', '.join(_COLUMNS)}, separated by tabs")
    found: dict[str, Unit] = {}
    for n, cells in lines[1:]:
        if len(cells) != len(_COLUMNS) or not all(cells) or cells[0] in found:
            raise KnowledgeError(f"{path}:{n}: a row needs {', '.join(_COLUMNS)}, and each form stands once")
        found[cells[0]] = Unit(cells[1], cells[2], float(cells[3]))
    return found
