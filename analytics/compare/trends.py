"""The rate of a score over time, per group and period, with intervals and honest gaps."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal, get_args

import pandas as pd

from ..vocabulary import UNKNOWN
from .groups import Group, grouped
from .rates import COLUMNS, Bounds, Rate, rate, typed
from .spans import spans
from .thresholds import thresholds

Period = Literal["day", "week", "month", "quarter"]
PERIODS: tuple[Period, ...] = get_args(Period)  # finest first
FREQUENCY: dict[Period, str] = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q"}  # weeks begin on Monday

NO_ARTICLES = "no articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """Rates over time: the rows, the period they are in, and how many articles have no date.

    >>> Trends(rows=pd.DataFrame(), by="outlet", period="week", undated=2).period
    'week'
    """

    rows: pd.DataFrame  # one per group and period, as `trends` describes
    by: str | None  # the column of the groups
    period: Period  # the one that was asked for, or that "auto" chose
    undated: int  # articles that are left out
    left_out: tuple[str, ...] = ()  # of all together: outlets that do not cover the whole span and are left out
    partial: tuple[str, ...] = ()  # of all together: outlets that do not cover it, yet are in


def trends(
    scores: pd.DataFrame,
    *,
    by: str | None = "outlet",
    period: Period | Literal["auto"] = "auto",
    scale: float = 1.0,
    bounds: Bounds | None = None,
    whole_span: bool = True,
    seed: int = 0,
) -> Trends:
    """The rate of one score per period (UTC) and group, as `rates` computes it.

    Rows: the column `by` (none where by is None), period (its first day), then the columns of
    `rates`. A group has rows from its first to its last article only: outlets are covered over
    different spans, and outside its span nothing is known of it. Inside, a period without
    articles is a row with null value and the note "no articles"; too few articles give null and
    "too few articles (3 of 5)". Undated articles are left out and counted.

    "auto" takes the finest period in which the median group has at least `articles_per_period` articles
    (thresholds.toml), or quarters. Weeks begin on Monday.

    Without `by`, outlets that come or go would bend the line. So only the outlets that cover the whole span of dates
    (but for a margin, thresholds.toml) are taken together, and `left_out` names the others; where fewer than two cover
    it, or whole_span is False, all are, and `partial` names those that do not cover it.

    Raises ValueError for an unknown period.

    >>> scores = pd.DataFrame(
    ...     {
    ...         "article_id": [f"a{n}" for n in range(11)],
    ...         "outlet": "Harbour Post",
    ...         "published": [*pd.date_range("2031-01-06", periods=5), *pd.date_range("2031-01-20", periods=5), pd.NaT],
    ...         "numerator": [1, 2, 0, 3, 1, 6, 5, 7, 4, 6, 1],
    ...         "denominator": 400,
    ...     }
    ... )
    >>> found = trends(scores, period="week", scale=1000)
    >>> found.rows[["period", "value", "n_articles", "note"]]
          period  value  n_articles         note
    0 2031-01-06    3.5           5
    1 2031-01-13   <NA>           0  no articles
    2 2031-01-20   14.0           5
    >>> found.undated
    1
    """
    series = by_period(scores, by=by, period=period, whole_span=whole_span)
    rows = _rows(series, scale, bounds, seed)
    return Trends(
        rows=rows.rename(columns={"group": by}) if by else rows.drop(columns="group"),
        by=by,
        period=series.period,
        undated=series.undated,
        left_out=series.left_out,
        partial=series.partial,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The articles of each group and period: group → first day of the period → its articles. Other fields: `Trends`."""

    groups: dict[str, dict[str, Group]]
    period: Period
    undated: int
    left_out: tuple[str, ...]
    partial: tuple[str, ...]


def by_period(
    scores: pd.DataFrame, *, by: str | None, period: Period | Literal["auto"], whole_span: bool = True
) -> Series:
    """Score rows added up per group and period, with the meaning that `trends` gives to its arguments.

    Raises ValueError for an unknown period.
    """
    if period not in ("auto", *PERIODS):
        raise ValueError(f"no period {period!r}; there are: auto, {', '.join(PERIODS)}")
    left_out, partial = _incomplete(scores, whole_span) if by is None and "outlet" in scores else ((), ())
    if left_out:
        scores = scores[~scores["outlet"].astype("string").fillna(UNKNOWN).isin(left_out)]
    dated = scores[scores["published"].notna()]
    keyed = pd.DataFrame(
        {
            "article_id": dated["article_id"],
            "group": dated[by].astype("string").fillna(UNKNOWN) if by else "",
            "day": pd.to_datetime(dated["published"], utc=True).dt.tz_localize(None),
            "numerator": dated["numerator"],
            "denominator": dated["denominator"],
        }
    )
    chosen = _finest(keyed) if period == "auto" else period
    groups: dict[str, dict[str, Group]] = {}
    for cell in grouped(keyed.assign(start=_starts(keyed["day"], chosen).dt.strftime("%Y-%m-%d")), ["group", "start"]):
        groups.setdefault(cell.key[0], {})[cell.key[1]] = cell
    return Series(
        groups=groups,
        period=chosen,
        undated=int(scores.loc[scores["published"].isna(), "article_id"].nunique()),
        left_out=left_out,
        partial=partial,
    )


def _incomplete(scores: pd.DataFrame, whole_span: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The outlets that do not cover the whole span: those to leave out, or those to name."""
    found = spans(scores)
    return (found.partial, ()) if whole_span and len(found.whole) > 1 else ((), found.partial)


_QUARTER = 92  # days; a stretch that is no longer would be cut in two by the turn of a quarter


def _finest(keyed: pd.DataFrame) -> Period:
    for period in PERIODS:
        cells = keyed["article_id"].groupby([keyed["group"], _starts(keyed["day"], period)]).nunique()
        if len(cells) and cells.median() >= thresholds().articles_per_period:
            return period
    days = (keyed["day"].max() - keyed["day"].min()).days if len(keyed) else 0
    return PERIODS[-1] if days > _QUARTER else PERIODS[-2]


def _rows(series: Series, scale: float, bounds: Bounds | None, seed: int) -> pd.DataFrame:
    found = [
        {"group": name, "period": start, **asdict(_rate(covered.get(start), scale, bounds, seed))}
        for name, covered in series.groups.items()
        for start in _span(min(covered), max(covered), series.period)
    ]
    rows = typed(pd.DataFrame.from_records(found, columns=["group", "period", *COLUMNS]))
    return rows.assign(period=pd.to_datetime(rows["period"]).astype("datetime64[us]"))


def _rate(cell: Group | None, scale: float, bounds: Bounds | None, seed: int) -> Rate:
    return Rate(note=NO_ARTICLES) if cell is None else rate(cell, scale, bounds, seed)


def _starts(days: pd.Series[pd.Timestamp], period: Period) -> pd.Series[pd.Timestamp]:
    return days.dt.to_period(FREQUENCY[period]).dt.start_time


def _span(first: str, last: str, period: Period) -> list[str]:
    """First days of all periods between two periods, both included."""
    periods = pd.period_range(first, last, freq=FREQUENCY[period])
    return [start.strftime("%Y-%m-%d") for start in periods.start_time]
