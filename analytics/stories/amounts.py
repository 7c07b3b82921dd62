"""Whether two quantities are the same amount, whatever the writing and the unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..knowledge.aliases import load_person_nouns
from ..knowledge.units import Unit, units
from .quantities import Quantity

_THREE_PLACES = re.compile(r"\d{1,3}\.\d{3}(?!\d)")
_MANY = frozenset(
    "people troop servicemen men women children civilian victim casualtie fatalitie death miner sailor inhabitant "
    "local crowd passenger demonstrator fighter".split()
)  # people in numbers, as `Quantity.counted` has them
_ROUNDED = 0.02  # of a value turned into another unit, or of a share written as a fraction twice as much


def equal(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are the same amount, whatever the writing and the unit; bounds apart.

    >>> from analytics.stories.quantities import quantities
    >>> def same(x, y): return equal(quantities(x)[0], quantities(y)[0])
    >>> same("5 million euros", "€5m"), same("300 metres", "984 feet"), same("5 million euros", "5 million dollars")
    (True, True, False)
    >>> same("12 percent", "one in eight"), same("4 percent", "4 percentage points")
    (True, False)
    """
    if any(_THREE_PLACES.match(q.text) and q.low * 1000 == r.low for q, r in ((a, b), (b, a))):
        return True  # 3.500 for 3,500, as written in much of Europe
    if a.unit is None or b.unit is None:
        return (a.low, a.high) == (b.low, b.high)
    ends_a, ends_b = (a.low, a.high), (b.low, b.high)
    if a.unit.name == b.unit.name:
        room = 0.05 if a.fraction != b.fraction else 1e-9
        return all(abs(x - y) <= room * max(abs(x), abs(y)) for x, y in zip(ends_a, ends_b, strict=True))
    if not convertible(a, b):
        return False
    in_a = [_in_base(x, a.unit, b.unit) for x in (a.low, a.high)]
    in_b = [_in_base(x, b.unit, a.unit) for x in (b.low, b.high)]
    room = 0.06 if "about" in (a.bound, b.bound) else _ROUNDED
    return all(abs(x - y) <= room * max(abs(x), abs(y)) for x, y in zip(in_a, in_b, strict=True))


def convertible(a: Quantity, b: Quantity) -> bool:
    """Whether two units measure the same, so that the one amount can be turned into the other."""
    if a.unit is None or b.unit is None:
        return False
    one, other = a.unit, b.unit
    if one.dimension == other.dimension:
        if one.dimension == "share":
            return {one.name, other.name} == {"point", "basis point"}
        if one.dimension == "currency":
            return {one.name, other.name} in ({"dollar", "cent"}, {"euro", "cent"}, {"pound", "penny"})
        return True
    return {one.name, other.name} <= {"pound", "kilogram", "tonne", "ton", "gram"} and "pound" in (one.name, other.name)


def _in_base(value: float, unit: Unit | None, other: Unit | None) -> float:
    assert unit is not None and other is not None
    if unit.name == "degree Fahrenheit":
        return (value - 32) / 1.8
    if unit.name == "pound" and other.dimension == "mass":
        return value * units()["lb"].factor
    return value * unit.factor


def count_alike(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities count the same kind of thing: one noun, people by whatever name, or one unit.

    >>> from analytics.stories.quantities import quantities
    >>> def alike(x, y): return count_alike(quantities(x)[0], quantities(y)[0])
    >>> alike("12 soldiers", "15 people"), alike("12 soldiers", "15 shells")
    (True, False)
    """
    if a.unit is not None or b.unit is not None:
        return a.unit is not None and b.unit is not None and a.unit.dimension == b.unit.dimension
    return a.counted == b.counted or (counts_people(a) and counts_people(b))


def counts_people(a: Quantity) -> bool:
    """Whether what is counted are people."""
    return a.counted in _MANY or a.counted in load_person_nouns()


def matching(found: Sequence[Quantity], sought: Quantity) -> Quantity | None:
    """The first of some quantities that is the same amount, of one that can count the same."""
    return next((q for q in found if equal(q, sought)), None)
