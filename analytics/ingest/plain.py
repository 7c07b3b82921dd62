"""Plain text: one file, one article, perhaps with its metadata in the first lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from .columns import COLUMN_NAMES, column_key
from .dates import read_date
from .encodings import Encoding
from .limits import MOST_TEXT_BYTES
from .records import BrokenRecord, Record, Source, UnreadableError, is_undecodable, name_of, printable

_FENCE = re.compile(r"\s*---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z _-]{1,20}):[ \t]*(.*)(?:\n|\Z)")
_FIELD_OF = {column_key(key): name for name, keys in COLUMN_NAMES.items() if name != "text" for key in keys}
# ` date 2025-09-05 …`: a key and an ISO date before the first word.
_TIME = r"[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?"
_INLINE_DATE = re.compile(
    rf"\s*(?:date|dateline|published)\s*[:=]?\s*(\d{{4}}-\d{{2}}-\d{{2}}(?:{_TIME})?)"
    r"[ \t]*(?:[:|–—-](?=\s)|(?=\s|\Z))\s*",
    re.IGNORECASE,
)


def open_text(path: Path, encoding: Encoding) -> Source:
    """A text file as a source of one record. Raises UnreadableError where it is far too long for an article."""
    if path.stat().st_size > MOST_TEXT_BYTES:
        raise UnreadableError(f"is too long for one article ({path.stat().st_size:,} bytes); split it, or make a table")
    return Source(
        file=name_of(path),
        format="text",
        records=partial(_records, path, encoding),
        count=lambda: 1,
        columns=tuple(COLUMN_NAMES),
        encoding=encoding.name,
    )


def split_inline_date(text: str) -> tuple[str | None, str]:
    """The ISO date that stands before an article's first word behind a key, and the text without it.

    >>> split_inline_date(" date 2025-09-05 The harbour was closed.")
    ('2025-09-05', 'The harbour was closed.')
    >>> split_inline_date("The date 2025-09-05 was chosen.")
    (None, 'The date 2025-09-05 was chosen.')
    """
    match = _INLINE_DATE.match(text)
    return (match[1], text[match.end() :]) if match else (None, text)


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Field → value of ``Title: …`` lines at the very top (or between ``---`` lines), and the text below."""
    fenced = _FENCE.match(text)
    head, at = (fenced[1], fenced.end()) if fenced else (text, 0)
    found: dict[str, str] = {}
    position = 0
    while match := _LINE.match(head, position):
        name, value = _FIELD_OF.get(column_key(match[1])), match[2].strip()
        if name is not None and value and not _is_prose(name, value):
            found.setdefault(name, value.strip("\"'") if fenced else value)
        elif not fenced:
            break
        position = match.end()
    if not found:
        return {}, text
    return found, text[at or position :]


def _is_prose(name: str, value: str) -> bool:
    """Whether what stands behind ``Date:`` or ``Source:`` is the text itself rather than a field of it."""
    if name == "published":
        return read_date(value).doubt == "unreadable" and len(re.findall(r"[^\W\d_]{2,}", value)) > 2
    return name != "title" and value.endswith((".", "!", "?")) and len(value.split()) > _LONGEST_FIELD


_LONGEST_FIELD = 6  # words of an outlet's or author's name


def _records(path: Path, encoding: Encoding, wanted: Collection[str]) -> Iterator[Record | BrokenRecord]:
    with encoding.open(path, newline=None) as file:
        text = file.read().removeprefix("\ufeff")
    if is_undecodable(text):
        yield BrokenRecord(1, f"undecodable bytes: not {encoding.name}", printable(text))
        return
    found, body = split_front_matter(text)
    yield Record(1, {**found, "text": body})
