"""A figure as SVG without a browser: the marks of our charts, with what is asked above and the source below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .svg_axes import Axis, axes_of, to_number
from .theme import GRID, GROUND, QUIET, TEXT, ZERO

WIDE = 960
EM = 0.56  # mean width of a letter, in sizes
SIZE, SMALL, LARGE = 13, 12, 18
LEADING = 1.35


def to_svg(figure: go.Figure, *, title: str = "", above: Sequence[str] = (), below: Sequence[str] = ()) -> str:
    """The figure as an SVG document: `title` and the lines `above` over it, the lines `below` under it.

    For figures of this package: dots and lines with intervals, bars, heat maps, their legend and notes. Hover texts
    become titles of the marks.

    >>> chart = go.Figure(go.Scatter(x=[1, 2], y=[3, 4], mode="markers", hovertext=["one", "two"]))
    >>> drawn = to_svg(chart, title="Hedges")
    >>> drawn.startswith("<svg"), drawn.count("<title>")
    (True, 3)
    """
    axes = axes_of(figure)
    head = [*_wrapped(title, LARGE)], [line for text in above for line in _wrapped(text, SMALL)]
    foot = [line for text in below for line in _wrapped(text, SMALL - 1)]
    top = 14 + len(head[0]) * LARGE * LEADING + len(head[1]) * SMALL * LEADING
    legend, legend_height = _legend(figure, top + 8)
    frame = _frame(figure, axes, top + legend_height)
    height = frame[3] + _below(axes) + len(foot) * (SMALL - 1) * LEADING + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDE} {height:.0f}" role="img" font-family="Source Sans, Verdana, DejaVu Sans, sans-serif">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" fill="{GROUND}"/>',
        *_lines_of(head[0], 14, 12, size=LARGE, weight="bold"),
        *_lines_of(head[1], 14, 12 + len(head[0]) * LARGE * LEADING, size=SMALL, colour=QUIET),
        *legend,
        *_ground(axes, frame),
    ]
    for trace in figure.data:
        x, y = axes[str(trace.xaxis or "x")], axes[str(trace.yaxis or "y")]
        parts += _DRAWN[trace.type](trace, _Place(x, y, frame), figure)
    parts += _notes(figure, axes, frame)
    parts += _lines_of(foot, 14, frame[3] + _below(axes) + 4, size=SMALL - 1, colour=QUIET)
    return "\n".join([*parts, "</svg>"])


_Frame = tuple[float, float, float, float]  # left, top, right, bottom of the plot


class _Place:
    """From values to pixels, on one pair of axes."""

    def __init__(self, x: Axis, y: Axis, frame: _Frame) -> None:
        self.axes, self.frame = (x, y), frame

    def x(self, value: Any) -> float:
        left, _, right, _ = self.frame
        return left + self.axes[0].share(value) * (right - left)

    def y(self, value: Any) -> float:
        _, top, _, bottom = self.frame
        return bottom - self.axes[1].share(value) * (bottom - top)


def _plain(text: object) -> list[str]:
    """Plotly's text as lines without tags."""
    return [unescape(re.sub(r"<[^>]*>", "", line)) for line in re.split(r"<br\s*/?>", str(text))]


def _wrapped(text: str, size: float) -> Iterator[str]:
    most, line = int((WIDE - 30) / (size * EM)), ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > most:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    if line:
        yield line


def _text(
    text: str, x: float, y: float, *, size: float = SIZE, colour: str = TEXT, anchor: str = "start", more: str = ""
) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}"'
    return f'<text {place} font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"{more}>{escape(text)}</text>'


def _lines_of(
    lines: Iterable[str],
    x: float,
    y: float,
    *,
    size: float,
    colour: str = TEXT,
    weight: str = "",
    anchor: str = "start",
) -> Iterator[str]:
    more = f' font-weight="{weight}"' if weight else ""
    for i, line in enumerate(lines):
        yield _text(line, x, y + (i + 0.85) * size * LEADING, size=size, colour=colour, anchor=anchor, more=more)


def _legend(figure: go.Figure, top: float) -> tuple[list[str], float]:
    named = [t for t in figure.data if t.showlegend is not False and t.name and t.type != "heatmap"]
    shown = [t for t in named if len(figure.data) > 1 and (t.x is not None and len(t.x))]
    if len(shown) < 2 or figure.layout.showlegend is False:
        return [], 12.0
    parts, x, y = [], 20.0, top + 10
    for trace in shown:
        [words] = _plain(trace.name)[:1]
        wide = 30 + len(words) * SIZE * EM
        if x + wide > WIDE - 20:
            x, y = 20.0, y + 20
        parts += [*_swatch(trace, x, y), _text(words, x + 18, y + 4)]
        x += wide
    return parts, y - top + 26


