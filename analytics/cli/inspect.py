"""`tellings inspect`."""

from __future__ import annotations

from pathlib import Path

import click

from .options import COLUMN, INPUTS
from .running import Command


@click.command(cls=Command)
@INPUTS
@COLUMN
def inspect(inputs: tuple[Path, ...], columns: dict[str, str]) -> None:
    """Show what would be read, and what would be rejected and why.

    Shows for each file which columns map to what; writes nothing. INPUT is a CSV, TSV, JSON, JSON Lines, Parquet
    or plain-text file, or a folder of them.

    \b
    Example:
      tellings inspect articles.csv --column title=headline
    """
    from ..ingest import inspect_inputs
    from .preview import describe_sources

    click.echo(describe_sources(inspect_inputs(inputs, columns=columns)))
