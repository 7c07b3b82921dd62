"""`tellings compare`."""

from __future__ import annotations

from pathlib import Path

import click

from .comparison import check_output, output_options, show
from .options import ACTORS
from .running import Command


@click.command(cls=Command)
@click.argument("first", metavar="A", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("second", metavar="B", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@output_options
@click.option(
    "--keep-boilerplate",
    is_flag=True,
    help="Compare captions, bylines, newsletter lines and other boilerplate, too, which are left out otherwise.",
)
@ACTORS
def compare(
    first: Path,
    second: Path,
    as_json: bool,
    page: Path | None,
    everything: bool,
    keep_boilerplate: bool,
    actors_file: Path | None,
) -> None:
    """Show what changed from one telling of a story to another.

    A is the earlier telling (such as the agency's), B the later. Each is a file that holds one article. Shown are,
    most serious first: quotations altered, hedges lost, attributions and credits lost, what was left out and added,
    each with the words of both sides. [-…-] marks words of A that are not in B, {+…+} words of B that are not in A.

    \b
    Examples:
      tellings compare agency.txt rewrite.txt
      tellings compare agency.txt rewrite.txt --html changes.html
    """
    from ..stories.tellings import compare_tellings

    check_output(as_json=as_json, page=page)
    if page and page.exists() and any(page.samefile(text) for text in (first, second)):
        raise click.UsageError(f"--html {page} would overwrite one of the two texts; name another file")
    found = compare_tellings(first, second, actors_file=actors_file, keep_boilerplate=keep_boilerplate)
    show(found, as_json=as_json, page=page, everything=everything)
