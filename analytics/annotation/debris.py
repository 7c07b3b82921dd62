"""Words that the tagger marks as a source and that name none: "$800", "a", "order to", what has raised fears."""

from __future__ import annotations

from .attribution_rules import NOBODY, AttributionRules, Speaker
from .evidence import is_speaker
from .reporting_cues import Cue

_NO_NAMES = frozenset(  # alone, they stand for nobody
    "a an the this that these those there here while when where although though because since if as but and or than"
    " to of in on at by for from with so not also then only just even".split()
)
_STANDARDS = frozenset("plan schedule law need taste custom tradition legend rumour rumor size rank age".split())
_PURPOSE = frozenset({"order", "addition", "response", "favour", "favor", "contrast"})  # "in order to"
_MONEY = frozenset("$€£¥")
_FEELINGS = frozenset(  # held by others than what raises them
    "fear concern doubt hope worry alarm anxiety suspicion speculation expectation question".split()
)
_CAUSING = frozenset(  # what does this to a feeling is its cause, and no holder
    "spark stoke fuel prompt trigger heighten cause ease allay deepen create ignite provoke boost dash dampen".split()
)
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


def is_cause(rules: AttributionRules, cue: Cue, speaker: Speaker) -> bool:
    """Whether what is marked as a source only causes a feeling that others hold: "the siege raised fears that …"."""
    noun = next((i for i in _with_objects(rules, cue.token) if rules.tokens[i].lemma in _FEELINGS), None)
    if noun is None or rules.tokens[noun].dep != "dobj":
        return False
    verb = rules.tokens[rules.tokens[noun].head]
    if speaker.start is not None and rules.phrase(noun)[0] <= speaker.start < rules.tokens[noun].start:
        return False  # "raised international fears", "stoked Brandt's fears"
    if verb.lemma in _CAUSING:
        return True
    if verb.lemma not in ("raise", "renew"):
        return False
    own = any(rules.tokens[i].dep == "nsubj" for i in rules.children[verb.index])
    beside = verb.dep == "advcl" and verb.tag == "VBG" and not own and not rules.cue_at.get(verb.head)
    return beside or (speaker.actor_id is None and not _names_somebody(rules, speaker))


def _with_objects(rules: AttributionRules, token: int) -> tuple[int, ...]:
    return (token, *(i for i in rules.children[token] if rules.tokens[i].dep == "dobj"))


def _names_somebody(rules: AttributionRules, speaker: Speaker) -> bool:
    """Whether a source without an actor is a pronoun or a name, or a noun for people or bodies."""
    if speaker.start is None or speaker.end is None:
        return False
    first, last = rules.token_range(speaker.start, speaker.end)
    head = rules.tokens[rules.top(first, last)]
    return head.pos in ("PROPN", "PRON") or is_speaker(head)
