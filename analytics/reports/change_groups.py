"""The kinds of change between two tellings as readers meet them: in groups."""

from __future__ import annotations

from dataclasses import dataclass

from ..stories.changes import CHANGE_KINDS, Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds of change that are filtered and marked together. `name` is also the CSS class of the marks."""

    name: str  # as kinds of change name it
    label: str
    mark: str  # how the words are marked, in words: colours are never the only sign


GROUPS = (
    Group(name="quotation", label="Quotations", mark="shaded, solid line"),
    Group(name="source", label="Sources and credit", mark="dashed line"),
    Group(name="certainty", label="Certainty", mark="wavy line"),
    Group(name="wording", label="Other words", mark="thin line"),
    Group(name="verb", label="Reporting verbs", mark="dotted line"),
    Group(name="number", label="Numbers", mark="double line"),
    Group(name="named", label="People and organisations", mark="bold, thin line"),
    Group(name="slant", label="Stance and tone", mark="line above"),
    Group(name="alone", label="Left out and added", mark="bar at the side"),
)
_OF_NAME = {group.name: group for group in GROUPS}


def group_of(kind: str) -> Group:
    """The group of a kind of change."""
    return _OF_NAME[CHANGE_KINDS[kind].group]


def chosen(changes: tuple[Change, ...], groups: list[str], weights: list[int]) -> list[tuple[int, Change]]:
    """The changes of some groups and weights, each with its number in the whole list, from 1."""
    return [
        (number, change)
        for number, change in enumerate(changes, 1)
        if group_of(change.kind).name in groups and change.severity in weights
    ]
