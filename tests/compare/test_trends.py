from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analytics.compare import rates, trends
from analytics.vocabulary import UNKNOWN

Make = Callable[..., pd.DataFrame]


def dated(scores: pd.DataFrame, days: list[str | None]) -> pd.DataFrame:
    return scores.assign(published=pd.to_datetime(pd.Series(days, index=scores.index), utc=True))


def test_gaps_are_rows_and_coverage_ends_are_not(make: Make) -> None:
    days = ["2031-01-03"] * 6 + ["2031-04-20"] * 6 + ["2031-03-02"] * 2 + ["2031-02-10"] * 7
    rows = trends(dated(make({"Dawn": 14, "Dusk": 7}), days), period="month").rows
    dawn = rows[rows["outlet"] == "Dawn"]
    assert [f"{day:%Y-%m}" for day in dawn["period"]] == ["2031-01", "2031-02", "2031-03", "2031-04"]
    assert dawn["note"].tolist() == ["", "no articles", "too few articles (2 of 5)", ""]
    assert dawn["n_articles"].tolist() == [6, 0, 2, 6]
    assert dawn["value"].isna().tolist() == [False, True, True, False]
    assert rows.loc[rows["outlet"] == "Dusk", "period"].dt.strftime("%Y-%m").tolist() == ["2031-02"]


def test_undated_articles_are_counted_once_and_left_out(make: Make) -> None:
    scores = dated(make({"Dawn": 9}), ["2031-01-03"] * 6 + [None] * 3)
    found = trends(pd.concat([scores, scores.assign(voice="quoted")]), period="month")
    assert found.undated == 3
    assert found.rows["n_articles"].tolist() == [6]


def test_a_period_is_what_rates_says_of_its_articles(make: Make) -> None:
    scores = dated(make({"Dawn": 20}), ["2031-01-31T23:59:59"] * 12 + ["2031-02-01T00:00:00"] * 8)
    rows = trends(scores, period="month", scale=1000).rows
    january = rates(scores.iloc[:12], by=["outlet"], scale=1000).iloc[0]
    assert rows["value"].iloc[0] == pytest.approx(january["value"])
    assert rows["n_articles"].tolist() == [12, 8]
    assert rows["low"].iloc[0] == pytest.approx(january["low"], rel=0.1)


@pytest.mark.parametrize(
    ("period", "start"),
    [("day", "2031-01-16"), ("week", "2031-01-13"), ("month", "2031-01-01"), ("quarter", "2031-01-01")],
)
def test_periods_begin_on_their_first_day(make: Make, period: str, start: str) -> None:
    found = trends(dated(make({"Dawn": 5}), ["2031-01-16T23:30:00"] * 5), period=period)
    assert found.rows["period"].tolist() == [pd.Timestamp(start)]
    assert found.period == period


@pytest.mark.parametrize(
    ("per_day", "every", "expected"),
    [(8, 1, "day"), (2, 1, "week"), (2, 5, "month"), (3, 30, "quarter"), (1, 60, "quarter")],
)
def test_auto_takes_the_finest_period_that_holds_enough(make: Make, per_day: int, every: int, expected: str) -> None:
    days = [
        str(day.date()) for day in pd.date_range("2031-01-06", periods=20, freq=f"{every}D") for _ in range(per_day)
    ]
    assert trends(dated(make({"Dawn": len(days)}), days)).period == expected


def test_auto_does_not_cut_a_short_stretch_at_the_turn_of_a_quarter(make: Make) -> None:
    found = trends(dated(make({"Dawn": 4}), ["2031-06-02", "2031-06-20", "2031-07-03", "2031-07-30"]))
    assert found.period == "month"


def test_all_groups_together(make: Make) -> None:
    found = trends(dated(make({"Dawn": 3, "Dusk": 3}), ["2031-01-16"] * 6), by=None, period="day")
    assert "outlet" not in found.rows and found.by is None
    assert found.rows["n_articles"].tolist() == [6]
    assert found.rows["value"].notna().all()


def test_a_missing_outlet_is_a_group(make: Make) -> None:
    assert trends(dated(make({None: 6}), ["2031-01-16"] * 6)).rows["outlet"].tolist() == [UNKNOWN]


def test_no_dates_give_no_rows(make: Make) -> None:
    found = trends(dated(make({"Dawn": 6}), [None] * 6))
    assert found.rows.empty and found.undated == 6
    assert list(found.rows.columns[:3]) == ["outlet", "period", "value"]


def test_an_unknown_period_is_refused(make: Make) -> None:
    with pytest.raises(ValueError, match="auto, day, week, month, quarter"):
        trends(dated(make({"Dawn": 5}), ["2031-01-16"] * 5), period="year")  # type: ignore[arg-type]
