"""The difference within stories by regression: a check of `same_story_contrasts` by other means."""

from __future__ import annotations

import numpy as np
import pandas as pd
import statsmodels.api as sm

from .groups import REST, Floats
from .rates import typed
from .same_story import too_few_stories
from .thresholds import thresholds
from .told import Ints, Told, sides, told

NUMBERS = ("difference", "low", "high", "p")


def fixed_effects(
    scores: pd.DataFrame, *, by: str = "outlet", reference: str = REST, scale: float = 1.0
) -> pd.DataFrame:
    """Each group's difference to the reference by weighted least squares with an effect for each story.

    The article's value is regressed on whether it is the group's, with its denominator as its weight; story effects
    are swept out. The coefficient is that of `same_story_contrasts`; interval and p come from other means: standard
    errors clustered by story, Student's t (statsmodels). Columns: `by`, reference, difference, low, high, p,
    n_stories, n_articles (both sides), note.

    Raises SelectionError where rows have no story_id or there is no group `reference`.

    >>> scores = pd.DataFrame(
    ...     {
    ...         "article_id": [f"{side}{n}" for side in "hn" for n in range(10)],
    ...         "outlet": ["Harbour Post"] * 10 + ["Northern Ledger"] * 10,
    ...         "story_id": [f"s{n}" for n in range(10)] * 2,
    ...         "numerator": [1, 2, 0, 3, 1, 2, 1, 0, 2, 3, 4, 4, 3, 5, 2, 5, 3, 3, 4, 6],
    ...         "denominator": 1.0,
    ...     }
    ... )
    >>> fixed_effects(scores, reference="Harbour Post")[["outlet", "difference", "low", "high"]].round(2)
                outlet  difference  low  high
    0  Northern Ledger         2.4  1.9   2.9
    """
    articles = told(scores, by=by)
    articles.check(reference, by=by)
    rows = []
    for name in articles.outlets:
        if name != reference:
            kept, ours = sides(articles, name, reference)
            inside = kept.both(ours)
            row = {by: name, "reference": reference, **_fitted(kept.only(inside), ours[inside].astype(float), scale)}
            rows.append(row)
    columns = [by, "reference", *NUMBERS, "n_stories", "n_articles", "note"]
    return typed(pd.DataFrame.from_records(rows, columns=columns), numbers=NUMBERS)


def _fitted(kept: Told, ours: Floats, scale: float) -> dict[str, object]:
    stories = len(np.unique(kept.story))
    counts = {"n_stories": stories, "n_articles": len(kept)}
    if stories < thresholds().min_stories:
        return {**counts, "note": too_few_stories(stories)}
    weights = kept.denominator
    fit = sm.WLS(_swept(kept.value, kept.story, weights), _swept(ours, kept.story, weights), weights=weights).fit(
        cov_type="cluster", cov_kwds={"groups": kept.story}, use_t=True
    )
    low, high = fit.conf_int(1 - thresholds().level)[0]
    found = {"difference": scale * fit.params[0], "low": scale * low, "high": scale * high, "p": fit.pvalues[0]}
    return {**counts, **found, "note": ""}


def _swept(values: Floats, story: Ints, weights: Floats) -> Floats:
    """Values less the weighted mean of their story: what is left when each story has its own effect."""
    mean = np.bincount(story, weights * values) / np.maximum(np.bincount(story, weights), np.finfo(float).tiny)
    return np.asarray(values - mean[story])
