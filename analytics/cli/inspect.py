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

    Shows for each file which columns map to what, how dates are read, outlets, duplicates and the first ten records
    as they will be read, and the command line that does so; writes nothing. INPUT is a CSV, TSV, JSON, JSON Lines,
    Parquet or plain-text file, an export of LexisNexis, Factiva or ProQuest as text, or a folder of them.

    \b
    Example:
      tellings inspect articles.csv --column title=headline
    """
    from ..ingest import inspect_inputs
    from .preview import command_line, describe_sources

    reports = inspect_inputs(inputs, columns=columns)
    click.echo(describe_sources(reports))
    if any(report.n_records > report.n_rejected for report in reports):
        click.echo(f"\nTo score it as it is read here:\n  {command_line(inputs, columns, reports)}")
