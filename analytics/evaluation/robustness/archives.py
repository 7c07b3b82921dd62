"""Odd archives and web archives: cut, nested, hostile, with names that lead elsewhere, and the honest ones."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from random import Random
from struct import pack

import zstandard

from . import made_files as made
from .inputs import OddInput, written

_MEGABYTE = 1 << 20


def odd_archives(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    """ZIP, GZIP and Zstandard files."""
    yield from _whole(texts)
    yield from _spoilt(random, texts)
    yield from _names(texts)
    yield from _bombs(texts)


def _one(what: str, name: str, data: bytes, records: int | None = None, articles: int | None = None) -> OddInput:
    return OddInput(kind="archives", what=what, name=name, write=written(data), records=records, articles=articles)


def _table(texts: Sequence[str]) -> bytes:
    rows = "".join('"' + text.replace('"', '""') + '"\n' for text in texts)
    return f"text\n{rows}".encode()


def _packers() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "gz": lambda data: gzip.compress(data, mtime=0),
        "zst": zstandard.ZstdCompressor().compress,
    }


def _whole(texts: Sequence[str]) -> Iterator[OddInput]:
    n, table = len(texts), _table(texts)
    files: dict[str, bytes | str] = {
        "news.csv": table,
        "wall.txt": texts[0],
        "wall.docx": made.docx(texts),
        "wall.pdf": made.pdf([texts]),
        "news.xlsx": made.xlsx({"A": [["text"], *([text] for text in texts)]}),
        "news.csv.gz": gzip.compress(table, mtime=0),
        "more/news.zip": made.zip_of({"news.csv": table}),
    }
    yield _one("a ZIP of everything", "odd.zip", made.zip_of(files), 4 * n + 3, 4 * n + 3)
    yield _one(
        "a ZIP of twenty documents", "odd.zip", made.zip_of({f"{i}.docx": made.docx(texts) for i in range(20)}), 20, 20
    )
    yield _one("a ZIP without files", "odd.zip", made.zip_of({}), 1, 0)
    yield _one("a ZIP of folders", "odd.zip", made.zip_of({"a/": "", "a/b/": ""}), 1, 0)
    yield _one("a ZIP of what systems leave", "odd.zip", made.zip_of({"__MACOSX/._a": "x", ".DS_Store": "x"}), 1, 0)
    yield _one("a ZIP of a README", "odd.zip", made.zip_of({"a.txt": texts[0], "README.md": "About a."}), 2, 1)
    yield _one("a ZIP of empty files", "odd.zip", made.zip_of({"a.csv": "", "b.docx": ""}), 2, 0)
    yield _one("a ZIP with one name twice", "odd.zip", _twice(texts), 2, 2)
    yield _one("a ZIP behind other bytes", "odd.zip", b"#!/bin/sh\n" + made.zip_of({"a.txt": texts[0]}))
    yield _one("a ZIP named as text", "odd.txt", made.zip_of({"a.txt": texts[0]}), 1, 1)
    yield _one("a TAR", "odd.tar", b"wall.txt".ljust(257, b"\0") + b"ustar\x0000" + bytes(247) + bytes(1024), 1, 0)
    for ending, packed in _packers().items():
        yield _one(f"{ending} of a table", f"odd.csv.{ending}", packed(table), n, n)
        yield _one(f"{ending} in two parts", f"odd.csv.{ending}", packed(table) + packed(b'"The dam."\n'), n + 1, n + 1)
        yield _one(f"{ending} of nothing", f"odd.csv.{ending}", packed(b""), 1, 0)
        yield _one(f"{ending} of a document", f"odd.docx.{ending}", packed(made.docx(texts)), 1, 1)
        yield _one(f"{ending} without another ending", f"odd.{ending}", packed(made.docx(texts)), 1, 1)
        yield _one(f"{ending} of a ZIP", f"odd.zip.{ending}", packed(made.zip_of({"a.txt": texts[0]})), 1, 1)


def _twice(texts: Sequence[str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", texts[0])
        archive.writestr("b.txt", texts[1])
    return buffer.getvalue().replace(b"b.txt", b"a.txt")


def _spoilt(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    table = _table([f"{text} {number}" for number in range(400) for text in texts])
    for ending, packed in _packers().items():
        whole = packed(table)
        for share in (0.02, 0.3, 0.6, 0.99):
            yield _one(f"{ending}, cut at {share:.0%}", f"odd.csv.{ending}", whole[: max(5, int(len(whole) * share))])
        for _ in range(3):
            spoilt = bytearray(whole)
            spoilt[random.randrange(len(spoilt))] ^= 0xFF
            yield _one(f"{ending}, with a byte changed", f"odd.csv.{ending}", bytes(spoilt))
        yield _one(f"{ending}, with bytes behind it", f"odd.csv.{ending}", whole + b"\0" * 100)
    files = {f"{number}.txt": f"{text} {number}" for number, text in enumerate(texts)}
    whole = made.zip_of(files)
    for share in (0.1, 0.5, 0.9, 0.99):
        yield _one(f"ZIP, cut at {share:.0%}", "odd.zip", whole[: int(len(whole) * share)], 1, 0)
    for _ in range(6):
        spoilt = bytearray(whole)
        spoilt[random.randrange(len(spoilt))] ^= 0xFF
        yield _one("ZIP, with a byte changed", "odd.zip", bytes(spoilt))
    yield _one("ZIP, encrypted", "odd.zip", _flagged(whole, 1), len(files), 0)
    yield _one("ZIP, packed in an unknown way", "odd.zip", _method(whole, 99), len(files), 0)


def _flagged(archive: bytes, bit: int) -> bytes:
    data = bytearray(archive)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + place] |= bit
    return bytes(data)


def _method(archive: bytes, method: int) -> bytes:
    data = bytearray(archive)
    for signature, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + place : at + place + 2] = pack("<H", method)
    return bytes(data)


def _names(texts: Sequence[str]) -> Iterator[OddInput]:
    names = (
        "../a.txt",
        "/a.txt",
        "a/../../b.txt",
        "C:\\a.txt",
        "..\\a.txt",
        "a" * 5_000 + ".txt",
        "a\nb.txt",
        "\x1b[31m.txt",
    )
    for name in names:
        refused = ".." in name or name.startswith(("/", "C:")) or len(name) > 1_000
        data = made.zip_of({name: texts[0], "z.txt": texts[1]})
        yield _one(f"a ZIP with a file named {name[:20]!a}", "odd.zip", data, 2, 1 if refused else 2)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, kind in (("link.txt", stat.S_IFLNK), ("pipe.txt", stat.S_IFIFO), ("plain.txt", stat.S_IFREG)):
            info = zipfile.ZipInfo(name)
            info.external_attr = (kind | 0o777) << 16
            archive.writestr(info, "/etc/passwd" if name == "link.txt" else texts[0])
    yield _one("a ZIP with a link and a pipe", "odd.zip", buffer.getvalue(), 3, 1)


def _bombs(texts: Sequence[str]) -> Iterator[OddInput]:
    zeros = b"0" * (64 * _MEGABYTE)
    for ending, packed in _packers().items():
        yield _one(f"{ending} of 64 MB of zeros", f"odd.csv.{ending}", packed(zeros), 1, 0)
        yield _one(f"{ending} in {ending} in {ending}", f"odd.csv.{ending}", packed(packed(packed(zeros))), 1, 0)
        deep = texts[0].encode()
        for _ in range(8):
            deep = packed(deep)
        yield _one(f"{ending}, eight deep", f"odd.txt.{ending}", deep, 1, 0)
    bomb = made.zip_of({"zeros.csv": zeros})
    yield _one("a ZIP of zeros", "odd.zip", bomb, 1, 0)
    yield _one("a ZIP of ten ZIPs of zeros", "odd.zip", made.zip_of({f"{i}.zip": bomb for i in range(10)}), 1, 0)
    yield _one("a ZIP of a text and zeros", "odd.zip", made.zip_of({"a.txt": texts[0], "b.csv": zeros}), 2, 1)
    deep = texts[0].encode()
    for _ in range(30):
        deep = made.zip_of({"a.zip": deep})
    yield _one("ZIPs, thirty deep", "odd.zip", deep, 1, 0)
    yield _one("a ZIP of 300 empty files", "odd.zip", made.zip_of({f"{i}.txt": "" for i in range(300)}), 300, 0)
    yield _one("a ZIP of overlapping files", "odd.zip", _overlapping(texts))
    yield _one("a ZIP with a list beyond reason", "odd.zip", _long_list(), 1, 0)


def _overlapping(texts: Sequence[str]) -> bytes:
    """A ZIP in whose list a hundred names stand for the same bytes."""
    one = made.zip_of({"a.txt": " ".join(texts) * 20})
    at, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entries = one[at:end] * 100
    return one[:at] + entries + pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 100, 100, len(entries), at, 0)


def _long_list() -> bytes:
    """A ZIP that is hardly more than a list of half a million names."""
    entry = pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    entries = entry * 500_000
    return b"PK\x03\x04" + entries + pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(entries), 4, 0)


# ---- web archives ------------------------------------------------------


def odd_web_archives(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    """WARC files with captures of every kind, whole, damaged and cut."""
    n = 6
    page = made.html([*texts, *texts])
    whole = [made.warc_info(), *(made.capture(number, page) for number in range(n))]
    ways: dict[str, Callable[[bytes], bytes]] = {"": lambda data: data, **{f".{k}": v for k, v in _packers().items()}}
    for ending, packed in ways.items():
        name, data = f"odd.warc{ending}", b"".join(map(packed, whole))
        yield _archive(f"whole{ending}", name, data, n, n)
        for share in (0.05, 0.4, 0.7, 0.95):
            yield _archive(f"cut at {share:.0%}{ending}", name, data[: int(len(data) * share)])
        for _ in range(2):
            spoilt = bytearray(data)
            spoilt[random.randrange(len(spoilt))] ^= 0xFF
            yield _archive(f"with a byte changed{ending}", name, bytes(spoilt))
    captures = {
        "an error": made.capture(1, page, status="500 Internal Server Error"),
        "a picture": made.capture(1, b"\x89PNG", media_type="image/png"),
        "a redirection": made.capture(1, b"", status="301 Moved"),
        "a copy": made.capture(1, b"", kind="revisit"),
        "a text of a page": made.capture(1, page, kind="conversion"),
        "no body": made.capture(1, b""),
        "a body that is no page": made.capture(1, bytes(range(256)) * 40),
        "packed zeros": made.capture(1, b"0" * (64 * _MEGABYTE), coding="gzip"),
        "a page of megabytes": made.capture(1, b"<html>" + b"<p>The wall.</p>" * 1_000_000),
        "a coding that nobody knows": made.capture(1, page).replace(
            b"\r\n\r\n<!DOC", b"\r\nContent-Encoding: x\r\n\r\n<!DOC"
        ),
        "packed by its word only": made.capture(1, page).replace(b"utf-8\r\n", b"utf-8\r\nContent-Encoding: br\r\n"),
    }
    for what, odd in captures.items():
        data = whole[1] + odd + whole[2]
        yield _archive(what, "odd.warc", data, None)
    for what, coding in (("gzip", "gzip"), ("chunks", "chunked"), ("gzip in chunks", "gzip chunked")):
        data = b"".join(made.capture(number, page, coding=coding) for number in range(n))
        yield _archive(f"sent in {what}", "odd.warc", data, n, n)
    yield _archive("a length that is too short", "odd.warc", made.capture(1, page, length=300) + whole[2])
    yield _archive("a length that is too long", "odd.warc", made.capture(1, page, length=10**12) + whole[2])
    yield _archive("only its first line", "odd.warc", b"WARC/1.0\r\n")
    yield _archive("only what it is", "odd.warc", whole[0], 1, 0)


def _archive(what: str, name: str, data: bytes, records: int | None = None, articles: int | None = None) -> OddInput:
    return OddInput(kind="web archives", what=what, name=name, write=written(data), records=records, articles=articles)
