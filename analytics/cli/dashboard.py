"""`tellings dashboard`."""

from __future__ import annotations

from pathlib import Path

import click

from .. import demo
from ..dashboard import serving
from .notes import tell
from .options import FOLDER, HEADLESS, PORT
from .running import Command


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", required=False, type=FOLDER)
@PORT
@HEADLESS
@click.option(
    "--allow-host",
    "allowed_hosts",
    multiple=True,
    help="Answer under this name, too, as behind a proxy on this machine. By default only as localhost.",
)
def dashboard(folder: Path | None, port: int | None, headless: bool, allowed_hosts: tuple[str, ...]) -> None:
    """Open a results folder in the browser, on this machine only.

    Without DIR, the demo's results.

    \b
    Example:
      tellings dashboard results
    """
    from ..results.manifest import MANIFEST
    from ..results.store import open_store

    if folder is None and not (demo.demo_folder() / MANIFEST).is_file():
        raise click.UsageError("no results folder given; make the demo's with: tellings demo")
    folder = folder or demo.demo_folder()
    store = open_store(folder)
    tell(store.left_out)
    store.close()
    serving.serve(folder, port=port, headless=headless, allowed_hosts=allowed_hosts)
