"""Parquet: types as files have them, and columns nobody asked for left alone."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.article import Article
from analytics.ingest import RejectedRecord, inspect_inputs, read_articles


def test_dates_of_every_type_are_read(tmp_path: Path) -> None:
    noon = datetime(2022, 1, 5, 12, tzinfo=UTC)
    for name, values in {
        "ns": pa.array([noon], pa.timestamp("ns", "Europe/Kyiv")),
        "naive": pa.array([noon.replace(tzinfo=None)], pa.timestamp("s")),
        "epoch": pa.array([int(noon.timestamp())]),
        "text": pa.array(["2022-01-05T14:00:00+02:00"]),
    }.items():
        pq.write_table(pa.table({"text": ["The harbour."], "date": values}), tmp_path / f"{name}.parquet")
    pq.write_table(pa.table({"text": ["x"], "date": [date(2022, 1, 5)]}), tmp_path / "z.parquet")
    *timed, day = read_articles(tmp_path)
    assert all(isinstance(article, Article) and article.published == noon for article in timed)
    assert isinstance(day, Article) and day.published == datetime(2022, 1, 5, tzinfo=UTC)


def test_missing_and_binary_values(tmp_path: Path) -> None:
    texts = [b"The harbour.", b"\xff\xfe", None]
    pq.write_table(pa.table({"content": texts, "score": [0.1, 0.2, None]}), tmp_path / "a.parquet")
    first, second, third = read_articles(tmp_path)
    assert isinstance(first, Article) and first.text == "The harbour."
    assert isinstance(second, RejectedRecord) and second.reason == "undecodable bytes: not utf-8 in column content"
    assert isinstance(third, RejectedRecord) and third.reason == "empty text"
    report = inspect_inputs(tmp_path)[0]
    assert (report.format, report.columns, report.unused) == ("parquet", {"text": "content"}, ("score",))


def test_more_rows_than_a_batch_keep_their_numbers(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [f"Nr. {i}" for i in range(200)]}), tmp_path / "a.parquet")
    rows = [item.source_row for item in read_articles(tmp_path)]
    assert rows == list(range(1, 201))


LARGEST = 2**63 - 1


@pytest.mark.parametrize("unit", ["ms", "us"])
@pytest.mark.parametrize("zone", [None, "UTC", "Europe/Kyiv", "Nowhere/Invented", "+25:99"])
def test_moments_beyond_the_calendar_are_unreadable_dates(unit: str, zone: str | None, tmp_path: Path) -> None:
    ticks = pa.array([LARGEST, -LARGEST, None, 0], pa.int64())
    dates = ticks.cast(pa.timestamp(unit)).cast(pa.timestamp(unit, zone)) if zone in (None, "UTC") else ticks
    if dates is ticks:  # a zone that the library does not know is put there as other programs would
        dates = ticks.view(pa.timestamp(unit, zone))
    pq.write_table(pa.table({"text": list("abcd"), "date": dates}), tmp_path / "a.parquet", store_schema=True)
    articles = list(read_articles(tmp_path))
    assert [article.text for article in articles if isinstance(article, Article)] == list("abcd")
    early, late, none, epoch = (article.published for article in articles if isinstance(article, Article))
    assert (none, epoch) == (None, datetime(1970, 1, 1, tzinfo=UTC))
    assert early is late is None
    report = inspect_inputs(tmp_path)[0]
    assert (report.n_records, report.n_rejected, report.n_doubtful_dates) == (4, 0, 2)


def test_days_beyond_the_calendar_are_unreadable_dates(tmp_path: Path) -> None:
    for name, days in {
        "a": pa.array([2**31 - 1, 0], pa.int32()).view(pa.date32()),
        "b": pa.array([2**31 * 86_400_000, 0], pa.int64()).view(pa.date64()),
    }.items():
        pq.write_table(pa.table({"text": [name, "day"], "date": days}), tmp_path / f"{name}.parquet")
    articles = list(read_articles(tmp_path))
    assert all(isinstance(article, Article) for article in articles)
    sources = [(article.published, article.date_source) for article in articles if isinstance(article, Article)]
    assert [source and source.partition(":")[0] for _, source in sources] == ["unreadable", "column"] * 2


def test_one_undecodable_text_costs_no_other(tmp_path: Path) -> None:
    texts = pa.array([b"One.", b"\xff\xfe", b"Three."]).view(pa.string())
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet")
    one, two, three = read_articles(tmp_path)
    assert isinstance(one, Article) and isinstance(three, Article)
    assert isinstance(two, RejectedRecord) and two.reason == "undecodable bytes: not utf-8 in column text"


def test_categories_lists_and_equal_names(tmp_path: Path) -> None:
    tables = {
        "a": pa.table({"text": pa.array(["One.", "One."]).dictionary_encode()}),
        "b": pa.table({"text": [["Two.", "More."]], "a.b": ["x"]}),
        "c": pa.table([["Three."], ["Other."]], names=["text", "text"]),
        "d": pa.table({"text": pa.array(["Four."], pa.large_string()), "source": [{"name": "Halsmer Post"}]}),
        "e": pa.table({"text": [{"html": "x"}]}),
    }
    for name, table in tables.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    *articles, last = read_articles(tmp_path)
    texts = [article.text for article in articles if isinstance(article, Article)]
    assert texts == ["One.", "One.", "Two.\n\nMore.", "Three.", "Four."]
    assert isinstance(last, RejectedRecord) and last.reason == "no text: a list or an object stands in its place"
