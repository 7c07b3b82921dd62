"""`tellings versions`."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten

import click

from ..errors import InputError
from .comparison import check_output, output_options, show
from .options import FOLDER
from .running import Command


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("address", required=False)
@click.option(
    "--between",
    nargs=2,
    type=click.IntRange(min=1),
    metavar="N M",
    help="Two versions by their numbers. By default, the first and the last.",
)
@output_options
def versions(
    folder: Path,
    address: str | None,
    between: tuple[int, int] | None,
    as_json: bool,
    page: Path | None,
    everything: bool,
) -> None:
    """Show what an outlet changed after publication.

    DIR is a folder that `tellings fetch` wrote. Without ADDRESS, lists the pages that changed between two times of
    fetching; with it, compares two versions of that page, as `tellings compare` does with two texts. Needs the extra
    "web".

    \b
    Examples:
      tellings versions news
      tellings versions news https://harbourpost.example/dam --html changes.html
    """
    from ..fetch import require_web

    require_web()
    from ..fetch.versions import changed_pages, versions_of

    if address is None:
        if as_json or page or between:
            raise click.UsageError("name the address of a page, too")
        pages = changed_pages(folder)
        click.echo(f"{len(pages):,} pages changed since they were first fetched" + (":" if pages else "."))
        for changed in pages:
            when = f"{changed.first:%Y-%m-%d %H:%M} to {changed.last:%Y-%m-%d %H:%M} UTC"
            click.echo(f"  {changed.n_versions} versions, {when}: {shorten(changed.title or '', 80, placeholder='…')}")
            click.echo(f"    {changed.url}")
        return
    check_output(as_json=as_json, page=page)
    found = {version.number: version for version in versions_of(folder, address)}
    first, last = between or (min(found), max(found))
    if missing := sorted({first, last} - found.keys()):
        raise InputError(f"there is no version {missing[0]} of this page; it has {len(found)}")
    if first == last:
        raise InputError(f"there is one version of this page, fetched {found[first].fetched:%Y-%m-%d %H:%M} UTC")
    from ..stories.tellings import compare_tellings

    if not as_json:
        for number in (first, last):
            click.echo(f"Version {number}, fetched {found[number].fetched:%Y-%m-%d %H:%M} UTC")
    compared = compare_tellings(found[first].article, found[last].article)
    show(compared, as_json=as_json, page=page, everything=everything)
