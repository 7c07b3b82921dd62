"""The pages about tables, methods and commands, and the generated sections of the README."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from itertools import groupby
from pathlib import Path

import click
import pandas as pd

from ..cli import cli
from ..measures import MEASURES, SCORES
from ..measures.accuracy import stated
from ..measures.contract import Measure, Score
from ..results.codebook import Entry, codebook
from ..results.schemas import TABLES
from ..vocabulary import BOILERPLATE_KINDS

ROOT = Path(__file__).parents[2]
NOTICE = "<!-- Written by `python -m analytics.documentation`; edit its sources, not this page. -->"


def tables_page() -> str:
    """docs/tables.md: every table and column."""
    parts = [
        "# Tables",
        NOTICE,
        "A results folder holds `manifest.json`, which names the versions, inputs, settings and counts of the run, and "
        "one folder `tables-…` with a Parquet file per table (`open_store(DIR).tables` is its path; should there be "
        "several, the manifest's `tables` names the one that counts). `tellings export DIR TABLE` writes a table as "
        "CSV, Parquet or Excel. "
        "Null means unknown or not applicable, never zero. Offsets count characters (Unicode code points), from 0.",
    ]
    for table, entries in groupby(codebook(), key=lambda entry: entry.table):
        parts += [f"## {table}", cleandoc(TABLES[table].__doc__ or ""), _columns_table(list(entries))]
    return page_of(parts)


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
        "No measure reads boilerplate: what stands in an article's text and is no news. It is found by patterns of "
        "lines and of sentences (`analytics/knowledge/boilerplate.tsv`), never inside quotation marks that are closed, "
        "and stays in the text: `boilerplate` of `sentences` names its kind, `n_words_boilerplate` of `articles` "
        "counts its words. `tellings score --keep-boilerplate` measures it, too. A link or caption that runs into the "
        "next sentence without a full stop is not found, nor is a caption without credit, weekday and full date: of "
        "19 captions in 20 articles of war news that were read whole 7 were found; of 59 stretches that were drawn "
        "from those marked none was news (`tellings evaluate boilerplate`). Its kinds: "
        + "; ".join(f"*{kind}*, {meaning}" for kind, meaning in BOILERPLATE_KINDS.items())
        + ".",
    ]
    for measure in MEASURES:
        parts += list(_measure(measure))
    return page_of(parts)


def commands_page() -> str:
    """docs/cli.md: the help text of every command."""
    parts = ["# Command line", NOTICE, "`python -m analytics` is the same as `tellings`.", "## tellings", _help(cli)]
    for name, command in cli.commands.items():
        parts += [f"## tellings {name}", _help(command)]
        for part, of_it in command.commands.items() if isinstance(command, click.Group) else ():
            parts += [f"### tellings {name} {part}", _help(of_it, f"tellings {name} {part}")]
    return page_of(parts)


def readme() -> str:
    """README.md with its generated sections anew."""
    lines = ["| score | question | unit | status |", "|---|---|---|---|"]
    lines += [f"| {s.label} | {s.question} | {s.unit} | {s.status} |" for s in SCORES.values()]
    page = with_section((ROOT / "README.md").read_text(encoding="utf-8"), "measures", "\n".join(lines))
    return with_section(page, "accuracy", accuracy_table(stated()))


def accuracy_table(figures: pd.DataFrame) -> str:
    """Figures of gold sets, a line per part and metric, in which the methods stand side by side."""
    lines = ["| gold set | part | metric | n | method: value (95 % interval) |", "|---|---|---|---|---|"]
    for (gold_set, part, metric), rows in figures.groupby(["gold_set", "split", "metric"], sort=False):
        methods = "<br>".join(f"{r.method}: {r.value:.2f} ({r.low:.2f} to {r.high:.2f})" for r in rows.itertuples())
        lines.append(f"| {gold_set} | {part} | {metric} | {rows['n'].max():,} | {methods} |")
    return "\n".join(lines)


def with_section(page: str, name: str, content: str) -> str:
    """A page with what stands between ``<!-- name:begin -->`` and ``<!-- name:end -->`` replaced.

    >>> with_section("<!-- x:begin -->\\nold\\n<!-- x:end -->", "x", "new")
    '<!-- x:begin -->\\nnew\\n<!-- x:end -->'
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{content}\n{end}{after}"


def page_of(parts: list[str]) -> str:
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
    if measure.gold_set:
        yield accuracy_table(stated(measure.gold_set))
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


def _help(command: click.Command, name: str = "") -> str:
    name = name or ("tellings" if command is cli else f"tellings {command.name}")
    context = click.Context(command, info_name=name, terminal_width=90, help_option_names=["-h", "--help"])
    return f"```text\n{command.get_help(context)}\n```"
