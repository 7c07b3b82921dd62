"""`tellings report`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .asking import FILE, asked, question_of
from .notes import tell
from .options import FOLDER
from .running import Command


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@asked
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="A new folder, or a file that ends in .zip, for the bundle.",
)
@click.option("--plan", type=FILE, help="The sealed plan (TOML): the report says whether the result was planned.")
@click.option("--settings", is_flag=True, help="Also ask under every defensible setting (takes a minute or more).")
@click.option("--pictures", is_flag=True, help="Also draw the figures as PNG (needs the extra images and Chrome).")
def report(folder: Path, out: Path, plan: Path | None, settings: bool, pictures: bool, **options: Any) -> None:
    """Write a finding as a bundle: text, table, figure, data, codebook, manifest and references.

    The text has the result in sentences, whether it was planned, a paragraph on methods with the figures of accuracy,
    and the filter and corrections in words. Without another question, the plan's own is answered.

    \b
    Examples:
      tellings report results --score hedging --outlet "Harbour Post" --voice outlet --out finding
      tellings report results --plan plan.toml --settings --out finding.zip
    """
    from ..reports.bundle import report as make
    from ..reports.finding import result
    from ..reports.plans import seal
    from ..reports.robustness import robustness
    from ..results.store import open_store

    question = question_of(**options, plan=plan)
    store = open_store(folder)
    tell(store.left_out)
    sealed = seal(plan) if plan else None
    curve = robustness(store, question) if settings else None
    made = make(store, question, plan=sealed, curve=curve, pictures=pictures)
    made.write(out)
    click.echo(result(made.answer))
    click.echo(f"{len(made.files)} files: {out}")
