"""The kinds of change between two tellings as readers meet them: in groups."""

from __future__ import annotations

from dataclasses import dataclass

from ..stories.changes import Change, ChangeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds of change that are filtered and marked together. `name` is also the CSS class of the marks."""

    name: str
    label: str
    mark: str  # how the words are marked, in words: colours are never the only sign
    kinds: tuple[ChangeKind, ...]


GROUPS = (
    Group(
        name="quotation",
        label="Quotations",
        mark="shaded, solid line",
        kinds=(
            "speaker_changed",
            "quotation_reworded",
            "quotation_put_in_marks",
            "quotation_extended",
            "quotation_added",
            "quotation_trimmed",
            "quotation_paraphrased",
            "quotation_dropped",
            "quotation_punctuation",
        ),
    ),
    Group(
        name="source",
        label="Sources and credit",
        mark="dashed line",
        kinds=(
            "attribution_lost",
            "credit_lost",
            "attribution_gained",
            "credit_gained",
        ),
    ),
    Group(
        name="certainty",
        label="Certainty",
        mark="wavy line",
        kinds=(
            "hedge_became_booster",
            "hedge_lost",
            "booster_gained",
            "booster_became_hedge",
            "hedge_gained",
            "booster_lost",
            "hedge_reworded",
        ),
    ),
    Group(
        name="wording",
        label="Other words",
        mark="thin line",
        kinds=(
            "negation_changed",
            "headline_changed",
            "wording_changed",
        ),
    ),
    Group(
        name="verb",
        label="Reporting verbs",
        mark="dotted line",
        kinds=("reporting_verb",),
    ),
    Group(
        name="number",
        label="Numbers",
        mark="double line",
        kinds=(
            "number_changed",
            "number_added",
        ),
    ),
    Group(
        name="named",
        label="People and organisations",
        mark="bold, thin line",
        kinds=(
            "actor_missing",
            "actor_added",
        ),
    ),
    Group(
        name="slant",
        label="Stance and tone",
        mark="line above",
        kinds=(
            "stance_shift",
            "sentiment_shift",
        ),
    ),
    Group(
        name="alone",
        label="Left out and added",
        mark="bar at the side",
        kinds=(
            "closing_added",
            "opening_added",
            "left_out",
            "added",
        ),
    ),
)
_OTHER = GROUPS[-1]
_OF_KIND = {kind: group for group in GROUPS for kind in group.kinds}
WEIGHTS = {1: "Serious", 2: "Notable", 3: "Minor"}


def group_of(kind: ChangeKind) -> Group:
    """The group of a kind of change."""
    return _OF_KIND.get(kind, _OTHER)


def chosen(changes: tuple[Change, ...], groups: list[str], weights: list[int]) -> list[tuple[int, Change]]:
    """The changes of some groups and weights, each with its number in the whole list, from 1."""
    return [
        (number, change)
        for number, change in enumerate(changes, 1)
        if group_of(change.kind).name in groups and change.severity in weights
    ]
