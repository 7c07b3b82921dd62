"""`tellings inspect`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .options import COLUMN, DATE_ORDER, INPUTS
from .running import Command


@click.command(cls=Command)
@INPUTS
@COLUMN
@DATE_ORDER
def inspect(inputs: tuple[Path, ...], columns: dict[str, str], date_order: Any) -> None:
    """Show what would be read, and what would be rejected and why.

    Shows for each file which columns map to what, how dates are read, outlets, duplicates and the first ten records
    as they will be read, and the command line that does so; writes nothing.

    INPUT is a table (CSV, TSV, Excel, OpenDocument, Parquet), JSON, a document (text, DOCX, ODT, RTF, PDF, a saved web
    page), an export of LexisNexis, Factiva or ProQuest, a web archive (WARC), a ZIP, GZIP or Zstandard file of these,
    or a folder of them.

    \b
    Example:
      tellings inspect articles.csv --column title=headline
    """
    from ..ingest import inspect_inputs
    from .preview import command_line, describe_sources, fetch_command

    reports = inspect_inputs(inputs, columns=columns, date_order=date_order)
    click.echo(describe_sources(reports))
    if any(report.n_records > report.n_rejected for report in reports):
        click.echo(
            f"\nTo score it as it is read here:\n  {command_line(inputs, columns, reports, date_order=date_order)}"
        )
    if (command := fetch_command(reports)) is not None:
        click.echo(f"\nTo fetch the texts of the addresses that are listed:\n  {command}")
