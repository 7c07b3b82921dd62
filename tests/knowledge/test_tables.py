"""The tables of units, opposites and place names: every row is read, and malformed ones are named."""

from analytics.knowledge.opposites import opposites
from analytics.knowledge.places import same_place
from analytics.knowledge.stages import stages
from analytics.knowledge.units import units


def test_each_dimension_has_a_unit_that_the_others_are_measured_in() -> None:
    known = units().values()
    for dimension in {unit.dimension for unit in known} - {"currency"}:
        assert any(unit.factor == 1 for unit in known if unit.dimension == dimension), dimension


def test_opposites_count_in_both_directions() -> None:
    assert frozenset({"rise", "fall"}) in opposites() and all(len(pair) == 2 for pair in opposites())


def test_of_a_course_each_lemma_tells_one_stage() -> None:
    assert dict(stages()["accuse"])["blame"] != dict(stages()["convict"])["blame"]
    of_course: dict[str, set[str]] = {}
    for courses in stages().values():
        for course, stage in courses:
            of_course.setdefault(course, set()).add(stage)
    assert all(len(found) > 1 for found in of_course.values())


def test_another_place_is_not_the_same() -> None:
    assert same_place("kyiv", "kiev") and same_place("velm", "velm") and not same_place("velm", "norrby")
