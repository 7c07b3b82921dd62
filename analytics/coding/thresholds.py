"""The numbers that decide when a coded sample says something, read from knowledge/thresholds.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..errors import KnowledgeError

FILE = "knowledge/thresholds.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingThresholds:
    """Table [coding] of the file, which says why each value is what it is."""

    min_codes: int
    even_share: float
    resamples: int
    permutations: int


def parse(toml: str) -> CodingThresholds:
    """Thresholds of a TOML text.

    Raises KnowledgeError where the text is not TOML or table [coding] is not exactly as expected.
    """
    try:
        return CodingThresholds(**tomllib.loads(toml)["coding"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise KnowledgeError(f"{FILE}: {error}") from error


@cache
def coding_thresholds() -> CodingThresholds:
    """The shipped thresholds."""
    return parse((files("analytics") / FILE).read_text(encoding="utf-8"))
