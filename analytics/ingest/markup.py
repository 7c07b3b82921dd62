"""Text out of HTML that stands in a table's or a record's field: tags go, paragraphs stay.

A tag is only what HTML knows as one; `<5m` and `<unknown>` are text. Entities are decoded by `normalise`.
"""

from __future__ import annotations

import html
import re

_BLOCKS = (
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 head header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
_INLINE = (
    "a abbr acronym amp-img b bdi bdo big button canvas cite code del dfn em embed font i iframe img input ins kbd "
    "label link mark meta noscript object option picture q s samp select small source span strike strong sub sup svg "
    "textarea time tt u var video wbr"
)
# What stands in these is not read.
_SILENT = tuple("script style noscript template title textarea select svg".split())
_NAMES = "|".join(sorted([*_BLOCKS.split(), *_INLINE.split(), "br", *_SILENT], key=len, reverse=True))
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_NAMES})(?=[\s/>])[^<>]{{0,5000}}>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(rf"&lt;/?(?:{_NAMES})(?:\s[^<>]{{0,200}}?)?/?&gt;", re.IGNORECASE)
_BREAKING = frozenset([*_BLOCKS.split()])
_BREAKS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*")


def without_markup(text: str) -> tuple[str, bool]:
    """A text without its HTML tags, scripts and comments, and whether there were any.

    >>> without_markup("<p>The dam may <b>hold</b>.</p><p>It costs &lt;5m.<br>No more.</p><script>var a;</script>")
    ('The dam may hold.\\n\\nIt costs &lt;5m.\\nNo more.', True)
    >>> without_markup("The dam is <5m high & a < b > c.")
    ('The dam is <5m high & a < b > c.', False)
    """
    if "<" not in text:
        if not _ESCAPED_TAG.search(text):
            return text, False
        text = html.unescape(text)
    if not _TAG.search(text):
        return text, False
    text = _cut(text, "<!--", "-->")
    pieces: list[str] = []
    at, silent = 0, ""
    closing = {
        match["name"].lower(): match.start() for match in _TAG.finditer(text) if match["end"]
    }  # the last of each
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if silent:
            if name == silent and tag["end"]:
                silent, at = "", tag.end()
            continue
        pieces.append(text[at : tag.start()])
        at = tag.end()
        if name in _BREAKING:
            pieces.append("\n\n")
        elif name == "br":
            pieces.append("\n")
        # one that is never closed hides nothing
        elif name in _SILENT and not tag["end"] and closing.get(name, -1) >= at:
            silent = name
    pieces.append("" if silent else text[at:])
    return _BREAKS.sub("\n\n", _SPACES.sub("\n", "".join(pieces))).strip(), True


def _cut(text: str, begin: str, end: str) -> str:
    """A text without what stands between two marks; what is never closed stays."""
    pieces, at = [], 0
    while (start := text.find(begin, at)) >= 0 and (stop := text.find(end, start)) >= 0:
        pieces.append(text[at:start])
        at = stop + len(end)
    return "".join([*pieces, text[at:]])
