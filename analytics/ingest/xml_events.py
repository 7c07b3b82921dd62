"""XML of strangers, piece by piece: no entities, no document types, no depth without end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .limits import MOST_DEPTH, MOST_ELEMENTS
from .records import UnreadableError


def events(file: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """The beginnings and ends of elements in order. Who is done with an element empties it.

    Raises UnreadableError where the XML declares a document type or entities, is nested beyond reason or is broken.
    """
    depth = seen = 0
    try:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            seen += event == "start"
            if seen > MOST_ELEMENTS:
                raise UnreadableError(f"is too long: more than {MOST_ELEMENTS:,} elements of XML; save it in parts")
            if depth > MOST_DEPTH:
                raise UnreadableError(f"is nested too deeply: more than {MOST_DEPTH} elements inside each other")
            yield event, element
    except DefusedXmlException:
        raise UnreadableError("declares a document type or entities, which are not read") from None
    except ParseError as error:
        raise UnreadableError(f"is damaged: its XML breaks off or is not valid ({error})") from None


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute by its name without namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)