def _swatch(trace: Any, x: float, y: float) -> Iterator[str]:
    colour = _colour(trace)
    if trace.type == "bar":
        yield f'<rect x="{x}" y="{y - 5}" width="12" height="10" fill="{colour}"/>'
    else:
        yield _mark(str(trace.marker.symbol or "circle"), x + 6, y, 10, colour, _line_of(trace, colour))


def _colour(trace: Any) -> str:
    colour = trace.marker.color
    return colour if isinstance(colour, str) else str(colour[0]) if colour is not None and len(colour) else TEXT


def _line_of(trace: Any, colour: str) -> str:
    line = trace.marker.line
    return str(line.color) if line is not None and isinstance(line.color, str) and line.width else colour


def _frame(figure: go.Figure, axes: dict[str, Axis], top: float) -> _Frame:
    left = max((_left(axis) for name, axis in axes.items() if name[0] == "y" and axis.domain is not None), default=30)
    above = max((_deep(axis) for name, axis in axes.items() if name[0] == "x" and axis.is_top), default=0.0)
    beside = any(note.xref and "domain" in str(note.xref) and (note.x or 0) >= 1 for note in figure.layout.annotations)
    panels = any(str(note.yref) == "paper" for note in figure.layout.annotations)
    begin = top + above + (18 if panels else 6)
    tall = float(figure.layout.height or 400)
    margin = figure.layout.margin
    inner = max(120.0, tall - float(margin.t or 60) - float(margin.b or 40) - 30)
    return left + 14, begin, WIDE - (90 if beside else 24), begin + inner


def _left(axis: Axis) -> float:
    widest = max((len(line) for _, text in axis.ticks for line in _plain(text)), default=0) if axis.labelled else 0
    return widest * SMALL * EM + (26 if axis.title else 8)


def _deep(axis: Axis) -> float:
    lines = max((len(_plain(text)) for _, text in axis.ticks), default=0) if axis.labelled else 0
    return lines * SMALL * LEADING + 8


def _below(axes: dict[str, Axis]) -> float:
    found = [axis for name, axis in axes.items() if name[0] == "x" and not axis.is_top]
    titles = max((len(_plain(axis.title)) for axis in found if axis.title), default=0)
    return max((_deep(axis) for axis in found), default=0.0) + titles * SIZE * LEADING + 12


def _ground(axes: dict[str, Axis], frame: _Frame) -> Iterator[str]:
    """Grid, zero lines, tick labels and titles."""
    for name, axis in axes.items():
        across = axes.get(axis.anchor) or next(a for n, a in axes.items() if n[0] != name[0])
        place = _Place(axis, across, frame) if name[0] == "x" else _Place(across, axis, frame)
        low, high = across.low, across.high
        for value, label in axis.ticks:
            if not axis.low <= value <= axis.high:
                continue
            if name[0] == "x":
                x, ends = place.x(value), (place.y(low), place.y(high))
                if axis.grid:
                    yield _line(x, ends[0], x, ends[1], ZERO if axis.zero and value == 0 else GRID)
                if axis.labelled:
                    y = min(ends) - _deep(axis) if axis.is_top else max(ends) + 4
                    yield from _lines_of(_plain(label), x, y, size=SMALL, anchor="middle")
            else:
                y, ends = place.y(value), (place.x(low), place.x(high))
                if axis.grid:
                    yield _line(ends[0], y, ends[1], y, ZERO if axis.zero and value == 0 else GRID)
                if axis.labelled:
                    yield _text(_plain(label)[0], min(ends) - 6, y + 4, size=SMALL, anchor="end")
        if axis.title and name[0] == "x":
            middle = (place.x(axis.low) + place.x(axis.high)) / 2
            y = place.y(low) + _deep(axis)
            yield from _lines_of(_plain(axis.title), middle, y, size=SIZE, anchor="middle")
        elif axis.title:
            middle = (place.y(axis.low) + place.y(axis.high)) / 2
            turned = f' transform="rotate(-90 14 {middle:.1f})"'
            yield _text(_plain(axis.title)[0], 14, middle + 4, size=SMALL, anchor="middle", more=turned)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, *, width: float = 1, dash: str = "") -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}"{dash}/>'


_DASHES = {"dash": "8 5", "dot": "2 4", "dashdot": "8 4 2 4", "longdash": "13 5"}


