"""What `tellings inspect` prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from analytics.article import Article
from analytics.cli.preview import describe_sources, fetch_command
from analytics.ingest import RejectedRecord, SourceReport, inspect_inputs

DAY = datetime(2031, 1, 6, tzinfo=UTC)
TABLE = SourceReport(
    file="articles.csv",
    format="csv",
    encoding="utf-8",
    delimiter="\t",
    columns={"text": "body", "title": "headline"},
    unused=("section",),
    n_records=4,
    n_rejected=1,
    reasons={"empty text": 1},
    rejected=(RejectedRecord(source_file="articles.csv", source_row=3, reason="empty text", preview="A ferry"),),
    share_dated=2 / 3,
    share_outlet=0.0,
    share_title=1.0,
    n_doubtful_dates=1,
    doubtful_dates=("unreadable: 31/02/2031",),
    first_published=DAY,
    last_published=DAY.replace(month=2),
    preview=(Article(article_id="a", text="It sails.", title="The ferry", published=DAY, outlet="Harbour Post"),),
)


def _text_file(name: str, *, dated: float) -> SourceReport:
    article = Article(article_id=name, text="The ferry sails on Monday.")
    return SourceReport(
        file=name,
        format="text",
        encoding="utf-8",
        n_records=1,
        share_dated=dated,
        share_outlet=0.0,
        share_title=0.0,
        first_published=DAY if dated else None,
        last_published=DAY if dated else None,
        preview=(article,),
    )


def test_a_table_shows_its_columns_shares_and_rejections() -> None:
    assert describe_sources([TABLE]).splitlines() == [
        "articles.csv",
        "  csv, utf-8, separated by tabs: 3 articles, 1 rejected record",
        "  text       ← body",
        "  title      ← headline",
        "  published  ← (no such column)",
        "  outlet     ← (no such column)",
        "  url        ← (no such column)",
        "  author     ← (no such column)",
        "  language   ← (no such column)",
        "  not used: section",
        "  67% have a date, 2031-01-06 to 2031-02-06",
        "  0% have an outlet, 100% a title",
        "  1 doubtful date: unreadable: 31/02/2031",
        "  1 rejected: empty text",
        "    articles.csv, row 3: empty text [A ferry]",
        "  reads: 2031-01-06 | Harbour Post | The ferry",
    ]


def test_a_folder_of_texts_is_one_paragraph() -> None:
    texts = [_text_file(f"{n}.txt", dated=float(n == 0)) for n in range(5)]
    assert describe_sources(texts).splitlines() == [
        "5 files: 0.txt … 4.txt",
        "  text, utf-8: 5 articles, 0 rejected records",
        "  20% have a date, 2031-01-06 to 2031-01-06",
        "  0% have an outlet, 0% a title",
        *["  reads: undated | (no outlet) | The ferry sails on Monday."] * 5,
    ]


def test_an_unreadable_file_says_why_after_what_can_be_read() -> None:
    whole = RejectedRecord(source_file="0.csv", source_row=None, reason="is empty (0 bytes)")
    broken = SourceReport(
        file="0.csv", format=None, n_records=1, n_rejected=1, reasons={"is empty (0 bytes)": 1}, rejected=(whole,)
    )
    assert describe_sources([broken, TABLE]).endswith(
        "\n\n0.csv\n"
        "  cannot be read: 0 articles, 1 rejected record\n"
        "  1 rejected: is empty (0 bytes)\n"
        "    0.csv: is empty (0 bytes)"
    )


def test_a_long_file_says_that_only_its_beginning_was_looked_at() -> None:
    assert "among the first records; the rest was not looked at" in describe_sources([replace(TABLE, complete=False)])


def test_what_can_be_mended_is_said_with_the_option_that_does() -> None:
    columns = {"text": "body", "url": "web url"}
    doubtful = replace(TABLE, columns=columns, doubtful_dates=("ambiguous: 03/04/2031",))
    lines = describe_sources([doubtful]).splitlines()
    assert "  to take it from the address: --column 'outlet=web url'" in lines
    assert "  to say which number is the day: --date-order dmy, mdy or ymd" in lines
    assert not [line for line in describe_sources([TABLE]).splitlines() if "--" in line]


def test_an_address_that_stands_for_the_outlet_is_said_to_be_read() -> None:
    article = Article(article_id="a", text="It sails.", outlet="Harbour Post", url="https://harbour.example/ferry")
    lines = describe_sources([replace(TABLE, columns={"outlet": "source"}, preview=(article,))]).splitlines()
    assert "  url        ← the address in the column of the outlet" in lines


def test_of_very_many_columns_the_first_are_named() -> None:
    lines = describe_sources([replace(TABLE, unused=tuple(f"c{n}" for n in range(2_000)))]).splitlines()
    (unused,) = [line for line in lines if "not used" in line]
    assert unused.endswith("c18, c19 and 1,980 more")


def test_a_list_of_addresses_comes_with_the_command_that_fetches_them(tmp_path: Path) -> None:
    (tmp_path / "media cloud.csv").write_text("stories_id,title,url\n1,Dam,https://harbour.example/dam\n")
    reports = inspect_inputs(tmp_path / "media cloud.csv")
    assert fetch_command(reports) == f"tellings fetch '{(tmp_path / 'media cloud.csv').as_posix()}' --out news"
    assert fetch_command([TABLE]) is None
