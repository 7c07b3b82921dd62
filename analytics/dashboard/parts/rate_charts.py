"""The rates of a score in the selection, remembered, and what charts say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from ...compare import rates
from ...measures import Score
from ..view import View
from . import elements
from .score_choice import score_rows, selection_for


def score_rates(view: View, score: Score, *, by: tuple[str, ...], actors: tuple[str, ...] = ()) -> pd.DataFrame:
    """The rates of a score in the selection, by the given columns of `scores`."""
    view = replace(view, selection=selection_for(view, score))  # what does not bear on the score is no new question
    return view.remember(
        ("rates", score.name, by, actors),
        lambda: rates(score_rows(view, score, actors=actors), by=by, scale=score.scale, bounds=score.range),
    )


def share_rates(
    view: View, what: tuple[object, ...], rows: Callable[[], pd.DataFrame], *, by: tuple[str, ...]
) -> pd.DataFrame:
    """The rates of a share that is no score of its own; `what` names it."""
    return view.remember((*what, by), lambda: rates(rows(), by=by, bounds=(0.0, 1.0)))


def axis(score: Score) -> dict[str, Any]:
    """What a chart says of a score on its axis; its direction stands in the text above."""
    return {"label": score.label, "unit": score.unit}


def outlets_of(frame: pd.DataFrame) -> dict[str, elements.Keys]:
    """What the menu under a chart by outlet offers."""
    return {str(outlet): (str(outlet),) for outlet in frame["outlet"]}
