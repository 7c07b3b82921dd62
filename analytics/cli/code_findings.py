"""`tellings code agree`, `errors` and `estimate`: what a coded sample says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .notes import tell
from .options import FOLDER, SAMPLE
from .running import Command
from .tables import rows_of, show, table

SHOWN = 20  # disagreements that are listed


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@SAMPLE
def agree(folder: Path, sample_name: str | None) -> None:
    """Show how far coders agree, overall and on each answer, and where they do not.

    Krippendorff's alpha with its 95 % interval: 1 is perfect agreement, 0 is as by chance.

    \b
    Example:
      tellings code agree results
    """
    from ..coding import agreement_by_class, agreement_of, disagreements, in_interval, open_sample
    from ..coding.code_log import short_code

    sample = open_sample(folder, sample_name)
    tell(sample.log().left_out)
    found = agreement_of(sample)
    said = found.note or f"alpha {found.alpha:.2f} (95 % interval {found.low:.2f} to {found.high:.2f})"
    click.echo(f"{sample.title}: {said}; {found.n_items:,} items coded by several of {found.n_coders} coders.")
    if found.note:
        return
    rows = [
        [row.label, row.note or in_interval(row.alpha, row.low, row.high), f"{row.n_items:,}"]
        for row in rows_of(agreement_by_class(sample))
    ]
    table(["answer", "alpha against all others", "items"], rows)
    open_ones = disagreements(sample)
    if len(open_ones):
        click.echo(f"\n{len(open_ones):,} disagreements are not settled (tellings code adjudicate {folder}):")
    for row in rows_of(open_ones.head(SHOWN)):
        click.echo(f"  {row.item_id}: " + ", ".join(f"{who} {short_code(c)}" for who, c in row.codes.items()))
    if len(open_ones) > SHOWN:
        click.echo(f"  and {len(open_ones) - SHOWN:,} more")


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@SAMPLE
def errors(folder: Path, sample_name: str | None) -> None:
    """Show where the machine errs, by answer and by outlet, and whether it errs differently by outlet.

    Every coded item counts for as many as its draw makes it stand for.

    \b
    Example:
      tellings code errors results
    """
    from ..coding import coded, confusion, error_by_class, error_by_outlet, errs_differently, in_interval, open_sample
    from ..results.store import open_store

    store, sample = open_store(folder), open_sample(folder, sample_name)
    found = coded(store, sample)
    tell(found.notes)
    decided = found.codes[found.codes["code"].notna()]
    if decided.empty:
        click.echo(_not_yet(folder))
        return
    click.echo(f"{sample.title}: {decided['item_id'].nunique():,} items coded.\n")
    click.echo("By coders (rows) and by the machine's nearest answer (columns), as many as stand behind them:")
    click.echo(confusion(decided).round(1).to_string())
    labels = {float(answer.value): answer.label for answer in sample.coding.answers}
    click.echo("")
    rows = [
        [
            str(row.outlet),
            labels.get(float(row[1]), f"{row[1]:g}"),
            _share(row.precision),
            _share(row.recall),
            in_interval(row.f1, row.low, row.high),
            f"{row.n:,}",
        ]
        for row in rows_of(error_by_class(decided))
    ]
    table(["outlet", "answer", "precision", "recall", "F1 (95 % interval)", "coded"], rows)
    click.echo("")
    rows = [
        [
            str(row.outlet),
            row.note or in_interval(row.error, row.low, row.high),
            "–" if str(row.p_adjusted) == "<NA>" else f"{row.p_adjusted:.2g}",
            f"{row.n_items:,}",
        ]
        for row in rows_of(error_by_outlet(decided))
    ]
    table(["outlet", "machine − coders (95 % interval)", "adjusted p", "coded"], rows)
    click.echo(f"\n{errs_differently(decided).sentence}")


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@SAMPLE
@click.option("--reach", type=click.FloatRange(min=0, min_open=True), help="How many more codings give ± this?")
@click.option(
    "--stories",
    type=click.Choice(["all", "same"]),
    default="all",
    show_default=True,
    help="Differences of outlets over all articles, or within the same stories.",
)
@click.option("--period", type=click.Choice(["day", "week", "month", "quarter"]), help="By outlet and period, too.")
@click.option("--out", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write the rates as CSV, too.")
def estimate(
    folder: Path, sample_name: str | None, reach: float | None, stories: Any, period: Any, file: Path | None
) -> None:
    """Show a measure's numbers as measured and as corrected by the codes, both with 95 % intervals.

    The interval of what is measured holds the choice of articles, not that the machine errs; that of what is corrected
    holds both.

    \b
    Examples:
      tellings code estimate results
      tellings code estimate results --reach 0.1 --stories same
    """
    from ..coding import coded, findings, open_sample, side_by_side
    from ..compare.wording import MACHINE_ERROR
    from ..results.store import open_store

    store, sample = open_store(folder), open_sample(folder, sample_name)
    seen = coded(store, sample)
    if seen.codes["code"].isna().all():
        tell(seen.notes)
        click.echo(_not_yet(folder))
        return
    found = findings(sample, seen, reach=reach, stories=stories, period=period)
    tell(found.notes)
    click.echo(f"{sample.title} ({sample.score.unit}; higher: {sample.score.higher_means}).")
    click.echo(f"As measured, {MACHINE_ERROR}; as corrected, it is.\n")
    show(side_by_side(found.rates))
    if len(found.differences):
        where = "within the stories that both tell" if stories == "same" else "over all articles"
        click.echo(f"\nDifferences from the other outlets {where} (p adjusted for their number):\n")
        show(side_by_side(found.differences))
    if found.trend is not None:
        click.echo(f"\nBy outlet and {period}:\n")
        show(side_by_side(found.trend, by=("outlet", "period")))
    if file is not None:
        found.rates.to_csv(file, index=False)
        click.echo(f"\nThe rates with all their columns: {file}")


def _not_yet(folder: Path) -> str:
    return f"Nothing is coded yet. Begin with: tellings code start {folder} --coder NAME"


def _share(value: Any) -> str:
    return "–" if str(value) in ("None", "nan", "<NA>") else f"{value:.2f}"
