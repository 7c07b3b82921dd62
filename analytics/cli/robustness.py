"""`tellings robustness`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from .asking import asked, question_of
from .notes import tell
from .options import FOLDER
from .running import Command
from .selecting import CHART, OUT, write_figure


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@asked
@OUT
@CHART
def robustness(folder: Path, table: Path | None, page: Path | None, **options: Any) -> None:
    """Ask one question under every defensible setting: does the answer hang on a choice?

    Settings: the measure's baseline, whose voices, all articles with or without copies or the same stories, without
    the smallest articles, articles alike or by size, either half of the period.

    \b
    Example:
      tellings robustness results --score sentiment --actor "Ada Brandt" --outlet "Harbour Post" --chart curve.html
    """
    from ..reports import bundle
    from ..reports.robustness import in_sentences
    from ..reports.robustness import robustness as under_every_setting
    from ..results.export import to_csv_bytes
    from ..results.store import open_store

    question = question_of(**options)
    store = open_store(folder)
    tell(store.left_out)
    with click.progressbar(length=1, label="settings", file=sys.stderr) as bar:

        def show(done: int, of: int) -> None:
            bar.length = of
            bar.update(1)

        found = under_every_setting(store, question, progress=show)
    click.echo(in_sentences(found))
    if table:
        table.write_bytes(to_csv_bytes(found.rows))
        click.echo(f"{len(found.rows):,} rows: {table}")
    if page:
        write_figure(bundle.curve_figure(found), page)
