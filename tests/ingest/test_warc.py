"""Web archives: each captured page is an article, everything else rejected with its reason, in flat memory."""

import gzip
import sys
from pathlib import Path

import pytest
import zstandard

from analytics.article import Article
from analytics.evaluation import long_archive
from analytics.evaluation.robustness import made_files as made
from analytics.ingest import RejectedRecord, count_records, read_articles

WALL = "The council of Halsmer approved part {} of the new harbour wall on Monday, Ada Brandt said in Halsmer."
PAGES = 300  # in tests; for more: `tellings evaluate long_archive FOLDER`


def page(number: int) -> bytes:
    return made.html([WALL.format(number)] * 4, head=f"<title>Part {number}</title>")


RECORDS = [
    made.warc_info(),
    made.capture(1, page(1)),
    made.capture(2, page(2), coding="gzip"),
    made.capture(3, page(3), coding="chunked"),
    made.capture(4, page(4), coding="gzip chunked"),
    made.capture(5, page(5), status="404 Not Found"),
    made.capture(6, b"\x89PNG", media_type="image/png"),
    made.capture(7, b"", kind="revisit"),
    made.capture(8, page(8)),
]
PACKED = {"": lambda data: data, ".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}


@pytest.mark.parametrize("ending", PACKED)
def test_every_capture_is_an_article_or_has_its_reason(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"crawl.warc{ending}"
    path.write_bytes(b"".join(PACKED[ending](record) for record in RECORDS))
    items = list(read_articles(path))
    assert [item.source_row for item in items] == list(range(1, 9)) and count_records(path) == 8
    articles = [item for item in items if isinstance(item, Article)]
    assert [article.title for article in articles] == [f"Part {n}" for n in (1, 2, 3, 4, 8)]
    assert articles[0].url == "https://halsmer.example/1" and articles[0].outlet == "halsmer.example"
    assert [item.reason for item in items if isinstance(item, RejectedRecord)] == [
        "is no page: the server answered 404",
        "is no page: image/png",
        "is a copy of an earlier capture (revisit)",
    ]


@pytest.mark.parametrize("ending", PACKED)
def test_an_archive_that_is_cut_off_gives_what_stands_before(ending: str, tmp_path: Path) -> None:
    records = [PACKED[ending](made.capture(number, page(number))) for number in range(1, 4)]
    path = tmp_path / f"crawl.warc{ending}"
    path.write_bytes(b"".join(records)[: -len(records[-1]) // 2])
    first, second, last = read_articles(path)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert isinstance(last, RejectedRecord) and last.reason.startswith("the archive breaks off or is damaged here")


def test_a_page_before_damage_is_flagged(tmp_path: Path) -> None:
    short = made.capture(1, page(1), length=250)
    (tmp_path / "crawl.warc").write_bytes(short + made.capture(2, page(2)))
    first, last = read_articles(tmp_path)
    assert isinstance(first, Article) and first.flags == ("perhaps cut off: the archive is damaged behind this page",)
    assert isinstance(last, RejectedRecord)


def test_without_its_reader_the_command_that_installs_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "crawl.warc").write_bytes(RECORDS[1])
    (tmp_path / "zz.txt").write_text("The harbour was closed.")
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    rejected, _ = read_articles(tmp_path)
    assert isinstance(rejected, RejectedRecord)
    assert rejected.reason == "is a web archive (WARC), which needs the extra warc: pip install 'tellings[warc]'"


def test_a_long_archive_is_read_in_flat_memory(tmp_path: Path) -> None:
    (row,) = long_archive.evaluate(tmp_path, pages=PAGES).to_dict("records")
    assert row["articles"] == PAGES
    assert row["mb_growth"] < 20 and row["mb_early"] > 0
    assert not list(tmp_path.iterdir())
