"""The character encoding of a text file, from its bytes.

UTF-8 where it decodes, a BOM where there is one, UTF-16 by its NUL bytes; otherwise Windows-1252
where that gives plausible words, and what charset-normalizer says where there is enough to judge by.
Bytes that fit nothing become lone surrogates, so the record that holds them can be rejected alone.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path
from typing import IO, NamedTuple

import charset_normalizer

from .records import UnreadableError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINES_TO_JUDGE = 2000  # lines with bytes beyond ASCII; later ones do not change the verdict
_LINE_BYTES = 1 << 20
_CHARACTERS_TO_COUNT = 1 << 23
_BYTES_TO_GUESS = 64  # fewer bytes beyond ASCII than this are too few for a statistical guess

# Western European words in Windows-1252: marks and symbols, and at most two accented letters beside plain ones.
_WESTERN = re.compile(
    r"(?:[\x00-\x7f\xa0‘’“”‚„–—…•·£€©®°™«»§´½¼¾¡¿×]|(?<=[A-Za-z])[À-öø-þŠšŽžŒœŸ]{1,2}|[À-öø-þŠšŽžŒœŸ]{1,2}(?=[A-Za-z]))*"
)


class Encoding(NamedTuple):
    """A codec's name, and the error handler under which no byte stops the reading."""

    name: str
    errors: str = "surrogateescape"

    def open(self, path: Path, *, newline: str | None = "") -> IO[str]:
        return path.open(encoding=self.name, errors=self.errors, newline=newline)

    def estimate(self, path: Path, count: Callable[[IO[str]], int]) -> int:
        """What `count` gives for a file: exact for a short one, else projected from its first part."""
        with self.open(path) as file:
            sample = file.read(_CHARACTERS_TO_COUNT)
        counted = count(StringIO(sample, newline=""))
        if len(sample) < _CHARACTERS_TO_COUNT:
            return counted
        return round(counted * path.stat().st_size / len(sample.encode(self.name, self.errors)))


def detect_encoding(path: Path) -> Encoding:
    """The encoding of a text file. Raises UnreadableError where the bytes are not text."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name, "surrogateescape" if name == "utf-8-sig" else "surrogatepass")
    if utf16 := _utf16_without_bom(head):
        return Encoding(utf16, "surrogatepass")
    valid, invalid = _lines_beyond_ascii(path)
    if invalid and b"\0" in head:
        raise UnreadableError("is a binary file, not a table or text")
    return Encoding("utf-8") if valid >= len(invalid) else Encoding(_legacy_encoding(invalid))


def _utf16_without_bom(head: bytes) -> str | None:
    """UTF-16 where every other byte of the beginning (a header, the first words) is NUL."""
    even, odd = head[:32:2], head[1:32:2]
    if len(head) < 4 or len(head) % 2:
        return None
    if not any(odd) and all(even):
        return "utf-16-le"
    return "utf-16-be" if not any(even) and all(odd) else None


def _lines_beyond_ascii(path: Path) -> tuple[int, list[bytes]]:
    """How many lines with bytes beyond ASCII are valid UTF-8, and those that are not."""
    valid, invalid = 0, list[bytes]()
    with path.open("rb") as file:
        while valid + len(invalid) < _LINES_TO_JUDGE and (line := file.readline(_LINE_BYTES)):
            if line.isascii():
                continue
            if _is_utf8(line):
                valid += 1
            else:
                invalid.append(line)
    return valid, invalid


def _is_utf8(line: bytes) -> bool:
    whole = len(line) < _LINE_BYTES  # a longer line was cut, perhaps inside a character
    try:
        codecs.getincrementaldecoder("utf-8")().decode(line, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _legacy_encoding(lines: list[bytes]) -> str:
    plausible = sum(bool(_WESTERN.fullmatch(line.decode("cp1252", "surrogateescape"))) for line in lines)
    if plausible >= 0.8 * len(lines):
        return "cp1252"
    sample = b"".join(lines)[: 1 << 17]
    if sum(byte > 0x7F for byte in sample) >= _BYTES_TO_GUESS:
        best = charset_normalizer.from_bytes(sample).best()
        if best is not None:
            return best.encoding
    return "utf-8"


def text_of_bytes(data: bytes, names: Iterable[str | None] = ()) -> str:
    """Bytes as text: by a byte order mark, else by the first of the names that fits, else by what they look like."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace").removeprefix("\ufeff")
    for name in ("utf-8", *(name for name in names if name)):
        try:
            return data.decode(_WIDER.get(name.lower(), name))
        except (UnicodeError, LookupError, ValueError):  # bytes that it has not, or no such codec of texts
            continue
    lines = [line for line in data.split(b"\n")[:_LINES_TO_JUDGE] if not line.isascii()]
    return data.decode(_legacy_encoding(lines), "replace")


# Pages that name the first are in fact written in the second (WHATWG Encoding Standard, 2024).
_WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
