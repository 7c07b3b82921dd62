"""`tellings change-points`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .notes import tell
from .options import FOLDER
from .running import Command
from .selecting import CHART, OUT, filtered, selection_of, write_figure


@click.command("change-points", cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--score", "name", required=True, help="The score, such as sentiment or hedging.")
@filtered
@click.option(
    "--period",
    type=click.Choice(["day", "week", "month"]),
    default="week",
    show_default=True,
    help="In which periods articles are taken together.",
)
@click.option("--together", is_flag=True, help="One line of all outlets that cover the whole span of time.")
@click.option(
    "--events",
    "events_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Events to mark (CSV: date, label and, if you like, actor). By default DIR/events.csv, if it is there.",
)
@OUT
@CHART
def change_points(
    folder: Path,
    name: str,
    period: Any,
    together: bool,
    events_file: Path | None,
    table: Path | None,
    page: Path | None,
    **filters: Any,
) -> None:
    """Say when the level of a score changes, by outlet: the day, the days it lies between, and p.

    Give the voice whose words count; without --voice all three are taken together.

    \b
    Example:
      tellings change-points results --score sentiment --actor "Ada Brandt" --voice outlet --chart change.html
    """
    from ..charts import trend_chart, with_change_points, with_events
    from ..compare import change_in_words, events, trends
    from ..compare import change_points as find
    from ..results.export import to_csv_bytes
    from ..results.score_rows import find_score, score_rows
    from ..results.store import open_store

    store = open_store(folder)
    tell(store.left_out)
    selection, score = selection_of(store, **filters), find_score(store, name)
    marks = events.read_events(events_file) if events_file else events.events_beside(folder)
    rows, by = score_rows(store, score, selection), None if together else "outlet"
    found = find(rows, by=by, period=period, scale=score.scale)
    if found.rows.empty:
        click.echo("no dated article has this score in this selection")
    for record in found.rows.to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        click.echo(change_in_words(row, by=by, unit=score.unit))
        if marks is not None and (near := events.between(marks, row)):
            click.echo(f"  within these days: {near}")
    _tell_left_out(found.undated, found.left_out, found.partial)
    if table:
        table.write_bytes(to_csv_bytes(found.rows))
        click.echo(f"{len(found.rows):,} rows: {table}")
    if page:
        lines = trends(rows, by=by, period=period, scale=score.scale, bounds=score.range)
        figure = trend_chart(lines, label=score.label, unit=score.unit, bounds=score.range)
        figure = with_change_points(figure, found, unit=score.unit)
        if marks is not None:
            figure = with_events(figure, marks)
        write_figure(figure, page)


def _tell_left_out(undated: int, left_out: tuple[str, ...], partial: tuple[str, ...]) -> None:
    if undated:
        click.echo(f"{undated:,} articles without a date are left out", err=True)
    if left_out:
        click.echo(f"left out, because they do not cover the whole span of time: {', '.join(left_out)}", err=True)
    if partial:
        click.echo(f"in it, though they do not cover the whole span of time: {', '.join(partial)}", err=True)
