"""`tellings dashboard`."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import click

from .. import demo
from ..dashboard import serving
from .notes import tell
from .options import FOLDER, HEADLESS, PORT
from .running import Command

TOKEN_VARIABLE = "TELLINGS_TOKEN"
_SHOWN = 5  # collections of one's own, the newest


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", required=False, type=FOLDER)
@PORT
@HEADLESS
@click.option(
    "--allow-host",
    "allowed_hosts",
    multiple=True,
    help="Answer under this name, too, as behind a proxy on this machine. By default only as localhost. Whoever opens "
    "it then needs a token, which is told at the start: a new one each time, or that of the variable TELLINGS_TOKEN.",
)
def dashboard(folder: Path | None, port: int | None, headless: bool, allowed_hosts: tuple[str, ...]) -> None:
    """Open a results folder in the browser, on this machine only.

    DIR is a results folder, or a collection of articles that were added in the browser. Without it: the demo's results
    where there are any; otherwise the page on which articles are added.

    \b
    Example:
      tellings dashboard results
    """
    from ..dashboard.adding import collections
    from ..results.manifest import MANIFEST
    from ..results.store import open_store

    if folder is None:
        for own in collections.listed()[:_SHOWN]:
            click.echo(f"{own.name}: tellings dashboard {shlex.quote(str(own.folder))}", err=True)
        folder = demo.demo_folder() if (demo.demo_folder() / MANIFEST).is_file() else None
    elif (asked := collections.of_folder(folder)) is not None:
        folder = asked.results
    if folder is not None:
        store = open_store(folder)
        tell(store.left_out)
        store.close()
    token = _told_token(allowed_hosts) if allowed_hosts else None
    headless = headless or token is not None  # no browser has the token yet
    serving.serve(folder, port=port, headless=headless, allowed_hosts=allowed_hosts, token=token)


def _told_token(hosts: tuple[str, ...]) -> str:
    """The token for those who come under one of the names, told with what it opens."""
    from ..dashboard.entrance import FEWEST_CHARACTERS, new_token

    token = os.environ.get(TOKEN_VARIABLE) or new_token()
    if not re.fullmatch(rf"[\w-]{{{FEWEST_CHARACTERS},200}}", token, re.ASCII):
        raise click.UsageError(
            f"{TOKEN_VARIABLE} must be at least {FEWEST_CHARACTERS} letters, digits, hyphens or underscores, so that "
            "nobody guesses it"
        )
    click.echo(
        f"Open to others as {', '.join(hosts)}: whoever has this token can see the results, correct actors, add "
        f"articles and have addresses fetched by this machine.\n"
        f"Token: {token}\n"
        f"Each browser is asked for it once, or open this address, which has it: /?token={token}",
        err=True,
    )
    return token
