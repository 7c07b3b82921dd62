"""JSON Lines, and JSON files that hold a list (or a sequence) of objects, streamed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

from .encodings import Encoding
from .records import BrokenRecord, Format, Record, Source, is_undecodable, name_of, printable

_RECORDS_TO_PEEK = 200  # their keys together are the file's columns
_CHUNK_CHARACTERS = 1 << 18
_LONGEST_VALUE = 1 << 26  # characters; where a value has not ended by then, it is malformed
_BETWEEN = " \t\r\n,"


def open_json(path: Path, encoding: Encoding, *, lines: bool) -> Source:
    """A JSON Lines file, or else a file of one JSON list, as a source."""
    kind: Format = "jsonl" if lines else "json"
    records = partial(_line_records if lines else _value_records, path, encoding)
    peeked = islice(records(()), _RECORDS_TO_PEEK)
    columns = dict.fromkeys(name for record in peeked if isinstance(record, Record) for name in record.values)
    return Source(
        file=name_of(path),
        format=kind,
        records=records,
        count=partial(encoding.estimate, path, _count_lines if lines else _count_values),
        columns=tuple(columns),
        encoding=encoding.name,
    )


def _count_lines(file: IO[str]) -> int:
    return sum(1 for line in file if not line.isspace())


def _count_values(file: IO[str]) -> int:
    return sum(1 for _ in _values(file))


def _line_records(path: Path, encoding: Encoding, wanted: Collection[str]) -> Iterator[Record | BrokenRecord]:
    with encoding.open(path, newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if not (line := line.strip(" \t\r\n\ufeff")):
                continue
            if is_undecodable(line):
                yield BrokenRecord(number, f"undecodable bytes: not {encoding.name}", printable(line))
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield BrokenRecord(number, f"not valid JSON: {_complaint(error)}", printable(line))
                continue
            yield _record(number, value)


def _value_records(path: Path, encoding: Encoding, wanted: Collection[str]) -> Iterator[Record | BrokenRecord]:
    with encoding.open(path) as file:
        for number, value in enumerate(_values(file), start=1):
            yield value if isinstance(value, BrokenRecord) else _record(number, value)


def _values(file: IO[str]) -> Iterator[object]:
    """The elements of a list, or values one after the other. What follows a malformed one is lost with it."""
    decoder, number = json.JSONDecoder(), 0
    buffer = file.read(_CHUNK_CHARACTERS).lstrip(_BETWEEN + "\ufeff").removeprefix("[")
    ended = not buffer
    while True:
        buffer = buffer.lstrip(_BETWEEN)
        while not buffer and not ended:
            more = file.read(_CHUNK_CHARACTERS)
            buffer, ended = more.lstrip(_BETWEEN), not more
        if not buffer or buffer.startswith("]"):
            return
        number += 1
        while True:
            try:
                value, end = decoder.raw_decode(buffer)
                if end < len(buffer) or ended:
                    break
                complaint = ""
            except (ValueError, RecursionError) as error:
                complaint = _complaint(error)
            if ended or len(buffer) > _LONGEST_VALUE:
                reason = f"not valid JSON, nor readable from here to the end of the file: {complaint}"
                yield BrokenRecord(number, reason, printable(buffer))
                return
            more = file.read(max(_CHUNK_CHARACTERS, len(buffer)))
            buffer, ended = buffer + more, not more
        if is_undecodable(buffer[:end]):
            yield BrokenRecord(number, "undecodable bytes", printable(buffer[:end]))
        else:
            yield value
        buffer = buffer[end:]


def _record(number: int, value: object) -> Record | BrokenRecord:
    if isinstance(value, dict):
        return Record(number, value)
    return BrokenRecord(number, f"not an object: a JSON {type(value).__name__}", printable(repr(value)))


def _complaint(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
