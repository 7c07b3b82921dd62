"""Which period a line over time can bear, how many articles stand in each, and a window that moves over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..vocabulary import UNKNOWN
from .thresholds import thresholds
from .trends import FREQUENCY, PERIODS, Period

SHORT = 0.1  # share of points that may fall short at the finest period; they are gaps


def finest_period(scores: pd.DataFrame, *, by: Sequence[str] = ()) -> Period:
    """The finest period in which points have enough articles for a number; the longest where none has.

    A point is a period of one group (columns `by`) with any article. All but one in ten must have `min_articles`
    (thresholds.toml): a single thin week at the edge of the data would force quarters on all the others. Points that
    fall short are gaps, whatever the period.

    >>> days = pd.date_range("2031-01-06", periods=70, tz="UTC")
    >>> scores = pd.DataFrame({"article_id": [f"a{n}" for n in range(70)], "published": days})
    >>> finest_period(scores)
    'week'
    """
    counts = {period: article_counts(scores, period=period, by=by)["volume"] for period in PERIODS}
    least = thresholds().min_articles
    for period in PERIODS:
        if len(counts[period]) and (counts[period] < least).mean() <= SHORT:
            return period
    return min(PERIODS, key=lambda period: (counts[period] < least).mean() if len(counts[period]) else 1.0)


def article_counts(scores: pd.DataFrame, *, period: Period, by: Sequence[str] = ()) -> pd.DataFrame:
    """Dated articles with a number, by the columns `by` and period (its first day): the column volume."""
    dated = scores[scores["published"].notna()]
    keyed = pd.DataFrame({"article_id": dated["article_id"], "period": starts(dated["published"], period)})
    for column in by:
        keyed[column] = dated[column].astype("string").fillna(UNKNOWN)
    counted = keyed.groupby([*by, "period"], sort=True)["article_id"].nunique()
    return counted.rename("volume").reset_index()


def windowed(scores: pd.DataFrame, *, period: Period, by: Sequence[str] = (), reach: int = 1) -> pd.DataFrame:
    """The rows once for each period whose window holds them: the period itself and `reach` on either side.

    Rates by period of these rows are those of a moving window, the articles of its periods taken together. Windows are
    cut at the first and last period of each group, so that smoothing makes no line longer.
    """
    dated = scores[scores["published"].notna()].copy()
    own = pd.to_datetime(dated["published"], utc=True).dt.tz_localize(None).dt.to_period(FREQUENCY[period])
    groups = [dated[column].astype("string").fillna(UNKNOWN) for column in by] or [pd.Series("", index=dated.index)]
    ends = own.groupby(groups, sort=False)
    first, last = ends.transform("min"), ends.transform("max")
    parts = [scores[scores["published"].isna()]]
    for step in range(-reach, reach + 1):
        moved: Any = own + step  # type: ignore[operator]
        inside = (moved >= first) & (moved <= last)
        at = moved[inside].dt.start_time.dt.tz_localize("UTC")
        parts.append(dated[inside].assign(published=at.astype(scores["published"].dtype)))
    return pd.concat(parts, ignore_index=True)


def starts(published: pd.Series[pd.Timestamp], period: Period) -> pd.Series[pd.Timestamp]:
    """The first day of the period of each time."""
    days = pd.to_datetime(published, utc=True).dt.tz_localize(None)
    return days.dt.to_period(FREQUENCY[period]).dt.start_time
