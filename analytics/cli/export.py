"""`tellings export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ..vocabulary import VOICES
from .filtering import selection_of
from .notes import tell
from .options import DAY, FOLDER
from .running import Command


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("table")
@click.option("--format", "format_", type=click.Choice(["csv", "parquet", "xlsx"]), default="csv", show_default=True)
@click.option("--outlet", "outlets", multiple=True, help="Only this outlet. Repeat for more.")
@click.option("--actor", "actors", multiple=True, help="Only this actor, by name, alias or id. Repeat for more.")
@click.option("--from", "start", type=DAY, metavar="YYYY-MM-DD", help="Only articles published on or after this day.")
@click.option("--to", "end", type=DAY, metavar="YYYY-MM-DD", help="Only articles published on or before this day.")
@click.option("--voice", "voices", multiple=True, type=click.Choice(VOICES), help="Only this voice. Repeat for more.")
@click.option("--copies/--no-copies", default=True, help="Whether to keep articles that are copies of another.")
@click.option(
    "--out",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, with the run's manifest beside it, rather than to standard output.",
)
def export(folder: Path, table: str, format_: str, file: Path | None, **filters: Any) -> None:
    """Write the rows of a table that the dashboard's filter would show.

    TABLE is one of: articles, texts, sentences, actors, mentions, attributions, cues, stances, frames, stories,
    alignments, quote_pairs, scores, rejected. CSV holds the exact text, with nulls empty. A spreadsheet may run a
    text that begins with "=" as a formula: for spreadsheets use xlsx, where every text stays text.

    \b
    Examples:
      tellings export results stances --actor "Vladimir Putin" --voice quoted > stances.csv
      tellings export results scores --from 2022-03-01 --to 2022-03-31 --format xlsx --out scores.xlsx
    """
    from ..results.export import WRITERS, export_manifest, write_export
    from ..results.schemas import TABLES
    from ..results.store import check_selection, open_store

    if table not in TABLES:
        raise click.BadParameter(f"no table {table!r}; there are: {', '.join(TABLES)}", param_hint="TABLE")
    if file is None and format_ != "csv":
        raise click.UsageError(f"{format_} needs a file: add --out {table}.{format_}")
    store = open_store(folder)
    tell(store.left_out)
    selection = selection_of(store, **filters)
    check_selection(store, selection)
    rows = store.select(table, selection)
    data = WRITERS[format_](rows)
    if undated := store.undated(selection):
        click.echo(f"{undated:,} articles without a date are left out", err=True)
    if file is None:
        sys.stdout.buffer.write(data)
    else:
        beside = write_export(data, export_manifest(store, table, len(rows), selection), file)
        click.echo(f"{len(rows):,} rows: {file}, with {beside.name} beside it")
