"""What is fuzzed: reading texts from anywhere must end, without an error, in what it promises.

`test_fuzz.py` tries each for some seconds with hypothesis; `with_atheris.py` for as long as one likes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from analytics.annotation.quotations import find_quotations
from analytics.ingest.dates import read_date
from analytics.ingest.http_body import decoded_body
from analytics.ingest.json_shapes import records_in
from analytics.ingest.markup import without_markup
from analytics.ingest.metadata import outlet_of, unwritten
from analytics.ingest.normalise import normalise
from analytics.ingest.opening import opened
from analytics.ingest.pages import decoded, without_scripts
from analytics.ingest.plain import split_front_matter, split_inline_date
from analytics.ingest.records import RejectedRecord, UnreadableError

MOST_CHARACTERS = 4_000


def fuzz_normalise(data: bytes) -> None:
    """Normalising settles, and never makes a text much longer."""
    text = data.decode("utf-8", "surrogateescape")[:MOST_CHARACTERS]
    once = normalise(text)
    assert normalise(once) == once
    assert len(once) <= 3 * len(text)
    without_markup(text)
    without_scripts(text)


def fuzz_quotations(data: bytes) -> None:
    """Quotation marks are paired in any text, in order and inside it."""
    text = normalise(data.decode("utf-8", "replace")[:MOST_CHARACTERS])
    found = find_quotations(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)


def fuzz_metadata(data: bytes) -> None:
    """Dates, outlets, authors and lines above a text are read or left."""
    text = data.decode("utf-8", "replace")[:MOST_CHARACTERS]
    for order in (None, "day first", "month first", "year first"):
        read = read_date(text, told=order)
        assert (read.published is None) == (read.doubt is not None)
    outlet_of([text, text[::-1]])
    unwritten(text)
    split_inline_date(text)
    fields, body = split_front_matter(text)
    assert fields or body == text


def fuzz_bodies(data: bytes) -> None:
    """What a server sent is unpacked within its bound, or refused."""
    for codings in (["chunked"], ["gzip"], ["br"], ["zstd"], ["chunked", "deflate"]):
        try:
            assert len(decoded_body(data, codings, most=1 << 16)) <= max(1 << 16, len(data))
        except UnreadableError:
            continue
    decoded(data[: 1 << 16])


_BEGINNINGS = (
    b"",
    b"PK\x03\x04",
    b"%PDF-1.4\n",
    b"{\\rtf1 ",
    b"WARC/1.0\r\n",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"<html>",
    b"Load-Date: January 6, 2031\n",
)


def fuzz_files(data: bytes) -> None:
    """A file of any bytes is opened and read to its end, or refused with a reason."""
    if not data:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.bin")
        path.write_bytes(_BEGINNINGS[data[0] % len(_BEGINNINGS)] + data[1:])
        for source in opened(path):
            if isinstance(source, RejectedRecord):
                assert source.reason.isprintable() or "\ufffd" in source.reason
                continue
            try:
                for record in source.records(source.columns):
                    assert record.row > 0
            except (UnreadableError, OSError, EOFError, ValueError):  # read_source makes a rejected record of it
                continue


def fuzz_json(data: bytes) -> None:
    """Whatever JSON holds, its records are found or it is one."""
    import json

    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(value, dict):
        assert list(records_in(value, alone=True))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "normalise": fuzz_normalise,
    "quotations": fuzz_quotations,
    "metadata": fuzz_metadata,
    "bodies": fuzz_bodies,
    "files": fuzz_files,
    "json": fuzz_json,
}
