"""`tellings evaluate`."""

from __future__ import annotations

from pathlib import Path

import click

from .running import Command


@click.command(cls=Command)
@click.argument("dataset")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON rather than a table.")
def evaluate(dataset: str, path: Path, as_json: bool) -> None:
    """Measure accuracy on a published gold set, beside its baselines, or check a corpus of your own.

    DATASET is one of: babe, dse, gvfc, gwsd, narrative_frames, narrative_roles, newsmtsc, persent, polnear, roles,
    szeged. PATH is the folder that
    holds it (of narrative_roles that of narrative_frames, which has the roles, too).
    Or it is a check: speed (PATH is a file of articles), responsiveness (of the dashboard on results folder PATH),
    links (judged actor links of results folder PATH), name_swaps (names exchanged in the sentences of NewsMTSC),
    cases (PATH is a file of cases made after reports), robustness (whether odd inputs lose a record; PATH is a folder
    to work in), or, with PATH a file of articles or a results folder, copies (planted in them), quotation_matching
    (quotations of theirs changed in known ways), stories (judged groups of one corpus) or boilerplate (judged stretches
    of it).

    \b
    Example:
      tellings evaluate newsmtsc path/to/newsmtsc
    """
    from ..dashboard import responsiveness
    from ..evaluation import CHECKS, DATASETS

    known = {**DATASETS, **CHECKS, "responsiveness": responsiveness.evaluate}
    if dataset not in known:
        raise click.BadParameter(f"no gold set {dataset!r}; there are: {', '.join(known)}", param_hint="DATASET")
    figures = known[dataset](path)
    click.echo(figures.to_json(orient="records", indent=2) if as_json else figures.to_string(index=False))
    if not as_json and "confusion" in figures.attrs:
        click.echo(f"\nTaken by the encoder for (columns), by coders for (rows):\n{figures.attrs['confusion']}")
