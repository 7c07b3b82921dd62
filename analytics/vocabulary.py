"""The closed lists of words that tables, menus and texts share: each stands here once, with what its words mean.

Lists that a module adds to stand with those modules: classes of cue with the measures, kinds of change with their
finders.
"""

from __future__ import annotations

from typing import Literal, get_args

Voice = Literal["outlet", "quoted", "reported"]
VOICES: tuple[Voice, ...] = get_args(Voice)
VOICE_NAMES: dict[Voice, str] = {"outlet": "Outlet", "quoted": "Quoted", "reported": "Reported"}  # for menus
VOICE_LABELS: dict[Voice, str] = {  # for charts
    "outlet": "the outlet's own words",
    "quoted": "quoted words",
    "reported": "reported words (indirect speech)",
}

ActorKind = Literal["person", "organisation", "country", "group"]
MentionForm = Literal["name", "nominal", "pronoun"]
Role = Literal["agent", "patient", "other"]
AttributionKind = Literal["direct", "indirect", "mixed"]
BoilerplateKind = Literal[
    "dateline",
    "byline",
    "timestamp",
    "caption",
    "credit",
    "origin",
    "copyright",
    "link",
    "newsletter",
    "share",
    "appeal",
    "advertisement",
    "notice",
    "truncation",
]
BOILERPLATE_KINDS: dict[BoilerplateKind, str] = {
    "dateline": "place, day and agency before the first sentence",
    "byline": "who wrote it",
    "timestamp": "when it was published or updated",
    "caption": "a picture's caption or credit",
    "credit": "who else contributed, wrote or edited",
    "origin": "where it first appeared, that it was or will be updated",
    "copyright": "who owns it",
    "link": "a way to another text or video",
    "newsletter": "an invitation to subscribe",
    "share": "buttons and accounts of social media",
    "appeal": "a request to readers to write, comment or give",
    "advertisement": "an advertisement or the mark of one",
    "notice": "cookies, scripts, terms and other notices of the page",
    "truncation": "the mark of a text that was cut off",
}
TargetKind = Literal["actor", "proposition"]
StanceMethod = Literal["expression", "encoder"]

ReadFrom = Literal["sentence", "own_words", "told_attitude", "too_few_words"]
READ_FROM: dict[ReadFrom, str] = {
    "sentence": "the whole sentence",
    "own_words": "the outlet's own words in the sentence",
    "told_attitude": "not read: the sentence tells of somebody else's attitude toward the actor",
    "too_few_words": "not read: beside what a source says, too few words of the outlet's are left",
}

QuoteRelation = Literal[
    "verbatim",
    "punctuation",
    "trimmed",
    "extended",
    "reworded",
    "paraphrased",
    "put_in_marks",
    "only_a",
    "only_b",
]
QUOTE_RELATIONS: dict[QuoteRelation, str] = {
    "verbatim": "the same words",
    "punctuation": "only punctuation, capitals, spelling or an editor's words in brackets differ",
    "trimmed": "words left out",
    "extended": "words added",
    "reworded": "other words inside the marks",
    "paraphrased": "turned into indirect speech",
    "put_in_marks": "indirect speech put into quotation marks",
    "only_a": "dropped",
    "only_b": "added",
}

AlignmentRelation = Literal["verbatim", "trimmed", "extended", "reworded", "merged", "split", "only_a", "only_b"]
ALIGNMENT_RELATIONS: dict[AlignmentRelation, str] = {
    "verbatim": "the same words",
    "trimmed": "words left out, none added",
    "extended": "words added, none left out",
    "reworded": "told in other words",
    "merged": "several sentences of the first are one in the second",
    "split": "one sentence of the first is several in the second",
    "only_a": "only in the first",
    "only_b": "only in the second",
}

SEVERITIES = {1: "serious", 2: "notable", 3: "minor"}  # of changes

UNKNOWN = "(unknown)"  # stands for a missing outlet in a selection
