"""`tellings compare`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from .options import ACTORS
from .running import Command


@click.command(cls=Command)
@click.argument("first", metavar="A", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("second", metavar="B", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON rather than text.")
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write one HTML page to send on, instead of printing.",
)
@click.option("--all", "everything", is_flag=True, help="Show minor changes, too.")
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

    if as_json and page:
        raise click.UsageError("--json and --html exclude each other; run the command once for each")
    if page and page.exists() and any(page.samefile(text) for text in (first, second)):
        raise click.UsageError(f"--html {page} would overwrite one of the two texts; name another file")
    found = compare_tellings(first, second, actors_file=actors_file, keep_boilerplate=keep_boilerplate)
    if as_json:
        import json

        click.echo(json.dumps(found.to_dict(), indent=2, ensure_ascii=False))
    elif page:
        from ..reports.page import comparison_page

        page.write_text(comparison_page(found), encoding="utf-8")
        click.echo(f"{len(found.changes):,} changes: {page}")
    else:
        from ..reports.terminal import describe_comparison

        click.echo(describe_comparison(found, everything=everything, style=_styled))


_STYLES: dict[str, dict[str, Any]] = {
    "removed": {"fg": "red"},
    "added": {"fg": "green"},
    "serious": {"bold": True},
    "notable": {"bold": True},
    "minor": {"bold": True},
}


def _styled(text: str, name: str) -> str:
    return click.style(text, **_STYLES.get(name, {})) if sys.stdout.isatty() else text
