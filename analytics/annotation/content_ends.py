"""Where reported words end: at their sentence's end, at a headline's, at a dateline, and never beyond a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ..article import Sentence
from .encoder import Span
from .quotations import Quotation
from .sentence_ends import datelines, keeps_its_stop

_FINISHED = re.compile(r"[.!?…][\"”’')\]*]*$")
_AS_SAYING = re.compile(r"(?:as )?(?:saying|telling|warning|claiming) (?:that )?|that ", re.IGNORECASE)
_NO_CONTENT = frozenset(
    "of for to over by with at in on about as against from and or that whether if the a an only just simply"
    " again later too saying telling warning claiming".split()
)


def _is_finished(content: str, end: int, following: int) -> bool:
    """Whether the words before an offset are a sentence, by the marks at its end and by how the next one begins."""
    before, after = content[max(0, end - 6) : end], content[following : following + 1]
    if after.islower():
        return False  # “Glory!” and “Freedom!”
    return _FINISHED.search(before) is not None or (before[-1:] in '"”' and after.isupper())


class ContentEnds:
    """The stretches of an article that reported words do not cross.

    A stretch ends where a paragraph does, and where a sentence does outside quotation marks.
    """

    def __init__(self, content: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> None:
        self.content = content
        self.starts: list[int] = []  # of the stretches
        self.paragraphs: list[int] = []  # the number of the paragraph that each is in
        self.datelines = datelines(content)
        self._dateline_starts = [start for start, _ in self.datelines]
        waiting = iter(quotations)
        quotation = next(waiting, None)
        end: int | None = None
        typewriters = 0  # marks made of two apostrophes in the paragraph so far
        for sentence in sentences:
            new_paragraph = end is None or "\n" in content[end : sentence.start]
            if end is not None and not new_paragraph:
                while quotation is not None and quotation.end <= end:
                    quotation = next(waiting, None)
                open_marks = quotation is not None and quotation.start < end
                open_marks = open_marks or typewriters % 2 == 1
                finished = not open_marks and _is_finished(content, end, sentence.start)
            else:
                finished, typewriters = True, 0
            if finished:
                paragraph = (self.paragraphs[-1] if self.paragraphs else -1) + new_paragraph
                self.starts.append(sentence.start)
                self.paragraphs.append(paragraph)
            end = sentence.end
            typewriters += content.count("''", sentence.start, end)

    def within(self, start: int, end: int, cue: int) -> Span | None:
        """The part of some words that the cue at an offset can report, or None.

        Words that stand in the cue's own stretch end there. Others must be in a stretch beside it and in its
        paragraph; a paragraph that ends in a colon is followed by the words it introduces.
        """
        own = bisect_right(self.starts, cue) - 1
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        if first <= own <= last:
            chosen = own
        elif first > own:
            chosen = first
            introduced = self.paragraphs[own] + 1 == self.paragraphs[first] and self._introduces(first)
            if own < 0 or not (self.paragraphs[own] == self.paragraphs[first] or introduced):
                return None
        else:
            chosen = last
            if last < 0 or self.paragraphs[own] != self.paragraphs[last]:
                return None
        start = max(start, self.starts[chosen])
        end = min(end, self.starts[chosen + 1]) if chosen + 1 < len(self.starts) else end
        return self._without_edges(self._after_dateline(start), end)

    def _introduces(self, stretch: int) -> bool:
        return self.content[: self.starts[stretch]][-8:].rstrip().endswith(":")

    def _after_dateline(self, offset: int) -> int:
        at = bisect_right(self._dateline_starts, offset) - 1
        return max(offset, self.datelines[at][1]) if at >= 0 else offset

    def _without_edges(self, start: int, end: int) -> Span | None:
        """Without marks and stops at the edges, and without the words that only lead in: "as saying that"."""
        text = self.content
        while start < end and (text[start].isspace() or text[start] in ",;:–—"):
            start += 1
        if lead := _AS_SAYING.match(text, start, end):
            start = lead.end()
        while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:."):
            if text[end - 1] == "." and keeps_its_stop(text[max(start, end - 12) : end]):
                break
            end -= 1
        words = text[start : min(end, start + 40)].split()
        if all(word.lower() in _NO_CONTENT or not any(c.isalnum() for c in word) for word in words):
            return None
        return start, end
