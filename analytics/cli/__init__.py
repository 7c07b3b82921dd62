"""The `tellings` command. Each command only reads its options, calls the library and says what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..article import VOICES
from ..dashboard.serving import serve
from ..demo import SAMPLE_ACTORS, demo_folder, demo_inputs, demo_is_current
from ..errors import SelectionError, TellingsError
from .progress import progress_shown
from .running import Commands, run

if TYPE_CHECKING:
    from ..results.store import Selection, Store

INPUTS = click.argument(
    "inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
FOLDER = click.Path(file_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
ACTORS = click.option(
    "--actors",
    "actors_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own actors (TOML): names, groups, what to hide. See docs/actors.md.",
)
TARGETS = click.option(
    "--targets",
    "targets_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Statements (TOML): who is for them, who against? See docs/targets.md.",
)
PORT = click.option(
    "--port", type=click.IntRange(1, 65535), help="The dashboard's port. By default, the first free one from 8501."
)
HEADLESS = click.option("--headless", is_flag=True, help="Serve the dashboard without opening a browser.")
COLUMN = click.option(
    "--column",
    "columns",
    metavar="FIELD=NAME",
    multiple=True,
    callback=lambda _context, _option, pairs: _columns(pairs),
    help="Read a field from the column of this name, e.g. title=headline. Repeat for more fields.",
)


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    mapping = dict(pair.partition("=")[::2] for pair in pairs)
    for field, name in mapping.items():
        if not (field and name):
            raise click.BadParameter(f"{field!r} is not of the form FIELD=NAME, e.g. title=headline")
    return mapping


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


@cli.command()
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
        _score(demo_inputs(), folder, actors_file=SAMPLE_ACTORS)
    click.echo(f"The demo's results are in {folder}")
    if open_:
        serve(folder, port=port, headless=headless)


@cli.command()
@INPUTS
@COLUMN
def inspect(inputs: tuple[Path, ...], columns: dict[str, str]) -> None:
    """Show what would be read, and what would be rejected and why.

    Shows for each file which columns map to what; writes nothing. INPUT is a CSV, TSV, JSON, JSON Lines, Parquet
    or plain-text file, or a folder of them.

    \b
    Example:
      tellings inspect articles.csv --column title=headline
    """
    from ..ingest import inspect_inputs
    from .preview import describe_sources

    click.echo(describe_sources(inspect_inputs(inputs, columns=columns)))


@cli.command()
@INPUTS
@click.option(
    "--out",
    required=True,
    type=FOLDER,
    help="The results folder. An earlier result is kept until this one is complete.",
)
@COLUMN
@ACTORS
@TARGETS
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes. By default, one per core.")
@click.option("--resume", is_flag=True, help="Continue a run that was stopped.")
def score(
    inputs: tuple[Path, ...],
    out: Path,
    columns: dict[str, str],
    actors_file: Path | None,
    targets_file: Path | None,
    jobs: int | None,
    resume: bool,
) -> None:
    """Measure articles and write the results folder.

    INPUT is a CSV, TSV, JSON, JSON Lines, Parquet or plain-text file, or a folder of them. Records that cannot be
    read are kept in the table `rejected` with their reason; the rest is scored.

    \b
    Example:
      tellings score articles.csv --out results --column title=headline
    """
    files = {"actors_file": actors_file, "targets_file": targets_file}
    store = _score(inputs, out, columns=columns, **files, jobs=jobs, resume=resume)
    click.echo(f"{store.count('articles'):,} articles scored, {store.count('rejected'):,} records rejected: {out}")
    click.echo(f"Look at them with: tellings dashboard {out}")


@cli.command()
@click.argument("folder", metavar="[DIR]", required=False, type=FOLDER)
@PORT
@HEADLESS
def dashboard(folder: Path | None, port: int | None, headless: bool) -> None:
    """Open a results folder in the browser, on this machine only.

    Without DIR, the demo's results.

    \b
    Example:
      tellings dashboard results
    """
    from ..results.store import MANIFEST, open_store

    if folder is None and not (demo_folder() / MANIFEST).is_file():
        raise click.UsageError("no results folder given; make the demo's with: tellings demo")
    folder = folder or demo_folder()
    open_store(folder).close()
    serve(folder, port=port, headless=headless)


@cli.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("table")
@click.option("--format", "format_", type=click.Choice(["csv", "parquet", "xlsx"]), default="csv", show_default=True)
@click.option("--outlet", "outlets", multiple=True, help="Only this outlet. Repeat for more.")
@click.option("--actor", "actors", multiple=True, help="Only this actor, by name, alias or id. Repeat for more.")
@click.option("--from", "start", type=DAY, metavar="YYYY-MM-DD", help="Only articles published on or after this day.")
@click.option("--to", "end", type=DAY, metavar="YYYY-MM-DD", help="Only articles published on or before this day.")
@click.option("--voice", "voices", multiple=True, type=click.Choice(VOICES), help="Only this voice. Repeat for more.")
@click.option("--copies/--no-copies", default=True, help="Whether to keep articles that are copies of another.")
@click.option(
    "--out",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, with the run's manifest beside it, rather than to standard output.",
)
def export(folder: Path, table: str, format_: str, file: Path | None, **filters: Any) -> None:
    """Write the rows of a table that the dashboard's filter would show.

    TABLE is one of: articles, texts, sentences, actors, mentions, attributions, cues, stances, frames, stories,
    alignments, quote_pairs, scores, rejected. CSV holds the exact text, with nulls empty. A spreadsheet may run a
    text that begins with "=" as a formula: for spreadsheets use xlsx, where every text stays text.

    \b
    Examples:
      tellings export results stances --actor "Vladimir Putin" --voice quoted > stances.csv
      tellings export results scores --from 2022-03-01 --to 2022-03-31 --format xlsx --out scores.xlsx
    """
    from ..results.export import WRITERS, export_manifest, write_export
    from ..results.schemas import TABLES
    from ..results.store import check_selection, open_store

    if table not in TABLES:
        raise click.BadParameter(f"no table {table!r}; there are: {', '.join(TABLES)}", param_hint="TABLE")
    if file is None and format_ != "csv":
        raise click.UsageError(f"{format_} needs a file: add --out {table}.{format_}")
    store = open_store(folder)
    selection = _selection(store, **filters)
    check_selection(store, selection)
    rows = store.select(table, selection)
    data = WRITERS[format_](rows)
    if undated := store.undated(selection):
        click.echo(f"{undated:,} articles without a date are left out", err=True)
    if file is None:
        sys.stdout.buffer.write(data)
    else:
        beside = write_export(data, export_manifest(store, table, len(rows), selection), file)
        click.echo(f"{len(rows):,} rows: {file}, with {beside.name} beside it")


@cli.command()
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
@ACTORS
def compare(
    first: Path, second: Path, as_json: bool, page: Path | None, everything: bool, actors_file: Path | None
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
    found = compare_tellings(first, second, actors_file=actors_file)
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


@cli.command()
@click.argument("dataset")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON rather than a table.")
def evaluate(dataset: str, path: Path, as_json: bool) -> None:
    """Measure accuracy on a published gold set, beside its baselines, or check a corpus of your own.

    DATASET is one of: dse, gwsd, narrative_frames, narrative_roles, newsmtsc, polnear, szeged. PATH is the folder that
    holds it (of narrative_roles that of narrative_frames, which has the roles, too).
    Or it is a check: speed (PATH is a file of articles), responsiveness (of the dashboard on results folder PATH),
    links (judged actor links of results folder PATH), name_swaps (names exchanged in the sentences of NewsMTSC),
    cases (PATH is a file of single cases, each with what should come out), or, with PATH a file of articles or a
    results folder, copies (planted in them), quotation_matching (quotations of theirs changed in known ways) or
    stories (judged groups of one corpus).

    \b
    Example:
      tellings evaluate newsmtsc path/to/newsmtsc
    """
    from ..dashboard import responsiveness
    from ..evaluation import CHECKS, DATASETS

    known = {**DATASETS, **CHECKS, "responsiveness": responsiveness.evaluate}
    if dataset not in known:
        raise click.BadParameter(f"no gold set {dataset!r}; there are: {', '.join(known)}", param_hint="DATASET")
    figures = known[dataset](path)
    click.echo(figures.to_json(orient="records", indent=2) if as_json else figures.to_string(index=False))
    if not as_json and "confusion" in figures.attrs:
        click.echo(f"\nTaken by the encoder for (columns), by coders for (rows):\n{figures.attrs['confusion']}")


def _score(inputs: Sequence[Path], out: Path, **options: Any) -> Store:
    try:
        from ..scoring.pipeline import score

        with progress_shown() as progress:
            return score(inputs, out, progress=progress, **options)
    except KeyboardInterrupt:
        raise TellingsError("stopped; the same command with --resume continues where it was") from None


def _selection(
    store: Store,
    *,
    outlets: tuple[str, ...],
    actors: tuple[str, ...],
    voices: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
    copies: bool,
) -> Selection:
    from ..results.store import Selection

    return Selection(
        outlets=outlets,
        actors=tuple(_actor_id(store, actor) for actor in actors),
        voices=voices,
        start=start.date() if start else None,
        end=end.date() if end else None,
        copies=copies,
    )


def _actor_id(store: Store, actor: str) -> str:
    """The id of the actor of this id, name or alias; an unknown one is left for `check_selection` to refuse."""
    conditions = (
        "actor_id = ?",
        "lower(name) = lower(?)",
        "list_contains(string_split(lower(aliases), '; '), lower(?))",
    )
    for condition in conditions:
        found = store.query(f"SELECT actor_id FROM actors WHERE {condition}", [actor])["actor_id"].tolist()
        if len(found) > 1:
            raise SelectionError(f"{actor!r} may be any of these actors, name one by its id: {', '.join(found)}")
        if found:
            return str(found[0])
    return actor


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    run(cli, list(sys.argv[1:] if arguments is None else arguments))
