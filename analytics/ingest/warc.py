"""Web archives (WARC, also compressed record by record): every captured page an article, streamed.

Only captures of pages are records here: what a server answered to a request. Answers that are no page (pictures,
errors, copies of an earlier capture) are rejected, each with its reason. When a page was captured is not when it was
published; the date is the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from .columns import COLUMN_NAMES
from .containers.compressed import unpacked_head
from .http_body import decoded_body
from .limits import MOST_PAGE_BYTES, MOST_RECORD_BYTES
from .pages import decoded, read_page
from .records import BrokenRecord, MissingExtraError, Record, Source, UnreadableError, name_of, printable

_BEGINNING = b"WARC/"
_PAGES = frozenset(("text/html", "application/xhtml+xml", None))
_OK = 200
_CUT_OFF = "the archive breaks off or is damaged here"
_PERHAPS_CUT_OFF = "perhaps cut off: the archive is damaged behind this page"
_HEADERS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})[^\n]{0,200}\n(?:[^\r\n][^\n]{0,4000}\n){0,200}\r?\n")
_HEADER = re.compile(rb"^(content-type|content-encoding|transfer-encoding):[ \t]*([^\r\n]*)", re.I | re.M)


def is_warc(path: Path) -> bool:
    """Whether a file begins as a web archive does, compressed or not."""
    with path.open("rb") as file:
        head = file.read(len(_BEGINNING))
    return head == _BEGINNING or unpacked_head(path, len(_BEGINNING)) == _BEGINNING


def open_warc(path: Path) -> Source:
    """A web archive as a source. Raises UnreadableError where what reads it is not installed."""
    try:
        import fastwarc  # noqa: F401
    except ImportError:
        raise MissingExtraError("is a web archive (WARC)", extra="warc") from None
    return Source(
        file=name_of(path),
        format="warc",
        records=partial(_records, path),
        count=partial(_count, path),
        columns=tuple(COLUMN_NAMES),
    )


@contextmanager
def _captures(path: Path) -> Iterator[Iterator[Any]]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource | WarcRecordType.conversion
    with path.open("rb") as file:
        # Headers are read and bodies decoded here: where fastwarc 2.0 decodes a body that came in chunks, it passes
        # over all captures that follow.
        yield iter(ArchiveIterator(file, record_types=kinds, parse_http=False, fsspec_args=False, auto_decode="none"))


def _count(path: Path) -> int:
    with _captures(path) as captures:
        return sum(1 for _ in captures)


def _records(path: Path, wanted: Collection[str]) -> Iterator[Record | BrokenRecord]:
    """Each capture, once the next one is there: where the archive is damaged, the one before may have been cut."""
    before: Record | BrokenRecord | None = None
    with _captures(path) as captures:
        for number in count(1):
            try:
                capture = next(captures)
            except StopIteration:
                break
            except (OSError, ValueError) as error:
                if isinstance(before, Record):
                    before = replace(before, flags=(*before.flags, _PERHAPS_CUT_OFF))
                yield from (each for each in (before,) if each is not None)
                before = BrokenRecord(number, f"{_CUT_OFF}: {printable(str(error))}", "")
                break
            if before is not None:
                yield before
            before = _read(number, capture)
    if before is not None:
        yield before


def _read(number: int, capture: Any) -> Record | BrokenRecord:
    try:
        return _record(number, capture)
    except UnreadableError as error:
        return BrokenRecord(number, str(error), printable(capture.headers.get("WARC-Target-URI") or ""))


def _record(number: int, capture: Any) -> Record:
    from fastwarc.warc import WarcRecordType

    if capture.record_type == WarcRecordType.revisit:
        raise UnreadableError("is a copy of an earlier capture (revisit)")
    if capture.record_type == WarcRecordType.conversion:
        raise UnreadableError("is a page's text without its structure (WET); read the WARC file it was made of")
    if capture.content_length > MOST_RECORD_BYTES:
        raise UnreadableError(f"is too large a capture: {capture.content_length:,} bytes")
    data = capture.reader.read(MOST_RECORD_BYTES)
    if capture.headers.get("Content-Length") is None or len(data) < capture.content_length:
        raise UnreadableError(_CUT_OFF)
    answer = _answer(capture, data)
    if answer.status != _OK:
        raise UnreadableError(f"is no page: the server answered {answer.status}")
    kind, charset = _media_type(answer.content_type)
    if kind not in _PAGES:
        raise UnreadableError(f"is no page: {printable(kind or '')}")
    body = decoded_body(answer.body, answer.codings, most=MOST_PAGE_BYTES)
    page = read_page(decoded(body, charset=charset), url=(capture.headers.get("WARC-Target-URI") or "").strip("<>"))
    return Record(number, {**dict.fromkeys(COLUMN_NAMES), **page.fields, "text": page.text}, page.doubts)


class _Answer(NamedTuple):
    status: int
    content_type: str
    codings: tuple[str, ...]  # in the order in which they are undone
    body: bytes


def _answer(capture: Any, data: bytes) -> _Answer:
    """What a server answered; a capture without headers of HTTP (a resource) is its body."""
    match = _HEADERS.match(data)
    if match is None:
        return _Answer(_OK, capture.headers.get("Content-Type") or "", (), data)
    found = {m[1].lower(): m[2].decode("latin-1") for m in _HEADER.finditer(match[0])}
    codings = [found.get(name, "") for name in (b"transfer-encoding", b"content-encoding")]
    listed = tuple(each.strip().lower() for value in codings for each in reversed(value.split(",")) if each.strip())
    return _Answer(int(match[1]), found.get(b"content-type", ""), listed, data[match.end() :])


def _media_type(value: str) -> tuple[str | None, str | None]:
    """A media type and its charset, as far as they are told."""
    kind, _, rest = value.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", rest, re.I)
    return kind.strip().lower() or None, charset[1] if charset else None
