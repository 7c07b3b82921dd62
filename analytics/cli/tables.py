"""Tables and numbers with intervals as text on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame, columns as attributes."""
    return list(frame.itertuples(index=False))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns that stand under each other."""
    widths = [max(len(str(row[i])) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        click.echo("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def interval(value: Any, low: Any, high: Any) -> str:
    from ..compare.wording import number

    if is_none(value):
        return "–"
    return number(float(value)) + ("" if is_none(low) else f" ({number(float(low))} to {number(float(high))})")


def is_none(value: Any) -> bool:
    return str(value) in ("None", "nan", "<NA>")
