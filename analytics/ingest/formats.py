"""The formats that are read, in one list: how a file of each begins, and what opens it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from .documents.odt import open_odt
from .documents.pdf import open_pdf
from .documents.rtf import open_rtf
from .documents.word import open_docx
from .files import is_results_folder
from .parquet import open_parquet
from .records import Source, UnreadableError
from .spreadsheets.ods import open_ods
from .spreadsheets.xlsx import open_xlsx
from .textual import open_textual
from .warc import is_warc, open_warc
from .zipped_parts import DAMAGED, opened_zip

Opener = Callable[[Path], Iterator[Source]]

# How files begin that are something else, and what to do with them.
_OTHER = (
    (b"\x89PNG", "is an image (PNG), not a table or text"),
    (b"\xff\xd8\xff", "is an image (JPEG), not a table or text"),
    (b"GIF8", "is an image (GIF), not a table or text"),
    (b"BZh", "is compressed (bzip2); unpack it first"),
    (b"\xfd7zXZ", "is compressed (xz); unpack it first"),
    (b"7z\xbc\xaf", "is an archive (7z); unpack it first"),
    (b"Rar!", "is an archive (RAR); unpack it first"),
    (b"\xd0\xcf\x11\xe0", "is an old or encrypted Word or Excel document; save it as DOCX or XLSX without a password"),
    (b"SQLite format 3", "is an SQLite database; export its table as CSV"),
    (b"\x7fELF", "is a program, not a table or text"),
    (b"MZ\x90\0", "is a program, not a table or text"),
)
_TAR_AT, _TAR = 257, b"ustar"
_HEAD_BYTES = 1 << 10
_ZIP = b"PK\x03\x04"
_MIMETYPE_BYTES = 200
_ABOUT_OTHERS = re.compile(
    r"(?:read[ _-]?me|licen[cs]e|copying|notice|changelog|citation|contributing|codebook|data[ _-]?sheet|datacard)"
    r"(?:[ _.-]?(?:first|en|de|fr|es))?(?:\.(?:txt|text|md|markdown|rst|cff|html?))?",
    re.IGNORECASE,
)


class Reader(NamedTuple):
    """A format: its name, how a file of it is told by its path and first bytes, and what opens one."""

    name: str
    is_one: Callable[[Path, bytes], bool]
    open: Opener


def _begins(*beginnings: bytes) -> Callable[[Path, bytes], bool]:
    return lambda _path, head: head.startswith(beginnings)


def _holds(*parts: str) -> Callable[[Path, bytes], bool]:
    """A ZIP file with one of these parts in it."""
    return lambda path, head: head.startswith(_ZIP) and any(part in _parts(path) for part in parts)


def _is_opendocument(*kinds: bytes) -> Callable[[Path, bytes], bool]:
    """An OpenDocument file, whose first part says of which kind it is."""
    return lambda _path, head: (
        head.startswith(_ZIP)
        and any(b"application/vnd.oasis.opendocument." + kind in head[:_MIMETYPE_BYTES] for kind in kinds)
    )


def _alone(open_one: Callable[[Path], Source]) -> Opener:
    """What opens a file that is one source."""
    return lambda path: iter((open_one(path),))


READERS = (
    Reader("Parquet", _begins(b"PAR1"), _alone(open_parquet)),
    Reader("PDF", lambda _path, head: head.lstrip().startswith(b"%PDF-"), _alone(open_pdf)),
    Reader("RTF", _begins(b"{\\rtf"), _alone(open_rtf)),
    Reader("Word", _holds("word/document.xml"), _alone(open_docx)),
    Reader("Excel", _holds("xl/workbook.xml"), open_xlsx),
    Reader("OpenDocument sheet", _is_opendocument(b"spreadsheet"), open_ods),
    Reader("OpenDocument text", _is_opendocument(b"text"), _alone(open_odt)),
    Reader("web archive (WARC)", lambda path, _head: is_warc(path), _alone(open_warc)),
)


def open_sources(path: Path, *, name: str, beside: Collection[str] | None = None) -> Iterator[Source]:
    """The sources in a file: one, or one for each sheet of a workbook.

    `name` is what the file is called; `beside` names the files of its folder, where that is in an archive.
    Raises UnreadableError, with the reason, where none can be read.
    """
    if path.is_dir() and is_results_folder(path):
        raise UnreadableError("is a folder of Tellings results, not articles")
    if path.is_dir():
        what = "a link to a folder; give that folder itself" if path.is_symlink() else "a folder that cannot be listed"
        raise UnreadableError(f"is {what}")
    if _ABOUT_OTHERS.fullmatch(name) and _has_others(path, name, beside):
        raise UnreadableError("is no article by its name, but about the files beside it; rename it to read it")
    if not path.is_file():  # a pipe or a device may never end
        raise UnreadableError("is not a regular file")
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise UnreadableError("is empty (0 bytes)")
    yield from _opener(path, head)(path)


def is_zip_of_files(path: Path) -> bool:
    """Whether a file is a ZIP archive, and no document that is one inside."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.startswith((_ZIP, b"PK\x05\x06")):
        return False
    return not any(reader.is_one(path, head) for reader in READERS) and not _unread_document(path)


def _opener(path: Path, head: bytes) -> Opener:
    for reader in READERS:
        if reader.is_one(path, head):
            return reader.open
    for beginning, reason in _OTHER:
        if head.startswith(beginning):
            raise UnreadableError(reason)
    if head[_TAR_AT:].startswith(_TAR):
        raise UnreadableError("is an archive (TAR); pack its files as ZIP")
    if head.startswith(_ZIP):
        raise UnreadableError(_unread_document(path) or "is a damaged ZIP file")
    return _alone(open_textual)


# Documents that are ZIP files inside and hold no articles in a way that is read.
_UNREAD = (
    ("ppt/presentation.xml", "is a PowerPoint file; save its text as DOCX or TXT"),
    ("xl/workbook.bin", "is a binary Excel workbook (XLSB); save it as XLSX"),
    ("META-INF/container.xml", "is an e-book (EPUB); save its text as TXT"),
    ("mimetype", "is an OpenDocument file that is neither text nor sheet; save its text as TXT"),
)


def _unread_document(path: Path) -> str | None:
    parts = _parts(path)
    return next((reason for part, reason in _UNREAD if part in parts), None)


def _parts(path: Path) -> frozenset[str]:
    """What a ZIP file holds, by name; nothing where that cannot be read."""
    try:
        with opened_zip(path) as archive:
            return frozenset(archive.namelist())
    except (UnreadableError, *DAMAGED, zipfile.LargeZipFile):
        return frozenset()


def _has_others(path: Path, name: str, beside: Collection[str] | None) -> bool:
    """Whether there is a file beside a README, a licence or the like, which that may be about."""
    names = [each.name for each in path.parent.iterdir()] if beside is None else beside
    return any(not _ABOUT_OTHERS.fullmatch(each) for each in names if each != name and not each.startswith("."))
