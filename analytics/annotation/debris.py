"""Words that the tagger marks as a source and that name none: "$800", "a", "order to", "according to plan"."""

from __future__ import annotations

from .attribution_rules import NOBODY, AttributionRules, Speaker
from .reporting_cues import Cue

_NO_NAMES = frozenset(  # alone, they stand for nobody
    "a an the this that these those there here while when where although though because since if as but and or than"
    " to of in on at by for from with so not also then only just even".split()
)
_STANDARDS = frozenset("plan schedule law need taste custom tradition legend rumour rumor size rank age".split())
_PURPOSE = frozenset({"order", "addition", "response", "favour", "favor", "contrast"})  # "in order to"
_MONEY = frozenset("$€£¥")
_HIGHEST = 8  # steps up the parse


def without_debris(rules: AttributionRules, speaker: Speaker, cue: Cue) -> Speaker | None:
    """The speaker, or None where its words name nobody; `NOBODY` stays what it is."""
    if speaker.text is None or speaker.actor_id is not None:
        return speaker
    words = speaker.text.split()
    alone = words[0].lower() if len(words) == 1 else ""
    if alone in _NO_NAMES or speaker.text[:1] in _MONEY:
        return None
    if alone in _STANDARDS and cue.lemma == "according to":
        return None  # "goes according to plan"
    if words[0].lower() in _PURPOSE and words[1:2] == ["to"]:
        return None
    return speaker


def speaker_above(rules: AttributionRules, cue: Cue) -> Speaker:
    """The speaker of the nearest report around a cue, in its sentence: "China says this is untrue and has called …"."""
    i = cue.token
    for _ in range(_HIGHEST):
        above = rules.tokens[i].head
        if above == i:
            break
        i = above
        found = rules.cue_at.get(i)
        if found is not None and found.source is not None:
            speaker = without_debris(rules, rules.speaker(found.source), found)
            if speaker is not None:
                return speaker
    return NOBODY
