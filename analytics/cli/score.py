"""`tellings score`."""

from __future__ import annotations

from pathlib import Path

import click

from .options import ACTORS, COLUMN, DATE_ORDER, FOLDER, INPUTS, TARGETS
from .running import Command
from .scoring import run_scoring


@click.command(cls=Command)
@INPUTS
@click.option(
    "--out",
    required=True,
    type=FOLDER,
    help="The results folder. An earlier result is kept until this one is complete.",
)
@COLUMN
@DATE_ORDER
@ACTORS
@TARGETS
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes. By default, one per core.")
@click.option(
    "--keep-boilerplate",
    is_flag=True,
    help="Measure datelines, captions, credits, newsletter lines and the like, too.",
)
@click.option("--resume", is_flag=True, help="Continue a run that was stopped.")
def score(
    inputs: tuple[Path, ...],
    out: Path,
    columns: dict[str, str],
    date_order: str | None,
    actors_file: Path | None,
    targets_file: Path | None,
    jobs: int | None,
    keep_boilerplate: bool,
    resume: bool,
) -> None:
    """Measure articles and write the results folder.

    INPUT is a table (CSV, TSV, Excel, OpenDocument, Parquet), JSON, a document (text, DOCX, ODT, RTF, PDF, a saved web
    page), an export of LexisNexis, Factiva or ProQuest, a web archive (WARC), a ZIP, GZIP or Zstandard file of these,
    or a folder of them.

    Records that cannot be read are kept in the table `rejected` with their reason; the
    rest is scored.

    \b
    Example:
      tellings score articles.csv --out results --column title=headline
    """
    files = {"actors_file": actors_file, "targets_file": targets_file}
    store = run_scoring(
        inputs,
        out,
        columns=columns,
        date_order=date_order,
        **files,
        jobs=jobs,
        resume=resume,
        keep_boilerplate=keep_boilerplate,
    )
    click.echo(f"{store.count('articles'):,} articles scored, {store.count('rejected'):,} records rejected: {out}")
    click.echo(f"Look at them with: tellings dashboard {out}")
