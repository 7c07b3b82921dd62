"""What a file of text is, by its content before its name: a table, JSON, an export, one article, a web page."""

from __future__ import annotations

import json
import re
from pathlib import Path

from .delimited import DELIMITERS, find_layout, is_header, known_columns, open_delimited, read_sample
from .documents.html import open_html
from .encodings import Encoding, detect_encoding
from .exports import archive_of, open_export
from .json_records import open_json
from .plain import open_text
from .records import Source, UnreadableError

_TABLES = frozenset((".csv", ".tsv", ".tab", ".psv"))
_JSON_LINES = frozenset((".jsonl", ".ndjson", ".jl"))
_TEXTS = frozenset((".txt", ".text", ".md", ".markdown"))

_PAGES = frozenset((".html", ".htm", ".xhtml"))
_PAGE_BEGINNINGS = ("<!doctype html", "<html", "<head", "<body")
_LIST_BEGINNINGS = ("<rss", "<feed", "<rdf:rdf", "<opml", "<urlset", "<sitemapindex")
_MOST_COMMENTS = 50  # above the first element
_LIST_OF_OBJECTS = re.compile(r"\[\s*\{\s*[\"}]")


def open_textual(path: Path) -> Source:
    """A file of text as a source. Raises UnreadableError, with the reason, where it is none."""
    encoding, suffix = detect_encoding(path), path.suffix.lower()
    if suffix == ".parquet":
        raise UnreadableError("is named .parquet but is no Parquet file")
    sample = read_sample(path, encoding).lstrip("\ufeff \t\r\n")
    if not sample:
        raise UnreadableError("is empty (only spaces)")
    if sample.startswith("<"):
        beginning = _first_element(sample)
        if beginning.startswith(_PAGE_BEGINNINGS) or (suffix in _PAGES and not beginning.startswith(_LIST_BEGINNINGS)):
            return open_html(path)
        if beginning.startswith(_LIST_BEGINNINGS):
            raise UnreadableError("is a feed or a list of addresses (XML); get its articles with: tellings fetch")
        if sample.startswith("<?xml"):
            raise UnreadableError("is XML, not a table or text; save its text as .txt")
    if (suffix in _TEXTS or not suffix) and (archive := archive_of(sample)) is not None:
        return open_export(path, encoding, archive)
    if suffix in _TEXTS and _is_addresses(sample):
        raise UnreadableError("is a list of addresses without texts; get them with: tellings fetch")
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


def _is_addresses(sample: str) -> bool:
    """Whether each line of a text is an address."""
    return sample.startswith(("http://", "https://")) and all(
        line.startswith(("http://", "https://")) and " " not in line
        for line in map(str.strip, sample.split("\n"))
        if line
    )


def _first_element(sample: str) -> str:
    """Where the first element begins, below the declaration of XML and comments, in lower case."""
    for _ in range(_MOST_COMMENTS):
        end = "?>" if sample.startswith("<?") else "-->" if sample.startswith("<!--") else ""
        if not end or end not in sample:
            break
        sample = sample.partition(end)[2].lstrip()
    return sample[:40].lower()


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
