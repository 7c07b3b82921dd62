"""JSON Lines, and JSON files that hold lists or a sequence of objects, streamed."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

from .encodings import Encoding
from .json_shapes import records_in, unfolded
from .records import BrokenRecord, Format, Record, Source, UnreadableError, is_undecodable, name_of, printable

_RECORDS_TO_PEEK = 200  # their keys together are the file's columns
_CHUNK_CHARACTERS = 1 << 18
_LONGEST_VALUE = 1 << 26  # characters; where a value has not ended by then, it is malformed
_LONGEST_TOKEN = 12  # characters of one that a cut may have hit: -Infinity, or the two escapes of a surrogate pair
_BEGINNING = re.compile(r"[^ \t\r\n,]")
_PREVIEW_CHARACTERS = 400
_DECODER = json.JSONDecoder()
_BRACKET_OR_STRING = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.)*+"', re.DOTALL)
_SCALAR = re.compile(r"[^\s,\]}]+")


def open_json(path: Path, encoding: Encoding, *, lines: bool) -> Source:
    """A JSON Lines file, or else a file of JSON lists and objects, as a source."""
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
    return sum(1 for _ in _found(file))


def _line_records(path: Path, encoding: Encoding, wanted: Collection[str]) -> Iterator[Record | BrokenRecord]:
    with encoding.open(path, newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if not (line := line.strip(" \t\r\n\ufeff")):
                continue
            if is_undecodable(line):
                yield BrokenRecord(number, f"undecodable bytes: not {encoding.name}", printable(line))
                continue
            try:
                value = json.loads(line.removesuffix(",") if line.startswith("{") else line)
            except (ValueError, RecursionError) as error:
                yield BrokenRecord(number, f"not valid JSON: {_complaint(error)}", printable(line))
                continue
            several = isinstance(value, list) and value and all(isinstance(each, dict) for each in value)
            for each in value if several else (value,):  # a line of several records
                yield from (_record(number, one, line) for one in _records_of(each, False))


def _value_records(path: Path, encoding: Encoding, wanted: Collection[str]) -> Iterator[Record | BrokenRecord]:
    with encoding.open(path) as file:
        for number, value in enumerate(_found(file), start=1):
            yield replace(value, row=number) if isinstance(value, BrokenRecord) else _record(number, value)


def _found(file: IO[str]) -> Iterator[object]:
    for value, in_list in _values(file):
        yield from _records_of(value, not in_list)


def _records_of(value: object, alone: bool) -> Iterator[object]:
    """The records in a value of a file, which may be a wrapper around them."""
    yield from records_in(value, alone=alone) if isinstance(value, dict) else (value,)


def _values(file: IO[str]) -> Iterator[tuple[object, bool]]:
    """The elements of lists, and values beside them; whether they are in a list.

    What follows a malformed one is rejected with it.
    """
    stream, number, in_list = _Stream(file), 0, False
    while beginning := stream.next_beginning():
        if beginning == ("]" if in_list else "["):
            stream.at, in_list = stream.at + 1, not in_list
            continue
        number += 1
        value, end = _next_value(stream, number)
        if end is None:
            yield value, in_list
            return
        written = stream.text[stream.at : end]
        if is_undecodable(written):
            value = BrokenRecord(number, "undecodable bytes", printable(written))
        yield value, in_list
        stream.at = end
    if in_list:
        yield BrokenRecord(number + 1, "the list has no end: the file is perhaps cut off here", ""), in_list


class _Stream:
    """A file's text as far as it is read and not done with; `at` is the place that was reached in it."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.text = file.read(_CHUNK_CHARACTERS).removeprefix("\ufeff")
        self.at = 0
        self.ended = not self.text

    def read_on(self) -> None:
        """Drop what is done with; read as much again as is left, so that a long value is looked at only a few times."""
        left = self.text[self.at :]
        more = self._file.read(max(_CHUNK_CHARACTERS, len(left)))
        self.text, self.at, self.ended = left + more, 0, not more

    def next_beginning(self) -> str:
        """Go to the next character that is no space or comma, and what it is; nothing at the end."""
        while True:
            if beginning := _BEGINNING.search(self.text, self.at):
                self.at = beginning.start()
                return beginning[0]
            self.at = len(self.text)
            if self.ended:
                return ""
            self.read_on()


def _next_value(stream: _Stream, number: int) -> tuple[object, int | None]:
    """The value at the place that was reached, and where it ends; a broken record where it cannot be read.

    It has no end where nothing that follows can be told from it.
    """
    while True:
        why, final = "too long a value", False
        try:
            value, end = _DECODER.raw_decode(stream.text, stream.at)
            if end < len(stream.text) or stream.ended:
                return value, end
        except json.JSONDecodeError as error:
            why, final = _complaint(error, stream.at), not _is_cut_off(error)
        except (ValueError, RecursionError) as error:  # well-formed, but more than Python takes
            why, past = _complaint(error), _end_of_value(stream.text, stream.at)
            if past is not None and (past < len(stream.text) or stream.ended):
                return BrokenRecord(number, f"not valid JSON: {why}", _preview(stream)), past
        if final or stream.ended or len(stream.text) - stream.at > _LONGEST_VALUE:
            reason = f"not valid JSON, nor readable from here to the end of the file: {why}"
            return BrokenRecord(number, reason, _preview(stream)), None
        stream.read_on()


def _preview(stream: _Stream) -> str:
    return printable(stream.text[stream.at : stream.at + _PREVIEW_CHARACTERS])


def _end_of_value(text: str, at: int) -> int | None:
    """Where the value ends that begins at a place, by its brackets and quotation marks alone."""
    if text[at] not in "[{":
        return scalar.end() if (scalar := _SCALAR.match(text, at)) else None
    depth = 0
    for piece in _BRACKET_OR_STRING.finditer(text, at):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(piece[0], 0)
        if not depth:
            return piece.end()
    return None


def _record(number: int, value: object, text: str = "") -> Record | BrokenRecord:
    if isinstance(value, dict):
        try:
            return Record(number, unfolded(value))
        except UnreadableError as error:
            return BrokenRecord(number, str(error), "")
    shown = printable(text) if text else "" if isinstance(value, list) else printable(repr(value))
    return BrokenRecord(number, f"not an object: a JSON {type(value).__name__}", shown)


def _is_cut_off(error: json.JSONDecodeError) -> bool:
    """Whether what a parser stumbles over is the end of a text that may go on."""
    return error.msg.startswith("Unterminated string") or error.pos >= len(error.doc) - _LONGEST_TOKEN


def _complaint(error: Exception, begun: int = 0) -> str:
    """What is wrong with a text that is no JSON, and where, counted from its beginning."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos - begun + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
