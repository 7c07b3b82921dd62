"""Rich-text documents (RTF): the words; pictures, objects and fields' instructions are left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ..limits import MOST_RTF_BYTES, MOST_RTF_CHARACTERS
from ..records import Source, UnreadableError
from .document import Document, document_source

# Pictures and embedded objects are long runs of hexadecimal digits.
_HEX = re.compile(r"(?<![\\'\w])(?:[0-9a-fA-F]{64,}[ \t\r\n]*)+[0-9a-fA-F]*")
_BINARY = re.compile(rb"\\bin([1-9]\d{0,8}) ?")
_CUT_OFF = "perhaps cut off: the document breaks off"


def open_rtf(path: Path) -> Source:
    """A rich-text document as a source. Raises UnreadableError where it is far too large or holds no words."""
    from striprtf import striprtf

    if (size := path.stat().st_size) > MOST_RTF_BYTES:
        raise UnreadableError(f"is too large for a rich-text document ({size:,} bytes); save it in parts")
    written = _HEX.sub("", _without_binary(path.read_bytes()).decode("latin-1"))
    if len(written) > MOST_RTF_CHARACTERS:
        raise UnreadableError(f"is too long a rich-text document ({len(written):,} characters); save it in parts")
    to_text: Any = striprtf.rtf_to_text
    text = str(to_text(written, encoding="cp1252", errors="replace"))
    lines = [_cells(line) for line in text.split("\n")]
    flags = (_CUT_OFF,) if not written.rstrip("\0 \t\r\n").endswith("}") else ()
    return document_source(path, "rtf", Document(lines=lines, flags=flags))


def _cells(line: str) -> str:
    """A row of a table with tabs between its cells."""
    return line.rstrip("|").replace("|", "\t") if line.endswith("|") else line


def _without_binary(data: bytes) -> bytes:
    r"""A document without what stands behind ``\bin`` and a number of bytes."""
    pieces, at = [], 0
    while match := _BINARY.search(data, at):
        pieces.append(data[at : match.start()])
        at = match.end() + int(match[1])
    return b"".join([*pieces, data[at:]])