def _scatter(trace: Any, place: _Place, figure: go.Figure) -> Iterator[str]:
    xs, ys = _listed(trace.x), _listed(trace.y)
    colour, mode = _colour(trace), str(trace.mode or "markers")
    known = [not (_missing(x) or _missing(y)) for x, y in zip(xs, ys, strict=True)]
    if "lines" in mode:
        dash = _DASHES.get(str(trace.line.dash or ""), "")
        more = f' stroke-dasharray="{dash}"' if dash else ""
        for i in range(1, len(xs)):
            if known[i - 1] and known[i]:
                ends = place.x(xs[i - 1]), place.y(ys[i - 1]), place.x(xs[i]), place.y(ys[i])
                yield _line(*ends, str(trace.line.color or colour), width=2, dash=more)
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        if not known[i]:
            continue
        yield from _whiskers(trace, i, x, y, place)
        if "markers" in mode:
            drawn = _mark(
                str(trace.marker.symbol or "circle"),
                place.x(x),
                place.y(y),
                float(trace.marker.size or 9),
                str(_at(trace.marker.color, i) or colour),
                _line_of(trace, colour),
            )
            yield f"<g><title>{escape(' · '.join(_plain(_at(trace.hovertext, i))))}</title>{drawn}</g>"
        if "text" in mode and str(_at(trace.text, i)).strip():
            words = _plain(_at(trace.text, i))
            start = place.y(y) - len(words) * SMALL * LEADING / 2
            side = str(_at(trace.textposition, i) or "")
            anchor = "start" if "right" in side else "end" if "left" in side else "middle"
            shift = {"start": 8, "end": -8, "middle": 0}[anchor]
            yield from _lines_of(words, place.x(x) + shift, start, size=11, colour=QUIET, anchor=anchor)


def _whiskers(trace: Any, i: int, x: Any, y: Any, place: _Place) -> Iterator[str]:
    for error, level in ((trace.error_x, True), (trace.error_y, False)):
        if error is None or error.array is None or _missing(_at(error.array, i)):
            continue
        value = to_number(x if level else y)
        low, high = value - _at(error.arrayminus, i), value + _at(error.array, i)
        colour = str(error.color or _colour(trace))
        if level:
            a, b, at = place.x(low), place.x(high), place.y(y)
            yield _line(a, at, b, at, colour, width=1.8)
            yield from (_line(end, at - 4, end, at + 4, colour, width=1.8) for end in (a, b))
        else:
            a, b, at = place.y(low), place.y(high), place.x(x)
            yield _line(at, a, at, b, colour, width=1.2)


def _bar(trace: Any, place: _Place, figure: go.Figure) -> Iterator[str]:
    """Bars, stacked on those of the traces before on the same axes, or side by side with them."""
    flat = trace.orientation == "h"
    kin = [t for t in figure.data if t.type == "bar" and (t.xaxis, t.yaxis) == (trace.xaxis, trace.yaxis)]
    beside = figure.layout.barmode == "group" and len(kin) > 1
    values, at = (_listed(trace.x), _listed(trace.y)) if flat else (_listed(trace.y), _listed(trace.x))
    before = {} if beside else _stack(kin, trace, flat)
    numbers = sorted({to_number(p) for t in figure.data if t.type == "bar" for p in _listed(t.y if flat else t.x)})
    step = min((b - a for a, b in pairwise(numbers)), default=1.0)
    half = step * (1 - float(figure.layout.bargap or 0.2)) / 2
    moved = 0.0
    if beside:
        among = next(i for i, other in enumerate(kin) if other is trace)
        half, moved = half / len(kin), half * ((2 * among + 1) / len(kin) - 1)
    for i, (value, where) in enumerate(zip(values, at, strict=True)):
        if _missing(value):
            continue
        low, high = before.get(to_number(where), 0.0), before.get(to_number(where), 0.0) + float(value)
        middle = to_number(where) + moved
        if flat:
            box = place.x(low), place.y(middle + half), place.x(high), place.y(middle - half)
        else:
            box = place.x(middle - half), place.y(high), place.x(middle + half), place.y(low)
        size = f'x="{box[0]:.1f}" y="{box[1]:.1f}" width="{box[2] - box[0]:.1f}" height="{box[3] - box[1]:.1f}"'
        told = escape(" · ".join(_plain(_at(trace.hovertext, i))))
        yield f'<g><title>{told}</title><rect {size} fill="{_colour(trace)}" opacity="{trace.opacity or 1}"/></g>'
        if words := str(_at(trace.text, i) or ""):
            inside = str((trace.textfont.color if trace.textfont else None) or TEXT)
            yield _text(words, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2 + 4, colour=inside, anchor="middle")


def _stack(kin: Sequence[Any], trace: Any, flat: bool) -> dict[float, float]:
    found: dict[float, float] = {}
    for other in kin:
        if other is trace:
            break
        pairs = zip(_listed(other.y if flat else other.x), _listed(other.x if flat else other.y), strict=True)
        for where, value in pairs:
            found[to_number(where)] = found.get(to_number(where), 0.0) + float(value)
    return found


