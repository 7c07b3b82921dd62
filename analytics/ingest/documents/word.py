"""Word documents (DOCX, and DOCM without its macros): paragraphs and tables as they read with all changes accepted.

Deleted words, comments, footnotes, headers and field instructions are left out; nothing that a document links to is
opened. The text is read straight from the document's XML, because words that were inserted with changes tracked, and
those in boxes and tables, must not be lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element

from ..records import Source
from ..xml_events import attribute, events, local
from ..zipped_parts import opened_part, opened_zip
from .document import Document, document_source

BODY = "word/document.xml"
_LEFT_OUT = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "txbxContent"))
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TITLES = frozenset(("title", "heading1", "titel", "berschrift1", "titre", "titre1", "ttulo", "ttulo1"))


def open_docx(path: Path) -> Source:
    """A Word document as a source. Raises UnreadableError where it is damaged, encrypted or empty."""
    with opened_zip(path) as archive, opened_part(archive, BODY) as body:
        paragraphs = list(_paragraphs(body))
    title = next((text for text, is_title in paragraphs[:10] if is_title and text.strip()), None)
    lines = [text for text, is_title in paragraphs if not (is_title and text == title)]
    lines, title = (lines, title) if any(line.strip() for line in lines) else ([title or ""], None)
    fields = {"title": title} if title else {}
    return document_source(
        path, "docx", Document(lines=[part for line in lines for part in _parts(line)], fields=fields)
    )


def _parts(line: str) -> list[str]:
    return line.split("\n") if "\t" not in line else [line.replace("\n", " ")]


def _paragraphs(body: IO[bytes]) -> Iterator[tuple[str, bool]]:
    """Each paragraph's text, and whether it is styled as the title; each row of a table as one, tabs between cells."""
    rows: list[list[str]] = []  # of tables inside each other, the cells of the row that is read
    skipped = 0
    for event, element in events(body):
        name = local(element)
        if name == "Fallback":  # what older programs are shown in place of a box: the same words again
            skipped += 1 if event == "start" else -1
        elif name == "tr":
            if event == "start":
                rows.append([])
            else:
                row = rows.pop()
                if rows and rows[-1]:
                    rows[-1][-1] += "\n".join(row)
                else:
                    yield "\t".join(cell.strip() for cell in row), False
                element.clear()
        elif name == "tc" and event == "start" and rows:
            rows[-1].append("")
        elif name == "p" and event == "end" and not skipped:
            text = _text(element)
            if rows and rows[-1]:
                rows[-1][-1] += f"{text}\n"
            else:
                yield text, _is_title(element)
            element.clear()


def _text(paragraph: Element) -> str:
    """A paragraph's words in order. Boxes in it have been read before it."""
    pieces: list[str] = []
    pending = list(reversed(list(paragraph)))
    while pending:
        element = pending.pop()
        name = local(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        elif name not in _LEFT_OUT:
            pending.extend(reversed(list(element)))
    return "".join(pieces)


def _is_title(paragraph: Element) -> bool:
    style = next((element for element in paragraph.iter() if local(element) == "pStyle"), None)
    name = attribute(style, "val") if style is not None else None
    return name is not None and name.replace(" ", "").lower() in _TITLES
