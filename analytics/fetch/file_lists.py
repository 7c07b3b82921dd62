"""Addresses in files: tables as Media Cloud and GDELT export them, JSON, one address a line, feeds and sitemaps."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import InputError
from ..ingest.columns import candidates, column_key
from ..ingest.opening import opened
from ..ingest.records import Record, Source, printable, text_of
from .bodies import read_body
from .charsets import read_characters
from .errors import FetchError
from .listed import Listed, Listing
from .xml_lists import read_xml

LARGEST = 64 << 20  # bytes of a list, unpacked
_PACKED = b"\x1f\x8b"
_CHUNK = 1 << 16
# GDELT's names, beside those by which articles' addresses are known.
_URL_COLUMNS = tuple(map(column_key, ("DocumentIdentifier", "SOURCEURL", "MentionIdentifier", "URL_Link", "links")))
_OTHERS = ("title", "published", "outlet")
_LOOKED_AT = 200  # rows that tell which column holds addresses
_MOST = 0.8


def read_list_file(path: Path) -> Listing:
    """The addresses of a file. Raises InputError, with the reason, where it holds none."""
    try:
        body = read_packed(path.read_bytes())
        if path.stat().st_size > LARGEST:
            raise FetchError(f"holds more than {LARGEST >> 20} MB")
        text, _ = read_characters(body)
        found = read_xml(text) or read_text_list(text, path)
    except FetchError as error:
        raise InputError(f"{path} {error}") from None
    if found is None:
        raise InputError(f"{path} holds no addresses: no feed, sitemap or OPML, no column of them, none on lines")
    return found


def read_packed(body: bytes) -> bytes:
    """A body, unpacked where it is a gzip file, as large sitemaps are."""
    if not body.startswith(_PACKED):
        return body
    return read_body((body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK)), "gzip", limit=LARGEST)


def read_text_list(text: str, path: Path | None = None) -> Listing | None:
    """The addresses of a table or of lines; None where there are none. `path` is the file that holds the text."""
    for source in opened(path) if path is not None else ():
        if isinstance(source, Source) and source.is_table and (rows := tuple(_rows(source))):
            return Listing("table", rows)
    items = tuple(_lines(text))
    return Listing("lines", items) if items else None


def _rows(source: Source) -> Iterator[Listed]:
    """The rows of a table whose columns have names, one of them an address's."""
    fields = candidates(source.columns, {})
    by_key = {column_key(name): name for name in source.columns}
    urls = (*fields.get("url", ()), *(by_key[key] for key in _URL_COLUMNS if key in by_key))
    if not urls:
        return
    for record in source.records(source.columns):
        if isinstance(record, Record) and (url := _value(record, urls)):
            title, published, outlet = (_value(record, fields.get(name, ())) for name in _OTHERS)
            yield Listed(url.strip(), title, published, outlet)


def _value(record: Record, columns: Sequence[str]) -> str | None:
    for column in columns:
        if found := text_of(record.values.get(column)):
            return found
    return None


def _lines(text: str) -> Iterator[Listed]:
    """One address a line; or of lines with tabs or commas, the first column that mostly holds addresses."""
    rows = [_split(line) for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    at = _column(rows[:_LOOKED_AT])
    if at is None:
        return
    for row in rows:
        value = row[at].strip() if at < len(row) else ""
        if _is_address(value) or (len(row) == 1 and column_key(value) not in ("url", "urls", "link", "address")):
            yield Listed(printable(value) if not _is_address(value) else value)


def _split(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    if _is_address(line.strip()) and not set(' "') & set(line.strip()):  # an address may hold commas
        return [line.strip()]
    try:
        return next(csv.reader([line]), [line])
    except csv.Error:  # longer than a cell may be
        return [line]


def _column(rows: Sequence[Sequence[str]]) -> int | None:
    counts: dict[int, int] = {}
    for row in rows:
        for at, value in enumerate(row):
            if _is_address(value.strip()):
                counts[at] = counts.get(at, 0) + 1
    enough = [at for at, count in counts.items() if count >= _MOST * max(counts.values())]
    return min(enough, default=None)


def _is_address(value: str) -> bool:
    return value[:8].lower().startswith(("http://", "https://"))
