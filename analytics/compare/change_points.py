"""When the level of a score changes: change points per group, each with an interval in days and p."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from .adjustment import holm
from .groups import Group
from .rates import too_few, typed
from .segments import Shift, find_shifts
from .thresholds import thresholds
from .trends import FREQUENCY, Period, by_period
from .wording import number

NUMBERS = ("before", "after", "difference", "p", "p_adjusted")
DATES = ("day", "low", "high")
NONE = "no change point"
SAME = "no change point: all periods have the same value"
COLUMNS = (*DATES, "n_days", *NUMBERS, "n_before", "n_after", "n_periods", "n_gaps", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoints:
    """The rows that `change_points` describes, and what `Trends` says of periods, undated articles and outlets.

    >>> ChangePoints(rows=pd.DataFrame(), by="outlet", period="week", undated=2).period
    'week'
    """

    rows: pd.DataFrame
    by: str | None
    period: Period
    undated: int
    left_out: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()


def change_points(
    scores: pd.DataFrame,
    *,
    by: str | None = "outlet",
    period: Period | Literal["auto"] = "week",
    scale: float = 1.0,
    whole_span: bool = True,
    seed: int = 0,
) -> ChangePoints:
    """When the rate of one score changes its level, per group.

    Rates per period as in `trends`, each weighing by its denominator, are cut into stretches of one level each (see
    `segments`: least squares, penalty and p by permutation of the periods). A period without articles is a gap: it is
    no value, and the periods on its two sides are neighbours.

    Rows: the column `by`; day, the first day of the first period of the new level; low and high, the days between
    which the change lies with 95 % confidence (a gap before it is part of that), n_days of them; before, after and
    difference, the levels on its two sides in units of the score, up to the neighbouring change points; p (the
    periods between the neighbouring change points dealt anew) and p_adjusted for all rows together (Holm 1979);
    n_before, n_after: articles on its two sides; n_periods with articles and n_gaps without, from the group's first
    article to its last. A group without change points has one row, whose note says so and whose p is that of any
    change; with too few periods it has a note and no p.

    Limit: periods are taken as exchangeable where nothing changes, so a slow drift is cut into steps.

    Raises ValueError for an unknown period.

    >>> random = np.random.default_rng(2)
    >>> scores = pd.DataFrame(
    ...     {
    ...         "article_id": [f"a{n}" for n in range(200)],
    ...         "outlet": "Harbour Post",
    ...         "published": pd.date_range("2031-01-06", periods=200, freq="18h", tz="UTC"),
    ...         "numerator": random.poisson([4] * 120 + [7] * 80),
    ...         "denominator": 400,
    ...     }
    ... )
    >>> found = change_points(scores, scale=1000).rows
    >>> found[["day", "low", "high", "before", "after", "n_before", "n_after"]]
             day        low       high  before      after  n_before  n_after
    0 2031-04-07 2031-03-31 2031-04-07    10.0  18.589744       122       78
    """
    series = by_period(scores, by=by, period=period, whole_span=whole_span)
    column = by or "group"
    rows = [
        {column: name, **row}
        for name, cells in series.groups.items()
        for row in _rows(name, cells, series.period, scale, seed)
    ]
    table = pd.DataFrame.from_records(rows, columns=[column, *COLUMNS])
    dates = {name: pd.to_datetime(table[name]).astype("datetime64[us]") for name in DATES}
    table = holm(typed(table.drop(columns=list(DATES)), numbers=NUMBERS).assign(**dates)[[column, *COLUMNS]])
    return ChangePoints(
        rows=table if by else table.drop(columns=column),
        by=by,
        period=series.period,
        undated=series.undated,
        left_out=series.left_out,
        partial=series.partial,
    )


def change_in_words(row: Mapping[str, Any], *, by: str | None = "outlet", unit: str = "") -> str:
    """One row of `change_points` as a sentence.

    >>> row = {"outlet": "Harbour Post", "before": 10, "after": 17.5, "p": 0.001, "p_adjusted": 0.002, "note": ""}
    >>> row |= {"day": pd.Timestamp("2031-04-07"), "low": pd.Timestamp("2031-03-31"), "n_days": 8}
    >>> row |= {"high": pd.Timestamp("2031-04-07"), "n_before": 122, "n_after": 78}
    >>> print(change_in_words(row, unit="per 1,000 words"))
    Harbour Post: from 10 to 17.5 (per 1,000 words) about 2031-04-07 (95 % interval 2031-03-31 to 2031-04-07, 8 days; \
p 0.001, adjusted 0.002; 122 articles before, 78 after).
    """
    name = f"{row[by]}: " if by else ""
    if pd.isna(row["day"]):
        p = "" if pd.isna(row["p"]) else f" (p of any {row['p']:.3f})"
        return f"{name}{row['note']}{p}."
    days = f"{row['n_days']:,} day{'s' if row['n_days'] > 1 else ''}"
    return (
        f"{name}from {number(row['before'])} to {number(row['after'])}{f' ({unit})' if unit else ''} about "
        f"{row['day']:%Y-%m-%d} (95 % interval {row['low']:%Y-%m-%d} to {row['high']:%Y-%m-%d}, {days}; "
        f"p {row['p']:.3f}, adjusted {row['p_adjusted']:.3f}; {row['n_before']:,} articles before, "
        f"{row['n_after']:,} after)."
    )


def too_few_periods(n: int) -> str:
    """The note that stands in place of change points.

    >>> too_few_periods(1)
    'too few periods with articles (1 of 10)'
    """
    return f"too few periods with articles ({n} of {thresholds().min_periods})"


def _rows(name: str, cells: dict[str, Group], period: Period, scale: float, seed: int) -> list[dict[str, Any]]:
    starts = sorted(cells)
    held = [cells[start] for start in starts]
    spanned = len(pd.period_range(starts[0], starts[-1], freq=FREQUENCY[period]))
    counts = {"n_periods": len(starts), "n_gaps": spanned - len(starts)}
    if len(starts) < thresholds().min_periods:
        return [{**counts, "note": too_few_periods(len(starts))}]
    values = np.array([cell.ratio for cell in held])
    weights = np.array([float(cell.denominator.sum()) for cell in held])
    if np.ptp(values) <= 1e-12 * max(1.0, float(np.abs(values).max())):
        return [{**counts, "note": SAME}]
    key = Group(key=(name,), articles=np.empty(0, object), numerator=np.empty(0), denominator=np.empty(0))
    shifts = find_shifts(values, weights, random=key.generator(seed, purpose="change points"))
    if not shifts.found:
        return [{**counts, "p": shifts.p, "note": NONE}]
    edges = [0, *(shift.at for shift in shifts.found), len(held)]
    return [
        counts | _row(shift, starts, held, edges[i], edges[i + 2], period, scale)
        for i, shift in enumerate(shifts.found)
    ]


def _row(
    shift: Shift, starts: list[str], held: list[Group], start: int, end: int, period: Period, scale: float
) -> dict[str, Any]:
    last_before = pd.Period(starts[shift.first - 1], FREQUENCY[period]).end_time.normalize()
    low, high = last_before + pd.Timedelta(days=1), pd.Timestamp(starts[shift.last])
    sides = held[start : shift.at], held[shift.at : end]
    before, after = (scale * _level(side) for side in sides)
    n_before, n_after = (sum(len(cell) for cell in side) for side in sides)
    if (fewest := min(n_before, n_after)) < thresholds().min_articles:
        return {"p": shift.p, "note": f"no change point: {too_few(fewest)} on one side of it"}
    return {
        "day": pd.Timestamp(starts[shift.at]),
        "low": low,
        "high": high,
        "n_days": (high - low).days + 1,
        "before": before,
        "after": after,
        "difference": after - before,
        "p": shift.p,
        "n_before": n_before,
        "n_after": n_after,
        "note": "",
    }


def _level(cells: list[Group]) -> float:
    return float(sum(cell.numerator.sum() for cell in cells) / sum(cell.denominator.sum() for cell in cells))
