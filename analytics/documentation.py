"""The generated pages of docs/ and sections of the README. Rewrite them with ``python -m analytics.documentation``.

With ``DATASET=PATH …`` it also measures accuracy on these gold sets and rewrites the README's table of it.
Tables come from their schemas, measures from their declarations, commands from their help texts;
a test compares the files with what this module would write.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from inspect import cleandoc
from itertools import groupby
from pathlib import Path

import click
import pandas as pd

from .cli import cli
from .codebook import Entry, codebook
from .evaluation import DATASETS
from .measures import MEASURES, SCORES
from .measures.contract import Measure, Score
from .tables import TABLES

ROOT = Path(__file__).parent.parent
NOTICE = "<!-- Written by `python -m analytics.documentation`; edit its sources, not this page. -->"


def tables_page() -> str:
    """docs/tables.md: every table and column."""
    parts = [
        "# Tables",
        NOTICE,
        "A results folder holds one Parquet file per table and `manifest.json`, which names the versions, inputs, "
        "settings and counts of the run. `tellings export DIR TABLE` writes a table as CSV, Parquet or Excel. "
        "Null means unknown or not applicable, never zero. Offsets count characters (Unicode code points), from 0.",
    ]
    for table, entries in groupby(codebook(), key=lambda entry: entry.table):
        parts += [f"## {table}", cleandoc(TABLES[table].__doc__ or ""), _columns_table(list(entries))]
    return _page(parts)


def methods_page() -> str:
    """docs/methods.md: every measure and score."""
    parts = [
        "# Methods",
        NOTICE,
        "Each measure reads the same linguistic annotation of an article and gives findings, which are rows with "
        "the words behind them, and scores, which are rows of the table `scores`. A score with nothing to count over "
        "is no row, not a zero. Status: *measured* means that its accuracy on a gold set is stated in the README; "
        "*baseline* that it stands there for comparison; *exploratory* that there is little or no gold to measure it "
        "on.",
    ]
    for measure in MEASURES:
        parts += list(_measure(measure))
    return _page(parts)


def commands_page() -> str:
    """docs/cli.md: the help text of every command."""
    parts = ["# Command line", NOTICE, "`python -m analytics` is the same as `tellings`.", "## tellings", _help(cli)]
    for name, command in cli.commands.items():
        parts += [f"## tellings {name}", _help(command)]
    return _page(parts)


def readme() -> str:
    """README.md with its generated sections anew."""
    lines = ["| score | question | unit | status |", "|---|---|---|---|"]
    lines += [f"| {s.label} | {s.question} | {s.unit} | {s.status} |" for s in SCORES.values()]
    return with_section((ROOT / "README.md").read_text(encoding="utf-8"), "measures", "\n".join(lines))


_DETAIL = "precision|recall|word|F1 of "  # metrics that `tellings evaluate` prints and the README leaves out


def accuracy_table(figures: Mapping[str, pd.DataFrame], *, kept: str = "") -> str:
    """The README's table from the figures of each gold set; rows of `kept`, an earlier table, stay for other sets."""
    lines = ["| gold set | part | metric | n | method: value (95 % interval) |", "|---|---|---|---|---|"]
    lines += [row for row in kept.splitlines()[2:] if row.split("|")[1].strip() not in figures]
    for dataset, frame in figures.items():
        shown = frame[~frame["metric"].str.contains(_DETAIL)]
        for (part, metric), rows in shown.groupby(["split", "metric"], sort=False):
            methods = "<br>".join(f"{r.method}: {r.value:.2f} ({r.low:.2f} to {r.high:.2f})" for r in rows.itertuples())
            lines.append(f"| {dataset} | {part} | {metric} | {rows['n'].max():,} | {methods} |")
    return "\n".join([*lines[:2], *sorted(lines[2:], key=_set_of)])


def _set_of(row: str) -> int:
    """Gold sets stand in the order in which they are declared; their rows keep their order."""
    name = row.split("|")[1].strip()
    return list(DATASETS).index(name) if name in DATASETS else len(DATASETS)


def section(page: str, name: str) -> str:
    """What stands between ``<!-- name:begin -->`` and ``<!-- name:end -->``."""
    _, _, rest = page.partition(f"<!-- {name}:begin -->\n")
    return rest.partition(f"\n<!-- {name}:end -->")[0]


def with_section(page: str, name: str, content: str) -> str:
    """A page with what stands between ``<!-- name:begin -->`` and ``<!-- name:end -->`` replaced.

    >>> with_section("<!-- x:begin -->\\nold\\n<!-- x:end -->", "x", "new")
    '<!-- x:begin -->\\nnew\\n<!-- x:end -->'
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{content}\n{end}{after}"


PAGES: dict[str, Callable[[], str]] = {
    "README.md": readme,
    "docs/tables.md": tables_page,
    "docs/methods.md": methods_page,
    "docs/cli.md": commands_page,
}


def _page(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _columns_table(entries: list[Entry]) -> str:
    lines = ["| column | type | meaning | values |", "|---|---|---|---|"]
    for entry in entries:
        kind = f"{entry.type}, may be null" if entry.nullable else entry.type
        lines.append(f"| `{entry.column}` | {kind} | {entry.meaning} | {entry.values} |")
    return "\n".join(lines)


def _measure(measure: Measure) -> Iterator[str]:
    yield f"## {measure.name}"
    yield measure.method
    yield f"**Findings:** table `{measure.table}`. **Source:** {measure.source}"
    yield f"**Known limits:** {measure.limits}"
    yield f"**Gold set:** {measure.gold_set or 'none yet'}"
    lines = ["| score | question | unit | range | higher means | status |", "|---|---|---|---|---|---|"]
    for score in measure.scores:
        whose = ", per actor" if score.per_actor else ""
        lines.append(
            f"| `{score.name}` | {score.question} | {score.unit}{whose} | {_range(score)} "
            f"| {score.higher_means} | {score.status} |"
        )
    yield "\n".join(lines)


def _range(score: Score) -> str:
    low, high = score.range
    text = f"{low:g} or more" if high is None else f"{low:g} to {high:g}"
    return text.replace("-", "−")


def _help(command: click.Command) -> str:
    name = "tellings" if command is cli else f"tellings {command.name}"
    context = click.Context(command, info_name=name, terminal_width=90, help_option_names=["-h", "--help"])
    return f"```text\n{command.get_help(context)}\n```"


def main(gold_sets: Mapping[str, Path]) -> None:
    """Write every generated page, and the accuracy table where gold sets are given."""
    if gold_sets:
        figures = {name: DATASETS[name](path) for name, path in gold_sets.items()}
        path = ROOT / "README.md"
        page = path.read_text(encoding="utf-8")
        table = accuracy_table(figures, kept=section(page, "accuracy"))
        path.write_text(with_section(page, "accuracy", table), encoding="utf-8")
    (ROOT / "docs").mkdir(exist_ok=True)
    for name, written in PAGES.items():
        (ROOT / name).write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main({name: Path(path) for name, _, path in (argument.partition("=") for argument in sys.argv[1:])})
