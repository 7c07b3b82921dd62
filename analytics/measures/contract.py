"""The contract every measure fulfils: one function over an annotated article, one declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ..article import AnnotatedArticle
from ..vocabulary import Voice

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


def name_of(column: str) -> str:
    """The SQL expression of the name of the actor whose id a column of a row `t` holds.

    >>> name_of("holder_id")
    '(SELECT name FROM actors n WHERE n.actor_id = t.holder_id)'
    """
    return f"(SELECT name FROM actors n WHERE n.actor_id = t.{column})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the findings behind a score stand: a table, a condition on its rows, and the number each row carries.

    Expressions are SQL over a row `t` of `rows`. A row has article_id, sentence_id, start, end and voice; start and
    end may be null where the whole sentence is the evidence.
    """

    table: str  # the table whose filter applies
    rows: str = ""  # what to select from, where it is not the table itself
    condition: str = "TRUE"
    who: str = name_of("speaker_id")  # whose words or stance it is
    value: str = ""  # the number that a row carries, if it carries one
    value_is: str = "value"  # what it is called where it is not the score's own
    signed: bool = True  # whether it is for or against, rather than a share
    actor: str = ""  # the column with the actor it is about; without one, an actor filter keeps whole articles
    of_voices: tuple[Voice, ...] = ()  # the voices that have evidence, one at a time, where not every selection has
    note: str = ""  # what a reader must know of the findings


ATTRIBUTED = "(SELECT *, CASE kind WHEN 'direct' THEN 'quoted' ELSE 'reported' END AS voice FROM attributions)"

Line = Literal["wavy", "double", "dotted", "dashed", "above"]
ColourRole = Literal["doubt", "certainty", "slant", "side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How findings of one class are marked in an article: in which layer, with which line, in which colour."""

    kind: str  # the cue_type of rows of `cues`, or the class of rows of another table
    layer: str  # its name in the menu of layers
    label: str  # what it is called in the legend and in notes
    line: Line  # the words are lined, so that meaning never rests on colour alone
    colour: ColourRole


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
    evidence: Evidence | None = None  # where its findings stand
    no_evidence: str = ""  # why there is none, in a sentence for the reader


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
    marks: tuple[Mark, ...] = ()  # how its findings are marked in an article
