"""Exports of archives as text: many articles in one file, each with lines about it before and after its text.

Which archive a file is of is told by lines that only its exports have; `lexis.py`, `factiva.py` and `proquest.py`
take such a file apart. What they cannot take apart is rejected, and never read as one piece of prose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from . import factiva, lexis, proquest
from .encodings import Encoding
from .plain import MOST_BYTES
from .records import (
    BrokenRecord,
    ExportedArticle,
    Format,
    Record,
    Source,
    UnreadableError,
    is_undecodable,
    name_of,
    printable,
)

_FIELDS = ("title", "outlet", "published", "author", "language", "url", "text")


class _Archive(NamedTuple):
    format: Format
    name: str
    is_export: Callable[[str], bool]
    articles: Callable[[str], Iterator[ExportedArticle]]


_ARCHIVES = (
    _Archive("proquest", "ProQuest", proquest.is_export, proquest.articles),  # numbers its articles as LexisNexis does
    _Archive("lexis", "LexisNexis", lexis.is_export, lexis.articles),
    _Archive("factiva", "Factiva", factiva.is_export, factiva.articles),
)


def archive_of(sample: str) -> Format | None:
    """Which archive's export a text is, by its beginning; None where it is none."""
    sample = sample.replace("\r\n", "\n").replace("\r", "\n")
    return next((archive.format for archive in _ARCHIVES if archive.is_export(sample)), None)


def open_export(path: Path, encoding: Encoding, format: Format) -> Source:
    """An archive's export as a source of its articles. Raises UnreadableError where no article can be told in it."""
    archive = next(each for each in _ARCHIVES if each.format == format)
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableError(f"is too long an export ({path.stat().st_size:,} bytes); export it in parts")
    if not any(found.fields.get("text") for found in archive.articles(_read(path, encoding))):
        raise UnreadableError(
            f"is an export of {archive.name} in which no article's text can be told; export the full documents"
        )
    return Source(
        file=name_of(path),
        format=format,
        records=partial(_records, path, encoding, archive),
        count=lambda: sum(1 for _ in archive.articles(_read(path, encoding))),
        columns=_FIELDS,
        encoding=encoding.name,
    )


def _read(path: Path, encoding: Encoding) -> str:
    with encoding.open(path, newline=None) as file:
        return file.read().removeprefix("\ufeff").replace("\x0c", "\n").replace("\xa0", " ")


def _records(
    path: Path, encoding: Encoding, archive: _Archive, wanted: Collection[str]
) -> Iterator[Record | BrokenRecord]:
    for number, found in enumerate(archive.articles(_read(path, encoding)), start=1):
        written = "\n".join(found.fields.values())
        if is_undecodable(written):
            yield BrokenRecord(number, f"undecodable bytes: not {encoding.name}", printable(written))
        elif not found.fields.get("text"):
            reason = f"no text in this article of an export of {archive.name}"
            yield BrokenRecord(number, reason, printable(found.fields.get("title") or found.lines))
        else:
            yield Record(number, {name: found.fields.get(name) for name in _FIELDS}, found.flags)