def _heat(trace: Any, place: _Place, figure: go.Figure) -> Iterator[str]:
    scale = [(float(at), str(colour)) for at, colour in trace.colorscale]
    known = [float(z) for line in trace.z for z in line if not _missing(z)]
    low = float(trace.zmin) if trace.zmin is not None else min(known, default=0.0)
    high = float(trace.zmax) if trace.zmax is not None else max(known, default=1.0)
    for j, y in enumerate(_listed(trace.y)):
        for i, x in enumerate(_listed(trace.x)):
            if _missing(z := trace.z[j][i]):
                continue
            box = place.x(x - 0.5) + 1, place.y(y + 0.5) + 1, place.x(x + 0.5) - 1, place.y(y - 0.5) - 1
            size = f'x="{box[0]:.1f}" y="{box[1]:.1f}" width="{box[2] - box[0]:.1f}" height="{box[3] - box[1]:.1f}"'
            yield f'<rect {size} fill="{_between(scale, (float(z) - low) / ((high - low) or 1.0))}"/>'
            words = _plain(trace.text[j][i])
            start = (box[1] + box[3]) / 2 - len(words) * 11 * LEADING / 2
            yield from _lines_of(words, (box[0] + box[2]) / 2, start, size=11, anchor="middle")


def _between(scale: list[tuple[float, str]], at: float) -> str:
    at = min(1.0, max(0.0, at))
    for (a, first), (b, last) in pairwise(scale):
        if at <= b:
            part = (at - a) / ((b - a) or 1.0)
            ends = [(int(first[k : k + 2], 16), int(last[k : k + 2], 16)) for k in (1, 3, 5)]
            return "#" + "".join(f"{round(x + part * (y - x)):02X}" for x, y in ends)
    return scale[-1][1]


_DRAWN = {"scatter": _scatter, "bar": _bar, "heatmap": _heat}


def _mark(symbol: str, x: float, y: float, size: float, colour: str, line: str) -> str:
    r = size / 2
    open_ = symbol.endswith("-open")
    fill = "none" if open_ else colour
    look = f'fill="{fill}" stroke="{line}" stroke-width="{2 if open_ or line != colour else 0.5}"'
    corners: tuple[tuple[float, float], ...]
    match symbol.removesuffix("-open"):
        case "square":
            return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{size:g}" height="{size:g}" {look}/>'
        case "diamond":
            corners = ((x, y - 1.3 * r), (x + 1.3 * r, y), (x, y + 1.3 * r), (x - 1.3 * r, y))
        case "triangle-up":
            corners = ((x, y - 1.2 * r), (x + 1.15 * r, y + 0.8 * r), (x - 1.15 * r, y + 0.8 * r))
        case "x":
            arms = f"M{x - r:.1f} {y - r:.1f}l{size:g} {size:g}M{x + r:.1f} {y - r:.1f}l{-size:g} {size:g}"
            return f'<path d="{arms}" fill="none" stroke="{colour}" stroke-width="3"/>'
        case _:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" {look}/>'
    return f'<polygon points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in corners)}" {look}/>'


def _notes(figure: go.Figure, axes: dict[str, Axis], frame: _Frame) -> Iterator[str]:
    left, top, right, bottom = frame
    for note in figure.layout.annotations:
        x, y = _at_note(note, "x", axes), _at_note(note, "y", axes)
        px = left + x * (right - left) + float(note.xshift or 0)
        py = bottom - y * (bottom - top) - float(note.yshift or 0)
        anchor = {"left": "start", "right": "end"}.get(str(note.xanchor), "middle")
        size = float((note.font.size if note.font else None) or SIZE)
        words = _plain(note.text)
        start = py - (len(words) * size * LEADING if note.yanchor == "bottom" else len(words) * size * LEADING / 2)
        colour = str((note.font.color if note.font else None) or TEXT)
        yield from _lines_of(words, px, start, size=size, colour=colour, anchor=anchor)


def _at_note(note: Any, letter: str, axes: dict[str, Axis]) -> float:
    ref, value = str(note[f"{letter}ref"] or letter), note[letter]
    if ref == "paper":
        return float(value)
    axis = axes[ref.removesuffix(" domain")]
    if ref.endswith(" domain"):
        return axis.domain[0] + float(value) * (axis.domain[1] - axis.domain[0])
    return axis.share(value)


def _listed(values: Any) -> list[Any]:
    return [] if values is None else list(values)


def _at(values: Any, i: int) -> Any:
    """The i-th of several values, or the one there is."""
    return "" if values is None else values if isinstance(values, str | int | float) else values[i]


def _missing(value: Any) -> bool:
    return value is None or bool(pd.isna(value))
