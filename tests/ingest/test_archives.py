"""ZIP, GZIP and Zstandard files: what is in them is read as if it lay there, within bounds."""

import gzip
import io
import os
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest
import zstandard

from analytics.article import Article
from analytics.errors import InputError
from analytics.evaluation.robustness import made_files as made
from analytics.ingest import RejectedRecord, count_records, inspect_inputs, read_articles
from analytics.ingest.containers.member import unsafe

WALL, DOUBT = "The council approved the wall on Monday.", "Residents doubt it, said Karl Olde."
TABLE = f'title,text\nWall,{WALL}\nDoubt,"{DOUBT}"\n'
READ_FIRST = {"news.csv": TABLE, "more/wall.docx": made.docx([WALL]), "more/README.txt": "About these files."}


@pytest.fixture(autouse=True)
def own_place_for_what_is_unpacked(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("unpacked")))


def texts(path: Path) -> list[str]:
    return [item.text for item in read_articles(path) if isinstance(item, Article)]


def test_files_in_an_archive_are_read_each_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "news.zip").write_bytes(made.zip_of(READ_FIRST | {"__MACOSX/._news.csv": b"\0", ".hidden.txt": "x"}))
    *articles, about = read_articles(tmp_path)
    where = f"{(tmp_path / 'news.zip').as_posix()}/"
    assert [item.source_file.removeprefix(where) for item in articles] == ["news.csv", "news.csv", "more/wall.docx"]
    assert isinstance(about, RejectedRecord) and "about the files beside it" in about.reason
    assert count_records(tmp_path) == 4
    assert [report.format for report in inspect_inputs(tmp_path)] == ["csv", "docx", None]
    assert not os.listdir(tempfile.gettempdir())


@pytest.mark.parametrize("packed", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_a_compressed_file_is_the_file(packed: object, tmp_path: Path) -> None:
    assert callable(packed)
    ending = "gz" if packed is gzip.compress else "zst"
    (tmp_path / f"news.csv.{ending}").write_bytes(packed(TABLE.encode()) + packed(b"Third,The dam may hold.\n"))
    articles = [item for item in read_articles(tmp_path) if isinstance(item, Article)]
    assert [article.title for article in articles] == ["Wall", "Doubt", "Third"]
    assert {article.source_file for article in articles} == {(tmp_path / f"news.csv.{ending}").as_posix()}


@pytest.mark.parametrize("packed", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_what_can_be_unpacked_of_a_cut_file_is_read(packed: object, tmp_path: Path) -> None:
    assert callable(packed)
    rows = "".join(f"Wall {n},{WALL} {os.urandom(300).hex()}\n" for n in range(400))
    whole = packed(f"title,text\n{rows}".encode())
    (tmp_path / "news.csv.gz").write_bytes(whole[: len(whole) // 2])
    *items, last = read_articles(tmp_path)
    assert sum(isinstance(item, Article) for item in items) > 100
    assert isinstance(last, RejectedRecord) and last.reason.startswith("is a damaged or cut off compressed file")


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    inner: bytes = made.zip_of({"wall.txt": WALL})
    for depth in range(3):
        (tmp_path / f"{depth}.zip").write_bytes(inner)
        assert texts(tmp_path / f"{depth}.zip") == [WALL]
        inner = made.zip_of({f"inner{depth}.zip": inner})
    (tmp_path / "a.zip").write_bytes(inner)
    with pytest.raises(InputError, match="holds archives inside each other, more than 3 deep"):
        list(read_articles(tmp_path / "a.zip"))


@pytest.mark.parametrize("name", ["../wall.txt", "/etc/wall.txt", "a/../../wall.txt", "..\\wall.txt", "C:\\wall.txt"])
def test_nothing_is_unpacked_outside(name: str, tmp_path: Path) -> None:
    (tmp_path / "news.zip").write_bytes(made.zip_of({name: WALL, "dam.txt": DOUBT}))
    rejected, article = read_articles(tmp_path)
    assert isinstance(rejected, RejectedRecord) and rejected.reason == "its path leads out of the archive"
    assert isinstance(article, Article) and article.text == DOUBT
    assert unsafe(name) and not unsafe("news/wall..txt")


def test_links_and_locked_files_in_an_archive_are_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.txt", WALL)
        archive.writestr("dam.txt", DOUBT)
    data = bytearray(buffer.getvalue())
    for signature, at_flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(b"locked.txt", data.index(signature)) - (30 if signature[2] == 3 else 46)
        data[at + at_flags] |= 1
    (tmp_path / "news.zip").write_bytes(data)
    link_, locked, article = read_articles(tmp_path)
    assert isinstance(link_, RejectedRecord) and link_.reason == "is a link, which is not followed"
    assert isinstance(locked, RejectedRecord) and locked.reason.startswith("is encrypted with a password")
    assert isinstance(article, Article)


@pytest.mark.parametrize("ending", ["zip", "gz", "zst"])
def test_bombs_are_left_before_they_are_big(ending: str, tmp_path: Path) -> None:
    zeros = b"0" * (1 << 25)
    pack = {
        "zip": lambda: made.zip_of({f"{n}.csv": zeros for n in range(2)}),
        "gz": lambda: gzip.compress(zeros, 9),
        "zst": lambda: zstandard.ZstdCompressor(level=19).compress(zeros),
    }
    (tmp_path / f"bomb.csv.{ending}").write_bytes(pack[ending]())
    with pytest.raises(InputError, match="is packed beyond reason"):
        list(read_articles(tmp_path))
    assert not os.listdir(tempfile.gettempdir())


def test_a_zip_with_a_list_beyond_reason_is_not_even_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from analytics.ingest import zipped_parts

    monkeypatch.setattr(zipped_parts, "MOST_MEMBERS", 10)
    (tmp_path / "news.zip").write_bytes(made.zip_of({f"{n}.txt": WALL for n in range(60)}))
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(InputError, match="is an archive of more than 10 files"):
        list(read_articles(tmp_path))


def test_files_beyond_the_most_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from analytics.ingest.containers import allowance

    monkeypatch.setattr(allowance, "MOST_MEMBERS", 10)
    inner = made.zip_of({f"{n}.txt": WALL for n in range(6)})
    (tmp_path / "news.zip").write_bytes(made.zip_of({"a.zip": inner, "b.zip": inner}))
    *articles, last = read_articles(tmp_path)
    assert len(articles) == 8 and isinstance(last, RejectedRecord) and last.reason == "holds more than 10 files"


def test_what_was_unpacked_is_removed_when_reading_is_left(tmp_path: Path) -> None:
    (tmp_path / "news.zip").write_bytes(made.zip_of({"a.txt": WALL, "b.txt": DOUBT}))
    items = read_articles(tmp_path)
    next(items)
    assert os.listdir(tempfile.gettempdir())
    items.close()  # type: ignore[attr-defined]
    assert not os.listdir(tempfile.gettempdir())
