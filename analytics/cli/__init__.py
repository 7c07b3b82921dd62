"""The `tellings` command. Each command only reads its options, calls the library and says what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from .change_points import change_points
from .code import code
from .compare import compare
from .context import context
from .dashboard import dashboard
from .demo import demo
from .evaluate import evaluate
from .export import export
from .fetch import fetch
from .inspect import inspect
from .plan import plan
from .report import report
from .robustness import robustness
from .running import Commands, run
from .score import score
from .verify import verify
from .versions import versions
from .words import words


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tellings", message="%(prog)s %(version)s")
def cli() -> None:
    """Measure how news outlets tell the same story.

    \b
    Start here:
      tellings demo                                 scores the sample corpus, opens the dashboard
      tellings inspect articles.csv                 shows what would be read
      tellings score articles.csv --out results     measures the articles
      tellings dashboard results                    opens the results in the browser
      tellings compare agency.txt rewrite.txt       shows what changed between two tellings
    """


COMMANDS = (
    *(demo, fetch, inspect, score, dashboard),
    *(change_points, words, context, robustness, plan, report),
    *(code, export, compare, versions, evaluate, verify),
)
for command in COMMANDS:
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    run(cli, list(sys.argv[1:] if arguments is None else arguments))
