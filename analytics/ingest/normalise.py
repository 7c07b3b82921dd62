"""Text repair. Every offset in the project refers to the output of `normalise`.

What an outlet published is kept word for word; what copying, scraping and re-encoding did to it
is undone: mojibake, HTML entities, invisible characters, odd spaces and line ends, foreign or
typewriter quotation marks, and paragraphs that were joined without a space. Curly marks stay
curly because they say which side of a quotation they stand on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

import ftfy

Side = Literal["open", "close", "edge", "unclear"]

# Composed afterwards, once runs of marks are cut: composing takes time with the square of such a run.
_FTFY = ftfy.TextFixerConfig(uncurl_quotes=False, unescape_html=True, explain=False, normalization=None)
_MOST_MARKS = 30  # on one letter; Unicode's Stream-Safe Text Format (UAX #15) has the same bound
_MANY_MARKS = re.compile(rf"[^\w\s]{{{_MOST_MARKS + 1},}}")

# Text that ftfy leaves alone: ASCII without "&", typographic marks, and symbols and accented letters
# with nothing beside them that could make them mojibake. ftfy takes 1 to 4 ms per article, this test
# 0.03 ms, and nine in ten news articles pass it.
_CLEAN = re.compile(
    r"(?:[\t\n\r\x20-\x25\x27-\x7e‘’“”–—…]++"
    r"|(?<![”•£€©°™])[•£€©°™À-ÁÄ-ÖØ-öø-ıĴ-ľŁ-ň](?![^\x00-\x7f]))*+\Z"
)

_NESTED_AMPERSAND = re.compile(r"&(?:amp;)+(?=#?\w{1,32};)")
# Controls, soft hyphens, zero-width and directional marks, tags, surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffc\U000e0000-\U000e007f\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ODD_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_SPACES = re.compile(" {2,}")
_AROUND_LINE_END = re.compile(" \n ?|\n ")
_PARAGRAPH_BREAK = re.compile("\n{2,}")

_ACCENT_AS_APOSTROPHE = re.compile(r"[´`](?<=[^\W\d_].)(?=[^\W\d_])")
_GUILLEMETS = re.compile(r"«[^\S\n]*([^«»\n]*?)[^\S\n]*»|»(?=\S)([^«»\n]+)(?<=\S)«")
_LOW_QUOTED = re.compile(r"„([^„“”\n]*)(?:”|“(?!\w))")

# Two apostrophes or a double prime stand for a quotation mark, but not after a digit (feet, inches, seconds).
_MARK = re.compile(r"[\"“”]|(?<!`)``(?!`)|(?<![\d'])''(?!')|(?<!\d)″")
_MARKS_TO_MEND = re.compile(r"``|''|″|[.!?…][\"“”][^\W\d_]|”“")
_SENTENCE_END = ".!?…"
_BEFORE_OPENING = " ([{-–—‘'“\""
_AFTER_CLOSING = " .,;:!?…)]}-–—’'”\""

_LINE_GOES_ON = re.compile(r"[^.!?…:;\"”’')\]]$")
_NARROWEST_COLUMN, _WIDEST_COLUMN = 40, 120  # characters of a line that was broken at a fixed width

_PASSES = 20  # repairs that uncover further ones settle in two or three; the bound only guards against a loop


def normalise(text: str) -> str:
    """Text as it was meant to be read, with the outlet's words untouched.

    - mojibake and HTML entities decoded, ligatures and full-width letters plain (ftfy), NFC;
    - control, zero-width and directional characters and lone surrogates removed;
    - every kind of space to one space, line ends to ``\\n``, two or more of them to one blank line;
    - lines of a paragraph that was broken at a fixed width joined again;
    - « », „ “, `` and '' to “ ” where they are unmistakably quotation marks; ´ to ’ inside words;
    - a paragraph break put back where a sentence that ends a quotation, or the sentence before one,
      runs into the next without a space, and the marks around it leave only one reading.

    Idempotent. The result is at most three times as long as the input.

    >>> normalise("It&#39;s  â€œfirmâ€\\x9d,\\u00a0he said.\\r\\n\\r\\n\\r\\nNo more.")
    "It's “firm”, he said.\\n\\nNo more."
    >>> normalise('She called it "a good day."Voters disagreed.')
    'She called it "a good day."\\n\\nVoters disagreed.'
    """
    for _ in range(_PASSES):
        repaired = _repair(text)
        if repaired == text:
            break
        text = repaired
    return text


def _repair(text: str) -> str:
    if not _CLEAN.match(text):
        text = _repair_characters(text)
    text = _tidy_spaces(text)
    text = "\n\n".join(_unwrap(block) for block in text.split("\n\n"))
    text = _ACCENT_AS_APOSTROPHE.sub("’", text)
    text = _GUILLEMETS.sub(lambda m: f"“{m[1] if m[1] is not None else m[2]}”", text)
    text = _LOW_QUOTED.sub(r"“\1”", text).replace("„", "“")
    if _MARKS_TO_MEND.search(text):
        text = "\n".join(_mend_marks(line) for line in text.split("\n"))
    return text


def _repair_characters(text: str) -> str:
    text = _NESTED_AMPERSAND.sub("&", text)
    text = _MANY_MARKS.sub(_fewer_marks, ftfy.fix_text(text, _FTFY))
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def _fewer_marks(run: re.Match[str]) -> str:
    """A run of signs without the combining marks on one letter that no writing has."""
    kept, marks = [], 0
    for sign in run[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _tidy_spaces(text: str) -> str:
    text = _LINE_END.sub("\n", text)
    text = _ODD_SPACE.sub(" ", text)
    text = _SPACES.sub(" ", text)
    text = _AROUND_LINE_END.sub("\n", text)
    return _PARAGRAPH_BREAK.sub("\n\n", text).strip()


def _unwrap(block: str) -> str:
    """A paragraph that was broken into lines at a fixed width, as in mail and wire copy, on one line.

    It is one where most of its lines are of full width and end within a sentence. A list, a poem, or paragraphs
    that stand one on each line are none.
    """
    lines = block.split("\n")
    breaks = list(pairwise(lines))
    going_on = [_LINE_GOES_ON.search(line) and after[:1].islower() for line, after in breaks]
    wide = [len(line) + len(after.partition(" ")[0]) >= _NARROWEST_COLUMN for line, after in breaks]
    if (
        not breaks
        or not all(wide)
        or max(map(len, lines)) > _WIDEST_COLUMN
        or 2 * sum(map(bool, going_on)) < len(breaks)
    ):
        return block
    return " ".join(lines)


class _Mark(NamedTuple):
    """A double quotation mark of a line and the side of a quotation that its neighbours say it stands on."""

    text: str
    start: int
    end: int
    side: Side


_EDGE = _Mark("", -1, -1, "edge")


def _mend_marks(line: str) -> str:
    """Typewriter marks to curly ones, and lost breaks beside marks put back, in one paragraph."""
    marks = [_Mark(m[0], m.start(), m.end(), _side(line, m)) for m in _MARK.finditer(line)]
    pieces, at = [], 0
    for before, mark, after in zip([_EDGE, *marks], marks, [*marks[1:], _EDGE], strict=False):
        pieces += [line[at : mark.start], *_mended(line, before, mark, after)]
        at = mark.end
    return "".join([*pieces, line[at:]])


def _mended(line: str, before: _Mark, mark: _Mark, after: _Mark) -> Iterator[str]:
    """A mark with what belongs around it. A change needs the marks on both sides to agree."""
    runs_on = _runs_on(line, mark)
    if runs_on and _is_opening(before, mark, after):
        yield "\n\n"
    yield _curled(before, mark, after)
    if runs_on and _is_closing(before, mark, after):
        yield "\n\n"


def _runs_on(line: str, mark: _Mark) -> bool:
    """Whether one sentence ends and another begins at a mark with no space on either side."""
    left, right = line[mark.start - 1 : mark.start], line[mark.end : mark.end + 1]
    if mark.side == "open":
        ends = left in _SENTENCE_END or (left == "”" and line[mark.start - 2 : mark.start - 1] in _SENTENCE_END)
        return bool(left) and ends and right.isalpha()
    return bool(left) and left in _SENTENCE_END and right.isupper()


def _is_closing(before: _Mark, mark: _Mark, after: _Mark) -> bool:
    return mark.text == "”" or (mark.side == "unclear" and before.side == "open" and after.side in ("open", "edge"))


def _is_opening(before: _Mark, mark: _Mark, after: _Mark) -> bool:
    return mark.text == "“" or (mark.side == "unclear" and before.side in ("close", "edge") and after.side == "close")


def _curled(before: _Mark, mark: _Mark, after: _Mark) -> str:
    """The curly form of ``, '' and ″; other marks, and those that stand alone, as they are."""
    if mark.text == "``":
        return "“"
    if mark.text in ("''", "″"):
        if mark.side == "open" and after.side == "close":
            return "“"
        if (mark.side == "close" and before.side == "open") or before.text == "``":
            return "”"
    return mark.text


def _side(line: str, mark: re.Match[str]) -> Side:
    if mark[0] in ("“", "``"):
        return "open"
    if mark[0] == "”":
        return "close"
    left, right = line[mark.start() - 1 : mark.start()], line[mark.end() : mark.end() + 1]
    opening, closing = left in _BEFORE_OPENING, right in _AFTER_CLOSING  # "" (the line's edge) is in both
    if opening == closing:
        return "unclear"
    return "open" if opening else "close"
