"""CSV and its relatives: delimiter and quoting found, rows streamed, broken rows set apart.

Rows are parsed strictly, because a lenient parser deletes quotation marks and runs articles
together without a word. After a row that cannot be parsed, reading goes on at the next line
that begins a whole row; what lies between is one broken record.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from .columns import COLUMN_NAMES, column_key, map_columns
from .encodings import Encoding
from .limits import MOST_FIELD_CHARACTERS
from .records import BrokenRecord, Record, Source, UnreadableError, is_undecodable, name_of, printable

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_CHARACTERS = 1 << 18
_MOST_NOTES, _LONGEST_NAME = 30, 60  # lines above a header; characters of a column's name
_COMMON_NAMES = frozenset(column_key(name) for names in COLUMN_NAMES.values() for name in names)

_LINE_END = re.compile(r"\r\n|\r|\n")
# What spreadsheets put above a header: blank lines, rows without a value, and Excel's word on the delimiter.
_ABOVE = re.compile(r'(?:(?:[^\S\r\n]|[\ufeff,;|]|"")*+(?:\r\n|\r|\n))*+')
_SEP = re.compile(r'\ufeff?"?sep=([^\w\s"\\]|\t)"?[,;\t|]*(?:\r\n|\r|\n)', re.IGNORECASE)


class Dialect(NamedTuple):
    delimiter: str
    quoted: bool = True  # False: quotation marks are ordinary characters
    escaped: bool = False  # a quotation mark inside a field is written \" (MySQL, Spark)
    spaced: bool = False  # a space follows each delimiter

    def parse(self, lines: Iterator[str]) -> list[str] | csv.Error:
        """The next row, or what rule it breaks. Raises StopIteration at the end."""
        reader = csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            escapechar="\\" if self.escaped else None,
            skipinitialspace=self.spaced,
            strict=True,
        )
        try:
            return next(reader)
        except csv.Error as error:
            return error

    def header(self, text: str) -> list[str]:
        """The names in a table's first row; none where it has no readable one."""
        row = self.parse(StringIO(text, newline="")) if text else []
        return [] if isinstance(row, csv.Error) else [name.strip("\ufeff \t\r\n") for name in row]


class Layout(NamedTuple):
    """How a table is laid out."""

    dialect: Dialect
    header: list[str]
    above: int  # lines that stand above the header
    n_notes: int = 0  # those of them that say something


class _BrokenRows(NamedTuple):
    """Lines that are no row of the table."""

    reason: str
    preview: str


def open_delimited(path: Path, encoding: Encoding) -> Source:
    """A delimited table as a source. Raises UnreadableError where the first row is no header."""
    layout = find_layout(path, encoding)
    if not layout.header:
        raise UnreadableError("has no header: its first row cannot be read as column names")
    return Source(
        file=name_of(path),
        format="csv",
        records=partial(_records, path, encoding, layout),
        count=partial(encoding.estimate, path, partial(_count, layout)),
        columns=tuple(layout.header),
        encoding=encoding.name,
        delimiter=layout.dialect.delimiter,
        notes=(f"{layout.n_notes} lines of notes above the header were passed over",) if layout.n_notes else (),
    )


def find_layout(path: Path, encoding: Encoding) -> Layout:
    """Where a table's header is, and how its rows are written. Raises UnreadableError for an endless header."""
    csv.field_size_limit(max(csv.field_size_limit(), MOST_FIELD_CHARACTERS))
    with encoding.open(path) as file:
        sample, more = file.read(SAMPLE_CHARACTERS), True
        while more and not _LINE_END.search(sample, start := _end_above(sample)):
            if len(sample) - start > MOST_FIELD_CHARACTERS:
                raise UnreadableError(
                    f"has no header: its first line has more than {MOST_FIELD_CHARACTERS:,} characters"
                )
            read = file.read(len(sample))
            sample, more = sample + read, bool(read)
    at = _end_above(sample)
    told = _SEP.search(sample, 0, at)
    delimiters = (told[1],) if told else DELIMITERS
    below = _below_notes(sample, at, delimiters)
    table = sample[below : sample.rfind("\n") + 1 if more and "\n" in sample[below:] else None]
    dialect = sniff_dialect(table, delimiters=delimiters)
    n_notes = len([line for line in _LINE_END.split(sample[at:below]) if line.strip()])
    return Layout(dialect, dialect.header(table), len(_LINE_END.findall(sample, 0, below)), n_notes)


