"""Columns told by what they hold, where no name says it: the text is where the long prose is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from statistics import median

from .columns import candidates, column_key
from .dates import read_date
from .records import Record, Source, text_of

_RECORDS = 50  # are looked at
_SHORTEST_TEXT = 200  # characters of the middle one; a shorter column may hold teasers
_FEWEST_WORDS = 25
_MUCH_LONGER = 2  # times as long as the next column with prose
_SHARE_OF_DATES = 0.9
_NAMES_OR_TEXTS = frozenset(("story", "article"))
_FEWEST_LABELS = 3
_LABEL = re.compile(r"[\w:/#-]{1,80}")  # no space, no sentence
# Columns that hold prose, but none that is the article.
_OTHER_PROSE = frozenset(
    "description summary abstract excerpt snippet teaser lead standfirst comment comments note notes caption keywords "
    "prompt question answer translation html".split()
)


def with_roles(source: Source, overrides: Mapping[str, str]) -> dict[str, str]:
    """The overrides, and the columns of text and date that only their contents tell.

    >>> prose = "The council voted for the dam, and the valley was split over it for years. " * 4
    >>> records = [Record(n, {"nr": n, "c1": prose, "c2": "2031-01-06"}) for n in range(1, 4)]
    >>> table = Source(
    ...     file="a.csv", format="csv", columns=("nr", "c1", "c2"), records=lambda _: iter(records), count=lambda: 3
    ... )
    >>> with_roles(table, {})
    {'text': 'c1', 'published': 'c2'}
    """
    found = dict(overrides)
    if not source.is_table or not source.columns or "text" in candidates(source.columns, overrides):
        return found
    records = list(islice(_records(source), _RECORDS))
    text = _text_column(source.columns, records)
    if text is None:
        return found
    found["text"] = text
    if "published" not in candidates(source.columns, overrides):
        dated = [name for name in source.columns if name != text and _holds_dates(_values(records, name))]
        found |= {"published": dated[0]} if len(dated) == 1 else {}
    return found


def label_column(source: Source, column: str) -> bool:
    """Whether a column that may hold texts or the names of stories ("story", "article") holds such names."""
    if column_key(column) not in _NAMES_OR_TEXTS or not source.is_table:
        return False
    values = [value for value in _values(list(islice(_records(source), _RECORDS)), column) if value]
    return len(values) >= _FEWEST_LABELS and all(_LABEL.fullmatch(value) for value in values)


def _records(source: Source) -> Iterator[Record]:
    with suppress(Exception):  # where reading ends early, it does so for the articles, too, and is told there
        yield from (record for record in source.records(source.columns) if isinstance(record, Record))


def _values(records: Sequence[Record], name: str) -> list[str]:
    values = []
    for record in records:
        with suppress(Exception):  # a value that cannot be read is told with its record
            value = record.values.get(name)
            is_text = isinstance(value, str) or (
                isinstance(value, list) and all(isinstance(each, str) for each in value)
            )
            values.append(
                text_of(value) or "" if is_text else "" if isinstance(value, list | dict) else str(value or "")
            )
    return values


def _text_column(names: Iterable[str], records: Sequence[Record]) -> str | None:
    lengths: dict[str, float] = {}
    for name in names:
        values = _values(records, name) if column_key(name) not in _OTHER_PROSE else []
        if values and median(value.count(" ") for value in values) >= _FEWEST_WORDS:
            lengths[name] = median(map(len, values))
    ordered = sorted(lengths, key=lengths.__getitem__, reverse=True)
    if not ordered or lengths[ordered[0]] < _SHORTEST_TEXT:
        return None
    if len(ordered) > 1 and lengths[ordered[0]] < _MUCH_LONGER * lengths[ordered[1]]:
        return None
    return ordered[0]


def _holds_dates(values: Sequence[str]) -> bool:
    written = [value for value in values if value.strip()]
    dates = [value for value in written if not value.isdigit() and read_date(value).doubt != "unreadable"]
    return bool(written) and len(dates) >= _SHARE_OF_DATES * len(written)
