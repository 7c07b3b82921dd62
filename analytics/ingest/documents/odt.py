"""OpenDocument texts (ODT): headings, paragraphs and tables; notes, changes and what is linked are left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..records import Source, UnreadableError
from ..xml_events import events, local
from ..zipped_parts import opened_part, opened_zip
from .document import Document, document_source
from .odf_text import is_encrypted, text_of_element

_APART = frozenset(("note", "annotation", "tracked-changes"))


def open_odt(path: Path) -> Source:
    """An OpenDocument text as a source. Raises UnreadableError where it is damaged, encrypted or empty."""
    with opened_zip(path) as archive:
        if is_encrypted(archive):
            raise UnreadableError("is encrypted with a password; save it without one")
        with opened_part(archive, "content.xml") as content:
            lines = [part for line in _paragraphs(content) for part in line.split("\n")]
    return document_source(path, "odt", Document(lines=lines))


def _paragraphs(content: IO[bytes]) -> Iterator[str]:
    apart, inside = 0, 0
    cells: list[str] | None = None  # of the row that is read
    for event, element in events(content):
        name = local(element)
        if name in _APART:
            apart += 1 if event == "start" else -1
        elif name == "table-row":
            if event == "end" and cells is not None:
                yield "\t".join(cells)
            cells = [] if event == "start" else None
        elif name in ("p", "h") and not apart:
            inside += 1 if event == "start" else -1
            if event == "end" and not inside:
                if cells is None:
                    yield text_of_element(element)
                else:
                    cells.append(text_of_element(element).replace("\n", " "))
                element.clear()
