"""What OpenDocument texts and sheets have in common: how words stand in a paragraph, and what encryption looks like."""

from __future__ import annotations

import zipfile
from xml.etree.ElementTree import Element

from ..xml_events import attribute, local
from ..zipped_parts import opened_part

_LEFT_OUT = frozenset(("note", "annotation", "tracked-changes", "frame"))
_MOST_SPACES = 100  # of a run of them that is given as a number


def text_of_element(element: Element) -> str:
    """A paragraph's words, with the tabs, line breaks and runs of spaces that are elements in it."""
    pieces: list[str] = []
    pending: list[Element | str] = [*_inside(element)]
    while pending:
        piece = pending.pop()
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        pending.append(piece.tail or "")
        match local(piece):
            case "tab":
                pieces.append("\t")
            case "line-break":
                pieces.append("\n")
            case "s":
                count = attribute(piece, "c") or "1"
                pieces.append(" " * (min(int(count), _MOST_SPACES) if count.isdecimal() and len(count) < 9 else 1))
            case name if name not in _LEFT_OUT:
                pending += _inside(piece)
    return "".join(pieces)


def _inside(element: Element) -> list[Element | str]:
    """What is in an element, the last first."""
    return [*reversed(list(element)), element.text or ""]


def is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether the contents are encrypted, as the list of parts says."""
    if "META-INF/manifest.xml" not in archive.namelist():
        return False
    with opened_part(archive, "META-INF/manifest.xml", most=1 << 20) as manifest:
        return b"encryption-data" in manifest.read()
