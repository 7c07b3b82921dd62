"""Text with marked spans as HTML. Pure: text and spans in, safe HTML out.

Spans may overlap in any way: the text is cut at every boundary and each piece is wrapped in one
element per kind that covers it, so the HTML is always well formed and the text never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ..measures import MARKS, Mark

# Outermost first: quotation marks lie on top of indirect speech, lines above on top of lines below. A kind is a CSS
# class; meaning never rests on colour alone (see CSS).
KINDS = (
    *("reported", "quoted"),
    *(mark.kind for mark in MARKS if mark.line == "above"),
    "actor",
    *(mark.kind for mark in MARKS if mark.line != "above"),
    *("cue", "boilerplate", "unread"),
)
# On a white page, on a dark one (`light-dark` follows the page that the text stands in).
_COLOURS = {
    "doubt": "light-dark(#b0541a, #f0a878)",
    "certainty": "light-dark(#1c6b45, #7fd0a8)",
    "slant": "light-dark(#a0321f, #ff9d8a)",
    "side": "light-dark(#7a4b86, #d7a8e3)",
}
_LINES = {
    "above": "border-top: 2px dotted {colour};",
    "wavy": "text-decoration: underline wavy {colour} 1.5px; text-underline-offset: 3px;",
    "double": "text-decoration: underline double {colour} 2px; text-underline-offset: 3px;",
    "dotted": "text-decoration: underline dotted {colour} 3px; text-underline-offset: 3px;",
    "dashed": "text-decoration: underline dashed {colour} 2px; text-underline-offset: 3px;",
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch [start, end) of the text to mark. `note` shows on hover, `label` before the stretch."""

    start: int
    end: int
    kind: str
    note: str = ""
    label: str = ""


def highlight(text: str, spans: Iterable[Span], *, base: int = 0, kinds: Sequence[str] = KINDS) -> str:
    """The text with its spans of some kinds marked; `base` is the offset at which `text` begins.

    >>> highlight("a may b", [Span(start=2, end=5, kind="hedge", note="hedge")])
    'a <mark class="hedge" title="hedge">may</mark> b'
    """
    inside = sorted(span for span in _clipped(spans, base, len(text)) if span.kind in kinds)
    edges = sorted({0, len(text), *(span.start for span in inside), *(span.end for span in inside)})
    pieces: list[str] = []
    open_spans: list[Span] = []
    waiting = iter(inside)
    upcoming = next(waiting, None)
    for start, end in pairwise(edges):
        open_spans = [span for span in open_spans if span.end > start]
        while upcoming is not None and upcoming.start == start:
            open_spans.append(upcoming)
            upcoming = next(waiting, None)
        pieces.append(_piece(text[start:end], start, open_spans, kinds))
    return "".join(pieces)


def _clipped(spans: Iterable[Span], base: int, length: int) -> Iterable[Span]:
    for span in spans:
        start, end = max(0, span.start - base), min(length, span.end - base)
        if start < end:
            label = span.label if span.start >= base else ""
            yield Span(start=start, end=end, kind=span.kind, note=span.note, label=label)


def _piece(text: str, start: int, spans: list[Span], order: Sequence[str]) -> str:
    if not spans:
        return escape(text)
    notes = "; ".join(dict.fromkeys(span.note for span in spans if span.note))
    html = escape(text)
    kinds = [kind for kind in order if any(span.kind == kind for span in spans)]
    for depth, kind in reversed(list(enumerate(kinds))):
        label = next((s.label for s in spans if s.kind == kind and s.start == start and s.label), "")
        attributes = f' data-label="{escape(label)}"' if label else ""
        if depth == 0 and notes:
            attributes += f' title="{escape(notes)}"'
        html = f'<mark class="{kind}"{attributes}>{html}</mark>'
    return html


def _style(mark: Mark) -> str:
    return f".telling mark.{mark.kind} {{ {_LINES[mark.line].format(colour=_COLOURS[mark.colour])} }}\n"


CSS = f"""<style>
.telling {{ font-size: 1.02rem; line-height: 1.75; max-width: 44rem; white-space: pre-wrap; overflow-wrap: anywhere; }}
.telling mark {{ color: inherit; background: none; padding: 0; }}
.telling mark[data-label]::before {{ content: attr(data-label); font-size: .68rem; line-height: 1;
  color: light-dark(#4a555c, #c3cacd); border: 1px solid light-dark(#aeb6b2, #566067); border-radius: 3px;
  padding: 0 .25em; margin-right: .3em; vertical-align: .25em; background: light-dark(#fff, #16191c);
  white-space: nowrap; }}
.telling mark.quoted {{ background: light-dark(#fbf0cf, #4a3d14); }}
.telling mark.reported {{ background: light-dark(#e6eef6, #1f3347);
  border-bottom: 1px dashed light-dark(#6a8aa8, #8fb0cd); }}
.telling mark.boilerplate {{ color: light-dark(#636b70, #a9b0b4); font-size: .9em; }}
.telling mark.unread {{ color: light-dark(#5f686e, #a9b0b4); font-style: italic; }}
.telling mark.actor {{ font-weight: 600; }}
{"".join(map(_style, MARKS))}.telling mark.cue {{ background: light-dark(#fbe3d1, #5a3316);
  text-decoration: underline light-dark(#b0541a, #f0a878) 2px;
  text-underline-offset: 3px; }}
.telling.sentence {{ max-width: none; line-height: 1.55; white-space: normal; }}
.telling.title {{ font-size: 1.6rem; line-height: 1.3; font-weight: 600; }}
.telling .about {{ font-size: .82rem; color: light-dark(#56616a, #a9b0b4); margin-top: .25rem; }}
</style>"""


def block(html: str, *, kind: str = "", element: str = "div") -> str:
    """Highlighted HTML with its style, as one element."""
    return f'{CSS}<{element} class="telling {escape(kind)}">{html}</{element}>'
