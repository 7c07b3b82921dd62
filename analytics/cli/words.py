"""`tellings words`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .notes import tell
from .options import FOLDER
from .running import Command
from .selecting import ACTOR, CHART, END, OUT, START, VOICE, actor_id, selection_of, write_figure

if TYPE_CHECKING:
    import pandas as pd

SHOWN = (
    "word",
    "log_odds",
    "low",
    "high",
    "p_adjusted",
    "per_1000",
    "reference_per_1000",
    "dp",
    "n_uses",
    "n_uses_reference",
)


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("outlet")
@click.argument("reference", required=False)
@ACTOR
@VOICE
@START
@END
@click.option(
    "--stories",
    type=click.Choice(["all", "same"]),
    default="all",
    show_default=True,
    help="All articles, or only the stories that both outlets tell, which takes topics out.",
)
@click.option("--top", type=click.IntRange(min=1), default=15, show_default=True, help="How many words of each side.")
@OUT
@CHART
def words(
    folder: Path,
    outlet: str,
    reference: str | None,
    actor: str | None,
    stories: Any,
    top: int,
    table: Path | None,
    page: Path | None,
    **filters: Any,
) -> None:
    """Say which words set OUTLET apart from REFERENCE, or from all the others together.

    With --actor only the words around that actor count, those of the sentences that mention it; with --voice outlet
    only the outlets' own. Copies of other articles are left out. Shown are words whose adjusted p is below 0.05; the
    table that --csv writes has all of them. `tellings context` shows where a word stands.

    \b
    Examples:
      tellings words results "Harbour Post" "Northern Ledger" --voice outlet
      tellings words results "Harbour Post" --actor "Ada Brandt" --csv words.csv
    """
    from ..charts import words_chart
    from ..compare import distinctive_words
    from ..compare.groups import REST
    from ..results.export import to_csv_bytes
    from ..results.store import open_store
    from ..results.words import words_of

    if stories == "same" and not reference:
        raise click.UsageError("--stories same needs REFERENCE: the same stories are those that both outlets tell")
    store = open_store(folder)
    tell(store.left_out)
    outlets = (outlet, reference) if reference else ()
    selection = selection_of(store, outlets=outlets, actors=(), copies=False, **filters)
    selection = selection.but(stories=stories)
    about = actor_id(store, actor) if actor else None
    found = distinctive_words(words_of(store, selection, actor=about), of=outlet, reference=reference or REST)
    told_apart = found[found["p_adjusted"] < 0.05]
    other = reference or "the others together"
    for name, side in (
        (outlet, told_apart[told_apart["log_odds"] > 0]),
        (other, told_apart[told_apart["log_odds"] < 0]),
    ):
        rows = side.head(top) if name == outlet else side.iloc[::-1].head(top)
        click.echo(f"{len(side):,} words are typical of {name}, of {len(found):,}" + (":" if len(side) else "."))
        if len(side):
            click.echo(_shown(rows))
    if page:
        write_figure(words_chart(found, of=outlet, reference=other, top=top), page)
    if table:
        table.write_bytes(to_csv_bytes(found))
        click.echo(f"{len(found):,} rows: {table}")


def _shown(rows: pd.DataFrame) -> str:
    decimals = {"log_odds": 2, "low": 2, "high": 2, "p_adjusted": 4, "per_1000": 2, "reference_per_1000": 2, "dp": 2}
    return str(rows[list(SHOWN)].round(decimals).to_string(index=False))