def _below_notes(sample: str, at: int, delimiters: Sequence[str]) -> int:
    """Where a header stands below notes on an export; the place given, where the first line may be one.

    A header has two columns or more under names that columns of articles have, and all names are short.
    """
    begin = at
    for _ in range(_MOST_NOTES):
        line = _LINE_END.search(sample, begin)
        if line is None:
            break
        headers = [Dialect(delimiter).header(sample[begin : line.end()]) for delimiter in delimiters]
        if any(is_header(header, whole=False) for header in headers):
            return begin
        if begin == at and any(known_columns(header) for header in headers):
            break
        begin = line.end()
    return at


def is_header(names: Sequence[str], *, whole: bool = True) -> bool:
    """Whether names are those of columns of articles: two or more that are common ones, and none long.

    A `whole` header, which nothing else says to be one, has a text's name among them, and no sentence's words.
    """
    short = all(name and len(name) <= _LONGEST_NAME for name in names)
    if not whole:
        return short and known_columns(names) > 1
    words = max((len(name.split()) for name in names), default=0)
    return short and words <= 3 and known_columns(names) > 1 and "text" in map_columns(names, {})


def _end_above(sample: str) -> int:
    """Where a table begins, below what spreadsheets put above its header."""
    at = blank.end() if (blank := _ABOVE.match(sample)) else 0
    if sep := _SEP.match(sample, at):
        at = blank.end() if (blank := _ABOVE.match(sample, sep.end())) else sep.end()
    return at


def read_sample(path: Path, encoding: Encoding) -> str:
    """The beginning of a text file below blank lines, whole lines where it has any."""
    with encoding.open(path) as file:
        sample = file.read(SAMPLE_CHARACTERS)
        while sample.isspace():
            sample = file.read(SAMPLE_CHARACTERS)
    whole = sample[: sample.rfind("\n") + 1]
    return sample if len(sample) < SAMPLE_CHARACTERS or not whole.strip() else whole


def sniff_dialect(sample: str, *, delimiters: Sequence[str] = DELIMITERS) -> Dialect:
    """The delimiter under which the header makes most sense, and whether quoting is in use."""
    headers = {delimiter: Dialect(delimiter).header(sample) for delimiter in delimiters}
    delimiter = max(headers, key=lambda d: (known_columns(headers[d]), len(headers[d])))
    width = len(headers[delimiter])
    spaced = width > 1 and sample.partition("\n")[0].count(f"{delimiter} ") == width - 1
    usual = Dialect(delimiter, spaced=spaced)
    broken = _share_broken(sample, usual, width)
    escaped, unquoted = usual._replace(escaped=True), usual._replace(quoted=False)
    if broken and '\\"' in sample and _share_broken(sample, escaped, width) < broken:
        return escaped
    if broken > 0.1 and width > 1 and not _share_broken(sample, unquoted, width):
        # names in quotation marks say that these are in use, whatever a row does with them
        return unquoted if known_columns(unquoted.header(sample)) >= known_columns(headers[delimiter]) else usual
    return usual


def known_columns(header: Sequence[str]) -> int:
    """How many columns bear a name that columns of articles commonly have."""
    return sum(column_key(name) in _COMMON_NAMES for name in header)


def _count(layout: Layout, lines: IO[str]) -> int:
    rows = _rows(_Lines(lines, above=layout.above), layout.dialect, len(layout.header))
    return max(sum(1 for _ in rows) - 1, 0)


