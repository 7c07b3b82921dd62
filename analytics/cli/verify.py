"""`tellings verify`."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import TellingsError
from .options import FOLDER
from .running import Command


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("other", metavar="OTHER", type=FOLDER)
def verify(folder: Path, other: Path) -> None:
    """Compare two results folders cell by cell.

    Shows for each table how many rows either folder has and how many of them the other has not. Exits with 1 where
    they differ: the check of a run that was repeated on another machine, or by another version.

    \b
    Example:
      tellings verify results results-again
    """
    from ..results.store import open_store
    from ..results.verification import verify as compare

    found = compare(open_store(folder), open_store(other))
    click.echo(found.to_string(index=False))
    differ = found.loc[found[["only_here", "only_there"]].any(axis=1), "table"]
    if len(differ):
        raise TellingsError(f"{folder} and {other} differ in {', '.join(differ)}")
    click.echo("All tables are equal, cell by cell.")
