"""`tellings plan`."""

from __future__ import annotations

from pathlib import Path

import click

from .running import Command


@click.command(cls=Command)
@click.argument("plan_file", metavar="PLAN.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def plan(plan_file: Path) -> None:
    """Seal a plan of analysis before looking: write its hash and the time beside it, once.

    PLAN.toml is a question: score, outlet and, if you like, reference, actor, voices, stories, copies, start, end;
    title, expect ("higher" or "lower") and notes. `tellings report --plan PLAN.toml` says whether the result was
    planned, and how far it departs. A clock can be set: to convince others, deposit the hash where they can date it.

    \b
    Example:
      tellings plan plan.toml
    """
    from ..reports.plans import seal

    found = seal(plan_file)
    click.echo(f"sha256 {found.hash}")
    click.echo(f"sealed {found.sealed:%Y-%m-%d at %H:%M} UTC: {plan_file.name}.seal.json beside it")
    for name, value in found.question.describe().items():
        click.echo(f"  {name}: {', '.join(value) if isinstance(value, list) else value}")
