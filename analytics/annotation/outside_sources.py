"""Speakers of quotations that are named outside the quotation's sentence.

“…” – Commissioner Ada Brandt; “…” (Ada Brandt, commuter); "And from Commissioner Ada Brandt:" on the
line before; and who acts right before the words: "Ada Brandt turned to the reporters. “…”"
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ..article import Mention, Sentence
from .attribution_rules import NOBODY, AttributionRules, Content, Speaker

_DASHES = ("–", "—", "-", "―", "--")
_LONGEST_TEXT = 300  # characters of such a line
_LONGEST_LINE = 30  # tokens of a line that names a speaker
_LONGEST_BEAT = 25  # tokens of a sentence in which the speaker acts
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def with_outside_sources(rules: AttributionRules, contents: Sequence[Content]) -> list[Content]:
    """The contents with the speakers of quotations that lines, brackets and gestures beside them name."""
    found: list[Content] = []
    introduced: Speaker = NOBODY  # who a line before has announced: "From the desk of Ada Brandt:"
    end = 0
    for content in sorted(contents, key=lambda each: (each.start, -each.end)):
        if content.kind != "direct":
            found.append(content)
            continue
        spoken = _signed(rules, content)
        if spoken == NOBODY and (announced := _announced(rules, content)) != NOBODY:
            spoken = introduced = announced
        elif spoken == NOBODY and introduced != NOBODY and content.speaker == NOBODY and _goes_on(rules, content, end):
            spoken = introduced
        else:
            introduced = NOBODY
        if spoken == NOBODY and content.speaker == NOBODY and found and _interrupted(rules, found, content):
            spoken = next(each.speaker for each in reversed(found) if each.kind == "direct")
        if spoken == NOBODY and (content.cue is None or _is_gesture_after(rules, content)):
            spoken = _acting_before(rules, content)
            if spoken == NOBODY and content.cue is None and content.speaker == NOBODY:
                spoken = _acting_after(rules, content)
            if spoken != NOBODY:
                content = content._replace(cue=None)
        end = content.end
        found.append(content if spoken == NOBODY else content._replace(speaker=spoken))
    return found


def _interrupted(rules: AttributionRules, found: Sequence[Content], content: Content) -> bool:
    """Whether words go on from those before them: “I,” said Ada Brandt, pausing, “have …”."""
    before = next((each for each in reversed(found) if each.kind == "direct"), None)
    if before is None or before.speaker == NOBODY or before.cue is None or content.cue is not None:
        return False
    first, last = rules.token_range(before.end, content.start)
    sentence = rules.sentence_at(content.start)
    told = before.end <= rules.starts[before.cue.token] < content.start
    one = sentence is not None and sentence.start <= before.end and last - first <= _LONGEST_LINE // 2
    return told and one and sum(i in rules.cue_at for i in range(first, last)) <= 1


def _line(rules: AttributionRules, offset: int) -> tuple[int, int]:
    """The token range of the paragraph around an offset."""
    start = rules.content.rfind("\n", max(0, offset - _LONGEST_TEXT), offset) + 1
    return rules.token_range(max(start, offset - _LONGEST_TEXT), _end_of_line(rules.content, offset))


def _fills_its_sentences(rules: AttributionRules, content: Content) -> bool:
    first, last = rules.sentence_at(content.start), rules.sentence_at(content.end - 1)
    if first is None or last is None:
        return False
    quotation = rules.quotation_at(content.start)
    start, end = (quotation.start, quotation.end) if quotation else (content.start, content.end)
    if start - first.start > 10 or last.end - end > 10:
        return False
    outside = rules.content[first.start : start] + rules.content[end : last.end]
    return not any(character.isalnum() for character in outside)


def _signed(rules: AttributionRules, content: Content) -> Speaker:
    """The name after a quotation, behind a dash or in brackets, in its line or on the next one."""
    quotation = rules.quotation_at(content.start)
    if quotation is None:
        return NOBODY
    text = rules.content
    after = quotation.end
    while after < len(text) and text[after].isspace():
        after += 1
    beside = text[quotation.end : after]
    if after >= len(text) or beside.count("\n") > 2:
        return NOBODY
    mark = next((dash for dash in _DASHES if text.startswith(dash, after)), None)
    if mark is None and not (text[after] == "(" and "\n" not in beside):
        return NOBODY
    first, last = rules.token_range(after + len(mark or "("), _end_of_line(text, after))
    if mark is None:
        last = next((i for i in range(first, last) if rules.tokens[i].text == ")"), first)
    elif any(rules.tokens[i].text in ("“", '"') for i in range(first, last)):
        return NOBODY
    if first < last and not rules.tokens[first].text[0].isupper():
        return NOBODY
    if not 0 < last - first <= _LONGEST_LINE or _has_finite_verb(rules, first, last):
        return NOBODY
    return _named_in(rules, first, last, at_start=True)


def _end_of_line(text: str, offset: int) -> int:
    end = text.find("\n", offset, offset + _LONGEST_TEXT)
    return min(len(text), offset + _LONGEST_TEXT) if end < 0 else end


def _announced(rules: AttributionRules, content: Content) -> Speaker:
    """The person named in the line before, where that line ends in a colon and reports nothing itself."""
    text = rules.content
    quotation = rules.quotation_at(content.start)
    start = quotation.start if quotation else content.start
    line = text.rfind("\n", max(0, start - 4), start)
    if line < 0 or text[line + 1 : start].strip():
        return NOBODY
    end = len(text[: line + 1][-4:].rstrip()) - len(text[: line + 1][-4:]) + line + 1
    if end <= 0 or text[end - 1] != ":":
        return NOBODY
    first, last = _line(rules, end - 1)
    sentence = rules.sentence_at(end - 1)
    if sentence is not None:
        first = max(first, sentence.first)
    if not 0 < last - first <= _LONGEST_LINE:
        return NOBODY
    reporting = [c for c in rules.cues if first <= c.token < last and c.source is not None and c.entry.cue_class]
    if reporting:
        return rules.speaker(reporting[-1].source) if content.speaker == NOBODY else NOBODY  # type: ignore[arg-type]
    return NOBODY if _has_finite_verb(rules, first, last) else _named_in(rules, first, last, at_start=False)


def _goes_on(rules: AttributionRules, content: Content, end: int) -> bool:
    """Whether nothing but space and marks is between a quotation and the one before."""
    return not any(character.isalnum() for character in rules.content[end : content.start])


def _has_finite_verb(rules: AttributionRules, first: int, last: int) -> bool:
    tags = {"VBD", "VBZ", "VBP", "MD"}
    return any(rules.tokens[i].tag in tags and rules.tokens[i].pos in ("VERB", "AUX") for i in range(first, last))


def _named_in(rules: AttributionRules, first: int, last: int, *, at_start: bool) -> Speaker:
    """The first person named in a range; of a signature, one whose name or title begins it."""
    mention = _first_person(rules, first, last)
    if mention is not None:
        return Speaker(mention.actor_id, rules.content[mention.start : mention.end], mention.start, mention.end)
    if not at_start or not rules.tokens[first].text[0].isupper():
        return NOBODY
    end = next((i for i in range(first, last) if rules.tokens[i].text in {",", "(", ")", ";"}), last)
    while end > first and rules.tokens[end - 1].text in {".", "”", '"'}:
        end -= 1
    if not 0 < end - first <= 6 or not any(rules.tokens[i].pos in ("PROPN", "NOUN") for i in range(first, end)):
        return NOBODY
    a, b = rules.tokens[first].start, rules.tokens[end - 1].end
    return Speaker(None, rules.content[a:b], a, b)


def _first_person(rules: AttributionRules, first: int, last: int) -> Mention | None:
    found = (rules.mentions[i] for i in range(first, last) if i in rules.mentions)
    return next((mention for mention in found if mention.kind == "person" and mention.form == "name"), None)


def _is_gesture_after(rules: AttributionRules, content: Content) -> bool:
    """Whether the only cue is what somebody does in the sentence after: "“…” Ada Brandt nodded."."""
    if content.cue is None or content.cue.entry.cue_class:
        return False
    last = rules.sentence_at(content.end - 1)
    return last is not None and rules.starts[content.cue.token] >= last.end and _fills_its_sentences(rules, content)


def _acting_before(rules: AttributionRules, content: Content) -> Speaker:
    """The person who is the subject of the sentence before, in the same paragraph, where the words stand alone."""
    if not _fills_its_sentences(rules, content):
        return NOBODY
    at = bisect_left(rules.sentence_starts, content.start)
    own = rules.sentence_at(content.start)
    if own is None or at == 0:
        return NOBODY
    number = rules.sentence_starts.index(own.start, max(0, at - 2))
    if number == 0:
        return NOBODY
    before = rules.parse.sentences[number - 1]
    if "\n" in rules.content[before.end : own.start] or before.last - before.first > _LONGEST_BEAT:
        return NOBODY
    if rules.quotation_at(before.end - 1) is not None:
        return NOBODY
    return _subject(rules, before)


def _acting_after(rules: AttributionRules, content: Content) -> Speaker:
    """The person who is the subject of the sentence after words that stand alone and open a paragraph."""
    if not _fills_its_sentences(rules, content):
        return NOBODY
    quotation = rules.quotation_at(content.start)
    if quotation is None or (quotation.start > 0 and rules.content[quotation.start - 1] != "\n"):
        return NOBODY
    number = bisect_left(rules.sentence_starts, quotation.end)
    if number >= len(rules.parse.sentences):
        return NOBODY
    after = rules.parse.sentences[number]
    if rules.content[quotation.end : after.start].strip(" ") or after.last - after.first > _LONGEST_BEAT // 2:
        return NOBODY
    return _subject(rules, after)


def _subject(rules: AttributionRules, sentence: Sentence) -> Speaker:
    for token in rules.tokens[sentence.first : sentence.last]:
        if token.dep in _SUBJECTS and rules.tokens[token.head].dep == "ROOT":
            speaker = rules.speaker(token.index)
            mention = rules.mentions.get(token.index)
            return speaker if mention is not None and mention.kind == "person" else NOBODY
    return NOBODY
