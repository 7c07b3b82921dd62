"""Lines of all outlets together: which outlets they take."""

from __future__ import annotations

import pandas as pd

from analytics.compare import trends


def scores(**spans: tuple[str, str]) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"outlet": name, "published": pd.date_range(first, last, freq="D", tz="UTC")})
        for name, (first, last) in spans.items()
    ]
    frame = pd.concat(parts, ignore_index=True)
    ids = [f"a{n}" for n in range(len(frame))]
    return frame.assign(article_id=ids, numerator=1.0 + frame.index % 3, denominator=100.0)


WHOLE = ("2031-01-01", "2031-03-31")


def test_only_outlets_that_cover_the_whole_span_make_the_line_of_all() -> None:
    rows = scores(Ferry=WHOLE, Post=("2031-01-03", "2031-03-30"), Gull=("2031-02-01", "2031-02-20"))
    found = trends(rows, by=None, period="month")
    assert found.left_out == ("Gull",) and found.partial == ()
    assert found.rows["n_articles"].sum() == (rows["outlet"] != "Gull").sum()
    assert trends(rows, by=None, period="month", whole_span=False).partial == ("Gull",)
    assert trends(rows, period="month").left_out == ()


def test_where_fewer_than_two_cover_it_all_are_taken_and_named() -> None:
    rows = scores(Ferry=WHOLE, Post=("2031-01-01", "2031-02-10"), Gull=("2031-02-01", "2031-03-31"))
    found = trends(rows, by=None, period="month")
    assert found.left_out == () and found.partial == ("Gull", "Post")
    assert found.rows["n_articles"].sum() == len(rows)