def _share_broken(sample: str, dialect: Dialect, width: int) -> float:
    rows = _rows(_Lines(StringIO(sample, newline="")), dialect, width)
    broken = [isinstance(row, _BrokenRows) for row in rows]
    return sum(broken) / len(broken) if broken else 0.0


def _records(
    path: Path, encoding: Encoding, layout: Layout, wanted: Collection[str]
) -> Iterator[Record | BrokenRecord]:
    positions = {name: layout.header.index(name) for name in wanted}
    with encoding.open(path) as file:
        rows = _rows(_Lines(file, above=layout.above), layout.dialect, len(layout.header))
        next(rows, None)  # the header
        for number, row in enumerate(rows, start=1):
            if isinstance(row, _BrokenRows):
                yield BrokenRecord(number, row.reason, printable(row.preview))
                continue
            values = {name: row[position] for name, position in positions.items()}
            bad = [name for name, value in values.items() if is_undecodable(value)]
            if bad:
                reason = f"undecodable bytes: not {encoding.name} in column {printable(bad[0])}"
                yield BrokenRecord(number, reason, printable(values[bad[0]]))
            else:
                yield Record(number, values)


def _rows(lines: _Lines, dialect: Dialect, width: int) -> Iterator[list[str] | _BrokenRows]:
    """The table's rows; blank lines are none. Where a row is broken, the lines up to the next whole row."""
    while True:
        first = lines.number + 1
        try:
            row = dialect.parse(lines.begin_row())
        except StopIteration:
            return
        if isinstance(row, csv.Error) or (row and len(row) != width):
            yield _broken(lines, dialect, width, row, first)
        elif row:
            yield row


def _broken(lines: _Lines, dialect: Dialect, width: int, row: list[str] | csv.Error, first: int) -> _BrokenRows:
    taken = lines.taken
    lines.put_back(taken[1:])
    if isinstance(row, csv.Error):
        reason = "broken quoting: a quotation mark is not closed, or stands undoubled inside a quoted field"
        if "field limit" in str(row):
            reason = (
                f"too long a field: more than {MOST_FIELD_CHARACTERS:,} characters, or a quotation mark is not closed"
            )
        _resume(lines, dialect, width)
    else:
        reason = f"wrong number of fields: {len(row)} instead of {width}"
        _resume(lines, dialect, width, within=len(taken) - 1)
    place = f"line {first}" if lines.number == first else f"lines {first} to {lines.number}"
    return _BrokenRows(f"{reason}, {place}", taken[0])


def _resume(lines: _Lines, dialect: Dialect, width: int, *, within: int | None = None) -> None:
    """Pass over lines up to the first that begins a whole row, or over `within` lines if none of them does."""
    while within is None or within > 0:
        try:
            row = dialect.parse(lines.begin_row())
        except StopIteration:
            return
        lines.put_back(lines.taken)
        if not isinstance(row, csv.Error) and len(row) == width and not _looks_like_prose(row, dialect):
            return
        next(lines)
        within = within and within - 1


def _looks_like_prose(row: Sequence[str], dialect: Dialect) -> bool:
    """Whether the "delimiters" of a line are a sentence's: spaces follow them, or a quotation mark has no partner."""
    spaces = not dialect.spaced and any(value.startswith(" ") for value in row[1:])
    return spaces or any(value.count('"') % 2 for value in row)


class _Lines(Iterator[str]):
    """Lines that can be put back, without those above a header.

    `number`: how many are gone; `taken`: those of the row being parsed.
    """

    def __init__(self, lines: Iterator[str], *, above: int = 0) -> None:
        self._lines = islice(lines, above, None)
        self._waiting: list[str] = []
        self.number = above
        self.taken: list[str] = []

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else next(self._lines)
        self.number += 1
        self.taken.append(line)
        return line

    def begin_row(self) -> _Lines:
        self.taken = []
        return self

    def put_back(self, lines: Sequence[str]) -> None:
        self._waiting.extend(reversed(lines))
        self.number -= len(lines)
