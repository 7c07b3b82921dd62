"""Interviews, transcripts and dialogue without quotation marks: whose words the turns of a text are.

"Q: … A: …", "Ada Brandt: …", "**ADA BRANDT:** …", questions in bold with plain answers, and lines that
begin with a dash. What an interviewer asks under no name of its own stays in the outlet's voice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .attribution_rules import NOBODY, AttributionRules, Content, Speaker
from .encoder import Span
from .reporting_cues import Cue

_BOLD = r"(?:\*\*|__)?"
_QUESTION_OR_ANSWER = re.compile(
    rf"{_BOLD}(?P<label>Q|A|QUESTION|ANSWER|Question|Answer|INTERVIEWER|Interviewer)\d{{0,3}}{_BOLD}[.:]?{_BOLD}"
    r"[ \t]+(?=\S)"
)
_WORD = r"[A-Z][\w.'’-]*"
_NAME = re.compile(
    rf"{_BOLD}(?P<label>{_WORD}(?:[ \t](?:{_WORD}|de|van|von|der|al|bin|of|the)){{0,6}})"
    rf"(?:[ \t]?\([^()\n]{{1,40}}\)|,[ \t][^,:\n]{{1,40}})?{_BOLD}:{_BOLD}[ \t]*(?=\S)"
)
_BOLD_NAME = re.compile(rf"(?:\*\*|__)(?P<label>{_WORD}(?:[ \t]{_WORD}){{0,3}}):?(?:\*\*|__):?[ \t]+(?=\S)")
_CAPITALS = re.compile(r"(?P<label>[A-Z][A-Z.'’-]+(?:[ \t][A-Z][A-Z.'’-]+){0,3})[ \t]+(?=[A-Z“\"‘][\w’']*[a-z’ ])")
_BOLD_QUESTION = re.compile(r"(?:\*\*|__)[^*\n]+\?(?:\*\*|__)[ \t]*")
_NAMED_FOR = re.compile(
    r"(?:[Ii]nterview|[Cc]onversation|Q\s?&\s?A|[Tt]alking)(?:\s(?:with|to)\s|:\s)"
    r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,3})"
)
_NO_NAMES = frozenset(
    "note update updated correction source sources photo picture image video watch read more related also location date"
    " time when where what who why price credit editor advertisement analysis opinion live breaking summary background"
    " caption copyright tel phone email e-mail contact address web website listen subscribe share tags topics".split()
)
_ABOUT = re.compile(
    r"\b(?:interview|conversation|talk(?:s|ing)?|speak(?:s|ing)?|spoke|Q\s?&\s?A|questions)\b"
    r".{0,30}?\b(?:with|to|for)\s",
    re.I,
)
_LEAST_SHARE = 0.4  # of a text's lines that must be turns
_MARKS = '“"‘«„'
_DASH_LINE = re.compile(r"^[—–―][ \t]*(?=\w)", re.MULTILINE)


class Turn(NamedTuple):
    """The words of one speaker; `label` is where its name stands, None where it is "A" or understood."""

    start: int
    end: int
    label: Span | None
    asks: bool


def with_turns(rules: AttributionRules, contents: Sequence[Content], body_start: int) -> list[Content]:
    """The contents with the turns of an interview or transcript, and dialogue after dashes, as direct speech."""
    found = _dialogue(rules, contents)
    turns = _turns(rules.content, body_start)
    if not turns:
        return found
    speakers = _Speakers(rules, turns, body_start)
    said = [
        Content(turn.start, turn.end, "direct", None, speakers.of(turn))
        for turn in turns
        if not turn.asks and rules.content[turn.start] not in _MARKS
    ]
    return [*_beside(found, turns, said), *said]


def _turns(content: str, body_start: int) -> list[Turn]:
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", content[body_start:])]
    lines = [(a + body_start, b + body_start) for a, b in lines]
    for find in (_asked_and_answered, _named, _bold_questions):
        turns = list(find(content, lines))
        if turns:
            return turns
    return []


def _asked_and_answered(content: str, lines: Sequence[Span]) -> Iterator[Turn]:
    found = [(line, _QUESTION_OR_ANSWER.match(content, *line)) for line in lines]
    asks = [m["label"][0] in "QI" for _, m in found if m]
    if len(asks) < 2 or all(asks) or not any(asks):
        return
    last = max(i for i, (_, match) in enumerate(found) if match)
    asking = False
    for i, ((start, end), match) in enumerate(found[: last + 1]):
        if match is not None:
            start, asking = match.end(), match["label"][0] in "QI"
        elif not any(m for _, m in found[:1]) and not any(m for _, m in found[:i]):
            continue  # what stands before the first question
        yield Turn(start, _bare_end(content, start, end), None, asking)


def _named(content: str, lines: Sequence[Span]) -> Iterator[Turn]:
    found = [(line, _label(content, *line)) for line in lines]
    counts = Counter(label[0] for _, label in found if label)
    turns = sum(counts.values())
    recurring = sum(n for n in counts.values() if n > 1)
    if turns < 2 or turns < _LEAST_SHARE * len(lines) or (2 * recurring < turns and len(counts) != turns == 2):
        return
    if recurring == 0 and (turns > 3 or len(lines) > turns + 1):
        return  # a list of facts, a round of voices with marks of their own
    last = max(i for i, (_, label) in enumerate(found) if label)
    at: Span | None = None
    for (start, end), label in found[: last + 1]:
        if label is not None:
            at, start = label[1], label[2]
        if at is not None:
            yield Turn(start, _bare_end(content, start, end), at, False)


def _label(content: str, start: int, end: int) -> tuple[str, Span, int] | None:
    """The name that a line begins with, where it stands, and where the words begin."""
    for pattern in (_NAME, _BOLD_NAME, _CAPITALS):
        match = pattern.match(content, start, end)
        if match and match["label"].lower().split()[0] not in _NO_NAMES and not match["label"].endswith("."):
            return match["label"], match.span("label"), match.end()
    return None


def _bold_questions(content: str, lines: Sequence[Span]) -> Iterator[Turn]:
    asked = [_BOLD_QUESTION.match(content, *line) for line in lines]
    numbers = [i for i, question in enumerate(asked) if question]
    if len(numbers) < 2:
        return
    within = any(question and question.end() < line[1] for question, line in zip(asked, lines, strict=True))
    for i in range(numbers[0], min(len(lines), numbers[-1] + 1 + (not within))):
        (start, end), question = lines[i], asked[i]
        if question is not None:
            yield Turn(start, question.end(), None, True)
            start = question.end()
        if start < end:
            yield Turn(start, end, None, False)


def _bare_end(content: str, start: int, end: int) -> int:
    while end > start and (content[end - 1].isspace() or content[end - 1] in "*_"):
        end -= 1
    return end


class _Speakers:
    """Who the labels of an article's turns mean."""

    def __init__(self, rules: AttributionRules, turns: Sequence[Turn], body_start: int) -> None:
        self.rules = rules
        self.persons: dict[str, set[tuple[str, str]]] = {}
        for mention in {id(m): m for m in rules.mentions.values()}.values():
            if mention.kind == "person" and mention.form == "name":
                for name in {mention.name.lower(), mention.name.lower().split()[-1]}:
                    self.persons.setdefault(name, set()).add((mention.actor_id, mention.name))
        self.interviewee = _interviewee(rules, turns[0].start, body_start)

    def of(self, turn: Turn) -> Speaker:
        if turn.label is None:
            return self.interviewee
        start, end = turn.label
        text = self.rules.content[start:end]
        first, last = self.rules.token_range(start, end)
        for i in range(first, last):
            mention = self.rules.mentions.get(i)
            if mention is not None and mention.kind == "person":
                return Speaker(mention.actor_id, self.rules.content[mention.start : mention.end], start, end)
        named = self.persons.get(text.lower()) or self.persons.get(text.lower().split()[-1], set())
        actor = next(iter(named))[0] if len(named) == 1 else None
        return Speaker(actor, text, start, end)


