"""Options and arguments that several commands take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

INPUTS = click.argument(
    "inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
FOLDER = click.Path(file_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
ACTORS = click.option(
    "--actors",
    "actors_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own actors (TOML): names, groups, what to hide. See docs/actors.md.",
)
TARGETS = click.option(
    "--targets",
    "targets_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Statements (TOML): who is for them, who against? See docs/targets.md.",
)
PORT = click.option(
    "--port", type=click.IntRange(1, 65535), help="The dashboard's port. By default, the first free one from 8501."
)
HEADLESS = click.option("--headless", is_flag=True, help="Serve the dashboard without opening a browser.")
COLUMN = click.option(
    "--column",
    "columns",
    metavar="FIELD=NAME",
    multiple=True,
    callback=lambda _context, _option, pairs: _columns(pairs),
    help="Read a field from the column of this name, e.g. title=headline. Repeat for more fields.",
)

DATE_ORDER = click.option(
    "--date-order",
    type=click.Choice(["dmy", "mdy", "ymd"]),
    help="How to read dates such as 03/04/2022 where no other date of their column says it: dmy is 3 April.",
)
SAMPLE = click.option("--sample", "sample_name", help="Which sample, where the folder has several.")


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    mapping = dict(pair.partition("=")[::2] for pair in pairs)
    for field, name in mapping.items():
        if not (field and name):
            raise click.BadParameter(f"{field!r} is not of the form FIELD=NAME, e.g. title=headline")
    return mapping
