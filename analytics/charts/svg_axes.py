"""Axes of a figure as numbers: where each begins and ends, its ticks, and how a value becomes a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .labels import number

DAY = 86_400_000  # milliseconds
MOST_TICKS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis: its part of the plot (0 to 1), its range in numbers (dates as milliseconds), its ticks."""

    domain: tuple[float, float]
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    labelled: bool
    title: str
    grid: bool
    zero: bool
    anchor: str
    is_top: bool = False

    def share(self, value: Any) -> float:
        """Where on the whole plot a value stands, 0 to 1."""
        at = (to_number(value) - self.low) / ((self.high - self.low) or 1.0)
        return self.domain[0] + at * (self.domain[1] - self.domain[0])


def to_number(value: Any) -> float:
    """A number; a date as milliseconds since 1970.

    >>> to_number("1970-01-02"), to_number(3)
    (86400000.0, 3.0)
    """
    if isinstance(value, str | pd.Timestamp) or hasattr(value, "isoformat") or type(value).__name__ == "datetime64":
        stamp = pd.Timestamp(value)
        stamp = stamp.tz_convert("UTC").tz_localize(None) if stamp.tz is not None else stamp
        return (stamp - pd.Timestamp(0)) / pd.Timedelta(milliseconds=1)
    return float(value)


def axes_of(figure: go.Figure) -> dict[str, Axis]:
    """The axes of a figure by their short names: x, y, x2 …"""
    layout = figure.to_plotly_json()["layout"]
    names = {key: key[0] + key.removeprefix(f"{key[0]}axis") for key in layout if re.match(r"[xy]axis\d*$", key)}
    used = {str(trace[letter] or letter[0]) for trace in figure.data for letter in ("xaxis", "yaxis")}
    found = {}
    for short in sorted(used | set(names.values())):
        given = layout.get(f"{short[0]}axis{short[1:]}", {})
        found[short] = _axis(figure, short, given)
    return found


def _axis(figure: go.Figure, short: str, given: dict[str, Any]) -> Axis:
    followed = str(given.get("matches") or short)
    own = list(_values(figure, followed if followed != short else short))
    is_date = given.get("type") == "date" or any(not isinstance(value, int | float) for value in own[:1])
    low, high = _range(figure, short, given, own, followed)
    title = given.get("title") or {}
    zero = bool(given.get("zeroline"))
    return Axis(
        domain=tuple(given.get("domain", (0.0, 1.0))),
        low=low,
        high=high,
        ticks=tuple(_ticks(given, low, high, is_date=is_date)),
        labelled=given.get("showticklabels", True) is not False and given.get("visible", True) is not False,
        title=str(title.get("text") or "") if isinstance(title, dict) else str(title),
        grid=given.get("showgrid", True) is not False and given.get("visible", True) is not False,
        zero=zero and low <= 0 <= high,
        anchor=str(given.get("anchor") or ("y" if short[0] == "x" else "x")),
        is_top=given.get("side") == "top",
    )


def _values(figure: go.Figure, short: str) -> Iterator[Any]:
    """What stands on an axis, ends of intervals among it."""
    letter = short[0]
    stacked: dict[Any, float] = {}
    for trace in figure.data:
        if str(trace[f"{letter}axis"] or letter) != short or trace[letter] is None:
            continue
        yield from (value for value in trace[letter] if value is not None and not pd.isna(value))
        error = trace[f"error_{letter}"] if trace.type == "scatter" else None
        if error is not None and error.array is not None:
            for value, more, less in zip(trace[letter], error.array, error.arrayminus, strict=True):
                if value is not None and more is not None and not pd.isna(more):
                    yield value + more
                    yield value - less
        if trace.type == "bar":
            yield 0.0 if (letter == "x") == (trace.orientation == "h") else next(iter(trace[letter]), 0.0)
            other = trace["y" if letter == "x" else "x"]
            if (letter == "x") == (trace.orientation == "h"):
                for place, value in zip(other, trace[letter], strict=True):
                    stacked[place] = stacked.get(place, 0.0) + float(value)
    yield from stacked.values()


def _range(figure: go.Figure, short: str, given: dict[str, Any], own: list[Any], followed: str) -> tuple[float, float]:
    if (ends := given.get("range")) is not None and given.get("autorange") is not True:
        return to_number(ends[0]), to_number(ends[1])
    if followed != short:
        layout = figure.to_plotly_json()["layout"].get(f"{followed[0]}axis{followed[1:]}", {})
        if (ends := layout.get("range")) is not None:
            return to_number(ends[0]), to_number(ends[1])
    numbers = [to_number(value) for value in own]
    if given.get("rangemode") == "tozero" or not numbers:
        numbers.append(0.0)
    low, high = min(numbers), max(numbers)
    cells = any(t.type == "heatmap" and str(t[f"{short[0]}axis"] or short[0]) == short for t in figure.data)
    room = 0.5 if cells else 0.05 * ((high - low) or 1.0)
    return low - room, high + room


def _ticks(given: dict[str, Any], low: float, high: float, *, is_date: bool) -> Iterator[tuple[float, str]]:
    if given.get("tickvals") is not None:
        texts = given.get("ticktext")
        for i, value in enumerate(given["tickvals"]):
            yield to_number(value), str(texts[i]) if texts is not None else number(float(value))
        return
    if is_date:
        yield from _date_ticks(given, low, high)
        return
    step = _nice((high - low) / MOST_TICKS)
    decimals = max(0, -floor(log10(step) + 1e-9))
    for k in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1):
        yield k * step, f"{k * step:,.{decimals}f}".replace("-", "−")


def _nice(step: float) -> float:
    """The next of 1, 2, 2.5, 5, 10 … in its power of ten."""
    power = 10.0 ** floor(log10(step or 1.0))
    return next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= step * 0.999)


def _date_ticks(given: dict[str, Any], low: float, high: float) -> Iterator[tuple[float, str]]:
    first, every = given.get("tick0"), given.get("dtick")
    pattern = str(given.get("tickformat") or "%-d %b\n%Y").split("\n")
    at = pd.Timestamp(first) if first is not None else pd.Timestamp(low, unit="ms").normalize()
    if every is None:
        every = max(1, ceil((high - low) / DAY / MOST_TICKS)) * DAY
    step = pd.DateOffset(months=int(every[1:])) if isinstance(every, str) else pd.Timedelta(milliseconds=every)
    year = 0
    while to_number(at) <= high:
        if to_number(at) >= low:
            parts = pattern if at.year != year else pattern[:1]
            yield to_number(at), "<br>".join(at.strftime(p.replace("%q", str(at.quarter))) for p in parts)
            year = at.year
        at = at + step
