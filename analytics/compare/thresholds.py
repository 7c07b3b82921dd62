"""The numbers that decide when a comparison is shown, read from knowledge/thresholds.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..errors import KnowledgeError

FILE = "knowledge/thresholds.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Table [compare] of the file, which says why each value is what it is."""

    min_articles: int
    level: float
    resamples: int
    resamples_per_tail: int
    max_units: int
    permutations: int
    max_permuted: int
    articles_per_period: int
    min_stories: int
    same_stories_share: float
    effect_sizes: list[float]
    span_margin: float
    min_periods: int
    min_segment: int
    change_alpha: float
    min_articles_with_word: int
    prior_words: float


def parse(toml: str) -> Thresholds:
    """Thresholds of a TOML text.

    Raises KnowledgeError where the text is not TOML or table [compare] is not exactly as expected.
    """
    try:
        return Thresholds(**tomllib.loads(toml)["compare"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise KnowledgeError(f"{FILE}: {error}") from error


@cache
def thresholds() -> Thresholds:
    """The shipped thresholds."""
    return parse((files("analytics") / FILE).read_text(encoding="utf-8"))
