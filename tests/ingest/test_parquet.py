"""Parquet: types as files have them, and columns nobody asked for left alone."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

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
