"""A comparison of two texts as a command shows it: in the terminal, as JSON, or as one HTML page."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..stories.comparison import Comparison

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--json", "as_json", is_flag=True, help="Print JSON rather than text."),
    click.option(
        "--html",
        "page",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write one HTML page to send on, instead of printing.",
    ),
    click.option("--all", "everything", is_flag=True, help="Show minor changes, too."),
)
_STYLES: dict[str, dict[str, Any]] = {
    "removed": {"fg": "red"},
    "added": {"fg": "green"},
    "serious": {"bold": True},
    "notable": {"bold": True},
    "minor": {"bold": True},
}


def output_options(command: Decorated) -> Decorated:
    """Add --json, --html and --all to a command, as `as_json`, `page` and `everything`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def check_output(*, as_json: bool, page: Path | None) -> None:
    """Raise UsageError for options that exclude each other, before anything is computed."""
    if as_json and page:
        raise click.UsageError("--json and --html exclude each other; run the command once for each")


def show(found: Comparison, *, as_json: bool, page: Path | None, everything: bool) -> None:
    """Print a comparison, or write it to a page."""
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


def _styled(text: str, name: str) -> str:
    return click.style(text, **_STYLES.get(name, {})) if sys.stdout.isatty() else text
