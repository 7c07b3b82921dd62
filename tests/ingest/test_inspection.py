"""Reports on inputs say what reading gives."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.article import Article
from analytics.errors import InputError
from analytics.ingest import count_records, inspect_inputs, read_articles
from analytics.ingest import encodings as encodings_module

CONTENT = (
    "headline;body;date;id\n"
    "A;One.;2022-01-05;1\n"
    ";Two.;31/02/2022;2\n"
    "C;;2022-01-06;3\n"
    "D;Four.;2022-01-03;4\n"
    "E;Five;;extra;x\n"
    "F;Six;;extra;x\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "news.csv").write_text(CONTENT)
    return tmp_path / "news.csv"


def test_a_report_sums_up_a_table(table: Path) -> None:
    (report,) = inspect_inputs(table)
    assert (report.file, report.format, report.encoding, report.delimiter) == (table.as_posix(), "csv", "utf-8", ";")
    assert report.columns == {"text": "body", "title": "headline", "published": "date"}
    assert report.unused == ("id",)
    assert (report.n_records, report.n_rejected, report.complete) == (6, 3, True)
    assert report.reasons == {"wrong number of fields": 2, "empty text": 1}
    assert [item.source_row for item in report.rejected] == [3, 5]
    assert (report.share_dated, report.share_title, report.share_outlet) == (2 / 3, 2 / 3, 0)
    assert (report.n_doubtful_dates, report.doubtful_dates) == (1, ("unreadable: 31/02/2022",))
    assert report.first_published == datetime(2022, 1, 3, tzinfo=UTC)
    assert report.last_published == datetime(2022, 1, 5, tzinfo=UTC)
    assert list(report.preview) == [item for item in read_articles(table) if isinstance(item, Article)]


def test_a_limit_is_told(table: Path) -> None:
    (report,) = inspect_inputs(table, limit=2)
    assert (report.n_records, report.complete) == (2, False)
    assert inspect_inputs(table, limit=6)[0].complete


def test_columns_are_as_overridden(table: Path) -> None:
    assert inspect_inputs(table, columns={"outlet": "ID"})[0].columns["outlet"] == "id"
    with pytest.raises(InputError, match="did you mean"):
        inspect_inputs(table, columns={"outlet": "idd"})


def test_counts_are_exact_for_short_files_and_close_for_long_ones(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert count_records(table) == 6
    table.write_text("text,title\n" + "".join(f'"Nr. {i}, ""said""\nhe.",é\n' for i in range(1000)))
    assert count_records(table) == 1000
    monkeypatch.setattr(encodings_module, "_CHARACTERS_TO_COUNT", 4000)
    assert count_records(table) == pytest.approx(1000, rel=0.1)


def test_text_files_count_one_each(table: Path) -> None:
    (table.parent / "a.txt").write_text("The harbour.")
    assert count_records(table.parent) == 7
    report = inspect_inputs(table.parent / "a.txt")[0]
    assert (report.format, report.columns, report.unused, report.n_records) == ("text", {}, (), 1)
