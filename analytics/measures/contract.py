"""The contract every measure fulfils: one function over an annotated article, one declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ..article import AnnotatedArticle, Voice

Finding = dict[str, object]  # one row of the table the measure fills, without article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One number about one article: what the `scores` table holds.

    value = scale × numerator / denominator; a denominator of zero never makes a row.
    """

    score: str  # name of the score, e.g. "hedging"
    voice: Voice | Literal["all"]
    numerator: float
    denominator: float
    actor_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a score of the `scores` table means; charts, pages and documentation read this."""

    name: str
    label: str  # for axes and menus, sentence case
    question: str  # what it answers, in one plain sentence
    unit: str  # e.g. "per 1,000 words", "mean, −1 to 1", "share of mentions"
    scale: float = 1.0
    range: tuple[float, float | None]
    higher_means: str
    per_actor: bool
    status: Literal["measured", "baseline", "exploratory"]  # shown beside the number


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure: where its findings go, what scores they add up to, and what is known of it."""

    name: str
    table: Literal["mentions", "attributions", "cues", "stances", "frames"]
    find: Callable[[AnnotatedArticle], Iterable[Finding]]
    score: Callable[[AnnotatedArticle, list[Finding]], Iterable[ScoreRow]]
    scores: tuple[Score, ...]
    method: str  # how it is computed, in two or three sentences for the Methods page
    source: str  # paper, list or package it rests on
    limits: str  # known failures, plainly
    gold_set: str | None  # the published set its accuracy is stated on, None where there is none yet
