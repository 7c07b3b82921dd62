"""What a file is, by its content before its name, and the source that reads it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from .delimited import DELIMITERS, find_layout, is_header, known_columns, open_delimited, read_sample
from .encodings import Encoding, detect_encoding
from .exports import archive_of, open_export
from .files import is_results_folder
from .json_records import open_json
from .parquet import open_parquet
from .plain import open_text
from .records import Source, UnreadableError

_TABLES = frozenset((".csv", ".tsv", ".tab", ".psv"))
_JSON_LINES = frozenset((".jsonl", ".ndjson", ".jl"))
_TEXTS = frozenset((".txt", ".text", ".md", ".markdown"))

# How files that are neither table nor text begin, and what to do with them.
_OTHER = (
    (b"%PDF", "is a PDF, not a table or text; save its text as .txt"),
    (b"\x89PNG", "is an image (PNG), not a table or text"),
    (b"\xff\xd8\xff", "is an image (JPEG), not a table or text"),
    (b"GIF8", "is an image (GIF), not a table or text"),
    (b"\x1f\x8b", "is compressed (gzip); unpack it first"),
    (b"BZh", "is compressed (bzip2); unpack it first"),
    (b"\xfd7zXZ", "is compressed (xz); unpack it first"),
    (b"7z\xbc\xaf", "is an archive (7z); unpack it first"),
    (b"Rar!", "is an archive (RAR); unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is compressed (zstd); unpack it first"),
    (b"\xd0\xcf\x11\xe0", "is an old Word or Excel document; save it as CSV or text"),
    (b"{\\rtf", "is a rich-text document (RTF); save it as plain text"),
    (b"SQLite format 3", "is an SQLite database; export its table as CSV"),
    (b"\x7fELF", "is a program, not a table or text"),
)
_ZIPPED = (
    (b"xl/", "is an Excel workbook; save the sheet as CSV"),
    (b"word/", "is a Word document; save it as plain text"),
    (b"opendocument", "is an OpenDocument file; save it as CSV or text"),
)
_MARKUP = (("<!doctype html", "<html"), ("<?xml", "<rss", "<feed"))
_HEAD_BYTES = 1 << 16
_ABOUT_OTHERS = re.compile(
    r"(?:read[ _-]?me|licen[cs]e|copying|notice|changelog|citation|contributing|codebook|data[ _-]?sheet|datacard)"
    r"(?:[ _.-]?(?:first|en|de|fr|es))?(?:\.(?:txt|text|md|markdown|rst|cff|html?))?",
    re.IGNORECASE,
)
_LIST_OF_OBJECTS = re.compile(r"\[\s*\{\s*[\"}]")


def open_source(path: Path) -> Source:
    """The source that reads a file. Raises UnreadableError, with the reason, where none can."""
    if path.is_dir() and is_results_folder(path):
        raise UnreadableError("is a folder of Tellings results, not articles")
    if path.is_dir():
        what = "a link to a folder; give that folder itself" if path.is_symlink() else "a folder that cannot be listed"
        raise UnreadableError(f"is {what}")
    if _is_about_others(path):
        raise UnreadableError("is no article by its name, but about the files beside it; rename it to read it")
    if not path.is_file():  # a pipe or a device may never end
        raise UnreadableError("is not a regular file")
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise UnreadableError("is empty (0 bytes)")
    if head.startswith(b"PAR1"):
        return open_parquet(path)
    _refuse_other_formats(head)
    return _open_textual(path)


def _is_about_others(path: Path) -> bool:
    """Whether a file is a README, a licence or the like, beside files that it is about."""
    if not _ABOUT_OTHERS.fullmatch(path.name):
        return False
    beside = (each for each in path.parent.iterdir() if each != path and not each.name.startswith("."))
    return any(not _ABOUT_OTHERS.fullmatch(each.name) for each in beside)


def _refuse_other_formats(head: bytes) -> None:
    if head.startswith(b"PK\x03\x04"):
        raise UnreadableError(
            next((reason for part, reason in _ZIPPED if part in head), "is a zip archive; unpack it first")
        )
    for beginning, reason in _OTHER:
        if head.startswith(beginning):
            raise UnreadableError(reason)


def _open_textual(path: Path) -> Source:
    encoding, suffix = detect_encoding(path), path.suffix.lower()
    if suffix == ".parquet":
        raise UnreadableError("is named .parquet but is no Parquet file")
    sample = read_sample(path, encoding).lstrip("\ufeff \t\r\n")
    if not sample:
        raise UnreadableError("is empty (only spaces)")
    for beginnings, kind in zip(_MARKUP, ("a web page (HTML)", "XML"), strict=True):
        if sample[:20].lower().startswith(beginnings):
            raise UnreadableError(f"is {kind}, not a table or text; save its text as .txt")
    if (suffix in _TEXTS or not suffix) and (archive := archive_of(sample)) is not None:
        return open_export(path, encoding, archive)
    if suffix in _TEXTS and not _is_json(sample):
        return open_delimited(path, encoding) if _is_table(sample, path, encoding) else open_text(path, encoding)
    if _spans_lines(sample) or (suffix not in _JSON_LINES and _is_one_object(sample)):
        return open_json(path, encoding, lines=False)
    if suffix in _JSON_LINES or _first_line_is_object(sample):
        return open_json(path, encoding, lines=True)
    if suffix == ".json":
        return open_json(path, encoding, lines=False)
    if suffix in _TABLES or known_columns(find_layout(path, encoding).header) > 1:
        return open_delimited(path, encoding)
    raise UnreadableError(f"is of no known format ({suffix or 'no ending'}); name it .csv, .tsv, .jsonl, .json or .txt")


def _spans_lines(sample: str) -> bool:
    """Whether a text begins with a list of JSON objects, or with an object that goes on in the next line."""
    if _LIST_OF_OBJECTS.match(sample):
        return True
    first, end, rest = sample.partition("\n")
    if not sample.startswith("{") or not end or rest.lstrip().startswith("{"):
        return False
    try:
        json.loads(first)
    except json.JSONDecodeError as error:
        return error.pos >= len(first.rstrip())
    except (ValueError, RecursionError):
        pass
    return False


def _is_json(sample: str) -> bool:
    """Whether a text is records of JSON, whatever its name says."""
    return sample.startswith(("{", "[")) and (_spans_lines(sample) or _first_line_is_object(sample))


def _is_table(sample: str, path: Path, encoding: Encoding) -> bool:
    """Whether a text begins with a header of nothing but short names, a text's and another field's among them."""
    if not any(delimiter in sample.partition("\n")[0] for delimiter in DELIMITERS):
        return False
    return is_header(find_layout(path, encoding).header)


def _is_one_object(sample: str) -> bool:
    """Whether a file is one JSON object on one line: a record, or a wrapper around records."""
    return not sample.partition("\n")[2].strip() and _first_line_is_object(sample)


def _first_line_is_object(sample: str) -> bool:
    if not sample.startswith("{"):
        return False
    try:
        return isinstance(json.loads(sample.partition("\n")[0]), dict)
    except (ValueError, RecursionError):
        return False
