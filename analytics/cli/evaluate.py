"""`tellings evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .running import Command

if TYPE_CHECKING:
    from ..evaluation.telling_pairs import Half


@click.command(cls=Command)
@click.argument("dataset")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON rather than a table.")
@click.option(
    "--draw",
    "folder",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="With tellings: draw pairs of articles from PATH and write a sheet to be judged into FOLDER.",
)
@click.option("--pairs", type=click.IntRange(min=1), default=60, show_default=True, help="How many pairs to draw.")
@click.option("--seed", type=int, default=1, show_default=True, help="By which seed to draw them.")
@click.option(
    "--half",
    type=click.Choice(["all", "even", "odd"]),
    default="all",
    show_default=True,
    help="From which stories to draw: those whose first article stands at an even, or odd, place of PATH (from 0).",
)
def evaluate(dataset: str, path: Path, as_json: bool, folder: Path | None, pairs: int, seed: int, half: Half) -> None:
    """Measure accuracy on a published gold set, beside its baselines, or check a corpus of your own.

    DATASET is one of: babe, dse, gvfc, gwsd, narrative_frames, narrative_roles, newsmtsc, persent, polnear, roles,
    szeged. PATH is the folder that holds it (of narrative_roles that of narrative_frames, which has the roles, too).
    Or it is a check: speed (PATH is a file of articles), responsiveness (of the dashboard on results folder PATH),
    endurance (ten people at once in the dashboard on results folder PATH, for five minutes, in a browser), adding
    (seconds until twenty articles of file PATH that are given in the browser are charts),
    links (judged actor links of results folder PATH), attributions (its judged speakers and reported words),
    name_swaps (names exchanged in the sentences of NewsMTSC),
    cases (PATH is a file of cases made after reports), robustness (whether odd inputs lose a record; PATH is a
    folder to work in), long_archive (memory while a web archive of 2,000 pages is read; PATH is a folder to work in),
    correction (how often corrected intervals hold the truth; PATH is a folder with the gold
    sets newsmtsc, dse and polnear), or, with PATH a file of articles or a results folder, contrasts (relabelled and
    planted differences between outlets), change_points (planted in weekly series), words (doubled on one side),
    copies (planted in them), quotation_matching (quotations of theirs changed in known ways), stories (judged groups
    of one corpus), boilerplate (judged stretches of it) or tellings (judged pairs of its articles on one event;
    --draw makes a sheet of other pairs, to be judged).

    \b
    Examples:
      tellings evaluate newsmtsc path/to/newsmtsc
      tellings evaluate tellings articles.parquet --draw sheet --seed 5
    """
    from ..dashboard import adding_time, endurance, responsiveness
    from ..evaluation import CHECKS, DATASETS, telling_pairs

    in_dashboard = {
        "adding": adding_time.evaluate,
        "endurance": endurance.evaluate,
        "responsiveness": responsiveness.evaluate,
    }
    known = {**DATASETS, **CHECKS, **in_dashboard}
    if dataset not in known:
        raise click.BadParameter(f"no gold set {dataset!r}; there are: {', '.join(known)}", param_hint="DATASET")
    if folder is not None:
        if dataset != "tellings":
            raise click.UsageError("--draw makes a sheet of pairs for tellings; give tellings as DATASET")
        n = telling_pairs.write_sheet(path, folder=folder, seed=seed, pairs=pairs, half=half)
        click.echo(f"{n} pairs in {folder}: tellings.tsv (verdicts), tellings.md (what is listed), texts.md (texts)")
        return
    figures = known[dataset](path)
    click.echo(figures.to_json(orient="records", indent=2) if as_json else figures.to_string(index=False))
    if not as_json and "confusion" in figures.attrs:
        click.echo(f"\nTaken by the encoder for (columns), by coders for (rows):\n{figures.attrs['confusion']}")
