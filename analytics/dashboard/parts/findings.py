"""The largest differences between outlets that hold, in a sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...compare import contrasts, in_words
from ...compare.adjustment import holm
from ...measures import Score
from ...results.story_columns import with_stories
from ..view import View
from . import actor_counts, score_choice

SHOWN = 3
ACTORS = 6  # foremost, toward each of whom outlets are compared
ALPHA = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference that holds: of which measure, toward whom, and what it says."""

    score: Score
    actor: tuple[str, str] | None  # id and name
    outlet: str
    sentence: str
    n: int
    n_reference: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The largest of all differences that hold, how many were looked at, and how many held."""

    largest: tuple[Finding, ...]
    compared: int
    held: int


def findings(view: View) -> Findings:
    """Each outlet beside the others together, on the measures whose accuracy is measured.

    Within the same stories where enough outlets tell them, else over all articles. A difference holds where p, adjusted
    for all the comparisons made here (Holm), is below 0.05; the largest are those with the largest effect (Cliff's
    delta). Exploratory measures are left out, and measures of whole articles of which few differ.
    """
    return view.remember(("findings",), lambda: _found(view))


def _found(view: View) -> Findings:
    asked = _questions(view)
    tables = []
    for place, (score, actor) in enumerate(asked):
        rows = score_choice.score_rows(view, score, actors=(actor[0],) if actor else ())
        if rows["outlet"].nunique(dropna=False) < 2:
            continue
        tables.append(contrasts(with_stories(view.store, rows), scale=score.scale).assign(question=place))
    if not tables:
        return Findings(largest=(), compared=0, held=0)
    table = holm(pd.concat(tables, ignore_index=True))
    tested = table[table["p"].notna()]
    held = tested[(tested["p_adjusted"] < ALPHA) & (tested["note"] == "")]
    largest = held.assign(size=held["cliffs_delta"].abs()).sort_values("size", ascending=False, kind="stable")
    return Findings(
        largest=tuple(_finding(row, *asked[row["question"]]) for row in largest.head(SHOWN).to_dict("records")),
        compared=len(tested),
        held=len(held),
    )


def _questions(view: View) -> list[tuple[Score, tuple[str, str] | None]]:
    """What outlets are compared on: measured scores, and those toward an actor for each of the foremost."""
    measured = [score for score in score_choice.available(view).values() if score.status == "measured"]
    actors = list(actor_counts.most_mentioned(view.narrowed(actors=()), ACTORS).items())
    found: list[tuple[Score, tuple[str, str] | None]] = [(score, None) for score in measured if not score.per_actor]
    first = next((score for score in measured if score.per_actor), None)
    return found + ([(first, actor) for actor in actors] if first else [])


def _finding(row: Mapping[Any, Any], score: Score, actor: tuple[str, str] | None) -> Finding:
    return Finding(
        score=score,
        actor=actor,
        outlet=str(row["outlet"]),
        sentence=in_words(dict(row), unit=score.unit),
        n=int(row["n_articles"]),
        n_reference=int(row["n_reference"]),
    )
