"""What a document's lines become: one article, or the articles of the archive whose export it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ..columns import COLUMN_NAMES
from ..exports import archive_of, export_source
from ..plain import split_front_matter
from ..records import Format, Record, Source, UnreadableError, name_of

_SAMPLE_LINES = 3_000  # by which an export is told


@dataclass(frozen=True, kw_only=True)
class Document:
    """The lines of a document: paragraphs, or lines as they stand on a page."""

    lines: Sequence[str]
    are_paragraphs: bool = True
    fields: Mapping[str, str] = field(default_factory=dict)  # title, author … where the format itself tells them
    has_front_matter: bool = True  # whether lines such as "Date: …" may stand above the text
    flags: tuple[str, ...] = ()  # doubts, for the article


def document_source(path: Path, format: Format, document: Document) -> Source:
    """A document as a source. Raises UnreadableError where it holds no words."""
    if not any(line.strip() for line in document.lines):
        raise UnreadableError("holds no text")
    archive = archive_of("\n".join(document.lines[:_SAMPLE_LINES]))
    if archive is not None:
        joint = archive.joint if document.are_paragraphs else "\n"
        return export_source(
            path,
            archive,
            lambda: joint.join(document.lines),
            paragraphs=document.are_paragraphs,
            flags=document.flags,
            notes=(f"an export of {archive.name} as {format.upper()}",),
        )
    return Source(
        file=name_of(path),
        format=format,
        records=partial(_record, document),
        count=lambda: 1,
        columns=tuple(COLUMN_NAMES),
    )


def _record(document: Document, wanted: Collection[str]) -> Iterator[Record]:
    found, body = dict[str, str](), "\n".join(document.lines)
    if document.has_front_matter:
        found, body = split_front_matter(body)
    if document.are_paragraphs:
        body = "\n\n".join(line for line in body.split("\n") if line.strip())
    yield Record(1, {**document.fields, **found, "text": body}, document.flags)
