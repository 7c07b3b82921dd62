"""The rate of a score per group, with an interval resampled by article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from .groups import Group, grouped
from .resampling import cut, replicates, resamples_for, tail
from .thresholds import thresholds

Bounds = tuple[float, float | None]  # a Score's range

NUMBERS = ("value", "low", "high", "denominator")
COLUMNS = ("value", "low", "high", "n_articles", "denominator", "note")
NO_VARIATION = "no interval: the articles do not vary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One group's rate. Value and interval are None where nothing can be said; `note` says why."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n_articles: int = 0
    denominator: float = 0.0
    note: str = ""


def rates(
    scores: pd.DataFrame, *, by: Sequence[str], scale: float = 1.0, bounds: Bounds | None = None, seed: int = 0
) -> pd.DataFrame:
    """The rate of one score in each group of articles, with a 95 % interval.

    The rate is a ratio of sums, value = scale · Σ numerator / Σ denominator, so long articles
    count for more than short ones. The interval (`low`, `high`) is an expanded-percentile
    bootstrap over articles (see `resampling`), clipped to `bounds`, the score's range. The same
    rows and seed give the same numbers, in whatever order rows and groups come.

    `scores` are rows of the scores table for one measure. The result has the columns of `by`,
    value, low, high (units of the score), n_articles, denominator (its sum), note; one row per
    group, sorted; a missing outlet is the group "(unknown)". No columns in `by` give one row.
    Too few articles give null value and interval and the note "too few articles (3 of 5)"; where
    all articles agree the value has no interval.

    Known limit: articles are taken as independent, so copies of one wire report make intervals
    too narrow.

    >>> scores = pd.DataFrame(
    ...     {
    ...         "article_id": [f"a{n}" for n in range(12)],
    ...         "outlet": ["Harbour Post"] * 6 + ["Northern Ledger"] * 6,
    ...         "numerator": [1, 2, 0, 3, 1, 2, 6, 5, 7, 4, 6, 8],
    ...         "denominator": [400, 500, 300, 600, 400, 500] * 2,
    ...     }
    ... )
    >>> found = rates(scores, by=["outlet"], scale=1000)
    >>> found[["outlet", "value", "low", "high", "n_articles"]].round(1)
                outlet  value  low  high  n_articles
    0     Harbour Post    3.3  1.4   4.5           6
    1  Northern Ledger   13.3  8.2  18.8           6
    >>> rates(scores[:3], by=["outlet"])["note"].tolist()
    ['too few articles (3 of 5)']
    """
    groups = grouped(scores, by)
    found = [{**dict(zip(by, group.key, strict=True)), **asdict(rate(group, scale, bounds, seed))} for group in groups]
    return typed(pd.DataFrame.from_records(found, columns=[*by, *COLUMNS]))


def rate(group: Group, scale: float, bounds: Bounds | None, seed: int) -> Rate:
    """The rate of one group of articles."""
    n = len(group)
    if n < thresholds().min_articles:
        return Rate(n_articles=n, denominator=float(group.denominator.sum()), note=too_few(n))
    low, high = interval(group, seed) if group.varies else (None, None)
    return Rate(
        value=scale * group.ratio,
        low=_within(low, scale, bounds),
        high=_within(high, scale, bounds),
        n_articles=n,
        denominator=float(group.denominator.sum()),
        note="" if group.varies else NO_VARIATION,
    )


def interval(group: Group, seed: int) -> tuple[float, float]:
    """The expanded-percentile interval of a group's ratio."""
    n = len(group)
    values = replicates(group, resamples=resamples_for(n), random=group.generator(seed))
    return cut(values, tail(df=n - 1, inflation=n / (n - 1), level=thresholds().level))


def too_few(n: int) -> str:
    """The note that stands in place of a number.

    >>> too_few(3)
    'too few articles (3 of 5)'
    """
    return f"too few articles ({n} of {thresholds().min_articles})"


def typed(frame: pd.DataFrame, *, numbers: Sequence[str] = NUMBERS) -> pd.DataFrame:
    """The frame with nullable dtypes, also where a column is empty or all null: numbers, counts, else text."""
    kinds = dict.fromkeys(numbers, "Float64")
    return frame.astype(
        {name: "Int64" if name.startswith("n_") else kinds.get(name, "string") for name in map(str, frame.columns)}
    )


def _within(value: float | None, scale: float, bounds: Bounds | None) -> float | None:
    if value is None:
        return None
    scaled = scale * value
    if bounds is None:
        return scaled
    low, high = bounds
    return max(low, scaled) if high is None else min(high, max(low, scaled))
