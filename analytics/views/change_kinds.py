"""The kinds of change between two tellings as readers meet them: in groups, each explained in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from ..stories.changes import CHANGE_KINDS, Change, ChangeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds of change that are filtered and marked together. `name` is also the CSS class of the marks."""

    name: str
    label: str
    mark: str  # how the words are marked, in words: colours are never the only sign
    kinds: dict[ChangeKind, str]  # what each kind means


GROUPS = (
    Group(
        name="quotation",
        label="Quotations",
        mark="shaded, solid line",
        kinds={
            "speaker_changed": "The same words, in somebody else's mouth.",
            "quotation_reworded": "The second text prints other words inside the quotation marks.",
            "quotation_put_in_marks": "The first text has this as indirect speech, the second as a literal quotation.",
            "quotation_extended": "The second text has more words inside the quotation marks.",
            "quotation_added": "The first text does not have this quotation.",
            "quotation_trimmed": "Words were left out of the quotation.",
            "quotation_paraphrased": "A literal quotation is now told in the writer's words.",
            "quotation_dropped": "The second text does not have this quotation.",
            "quotation_punctuation": "The words are the same; only punctuation or capitals differ.",
        },
    ),
    Group(
        name="source",
        label="Sources and credit",
        mark="dashed line",
        kinds={
            "attribution_lost": "What a source said is now said as if it were a fact that the outlet knows.",
            "credit_lost": "The second text does not name the medium that the first names as its source.",
            "attribution_gained": "What the first text says itself, the second has from a source.",
            "credit_gained": "The second text names a medium as its source that the first does not name.",
        },
    ),
    Group(
        name="certainty",
        label="Certainty",
        mark="wavy line",
        kinds={
            "hedge_became_booster": "Words that left room for doubt became words that sound sure.",
            "hedge_lost": "Words that left room for doubt (“may”, “reportedly”) are gone.",
            "booster_gained": "Words that make it sound surer (“clearly”, “fully”) were added.",
            "booster_became_hedge": "Words that sounded sure became words that leave room for doubt.",
            "hedge_gained": "Words that leave room for doubt were added.",
            "booster_lost": "Words that made it sound surer are gone.",
            "hedge_reworded": "Room for doubt is left in both, in other words.",
        },
    ),
    Group(
        name="wording",
        label="Other words",
        mark="thin line",
        kinds={
            "negation_changed": "One text says that it is so, the other that it is not.",
            "headline_changed": "The headlines differ.",
            "wording_changed": "Much the same sentence in partly other words, outside quotation marks.",
        },
    ),
    Group(
        name="verb",
        label="Reporting verbs",
        mark="dotted line",
        kinds={"reporting_verb": "The same statement is introduced by another verb; verbs can doubt or agree."},
    ),
    Group(
        name="number",
        label="Numbers",
        mark="double line",
        kinds={
            "number_changed": "A figure differs between the two texts.",
            "number_added": "The first text does not have this figure.",
        },
    ),
    Group(
        name="named",
        label="People and organisations",
        mark="bold, thin line",
        kinds={
            "actor_missing": "The second text does not name them.",
            "actor_added": "The first text does not name them.",
        },
    ),
    Group(
        name="slant",
        label="Stance and tone",
        mark="line above",
        kinds={
            "stance_shift": "Somebody stands differently toward somebody or something.",
            "sentiment_shift": "The outlet's own words about somebody are kinder or harsher.",
        },
    ),
    Group(
        name="alone",
        label="Left out and added",
        mark="bar at the side",
        kinds={
            "closing_added": "The second text ends with sentences that the first does not have.",
            "opening_added": "The second text begins with sentences that the first does not have.",
            "left_out": "Sentences of the first text without a counterpart in the second.",
            "added": "Sentences of the second text without a counterpart in the first.",
        },
    ),
)
_OTHER = GROUPS[-1]
_OF_KIND = {kind: group for group in GROUPS for kind in group.kinds}
WEIGHTS = {1: "Serious", 2: "Notable", 3: "Minor"}


def group_of(kind: ChangeKind) -> Group:
    """The group of a kind of change."""
    return _OF_KIND.get(kind, _OTHER)


def explained(kind: ChangeKind) -> str:
    """What a kind of change means, in one sentence; its label where nothing more is known of it."""
    return group_of(kind).kinds.get(kind, CHANGE_KINDS[kind])


def chosen(changes: tuple[Change, ...], groups: list[str], weights: list[int]) -> list[tuple[int, Change]]:
    """The changes of some groups and weights, each with its number in the whole list, from 1."""
    return [
        (number, change)
        for number, change in enumerate(changes, 1)
        if group_of(change.kind).name in groups and change.severity in weights
    ]
