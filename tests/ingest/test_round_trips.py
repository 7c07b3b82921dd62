"""Whatever a text holds: every record that went into a file comes back, whole and in order."""

import csv
import json
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.article import Article
from analytics.ingest import RejectedRecord, count_records, inspect_inputs, read_articles
from analytics.ingest.normalise import normalise

Row = tuple[str, str]  # title, text
Writer = Callable[[Path, Sequence[Row]], Path]

# Prose with everything that delimits, quotes or ends a row; text that the inline-date rule would shorten is not prose.
PIECES = st.sampled_from(
    ['"', '""', "'", ",", ";", "\t", "|", "\n", "\r\n", "\r", "\x85", "\\", "“Yes,” ", "word ", "é", "{", "}"]
)
TEXT = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=30).map("".join)
ROWS = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6)
FIRST = ("Harbour closed", "The harbour was closed on Friday.")


def write_csv(path: Path, rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    file = path / "news.csv"
    with file.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([("title", "text"), *rows])
    return file


def write_semicolons(path: Path, rows: Sequence[Row]) -> Path:
    return write_csv(path, rows, delimiter=";")


def write_tabs(path: Path, rows: Sequence[Row]) -> Path:
    return write_csv(path, rows, delimiter="\t")


def write_bars(path: Path, rows: Sequence[Row]) -> Path:
    return write_csv(path, rows, delimiter="|")


def write_utf16(path: Path, rows: Sequence[Row]) -> Path:
    return write_csv(path, rows, encoding="utf-16")


def write_utf16_without_bom(path: Path, rows: Sequence[Row]) -> Path:
    return write_csv(path, rows, encoding="utf-16-le")


def write_utf8_bom(path: Path, rows: Sequence[Row]) -> Path:
    return write_csv(path, rows, encoding="utf-8-sig")


def write_json_lines(path: Path, rows: Sequence[Row]) -> Path:
    file = path / "news.jsonl"
    lines = [json.dumps({"title": title, "text": text}, ensure_ascii=False) for title, text in rows]
    file.write_text("\n".join(lines), encoding="utf-8", newline="")
    return file


def write_json_list(path: Path, rows: Sequence[Row]) -> Path:
    file = path / "news.json"
    file.write_text(json.dumps([{"title": title, "text": text} for title, text in rows], indent=2), encoding="utf-8")
    return file


def write_parquet(path: Path, rows: Sequence[Row]) -> Path:
    file = path / "news.parquet"
    pq.write_table(pa.table({"title": [t for t, _ in rows], "text": [t for _, t in rows], "n": [0] * len(rows)}), file)
    return file


WRITERS = [
    *(write_csv, write_semicolons, write_tabs, write_bars, write_utf16, write_utf16_without_bom, write_utf8_bom),
    *(write_json_lines, write_json_list, write_parquet),
]


@pytest.mark.parametrize("write", WRITERS)
@given(rows=ROWS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_record_comes_back(write: Writer, rows: list[Row], tmp_path: Path) -> None:
    rows = [FIRST, *rows]
    file = write(tmp_path, rows)
    items = list(read_articles(file))
    assert [item.source_row for item in items] == list(range(1, len(rows) + 1))
    for (title, text), item in zip(rows, items, strict=True):
        if isinstance(item, Article):
            assert item.text == normalise(text)
            assert (item.title or "") == " ".join(normalise(title).split())
        else:
            assert item.reason == "empty text" and not normalise(text)
    assert count_records(file) == len(items)


@given(text=TEXT)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_file_is_one_article(text: str, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"The harbour was closed. {text}", encoding="utf-8", newline="")
    (item,) = read_articles(tmp_path)
    assert isinstance(item, Article)
    assert item.text == normalise(f"The harbour was closed. {text}")
    assert item.title is None and item.source_row == 1


@given(data=st.binary(max_size=300), suffix=st.sampled_from(["csv", "tsv", "jsonl", "json", "parquet", "txt", "zzz"]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_stop_the_run(data: bytes, suffix: str, tmp_path: Path) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    (tmp_path / f"a.{suffix}").write_bytes(data)
    (tmp_path / "b.txt").write_text("The harbour was closed.")
    items = list(read_articles(tmp_path))
    assert items[-1].source_file == (tmp_path / "b.txt").as_posix()
    assert len(items) > 1, "the strange file gives at least one article or rejected record"
    for item in items:
        if isinstance(item, RejectedRecord):
            told = f"{item.reason} {item.preview}"
            assert told.encode() and not any(unicodedata.category(char) == "Cc" for char in told)


FIELDS = st.sampled_from(["text", "title", "date", "published", "source", "author", "url", "language", "x"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["31/02/2024", "03/04/2024", "nan", "99999999999999999999", "2024-05-31T25:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS | st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(records=st.lists(st.dictionaries(FIELDS, VALUES, max_size=5), max_size=5), lines=st.booleans())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_in_json_stops_the_run_or_loses_a_record(
    records: list[dict[str, object]], lines: bool, tmp_path: Path
) -> None:
    records = [{"text": "The harbour was closed."}, *records]
    content = "\n".join(map(json.dumps, records)) if lines else json.dumps(records)
    (tmp_path / "a.json").write_text(content)
    items = list(read_articles(tmp_path / "a.json"))
    assert [item.source_row for item in items] == list(range(1, len(records) + 1))
    report = inspect_inputs(tmp_path / "a.json")[0]
    assert report.n_records == len(records)


TICKS = st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=4)
KINDS = [pa.timestamp(unit, zone) for unit in ("ms", "us", "ns") for zone in (None, "UTC", "Asia/Kolkata", "No/Where")]
KINDS += [pa.int64(), pa.duration("us"), pa.date64()]


@given(ticks=TICKS, kind=st.sampled_from(KINDS), field=st.sampled_from(["text", "date", "title", "url"]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_in_parquet_stops_the_run_or_loses_a_record(
    ticks: list[int | None], kind: pa.DataType, field: str, tmp_path: Path
) -> None:
    columns = {"text": pa.array(["The harbour."] * len(ticks)), field: pa.array(ticks, pa.int64()).view(kind)}
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    (tmp_path / "b.txt").write_text("The harbour was closed.")
    items = [item for item in read_articles(tmp_path) if item.source_file == (tmp_path / "a.parquet").as_posix()]
    assert [item.source_row for item in items] == list(range(1, len(ticks) + 1))
    if field == "date":
        assert all(isinstance(item, Article) for item in items)


@given(prefix=st.sampled_from(["title,text\n", "text\n", "title\ttext\turl\n"]), tail=TEXT)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_before_a_broken_tail_are_kept(prefix: str, tail: str, tmp_path: Path) -> None:
    columns = prefix.strip().replace("\t", ",").split(",")
    delimiter = "\t" if "\t" in prefix else ","
    good = delimiter.join(f"harbour {name}" for name in columns) + "\n"
    (tmp_path / "a.csv").write_text(prefix + good * 20 + tail, encoding="utf-8", newline="")
    items = list(read_articles(tmp_path))
    assert [item.source_row for item in items] == list(range(1, len(items) + 1))
    assert all(isinstance(item, Article) and item.text == "harbour text" for item in items[:20])
