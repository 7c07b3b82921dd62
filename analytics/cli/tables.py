"""Tables as text on a terminal."""

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


def show(frame: pd.DataFrame) -> None:
    """A frame of words."""
    table([str(name) for name in frame.columns], [[str(cell) for cell in row] for row in frame.to_numpy(object)])