def _interviewee(rules: AttributionRules, first_turn: int, body_start: int) -> Speaker:
    """Whom the headline or the lines before the first question name as the one who answers."""
    persons = []
    seen: set[int] = set()
    for i in sorted(rules.mentions):
        mention = rules.mentions[i]
        if mention.first >= len(rules.tokens) or mention.start >= first_turn:
            break
        if mention.mention_id not in seen and mention.kind == "person" and mention.form == "name":
            seen.add(mention.mention_id)
            persons.append(mention)
    if not persons:
        named = _NAMED_FOR.search(rules.content, 0, first_turn)
        return Speaker(None, named["name"], *named.span("name")) if named else NOBODY
    chosen = next((m for m in persons if m.end <= body_start), persons[0])
    if len({mention.actor_id for mention in persons}) > 1:
        about = _ABOUT.search(rules.content, 0, first_turn)
        after = [m for m in persons if about and m.start >= about.start()]
        chosen = after[0] if after else chosen
    return Speaker(chosen.actor_id, rules.content[chosen.start : chosen.end], chosen.start, chosen.end)


def _beside(contents: Sequence[Content], turns: Sequence[Turn], said: Sequence[Content]) -> Iterator[Content]:
    """The other contents: not those that stand for a whole turn; what "I" reports inside one is its speaker's."""
    starts = sorted((turn.start if turn.label is None else turn.label[0], turn) for turn in turns)
    by_start = {content.start: content for content in said}
    i = 0
    for content in sorted(contents, key=lambda each: each.start):
        while i + 1 < len(starts) and starts[i + 1][0] <= content.start:
            i += 1
        turn = starts[i][1]
        if not starts[i][0] <= content.start < turn.end:
            yield content
            continue
        whole = content.cue is not None and content.cue.lemma == ":"
        if content.kind != "direct" and (whole or content.end - content.start >= 0.8 * (turn.end - turn.start)):
            continue
        own = by_start.get(turn.start)
        if own is not None and content.speaker.text in ("I", "We", "we"):
            content = content._replace(speaker=own.speaker)
        yield content


