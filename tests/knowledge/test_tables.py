"""The tables of units, opposites and place names: every row is read, and malformed ones are named."""

from analytics.knowledge.opposites import opposites
from analytics.knowledge.places import same_place
from analytics.knowledge.units import units


def test_each_dimension_has_a_unit_that_the_others_are_measured_in() -> None:
    known = units().values()
    for dimension in {unit.dimension for unit in known} - {"currency"}:
        assert any(unit.factor == 1 for unit in known if unit.dimension == dimension), dimension


def test_opposites_count_in_both_directions() -> None:
    assert frozenset({"rise", "fall"}) in opposites() and all(len(pair) == 2 for pair in opposites())


def test_another_place_is_not_the_same() -> None:
    assert same_place("kyiv", "kiev") and same_place("velm", "velm") and not same_place("velm", "norrby")
