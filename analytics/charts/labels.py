"""Numbers and names as a reader sees them; a null is said in words and is never a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd

Names = Mapping[str, str]  # key (an actor id, an outlet) → the name to show
LONGEST = 42  # characters of a name beside an axis


def number(value: float, *, signed: bool = False, beside: float | None = None) -> str:
    """About three digits, with a true minus sign; beside a larger number, its decimals.

    >>> number(1234.5), number(12.34), number(-0.5), number(0.0123), number(2, signed=True)
    ('1,234', '12.3', '−0.50', '0.012', '+2.00')
    >>> number(0.0123, beside=0.4)
    '0.01'
    """
    size = abs(value if beside is None else beside)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 3
    text = f"{value:{'+' if signed else ''},.{decimals}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else "0"


def percent(share: float) -> str:
    """A share as a whole percentage.

    >>> percent(0.234), percent(0.004)
    ('23 %', '0.4 %')
    """
    return f"{share:.0%}".replace("%", " %") if share >= 0.01 or not share else f"{share:.1%}".replace("%", " %")


def plain(value: Any) -> float | None:
    """A number, or None where it is null."""
    return None if pd.isna(value) else float(value)


def shown(name: str, *, names: Names | None = None, longest: int | None = LONGEST) -> str:
    """A name safe to put into a figure (Plotly reads tags in text), shortened beside an axis.

    >>> shown("Dawn <b>& Sons")
    'Dawn &lt;b&gt;&amp; Sons'
    """
    full = (names or {}).get(name, name)
    short = full if longest is None or len(full) <= longest else full[: longest - 1].rstrip() + "…"
    return escape(short, quote=False)


def wrapped(name: str, *, names: Names | None = None, width: int = 13, most: int = 2) -> str:
    """A name on at most so many short lines, for labels side by side.

    >>> wrapped("Council of Ministers of the Republic")
    'Council of<br>Ministers of…'
    """
    parts = wrap((names or {}).get(name, name), width)
    kept = parts if len(parts) <= most else [*parts[: most - 1], f"{parts[most - 1]}…"]
    return lines(*(escape(part, quote=False) for part in kept))


def counted(n: int, noun: str = "article") -> str:
    """
    >>> counted(1), counted(1200)
    ('1 article', '1,200 articles')
    """
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def interval(low: Any, high: Any, *, signed: bool = False) -> str:
    """The interval in words, or that there is none."""
    if pd.isna(low) or pd.isna(high):
        return "no interval"
    return f"95 % interval {number(float(low), signed=signed)} to {number(float(high), signed=signed)}"


def rate_in_words(row: Any, *, name: str, label: str, unit: str) -> str:
    """What pointing at a rate says: value, interval and number of articles, or why there is none."""
    if pd.isna(row.value):
        return lines(f"<b>{name}</b>", row.note)
    value = f"{escape(label)}: {number(float(row.value))} ({escape(unit)})"
    spread = interval(row.low, row.high) if not row.note else row.note
    return lines(f"<b>{name}</b>", value, spread, counted(int(row.n_articles)))


def axis_title(label: str, unit: str, *, higher_means: str = "") -> str:
    """The score, its unit and its direction."""
    title = f"{escape(label)} ({escape(unit)})"
    return lines(title, direction(higher_means)) if higher_means else title


def direction(higher_means: str) -> str:
    return f'<span style="font-size:0.9em">higher means {escape(higher_means)}</span>'


def lines(*parts: str) -> str:
    return "<br>".join(part for part in parts if part)


def keys_of(row: Any, by: Sequence[str]) -> list[str]:
    """The group a mark stands for, so that a click can open its evidence."""
    return [str(getattr(row, column)) for column in by]
