"""The stretches that the learnt tagger marks as reported, made whole: joined, begun and ended where the parse has it.

The tagger labels word pieces one by one, so that a stretch may break off in the middle of a phrase ("has barely |
recovered"), fall apart at a comma, or be a lone pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..article import Token
from .attribution_rules import NOBODY, AttributionRules, Speaker
from .encoder import Span
from .reporting_cues import Cue
from .tagged_sources import touched

_LONGEST_GAP = 3  # tokens between two stretches that are one
_LONGEST_REST = 25  # tokens between a stretch and the verb of saying behind it
_LONGEST_END = 8  # tokens that a stretch broken off is short of
_LEADING = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PART", "AUX"})  # what no stretch ends with
_BEFORE_HEADS = frozenset("amod compound det advmod aux auxpass neg nummod poss nmod case".split())
_RELATIVE = frozenset({"WP", "WDT", "WP$"})
_SMALL = _LEADING | {"PRON", "ADV"}
_SENTENCE_ADVERBS = frozenset("reportedly allegedly apparently supposedly purportedly seemingly".split())
_HAPPENING = frozenset(  # with these, unlisted as cues, a thing without a verb is nothing that is said
    "have do go get give put bring hold lead run set release impose receive face join meet ban launch draw".split()
)
_CIRCUMSTANCES = frozenset("upon after before during following amid".split())
_SHORTEST = 3  # words that may only lead over from the sentence before
_THINGS = frozenset({"NOUN", "PROPN", "PRON"})
_MARKS = '"“”‘'
_WITHIN_PHRASES = frozenset({"'s", "’s", "-", "$", "%", "£", "€"})
_CITING = re.compile(r", (?:citing|quoting) ")
_STOPS = frozenset({",", ";", ":", "–", "—", ".", "?", "!"})


def joined(rules: AttributionRules, pieces: Sequence[Span], named: Sequence[Span], cue: Cue) -> tuple[Span, ...]:
    """The stretches with those joined between which neither the cue nor its source stands, only a word or two."""
    found: list[Span] = []
    for start, end in sorted(pieces):
        if len(pieces) > 1 and all(rules.tokens[i].pos in _LEADING for i in range(*touched(rules, (start, end)))):
            continue  # "to", "that": what leads in
        if found and start >= found[-1][1] and _is_gap(rules, found[-1][1], start, named, cue):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def _is_gap(rules: AttributionRules, start: int, end: int, named: Sequence[Span], cue: Cue) -> bool:
    first, last = touched(rules, (start, end)) if start < end else (0, 0)
    between = rules.tokens[first:last]
    words = [token for token in between if token.is_word]
    if all(token.text.lower() in _SENTENCE_ADVERBS for token in words) and words:
        return True  # "Brandt, 58, reportedly left": the whole is rumour
    if any(a < end and start < b for a, b in named) or rules.sentence_at(start) != rules.sentence_at(end):
        return False
    if any(first <= i < last for i in (cue.token, *range(cue.first, cue.last))):
        return False
    if any(token.text in _MARKS for token in between):
        return False
    return len(words) <= _LONGEST_GAP


def made_whole(rules: AttributionRules, start: int, end: int, cue: Cue, speaker: Speaker) -> Span:
    """A stretch begun and ended where its phrase and its clause do; never over the cue, its source or a sentence."""
    first, last = touched(rules, (start, end))
    if first >= last:
        return start, end
    if (opened := rules.quotation_at(start)) is not None and opened.start == start and opened.end > end:
        start = opened.inner_start  # a mark that closes only beyond the stretch
    first = _begun(rules, first, cue)
    ended = _ended(rules, first, last, cue, _barred(rules, cue, speaker))
    if rules.tokens[first].start < start and first < touched(rules, (start, end))[0]:
        start = rules.tokens[first].start
    end = end if ended == last else rules.tokens[ended - 1].end
    if cue.last <= first and (sources := _CITING.search(rules.content, start, end)):
        end = sources.start()  # whom it has it from belongs to the one who reports
    while end > start + 1 and rules.content[end - 1] in " ,;:–—-":
        end -= 1
    return start, end


def _barred(rules: AttributionRules, cue: Cue, speaker: Speaker) -> set[int]:
    """The tokens of a cue and its source."""
    found = {cue.token, *range(cue.first, cue.last)}
    if speaker.start is not None and speaker.end is not None:
        found.update(range(*touched(rules, (speaker.start, speaker.end))))
    return found


def _begun(rules: AttributionRules, first: int, cue: Cue) -> int:
    """Where a stretch begins that left the verb's object out: "blames the port | for the flood"."""
    tokens = rules.tokens
    if tokens[first].pos != "ADP" or tokens[first].lemma == "as" or not cue.last < first <= cue.last + _LONGEST_END:
        return first
    above = tokens[first].head
    objects = [i for i in rules.children[cue.token] if tokens[i].dep == "dobj" and i < first]
    if not objects or not (above == cue.token or tokens[above].dep == "dobj"):
        return first
    between = range(cue.last, first)
    return cue.last if all(_hangs_on(rules, i, {objects[0]}) for i in between) else first


