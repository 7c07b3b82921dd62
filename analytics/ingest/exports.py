"""Exports of archives: many articles in one file, each with lines about it before and after its text.

Which archive a file is of is told by lines that only its exports have; `lexis.py`, `factiva.py` and `proquest.py`
take such a file apart, whether its lines come from plain text or from a document. What they cannot take apart is
rejected, and never read as one piece of prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from . import factiva, lexis, proquest
from .encodings import Encoding
from .limits import MOST_TEXT_BYTES
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
_LINE_ENDS = re.compile(r"\n+")


class Archive(NamedTuple):
    """An archive whose exports are known."""

    format: Format
    name: str
    is_export: Callable[[str], bool]
    articles: Callable[[str], Iterator[ExportedArticle]]
    joint: str  # what stands between a document's paragraphs where its exports as text have it so


_ARCHIVES = (
    # numbers its articles as LexisNexis does
    Archive("proquest", "ProQuest", proquest.is_export, proquest.articles, "\n\n"),
    Archive("lexis", "LexisNexis", lexis.is_export, lexis.articles, "\n\n"),
    Archive("factiva", "Factiva", factiva.is_export, factiva.articles, "\n"),
)


def archive_of(sample: str) -> Archive | None:
    """Which archive's export a text is, by its beginning; None where it is none."""
    sample = _plain(sample)
    return next((archive for archive in _ARCHIVES if archive.is_export(sample)), None)


def open_export(path: Path, encoding: Encoding, archive: Archive) -> Source:
    """An archive's export as text. Raises UnreadableError where no article can be told in it."""
    if path.stat().st_size > MOST_TEXT_BYTES:
        raise UnreadableError(f"is too long an export ({path.stat().st_size:,} bytes); export it in parts")
    return export_source(path, archive, partial(_read, path, encoding), encoding=encoding.name)


def export_source(
    path: Path,
    archive: Archive,
    read: Callable[[], str],
    *,
    encoding: str | None = None,
    paragraphs: bool = False,
    flags: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Source:
    """An archive's export as a source of its articles; `paragraphs` where each line of a text is one.

    Raises UnreadableError where no article can be told in it.
    """
    if not any(found.fields.get("text") for found in archive.articles(_plain(read()))):
        raise UnreadableError(
            f"is an export of {archive.name} in which no article's text can be told; export the full documents"
        )
    return Source(
        file=name_of(path),
        format=archive.format,
        records=partial(_records, archive, read, encoding or "UTF-8", paragraphs, flags),
        count=lambda: sum(1 for _ in archive.articles(_plain(read()))),
        columns=_FIELDS,
        encoding=encoding,
        notes=notes,
    )


def _read(path: Path, encoding: Encoding) -> str:
    with encoding.open(path, newline=None) as file:
        return file.read().removeprefix("\ufeff")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\xa0", " ")


def _records(
    archive: Archive,
    read: Callable[[], str],
    encoding: str,
    paragraphs: bool,
    flags: tuple[str, ...],
    wanted: Collection[str],
) -> Iterator[Record | BrokenRecord]:
    for number, found in enumerate(archive.articles(_plain(read())), start=1):
        written, text = "\n".join(found.fields.values()), found.fields.get("text")
        if is_undecodable(written):
            yield BrokenRecord(number, f"undecodable bytes: not {encoding}", printable(written))
        elif not text:
            reason = f"no text in this article of an export of {archive.name}"
            yield BrokenRecord(number, reason, printable(found.fields.get("title") or found.lines))
        else:
            fields = {name: found.fields.get(name) for name in _FIELDS}
            fields["text"] = _LINE_ENDS.sub("\n\n", text) if paragraphs else text
            yield Record(number, fields, (*found.flags, *flags))
