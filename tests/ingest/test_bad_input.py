"""A folder in which almost everything is wrong: each file has its say, and the rest is read."""

import gzip
import json
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from analytics.article import Article
from analytics.errors import InputError
from analytics.ingest import RejectedRecord, count_records, inspect_inputs, read_articles


def _zip(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


UNREADABLE = {
    "pdf.csv": (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "is a damaged or cut off PDF"),
    "nothing.csv": (b"", "is empty (0 bytes)"),
    "spaces.txt": (b" \n\t ", "is empty (only spaces)"),
    "image.txt": (b"\x89PNG\r\n\x1a\n\0\0", "is an image (PNG)"),
    "photo.csv": (b"\xff\xd8\xff\xe0\0\0", "is an image (JPEG)"),
    "sheet.csv": (_zip("xl/workbook.xml"), "is a damaged workbook"),
    "letter.txt": (_zip("word/document.xml"), "is damaged: its XML breaks off"),
    "slides.zip": (_zip("ppt/presentation.xml"), "is a PowerPoint file"),
    "nothing.zip": (_zip(), "is an archive without files"),
    "torn.zip": (_zip("news.csv")[:60], "is a damaged or cut off ZIP file"),
    "news.csv.gz": (gzip.compress(b""), "is empty (0 bytes, compressed)"),
    "torn.csv.gz": (gzip.compress(b"text\nx")[:11], "is a damaged or cut off compressed file"),
    "page.html": (b"<!DOCTYPE html><p>x", "is a web page on which no article can be told"),
    "feed.xml": (b"<?xml version='1.0'?><rss/>", "is a feed or a list of addresses (XML)"),
    "other.xml": (b"<?xml version='1.0'?><nitf/>", "is XML"),
    "fake.parquet": (b"text\nx\n", "is named .parquet but is no Parquet file"),
    "torn.parquet": (b"PAR1abcdPAR1", "is a damaged Parquet file"),
    "notes.xyz": (b"hello there, world", "is of no known format (.xyz)"),
    "noise.csv": (bytes(range(256)) * 20, "is a binary file"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_article_is_one_rejected_record(name: str, tmp_path: Path) -> None:
    data, reason = UNREADABLE[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.txt").write_text("The harbour was closed.")
    rejected, article = read_articles(tmp_path)
    assert isinstance(rejected, RejectedRecord) and isinstance(article, Article)
    assert (rejected.source_file, rejected.source_row) == ((tmp_path / name).as_posix(), None)
    assert rejected.reason.startswith(reason)
    report = inspect_inputs(tmp_path)[0]
    assert (report.format, report.n_records, report.n_rejected) == (None, 1, 1)
    assert count_records(tmp_path) == 2


def test_a_results_folder_is_not_read_as_articles(tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    for name in ("manifest.json", "articles.parquet", "texts.parquet"):
        (results / name).write_text("{}")
    (tmp_path / "zz.txt").write_text("The harbour was closed.")
    _, rejected = sorted(read_articles(tmp_path), key=lambda item: isinstance(item, RejectedRecord))
    assert isinstance(rejected, RejectedRecord) and "Tellings results" in rejected.reason


def test_a_link_to_nowhere_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "gone.csv")
    (tmp_path / "zz.txt").write_text("The harbour was closed.")
    rejected, _ = read_articles(tmp_path)
    assert isinstance(rejected, RejectedRecord) and rejected.reason == "is not a regular file"


def test_a_file_name_that_is_not_utf8_can_be_stored(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("The harbour was closed.")
    (article,) = read_articles(tmp_path)
    assert article.source_file == f"{tmp_path.as_posix()}/caf\\xe9.txt"


def test_an_article_of_200_000_words_is_read_whole(tmp_path: Path) -> None:
    words = 'The council met "again" today, and left.\n' * 30_000
    (tmp_path / "long.txt").write_text(words)
    escaped = words.replace('"', '""')
    (tmp_path / "long.csv").write_text(f'text\n"{escaped}"\nshort\n')
    table, short, text = read_articles(tmp_path)
    assert isinstance(table, Article) and isinstance(short, Article) and isinstance(text, Article)
    assert table.text == text.text == words.strip()
    assert short.text == "short"


def test_an_article_of_only_quotation_marks_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "marks.txt").write_text('“”"""‘’')
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article) and article.text == '“”"""‘’'


def test_content_counts_before_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('{"text": "One."}\n{"text": "Two."}\n')
    (tmp_path / "b.json").write_text('{"text": "Three."}\n{"text": "Four."}\n')
    (tmp_path / "c.dat").write_text("title;text\nA;Five.\n")
    texts = [item.text for item in read_articles(tmp_path) if isinstance(item, Article)]
    assert texts == ["One.", "Two.", "Three.", "Four.", "Five."]


@pytest.mark.parametrize("below", [False, True])
def test_pipes_and_devices_are_rejected_and_never_opened(below: bool, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    (tmp_path / "zz.txt").write_text("The harbour was closed.")
    inputs = [tmp_path] if below else [tmp_path / "pipe.csv", Path("/dev/zero"), tmp_path / "zz.txt"]
    with pytest.MonkeyPatch.context() as patch:
        opened: list[str] = []
        really = Path.open
        patch.setattr(Path, "open", lambda self, *a, **k: opened.append(self.name) or really(self, *a, **k))
        items = list(read_articles(inputs))
        assert count_records(inputs) == 3 and len(inspect_inputs(inputs)) == 3
    assert [getattr(item, "reason", None) for item in items] == ["is not a regular file"] * 2 + [None]
    assert set(opened) == {"zz.txt"}


def test_folders_that_are_not_gone_through_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "zz.txt").write_text("The harbour was closed.")
    list_folder = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", path)
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", scandir)
    reasons = {item.reason for item in read_articles(tmp_path) if isinstance(item, RejectedRecord)}
    assert reasons == {"is a folder that cannot be listed", "is a link to a folder; give that folder itself"}


@pytest.mark.parametrize("name", ["x" * 5_000, "a/" * 3_000, "\0", "a\nb"])
def test_paths_that_cannot_be_are_told(name: str) -> None:
    with pytest.raises(InputError, match=r"does not exist|cannot be read"):
        read_articles(name)


@pytest.mark.parametrize(
    "text",
    ["(" * 30_000, '"' * 30_000, "-" * 30_000, "— " * 30_000, "a/" * 30_000, "Ada Brandt, " * 3_000, "x" * 30_000],
)
def test_what_is_no_prose_is_rejected_alone(text: str, tmp_path: Path) -> None:
    rows = [{"text": text}, {"title": text, "text": "The harbour was closed."}, {"text": "The harbour was closed."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    first, second, third = read_articles(tmp_path)
    assert isinstance(first, RejectedRecord) and first.reason.startswith("no prose: ")
    assert isinstance(second, RejectedRecord) and second.reason.startswith("no prose: ")
    assert isinstance(third, Article)


def test_an_article_beyond_all_length_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harbour was closed. " * 100_000)
    (tmp_path / "b.txt").write_text("The harbour was closed. " * 50_000)
    (tmp_path / "c.txt").write_text("The harbour was closed.")
    first, second, _ = read_articles(tmp_path)
    assert isinstance(first, RejectedRecord) and first.reason.startswith("too long for one article: 2,399,999")
    assert isinstance(second, RejectedRecord) and second.reason.startswith("no prose: 5 different words")


@pytest.mark.parametrize("outlet", ["{{}}", "{{'name'}}", "[{}", "{[]: 1}", "{**1}", "[" * 300 + "]" * 300])
def test_an_outlet_that_looks_like_code_costs_no_article(outlet: str, tmp_path: Path) -> None:
    rows = [{"text": "The harbour was closed on Friday.", "outlet": outlet}]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article) and article.outlet == outlet
