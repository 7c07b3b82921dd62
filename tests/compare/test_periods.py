from __future__ import annotations

import pandas as pd

from analytics.compare import trends
from analytics.compare.periods import article_counts, finest_period, windowed


def scores(days: pd.DatetimeIndex, outlet: str = "Harbour Post", *, each: int = 1) -> pd.DataFrame:
    ids = [f"{outlet}{n}" for n in range(len(days) * each)]
    frame = pd.DataFrame({"article_id": ids, "outlet": outlet, "published": days.repeat(each)})
    return frame.assign(numerator=range(len(ids)), denominator=1.0)


DAYS = pd.date_range("2031-01-06", periods=56, tz="UTC")  # eight weeks, from a Monday


def test_the_period_is_the_finest_whose_points_have_enough() -> None:
    assert finest_period(scores(DAYS, each=5)) == "day"
    assert finest_period(scores(DAYS)) == "week"
    assert finest_period(scores(DAYS[::7], each=2)) == "month"


def test_each_line_must_bear_the_period() -> None:
    both = pd.concat([scores(DAYS[:14], each=5), scores(DAYS, "Daily Ferry")])
    assert finest_period(both[both["outlet"] == "Harbour Post"]) == "day"
    assert finest_period(both, by=["outlet"]) == "week"


def test_one_thin_edge_does_not_coarsen_all() -> None:
    days = pd.date_range("2031-01-06", periods=78, tz="UTC")  # the twelfth week has one article
    assert finest_period(scores(days)) == "week"


def test_without_dates_there_is_still_an_answer() -> None:
    undated = scores(DAYS).assign(published=pd.Series([pd.NaT] * len(DAYS), dtype="datetime64[us, UTC]"))
    assert finest_period(undated) in ("day", "week", "month", "quarter")
    assert article_counts(undated, period="week").empty


def test_counts_are_of_articles_not_of_rows() -> None:
    rows = pd.concat([scores(DAYS), scores(DAYS)])  # two voices of each article
    assert article_counts(rows, period="week", by=["outlet"])["volume"].tolist() == [7] * 8


def test_a_window_takes_in_its_neighbours_and_makes_no_line_longer() -> None:
    rows = scores(DAYS)
    plain = trends(rows, period="week").rows
    smooth = trends(windowed(rows, period="week", by=["outlet"]), period="week").rows
    assert smooth["period"].tolist() == plain["period"].tolist()
    assert smooth["n_articles"].tolist() == [14, *[21] * 6, 14]
    middle = rows[(rows["published"] >= DAYS[7]) & (rows["published"] < DAYS[28])]
    assert smooth["value"].iloc[2] == middle["numerator"].mean()


def test_undated_articles_stay_counted() -> None:
    rows = scores(DAYS)
    rows.loc[:2, "published"] = pd.NaT
    assert trends(windowed(rows, period="week", by=["outlet"]), period="week").undated == 3
