"""Dates: what is read, what is in doubt."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ingest.dates import day_month_order, read_date

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda m: m.replace(microsecond=0))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-01-31", "2022-01-31T00:00"),
        ("2022-01-31T10:00:00Z", "2022-01-31T10:00"),
        ("2022-01-31 10:00:00 UTC", "2022-01-31T10:00"),
        ("2022-01-31T23:30:00-05:00", "2022-02-01T04:30"),
        ("2022-01-31 10:00:00 +0200", "2022-01-31T08:00"),
        ("20220131", "2022-01-31T00:00"),
        (20220131, "2022-01-31T00:00"),
        ("2022/1/31", "2022-01-31T00:00"),
        ("Mon, 31 Jan 2022 10:00:00 GMT", "2022-01-31T10:00"),
        ("Mon, 31 Jan 2022 10:00:00 +0100 (CET)", "2022-01-31T09:00"),
        ("Mon Jan 31 10:00:00 +0000 2022", "2022-01-31T10:00"),
        (1643623200, "2022-01-31T10:00"),
        ("1643623200.0", "2022-01-31T10:00"),
        (1643623200000, "2022-01-31T10:00"),
        ("January 31, 2022", "2022-01-31T00:00"),
        ("Jan. 31, 2022, 10:30 p.m. EST", "2022-02-01T03:30"),
        ("Monday, January 31, 2022", "2022-01-31T00:00"),
        ("January 31, 2022 Monday", "2022-01-31T00:00"),
        ("31st of January 2022 at 12:05 am", "2022-01-31T00:05"),
        ("31/01/2022", "2022-01-31T00:00"),
        ("01/31/2022 5:06 PM", "2022-01-31T17:06"),
        ("31.01.2022", "2022-01-31T00:00"),
        ("05/05/2022", "2022-05-05T00:00"),
        ("20220131101500", "2022-01-31T10:15"),
        (20220131101500, "2022-01-31T10:15"),
        ("202201311015", "2022-01-31T10:15"),
        ("20220131_101500", "2022-01-31T10:15"),
        ("20220131101500Z", "2022-01-31T10:15"),
        ("1/31/22", "2022-01-31T00:00"),
        ("31.1.22 10:15", "2022-01-31T10:15"),
        ("31/01/98", "1998-01-31T00:00"),
        ("31-Jan-22", "2022-01-31T00:00"),
        ("Monday, 31-Jan-22 10:15:00 GMT", "2022-01-31T10:15"),
        ("31. January 2022", "2022-01-31T00:00"),
        ("Jan. 31, 2022, 4:05 p.m. ET", "2022-01-31T21:05"),
        ("July 31, 2022 at 4:05 p.m. ET", "2022-07-31T20:05"),
        ("31 Jan 2022 16:05 PT", "2022-02-01T00:05"),
        ("31 Jan 2022 10:15 CET", "2022-01-31T09:15"),
        ("10:15, 31 January 2022", "2022-01-31T10:15"),
        ("10:15 AM EST, Mon January 31, 2022", "2022-01-31T15:15"),
        ("10.15 GMT, Monday 31 January 2022", "2022-01-31T10:15"),
        ("Monday 31 January 2022 10.15 GMT", "2022-01-31T10:15"),
        ("31.01.2022, 10:15 Uhr", "2022-01-31T10:15"),
        ("10:15 31/01/2022", "2022-01-31T10:15"),
        ("Mon, 31 Jan 22 10:15:00 +0000", "2022-01-31T10:15"),
        ("Updated 10:15 p.m. ET Jan. 31, 2022", "2022-02-01T03:15"),
        ("2022-01-31T10:15:00+01:00[Europe/Paris]", "2022-01-31T09:15"),
        ("Published: 31 Jan 2022", "2022-01-31T00:00"),
        ("Last updated on January 31, 2022", "2022-01-31T00:00"),
        ("31 January 2022 Monday FIRST EDITION", "2022-01-31T00:00"),
        ("January 31, 2022 Monday Late Edition - Final", "2022-01-31T00:00"),
        ("2022-01-31 10:15:00+00", "2022-01-31T10:15"),
        ("/Date(1643623200000+0100)/", "2022-01-31T10:00"),
        ('ISODate("2022-01-31T10:15:00Z")', "2022-01-31T10:15"),
        (date(2022, 1, 31), "2022-01-31T00:00"),
        (datetime(2022, 1, 31, 10), "2022-01-31T10:00"),
        (datetime(2022, 1, 31, 10, tzinfo=timezone(timedelta(hours=3))), "2022-01-31T07:00"),
    ],
)
def test_dates_are_read_to_utc(value: object, expected: str) -> None:
    assert read_date(value) == (datetime.fromisoformat(expected).replace(tzinfo=UTC), None)


@pytest.mark.parametrize(
    "value",
    [
        *("31/02/2022", "2022-02-30", "2022-01-31T25:00", "February 30, 2022", "13:00 on 5 May 2022", "2022-13-01"),
        *("2022", "2022-01", "Jan 2022", "44592", "yesterday", "0001-01-01", "9999-12-31", "0000-00-00"),
        *("5 Jan 2022 10:00 IST", "2022-01-31T10:00+99:00", "5 May 2022 13:00 pm", "99/99/9999", "-1", "1e9"),
    ],
)
def test_what_cannot_be_trusted_is_unreadable(value: str) -> None:
    assert read_date(value) == (None, "unreadable")


def test_an_order_settles_an_ambiguous_date_and_changes_no_other() -> None:
    assert read_date("03/04/2022") == (None, "ambiguous")
    assert read_date("03/04/2022", order="day first").published == datetime(2022, 4, 3, tzinfo=UTC)
    assert read_date("03/04/2022", order="month first").published == datetime(2022, 3, 4, tzinfo=UTC)
    assert read_date("31/01/2022", order="month first") == read_date("31/01/2022")


def test_a_year_of_two_digits_that_may_come_first_is_ambiguous() -> None:
    assert read_date("25-09-05", order="day first") == (None, "ambiguous")
    assert read_date("9/5/25") == (None, "ambiguous")
    assert read_date("9/5/25", order="month first").published == datetime(2025, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["03/04/2022", "31/01/2022", "31/02/2022"], "day first"),
        (["03/04/2022", "01/31/2022 10:00", None, 5], "month first"),
        (["03/04/2022", "05/05/2022", "31/31/2022"], None),
        (["31/01/2022", "01/31/2022"], None),
        (["9/5/25 10:15", "9/13/25 11:00"], "month first"),
        (["05/09/25", "13/09/25"], "day first"),
        (["25-09-05", "25-09-06"], None),
        ([], None),
    ],
)
def test_a_column_settles_the_order_or_does_not(values: list[object], order: str | None) -> None:
    assert day_month_order(values) == order


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(["%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p"]))
def test_a_column_of_dates_reads_as_it_was_written(moment: datetime, form: str) -> None:
    order = day_month_order([moment.strftime(form), datetime(2022, 1, 31).strftime(form)])
    assert read_date(moment.strftime(form), order=order).published == moment.replace(tzinfo=UTC)


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(["%Y-%m-%d %H:%M:%S", "%a, %d %b %Y %H:%M:%S +0000", "%B %d, %Y %H:%M:%S", "%c"]))
def test_unambiguous_forms_read_as_they_were_written(moment: datetime, form: str) -> None:
    assert read_date(moment.strftime(form)).published == moment.replace(tzinfo=UTC)


@settings(deadline=None)
@given(st.text(max_size=40) | st.integers() | st.floats() | st.dates() | st.datetimes())
def test_no_value_raises(value: object) -> None:
    published, doubt = read_date(value)
    assert (published is None) == (doubt is not None)
