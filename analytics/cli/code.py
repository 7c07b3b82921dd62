"""`tellings code`: samples for coding, and codes in and out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ..vocabulary import VOICES
from .code_at_terminal import adjudicate, start
from .code_findings import agree, errors, estimate
from .notes import tell
from .options import FOLDER, SAMPLE
from .running import Command, Commands
from .selecting import COPIES, END, OUTLETS, START, actor_id, selection_of
from .tables import rows_of

DESIGNS = ("stratified", "active", "simple")
FORMATS = ("csv", "doccano", "label-studio")


@click.group(cls=Commands)
def code() -> None:
    """Code a sample of a measure by hand, blind, and correct its numbers by it.

    Needs a folder that `tellings score` wrote. Samples and codes are kept in its folder "coding". The same is on the
    dashboard's page Coding. See docs/coding.md.

    \b
    Examples, from start to end:
      tellings code draw results sentiment --actor "Ada Brandt" --n 60
      tellings code start results --coder ada
      tellings code estimate results
    """


@code.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("measure")
@click.option("--actor", help="About this actor, by name, alias or id.")
@click.option("--voice", type=click.Choice(VOICES), default="outlet", show_default=True, help="Whose words.")
@click.option("--n", type=click.IntRange(min=1), default=60, show_default=True, help="How many items to draw.")
@click.option(
    "--design",
    type=click.Choice(DESIGNS),
    default="stratified",
    show_default=True,
    help="How: evenly by outlet, and more where the machine is less sure (stratified); where a coding narrows the "
    "outlets' intervals most (active); every item alike (simple).",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="For the same draw again.")
@click.option("--name", help="What the sample is called. By default, after its measure and actor.")
@click.option(
    "--guidelines",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own guidelines (text), shown beside those of the measure.",
)
@OUTLETS
@START
@END
@COPIES
def draw(
    folder: Path,
    measure: str,
    actor: str | None,
    voice: str,
    n: int,
    design: Any,
    seed: int,
    name: str | None,
    guidelines: Path | None,
    **filters: Any,
) -> None:
    """Draw items of a measure to be coded.

    MEASURE is one of: sentiment, author_sentiment, hedging, boosting, loaded_language, slanted_wording,
    frame_conflict, frame_economic, frame_human_interest, frame_morality, frame_responsibility, hero, villain, victim,
    sentiment_vader. Items are mentions of the actor, sentences, or whole articles, as the measure counts.

    \b
    Examples:
      tellings code draw results sentiment --actor "Ada Brandt" --outlet "Harbour Post" --outlet "Daily Ferry"
      tellings code draw results hedging --n 200 --design active
    """
    from ..coding import draw_sample, too_few_for_outlets
    from ..errors import InputError
    from ..results.store import open_store

    store = open_store(folder)
    selection = selection_of(store, **filters)
    try:
        words = guidelines.read_text(encoding="utf-8") if guidelines else ""
    except UnicodeDecodeError:
        raise InputError(f"{guidelines} is not UTF-8 text") from None
    chosen = actor_id(store, actor) if actor else None
    sample = draw_sample(
        store,
        measure,
        n=n,
        actor=chosen,
        voice=voice,
        design=design,
        seed=seed,
        name=name,
        selection=selection,
        guidelines=words,
    )
    click.echo(f"{sample.title}: {len(sample.queue):,} of {len(sample.frame):,} items drawn ({design}).")
    if short := too_few_for_outlets(sample):
        click.echo(f"note: {short}", err=True)
    click.echo(f'Code them with: tellings code start {folder} --sample "{sample.name}" --coder NAME')


@code.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@SAMPLE
@click.option("--n", type=click.IntRange(min=1), required=True, help="How many items to draw.")
def more(folder: Path, sample_name: str | None, n: int) -> None:
    """Draw more items for a sample, by the same design.

    What is coded is not coded again. An active draw learns from the codes so far where the machine errs.

    \b
    Example:
      tellings code more results --n 40
    """
    from ..coding import draw_more, open_sample

    before = open_sample(folder, sample_name)
    sample = draw_more(before, n)
    added = len(sample.queue) - len(before.queue)
    click.echo(f"{sample.title}: {added:,} more items to code, {len(sample.queue):,} in all.")
    if added < n:
        click.echo(f"note: of {n:,} drawn, {n - added:,} are in the sample already", err=True)


@code.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
def status(folder: Path) -> None:
    """List the samples of a folder, and how far each coder is.

    \b
    Example:
      tellings code status results
    """
    from ..coding import open_sample, progress, samples
    from ..results.store import open_store

    open_store(folder)
    there = samples(folder)
    if not there:
        click.echo(f"No sample yet. Draw one with: tellings code draw {folder} MEASURE")
    for name in there:
        sample = open_sample(folder, name)
        click.echo(f"{name}: {sample.title}, {len(sample.queue):,} items ({sample.about.design})")
        for row in rows_of(progress(sample)):
            cannot = f", of {row.cannot_tell} it cannot be told" if row.cannot_tell else ""
            click.echo(f"  {row.coder}: {row.coded + row.cannot_tell:,} of {row.of:,}{cannot}")
        tell(sample.log().left_out)


@code.command("import", cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@SAMPLE
@click.option("--coder", help="Who gave these codes, where the files do not say it.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="By default, told by the file's beginning.")
def import_(folder: Path, files: tuple[Path, ...], sample_name: str | None, coder: str | None, format_: Any) -> None:
    """Add codes from CSV, doccano (JSON Lines) or Label Studio (JSON).

    CSV needs the columns item_id and code, and coder or --coder. A file that is added twice counts once.

    \b
    Example:
      tellings code import results ben.csv --coder ben
    """
    from ..coding import import_codes, open_sample

    sample = open_sample(folder, sample_name)
    for file in files:
        found = import_codes(sample, file, coder=coder, format_=format_)
        click.echo(f"{file}: {found.new:,} codes added, {found.known:,} known already")
        tell(found.notes)


@code.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@SAMPLE
@click.option("--format", "format_", type=click.Choice((*FORMATS, "codes")), default="csv", show_default=True)
@click.option("--out", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def export(folder: Path, sample_name: str | None, format_: Any, file: Path | None) -> None:
    """Write items and codes as CSV, doccano JSON Lines or Label Studio JSON.

    Items stand there as coders see them, so that others can code them elsewhere, blind. With --format codes, a CSV of
    the codes beside the machine's answers, outlets and probabilities, for an analysis of one's own.

    \b
    Examples:
      tellings code export results --out to_code.csv
      tellings code export results --format label-studio --out tasks.json
    """
    from ..coding import coded, export_codes, labelling_config, open_sample
    from ..results.store import open_store

    store, sample = open_store(folder), open_sample(folder, sample_name)
    if format_ == "codes":
        text = coded(store, sample).codes.to_csv(index=False, lineterminator="\n")
    else:
        text = export_codes(store, sample, format_)
    if file is None:
        sys.stdout.write(text)
    else:
        file.write_text(text, encoding="utf-8")
        click.echo(f"{len(sample.queue):,} items: {file}")
    if format_ == "label-studio":
        click.echo(f"note: the labelling interface of the project: {labelling_config(sample)}", err=True)


for command in (start, agree, adjudicate, errors, estimate):
    code.add_command(command)
code.commands = {
    name: code.commands[name]
    for name in (
        *("draw", "start", "status", "more", "agree", "adjudicate", "errors", "estimate"),
        *("import", "export"),
    )
}
