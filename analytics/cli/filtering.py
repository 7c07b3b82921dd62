"""The filter of a command line as a selection."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..errors import SelectionError

if TYPE_CHECKING:
    from ..results.store import Selection, Store


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
    """What options such as --outlet and --actor select."""
    from ..results.store import Selection

    return Selection(
        outlets=outlets,
        actors=tuple(actor_id_of(store, actor) for actor in actors),
        voices=voices,
        start=start.date() if start else None,
        end=end.date() if end else None,
        copies=copies,
    )


def actor_id_of(store: Store, actor: str) -> str:
    """The id of the actor of this id, name or alias; an unknown one is left for `check_selection` to refuse."""
    from ..results.actor_lookup import find_actors

    found = find_actors(store, actor)
    if len(found) > 1:
        raise SelectionError(f"{actor!r} may be any of these actors, name one by its id: {', '.join(found)}")
    return next(iter(found), actor)
