"""`tellings context`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .notes import tell
from .options import FOLDER
from .running import Command
from .selecting import ACTOR, COPIES, END, OUT, OUTLETS, START, VOICE, actor_id, selection_of


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("phrase")
@OUTLETS
@ACTOR
@VOICE
@START
@END
@COPIES
@click.option(
    "--sort",
    type=click.Choice(["left", "right", "date"]),
    default="right",
    show_default=True,
    help="By the words to the left, by those to the right, or by date.",
)
@click.option("--limit", type=click.IntRange(min=1), default=40, show_default=True, help="How many places to show.")
@OUT
def context(
    folder: Path, phrase: str, actor: str | None, sort: Any, limit: int, table: Path | None, **filters: Any
) -> None:
    """Show every place of a word or phrase with what stands left and right of it.

    PHRASE may have * for any letters, such as "sanction*". Each line ends with article and sentence, by which the
    dashboard and `tellings export` find it; --csv writes all lines with their offsets.

    \b
    Example:
      tellings context results "peace plan" --outlet "Harbour Post" --voice outlet --sort left
    """
    from ..results.concordance import concordance
    from ..results.export import to_csv_bytes
    from ..results.store import open_store

    store = open_store(folder)
    tell(store.left_out)
    selection = selection_of(store, actors=(), **filters)
    about = actor_id(store, actor) if actor else None
    found = concordance(store, phrase, selection, actor=about, sort=sort)
    click.echo(f"{len(found):,} places in {found['article_id'].nunique():,} articles")
    outlet = max((len(name) for name in found["outlet"].head(limit)), default=0)
    for row in found.head(limit).itertuples(index=False):
        place = f"{row.article_id}:{row.sentence_id}"
        click.echo(f"{row.outlet:<{outlet}}  {row.voice:<8}  {row.left:>60} [{row.words}] {row.right:<60}  {place}")
    if len(found) > limit:
        click.echo(f"and {len(found) - limit:,} more (--limit, or --csv for all)")
    if table:
        table.write_bytes(to_csv_bytes(found))
        click.echo(f"{len(found):,} rows: {table}")
