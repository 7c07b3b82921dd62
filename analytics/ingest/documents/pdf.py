"""PDF files with text: page by page, lines as they stand there; no script in them is run, nothing linked is opened.

What stands at the head or foot of most pages alike (a journal's name, the number of the page) is left out, words that
a line's end parts are put together. Columns and captions are a guess, so every such article has a flag.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..limits import MOST_PDF_BYTES, MOST_PDF_BYTES_DRAWN, MOST_PDF_PAGE_BYTES, MOST_PDF_PAGES
from ..records import Source, UnreadableError, printable
from .document import Document, document_source

if TYPE_CHECKING:
    from pypdf import PdfReader

FLAG = "read from a PDF: the order of lines is a guess"
_SOME_PAGES = "some pages of the PDF could not be read"
_EDGE = 2  # lines at the head and foot of a page that may be furniture
_FEWEST_PAGES = 3
_NUMBER = re.compile(r"\d+")
_HYPHENATED = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")


def open_pdf(path: Path) -> Source:
    """A PDF as a source. Raises UnreadableError where it is encrypted, without text, damaged or far too large."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if (size := path.stat().st_size) > MOST_PDF_BYTES:
        raise UnreadableError(f"is too large a PDF ({size:,} bytes)")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it warns of becomes a reason or a flag
    try:
        with path.open("rb") as file:
            pages, lost = _pages(PdfReader(file, strict=False))
    except PyPdfError as error:
        raise UnreadableError(f"is a damaged or cut off PDF ({printable(str(error))})") from None
    if not any(page.strip() for page in pages):
        why = "its pages are damaged" if lost else "perhaps scanned pages; run text recognition (OCR) on it first"
        raise UnreadableError(f"is a PDF without text: {why}")
    flags = (FLAG, _SOME_PAGES) if lost else (FLAG,)
    lines = _HYPHENATED.sub("", "\n".join(_without_furniture(pages))).split("\n")
    return document_source(path, "pdf", Document(lines=lines, are_paragraphs=False, flags=flags))


def _pages(reader: PdfReader) -> tuple[list[str], int]:
    """The text of each page, and how many pages could not be read."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("is a PDF that is encrypted with a password; save it without one")
    if (n_pages := len(reader.pages)) > MOST_PDF_PAGES:
        raise UnreadableError(f"is a PDF of {n_pages:,} pages, at most {MOST_PDF_PAGES:,} are read; save it in parts")
    texts, lost, drawn = list[str](), 0, 0
    for page in reader.pages:
        try:
            content = page.get_contents()
            instructions = len(content.get_data()) if content is not None else 0
            drawn += instructions
            if instructions > MOST_PDF_PAGE_BYTES or drawn > MOST_PDF_BYTES_DRAWN:
                lost += 1
                continue
            texts.append(page.extract_text())
        except Exception:  # whatever a damaged page raises in the library; the others are read
            lost += 1
    return texts, lost


def _without_furniture(pages: Sequence[str]) -> list[str]:
    """Pages without the lines at their edges that most of them share, numbers apart."""
    split = [page.split("\n") for page in pages]
    if len(split) < _FEWEST_PAGES:
        return ["\n".join(lines) for lines in split]
    shared = Counter(key for lines in split for key in {_key(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    furniture = {key for key, n in shared.items() if 2 * n > len(split)}
    return [
        "\n".join(
            line
            for number, line in enumerate(lines)
            if not ((number < _EDGE or number >= len(lines) - _EDGE) and _key(line) in furniture)
        )
        for lines in split
    ]


def _key(line: str) -> str:
    return _NUMBER.sub("0", " ".join(line.split()))