def _dialogue(rules: AttributionRules, contents: Sequence[Content]) -> list[Content]:
    """Reported words right after a dash that begins a line are direct speech: "— We will rebuild, said Brandt."."""
    opened = {match.end() for match in _DASH_LINE.finditer(rules.content)}
    if not opened:
        return list(contents)
    found = []
    for content in contents:
        start = _back_to_dash(rules.content, content.start, opened)
        if content.kind == "indirect" and start is not None:
            content = content._replace(kind="direct", start=start)
        found.append(content)
    if any(content.start in opened and content.kind == "direct" for content in found):
        found += _unfound_lines(rules, found, opened)
    return found


def _unfound_lines(rules: AttributionRules, found: Sequence[Content], opened: set[int]) -> Iterator[Content]:
    """The other lines of a dialogue: up to the verb of saying, or whole and nobody's."""
    taken = {content.start for content in found}
    for start in sorted(opened - taken):
        line_end = rules.content.find("\n", start)
        first, last = rules.token_range(start, len(rules.content) if line_end < 0 else line_end)
        if first >= last:
            continue
        end, cue = rules.tokens[last - 1].end, None
        for i in range(first + 1, last):
            if i in rules.cue_at and rules.tokens[i - 1].text in {",", "?", "!", ".", "…", "—", "–"}:
                cue, end = rules.cue_at[i], rules.tokens[i - 1].end
                break
        yield Content(start, end, "direct", cue, _beside_verb(rules, cue, end, last) if cue else NOBODY)


def _beside_verb(rules: AttributionRules, cue: Cue, end: int, last: int) -> Speaker:
    """The source outside the words that end at an offset: before the verb, or right after it."""
    if cue.source is not None and rules.starts[cue.source] >= end:
        return rules.speaker(cue.source)
    nouns = (i for i in range(cue.last, min(last, cue.last + 6)) if rules.tokens[i].pos in ("NOUN", "PROPN", "PRON"))
    noun = next(nouns, None)
    return rules.speaker(noun) if noun is not None else NOBODY


def _back_to_dash(content: str, start: int, opened: set[int]) -> int | None:
    """Where the words after a dash begin, if a content begins there or after its first small words."""
    for at in range(start, max(start - 12, -1), -1):
        if at in opened:
            return at
        if content[at - 1 : at] == "\n":
            return None
    return None
