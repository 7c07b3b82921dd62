"""One look for one name, wherever it stands: colour, symbol and dash of an outlet or an actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..vocabulary import UNKNOWN
from .theme import COLOURS, QUIET, SYMBOLS

DASHES = ("solid", "dash", "dot", "dashdot", "longdash")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a name's marks and lines look."""

    colour: str
    symbol: str
    dash: str = "solid"


Styles = Mapping[str, Style]
PLAIN = Style(colour=COLOURS[0], symbol=SYMBOLS[0])


def styles(names: Sequence[str]) -> dict[str, Style]:
    """A look for each name, by its place: give all names there are, not those in view, and a filter changes no colour.

    The first 25 differ in colour or symbol; of five that follow each other all colours do.

    >>> found = styles(["Harbour Post", "Northern Ledger", "(unknown)"])
    >>> found["Northern Ledger"].symbol, found["(unknown)"].colour
    ('square', '#5F5F5F')
    """
    found = {name: _of(place) for place, name in enumerate(name for name in names if name != UNKNOWN)}
    return found | ({UNKNOWN: Style(colour=QUIET, symbol="circle-open", dash="dot")} if UNKNOWN in names else {})


def style_of(name: str, among: Styles) -> Style:
    """The look of a name; that of a chart of one thing where it has none."""
    return among.get(name, PLAIN)


def _of(place: int) -> Style:
    turn = place // len(COLOURS)
    return Style(
        colour=COLOURS[place % len(COLOURS)],
        symbol=SYMBOLS[(place + turn) % len(SYMBOLS)],
        dash=DASHES[turn % len(DASHES)],
    )
