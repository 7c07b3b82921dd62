"""Reported words that the tagger cut at an inserted "she said", at "and", or began too late or too early."""

from __future__ import annotations

from .attribution_rules import NOBODY, AttributionRules, Speaker
from .encoder import Span
from .passives import load_verbs_of_address
from .reporting_cues import Cue
from .tagged_sources import touched

_ASKING = frozenset({"ask", "question", "quiz", "press", "lobby", "remind", "inform"})
_TOPICS = frozenset({"about", "on", "over", "for", "whether", "if", "why", "how", "when", "where", "what", "that"})
_VERBS = ("VERB", "AUX")
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_LONGEST_ADDRESSEE = 6  # tokens


def without_addressee(rules: AttributionRules, start: int, end: int, cue: Cue) -> Span:
    """A stretch without who is spoken to: "asked | the mayor | about the dam"."""
    first, last = touched(rules, (start, end))
    if rules.tokens[cue.token].lemma not in _ASKING or not cue.last <= first <= cue.last + 1:
        return start, end
    addressees = [i for i in rules.children[cue.token] if rules.tokens[i].dep in ("dobj", "dative", "nsubj")]
    for i in range(first + 1, min(last, first + _LONGEST_ADDRESSEE)):
        if rules.tokens[i].text.lower() in _TOPICS and any(first <= a < i for a in addressees):
            after = rules.tokens[i + 1 : last] if rules.tokens[i].pos == "ADP" else rules.tokens[i:last]
            return (after[0].start, end) if after else (start, end)
    return start, end


def other_part(rules: AttributionRules, start: int, end: int, cue: Cue, speaker: Speaker) -> Span | None:
    """The rest of a clause into which a report is set between commas: "The danger, she said, | is that it leaks".

    None where the words are a clause by themselves, or nothing else of it is in the sentence.
    """
    sentence = rules.sentence_at(start)
    inserted = _inserted(rules, cue, speaker)
    if sentence is None or inserted is None:
        return None
    opening, closing = inserted
    first, last = touched(rules, (start, end))
    if not sentence.first <= opening and closing < sentence.last:
        return None
    top = rules.tokens[rules.top(first, last)]
    if last <= opening and closing + 1 < sentence.last - 1 and closing < top.head < sentence.last:
        return _stretch(rules, closing + 1, sentence.last)
    added = top.head == cue.token and top.pos in ("ADP", "SCONJ") and rules.tokens[cue.token].dep == "parataxis"
    if first > closing and top.dep not in _SUBJECTS and (added or sentence.first <= top.head < opening):
        return _stretch(rules, sentence.first, opening)
    return None


def _inserted(rules: AttributionRules, cue: Cue, speaker: Speaker) -> Span | None:
    """The tokens of the marks before and after a cue with its source, where there are such."""
    if speaker.start is None or speaker.end is None:
        return None
    low, high = touched(rules, (speaker.start, speaker.end))
    opening, closing = min(low, cue.first) - 1, max(high, cue.last)
    while opening > 0 and rules.tokens[opening].pos in ("DET", "PROPN", "ADJ", "ADP") and closing - opening < 8:
        opening -= 1  # "in | their telling"
    if opening < 1 or closing >= len(rules.tokens):
        return None
    return (opening, closing) if rules.tokens[opening].text == rules.tokens[closing].text == "," else None


def _stretch(rules: AttributionRules, first: int, last: int) -> Span | None:
    while first < last and not rules.tokens[first].is_word:
        first += 1
    while first < last and not rules.tokens[last - 1].is_word:
        last -= 1
    if last - first < 2:
        return None
    start, end = rules.tokens[first].start, rules.tokens[last - 1].end
    quotation = rules.quotation_at(end - 1)
    end = quotation.end if quotation is not None else end
    return None if rules.fully_quoted(start, end) else (start, end)


def with_second_half(rules: AttributionRules, start: int, end: int, cue: Cue) -> Span:
    """A stretch with the clause that goes on from it: "said that the dam leaks | , but that the town is safe"."""
    first, last = touched(rules, (start, end))
    sentence = rules.sentence_at(start)
    if first < cue.last or sentence is None:
        return start, end
    roots = [i for i in rules.children[cue.token] if rules.tokens[i].dep == "ccomp" and first <= i < last]
    for root in roots:
        for i in rules.children[root]:
            if rules.tokens[i].dep == "conj" and last < i < sentence.last and rules.tokens[i].pos in _VERBS:
                between = rules.tokens[last:i]
                if any(t.text in ";:()" or t.index in rules.cue_at for t in between) or _tells(rules, i):
                    continue
                if any(t.pos == "CCONJ" for t in between):
                    after = rules.phrase(i)[1]
                    quotation = rules.quotation_at(after - 1)
                    return start, max(end, min(sentence.end, quotation.end if quotation else after))
    return start, end


def with_undergoer(rules: AttributionRules, start: int, end: int, cue: Cue, speaker: Speaker) -> Span:
    """A stretch with the subject of a passive report that names no source: "Hundreds are believed | to be trapped".

    A pronoun stays outside, as it adds nothing to be read.
    """
    verb = rules.tokens[cue.token]
    first, _ = touched(rules, (start, end))
    thought = cue.entry.cue_class and cue.lemma not in load_verbs_of_address()  # "were told to flee" is no such
    if speaker != NOBODY or verb.tag != "VBN" or not thought or not cue.last <= first <= cue.last + 1:
        return start, end
    own = [rules.tokens[i] for i in rules.children[verb.index]]
    subject = next((t for t in own if t.dep == "nsubjpass" and t.index < verb.index), None)
    infinitive = any(t.dep == "xcomp" and first <= t.index for t in own)
    if subject is None or subject.pos not in ("NOUN", "PROPN", "NUM") or not infinitive:
        return start, end
    begin, after = rules.phrase(subject.index)
    gap = rules.tokens[touched(rules, (begin, after))[1] : verb.index]
    plain = all(t.pos in ("AUX", "ADV", "PART") for t in gap)
    beside = rules.sentence_at(begin) == rules.sentence_at(start) and rules.quotation_at(begin) is None
    return (begin, end) if plain and beside and rules.quotation_at(start) is None else (start, end)


def _tells(rules: AttributionRules, verb: int) -> bool:
    """Whether a verb begins a report of its own; "showed" and the like may be what somebody says."""
    cue = rules.cue_at.get(verb)
    return cue is not None and cue.entry.cue_class != "indicating"
