"""Web pages that were saved (HTML): the article on each; or an archive's export in which there are many."""

from __future__ import annotations

from pathlib import Path

from ..exports import archive_of
from ..limits import MOST_PAGE_BYTES, MOST_TEXT_BYTES
from ..markup import without_markup
from ..pages import decoded, read_page
from ..records import Source, UnreadableError
from .document import Document, document_source

_SAMPLE_CHARACTERS = 1 << 19  # by which an export is told


def open_html(path: Path) -> Source:
    """A web page as a source. Raises UnreadableError where no article can be told on it."""
    if (size := path.stat().st_size) > MOST_TEXT_BYTES:
        raise UnreadableError(f"is too large a web page ({size:,} bytes)")
    data = path.read_bytes()
    html = decoded(data, most=MOST_TEXT_BYTES)
    sample, _ = without_markup(html[:_SAMPLE_CHARACTERS])
    if archive_of("\n".join(_lines(sample))) is not None:
        whole, _ = without_markup(html)
        return document_source(path, "html", Document(lines=_lines(whole)))
    if size > MOST_PAGE_BYTES:
        raise UnreadableError(f"is too large a web page ({size:,} bytes)")
    page = read_page(html)
    lines = page.text.split("\n")
    document = Document(lines=lines, fields=page.fields, has_front_matter=False, flags=page.doubts)
    return document_source(path, "html", document)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
