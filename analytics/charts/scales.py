"""Where an axis begins and ends: by what the measure means, or, when asked, by the values shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from .rates import Bounds

WIDEST = 1.0  # a range that ends beyond is a count per so many words: it begins at zero and ends with the values


def scale(bounds: Bounds | None, *, zoomed: bool = False) -> tuple[float, float] | None:
    """The range of an axis that does not follow the filter; None where it has to follow the values.

    >>> scale((-1, 1)), scale((0, 1000)), scale((-1, 1), zoomed=True)
    ((-1.0, 1.0), None, None)
    """
    if zoomed or bounds is None or bounds[1] is None or bounds[1] > WIDEST:
        return None
    return float(bounds[0]), float(bounds[1])


def in_words(bounds: Bounds | None, *, zoomed: bool = False) -> str:
    """What an axis shows, in a sentence.

    >>> in_words((-1, 1))
    'The axis is the whole range of the measure, −1 to 1.'
    """
    whole = scale(bounds, zoomed=zoomed)
    if whole is not None:
        return f"The axis is the whole range of the measure, {_plain(whole[0])} to {_plain(whole[1])}."
    if zoomed and (of := scale(bounds)) is not None:
        return f"The axis is zoomed in to the values shown, of a range of {_plain(of[0])} to {_plain(of[1])}."
    return "The axis begins at zero and ends with the values shown."


def axis_range(bounds: Bounds | None, values: Iterable[Any], *, zoomed: bool = False) -> list[float]:
    """Both ends of an axis, with a little room beyond; unless zoomed in, zero is always on it."""
    if (whole := scale(bounds, zoomed=zoomed)) is not None:
        room = 0.03 * (whole[1] - whole[0])
        return [whole[0] - room, whole[1] + room]
    known = [float(value) for value in values if not pd.isna(value)]
    if not zoomed or not known:
        known.append(0.0)
    low, high = min(known), max(known)
    room = 0.06 * ((high - low) or abs(high) or 1.0)
    return [low - room if low or zoomed else -room / 3, high + room]


def _plain(value: float) -> str:
    return f"{value:g}".replace("-", "−")
