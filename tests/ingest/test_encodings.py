"""Encodings told from bytes."""

import codecs
from pathlib import Path

import pytest

from analytics.ingest.encodings import detect_encoding

WORDS = "title,text\nA,He said “we will” – it’s £5m in Malmö.\nB,The café in Zürich.\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"plain", "utf-8"),
        (WORDS.encode(), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8-sig"),
        (WORDS.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("utf-32"), "utf-32"),
        (WORDS.encode("cp1252"), "cp1252"),
        (("text\n" + "Пятничные переговоры продолжались до позднего вечера. " * 4).encode("cp1251"), "cp1251"),
        (WORDS.encode() * 3 + b"C,\xff\xfe\n", "utf-8"),  # one bad line among good ones
        (b"text\n\xff\xfe\x81\n", "utf-8"),  # nothing fits: its record will be rejected
        (b"x" * ((1 << 20) - 1) + "é".encode() + b"y", "utf-8"),  # a character across the cut of a long line
    ],
)
def test_the_encoding_is_found(data: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    encoding = detect_encoding(tmp_path / "a.csv")
    assert encoding.name == name
    with encoding.open(tmp_path / "a.csv") as file:
        assert file.read()
