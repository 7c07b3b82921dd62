"""The filter that several commands take: outlets, actors, days, voices, copies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..errors import SelectionError
from ..vocabulary import VOICES
from .options import DAY

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from ..results.store import Selection, Store

F = TypeVar("F", bound=Callable[..., Any])

OUTLETS = click.option("--outlet", "outlets", multiple=True, help="Only this outlet. Repeat for more.")
ACTORS = click.option(
    "--actor", "actors", multiple=True, help="Only this actor, by name, alias or id. Repeat for more."
)
START = click.option(
    "--from", "start", type=DAY, metavar="YYYY-MM-DD", help="Only articles published on or after this day."
)
END = click.option("--to", "end", type=DAY, metavar="YYYY-MM-DD", help="Only articles published on or before this day.")
VOICE = click.option(
    "--voice", "voices", multiple=True, type=click.Choice(VOICES), help="Only this voice. Repeat for more."
)
COPIES = click.option("--copies/--no-copies", default=True, help="Whether to keep articles that are copies of another.")
ACTOR = click.option("--actor", help="Only sentences that mention this actor (name, alias or id), without its name.")
OUT = click.option(
    "--csv", "table", type=click.Path(dir_okay=False, path_type=Path), help="Write the whole table to this file."
)
CHART = click.option(
    "--chart",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw it into this file: a web page (.html) or a picture (.png; needs the extra images and Chrome).",
)
FILTERS = (OUTLETS, ACTORS, START, END, VOICE, COPIES)


def filtered(command: F) -> F:
    """The options of a filter; the command passes what it gets of them to `selection_of`."""
    for option in reversed(FILTERS):
        command = option(command)
    return command


def selection_of(
    store: Store,
    *,
    outlets: tuple[str, ...] = (),
    actors: tuple[str, ...] = (),
    voices: tuple[str, ...] = (),
    start: datetime | None = None,
    end: datetime | None = None,
    copies: bool = True,
) -> Selection:
    """What the options of a filter mean.

    Raises SelectionError where they name an outlet or actor that the store does not hold, or several actors at once.
    """
    from ..results.store import Selection, check_selection

    selection = Selection(
        outlets=outlets,
        actors=tuple(actor_id(store, actor) for actor in actors),
        voices=voices,
        start=start.date() if start else None,
        end=end.date() if end else None,
        copies=copies,
    )
    check_selection(store, selection)
    return selection


def actor_id(store: Store, actor: str) -> str:
    """The id of the actor of this id, name or alias.

    Raises SelectionError where there is none, or several.
    """
    from ..results.actor_lookup import find_actors
    from ..results.store import Selection, check_selection

    found = find_actors(store, actor)
    if len(found) > 1:
        raise SelectionError(f"{actor!r} may be any of these actors, name one by its id: {', '.join(found)}")
    if not found:
        check_selection(store, Selection(actors=(actor,)))
    return next(iter(found))


def write_figure(figure: go.Figure, path: Path) -> None:
    """Write a figure as a picture where the file's name ends in .png, else as a web page that needs no network."""
    from ..charts.images import png

    if path.suffix.lower() == ".png":
        path.write_bytes(png(figure))
    else:
        figure.write_html(path, include_plotlyjs=True)
    click.echo(f"chart: {path}")
