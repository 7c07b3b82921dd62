"""`tellings demo`."""

from __future__ import annotations

from pathlib import Path

import click

from ..dashboard import serving
from ..demo import SAMPLE_ACTORS, demo_folder, demo_inputs, demo_is_current
from .options import FOLDER, HEADLESS, PORT
from .running import Command
from .scoring import run_scoring


@click.command(cls=Command)
@click.option("--out", type=FOLDER, help="Where the results go.")
@click.option("--again", is_flag=True, help="Score anew even if the results are there from the last time.")
@click.option("--open/--no-open", "open_", default=True, help="Open the dashboard afterwards, or only score.")
@PORT
@HEADLESS
def demo(out: Path | None, again: bool, open_: bool, port: int | None, headless: bool) -> None:
    """Score the sample corpus and open the dashboard on it.

    The two seed texts, an agency report and a rewrite of it, are scored with it.
    The sample corpus is invented: four outlets of a country that does not exist.

    \b
    Example:
      tellings demo
    """
    folder = out or demo_folder()
    if again or not demo_is_current(folder):
        run_scoring(demo_inputs(), folder, actors_file=SAMPLE_ACTORS)
    click.echo(f"The demo's results are in {folder}")
    if open_:
        serving.serve(folder, port=port, headless=headless)