def _ended(rules: AttributionRules, first: int, last: int, cue: Cue, barred: set[int]) -> int:
    """Where a stretch ends that broke off: with its phrase; with the words before "…, she said"; or with its noun."""
    tokens, sentence = rules.tokens, rules.sentence_at(rules.starts[last - 1])
    limit = sentence.last if sentence else last
    before_cue = _before_cue(rules, last, limit, barred) if cue.entry.cue_class else None
    if before_cue is not None:
        return before_cue
    ended, final = last, tokens[last - 1]
    if last < limit and final.dep == "dobj" and final.head == cue.token and _is_complement(tokens[last], cue):
        ended = _to_mark(rules, last, limit, barred)  # "accused the port | of neglect"
    elif last < limit and final.is_word and _breaks_off(tokens, first, last):
        ended = _to_phrase_end(rules, last, limit, barred)
    while ended > first + 1 and _hangs_over(tokens, ended):
        ended -= 1
    return ended


def _is_complement(token: Token, cue: Cue) -> bool:
    return token.text == "of" and token.head == cue.token


def _breaks_off(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the last word of a stretch cannot be a last one: its noun, verb or object is still to come."""
    final, following = tokens[last - 1], tokens[last]
    if final.dep in _BEFORE_HEADS and last <= final.head < last + _LONGEST_GAP and not following.text.isspace():
        return True
    if final.pos == "CCONJ":
        return first <= following.head < last
    return final.pos in ("ADP", "AUX", "PART") and following.head == final.index


def _before_cue(rules: AttributionRules, last: int, limit: int, barred: set[int]) -> int | None:
    """The end of words that their verb of saying follows: "strikes went on | over the hills, said Brandt"."""
    cue = min((i for i in barred if i >= last), default=None)
    if cue is None or not last < cue <= min(limit - 1, last + _LONGEST_REST) or any(i < last for i in barred):
        return None
    end = cue
    while end > last and not rules.tokens[end - 1].is_word:
        end -= 1
    marked = rules.tokens[cue - 1].text
    rest = range(last, end)
    if marked not in {",", "-", "–", "—"} or any(rules.tokens[i].text in {*_MARKS, ";", ":"} for i in rest):
        return None
    return end if end > last and not any(i in rules.cue_at for i in rest) else None


def _to_phrase_end(rules: AttributionRules, last: int, limit: int, barred: set[int]) -> int:
    """The end of the phrase that goes on after a stretch: up to a mark, another report, the cue or its source."""
    tokens, end = rules.tokens, last
    governor = tokens[last - 1].head if last <= tokens[last - 1].head else last - 1
    while end < min(limit, last + _LONGEST_END):
        if end in barred or (end in rules.cue_at and end != governor):
            return last  # what goes on is no longer the same report
        token = tokens[end]
        if not token.is_word and token.text not in _WITHIN_PHRASES:
            break
        if end > governor and not _hangs_on(rules, end, {*range(last - 1, end)}):
            break
        end += 1
    return end if end > governor or governor < last else last


def _to_mark(rules: AttributionRules, last: int, limit: int, barred: set[int]) -> int:
    """The end of the words up to a comma, the cue or its source."""
    end = last
    while end < min(limit, last + _LONGEST_REST) and end not in barred and rules.tokens[end].text not in _STOPS:
        end += 1
    return end


def _hangs_on(rules: AttributionRules, i: int, words: set[int]) -> bool:
    for _ in range(6):
        if i in words:
            return True
        above = rules.tokens[i].head
        if above == i:
            return False
        i = above
    return False


def _hangs_over(tokens: Sequence[Token], end: int) -> bool:
    """Whether a last word belongs to what is no longer in the stretch: "and", ", which", ", which the"."""
    token, before = tokens[end - 1], tokens[end - 2].text
    if token.text in {",", ";"} or (token.tag in _RELATIVE and before == ","):
        return True
    return token.pos == "CCONJ" or (token.pos == "DET" and token.head >= end)


def says_nothing(rules: AttributionRules, start: int, end: int, cue: Cue, speaker: Speaker, *, parts: int) -> bool:
    """Whether a stretch, one of `parts` that go together, is no report.

    A pronoun beside other words, a thing that somebody has or gets, what "you" may think, the subject of "is expected".
    """
    first, last = touched(rules, (start, end))
    words = [token for token in rules.tokens[first:last] if token.is_word]
    if not words or (len(words) == 1 and (words[0].tag in _RELATIVE or (parts > 1 and words[0].pos in _SMALL))):
        return True
    verb = rules.tokens[cue.token]
    top = rules.tokens[rules.top(first, last)]
    if top.pos == "ADP" and last <= cue.first and len(words) <= _SHORTEST and _is_linking(rules, first, last):
        return True  # "In the meantime, according to the mayor, …"
    if first >= cue.last and top.head == cue.token and rules.tokens[first].text.lower() in _CIRCUMSTANCES:
        return True  # "said upon leaving"
    clause = any(token.pos in ("VERB", "AUX") for token in words)
    if not cue.entry.cue_class and not clause and verb.lemma in _HAPPENING and not rules.holds_quotation(start, end):
        return True
    if speaker == NOBODY and parts > 1 and last <= cue.first and rules.tokens[rules.top(first, last)].pos in _THINGS:
        return True  # the subject of "talks are expected to begin", "he appears to be ill"
    if rules.quotation_at(verb.start) is None and _is_addressed(rules, verb, speaker):
        return True
    return verb.text == "say" and _is_between_commas(rules, verb)


def _is_linking(rules: AttributionRules, first: int, last: int) -> bool:
    """Whether a few words begin a sentence and name nobody and nothing: "in the meantime", "at first"."""
    sentence = rules.sentence_at(rules.starts[first])
    begins = sentence is not None and rules.tokens[first].index == sentence.first
    return begins and not any(
        t.pos in ("PROPN", "VERB", "NUM") or t.index in rules.mentions for t in rules.tokens[first:last]
    )


def _is_addressed(rules: AttributionRules, verb: Token, speaker: Speaker) -> bool:
    """Whether the readers are spoken to: "as you read this", "Think about it"."""
    if speaker.text is not None and speaker.text.lower() in ("you", "anyone", "let"):
        return True
    alone = not any(rules.tokens[i].dep in ("nsubj", "nsubjpass", "aux") for i in rules.children[verb.index])
    return speaker == NOBODY and verb.tag == "VB" and verb.dep == "ROOT" and alone


def _is_between_commas(rules: AttributionRules, verb: Token) -> bool:
    around = [rules.tokens[i].text for i in (verb.index - 1, verb.index + 1) if 0 <= i < len(rules.tokens)]
    return around == [",", ","]
