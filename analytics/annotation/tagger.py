"""The learnt tagger: cues with their sources and contents, from one pass of a small encoder.

The weights, how they were made and how well they do: `analytics/knowledge/attribution_tagger/card.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..knowledge.lexicon import KNOWLEDGE
from .encoder import Encoder, Floats, Span
from .heads import log_softmax, softmax
from .windows import Window

FOLDER = KNOWLEDGE / "attribution_tagger"
OUTPUTS = ("cue", "prior", "query", "key")
CUE_THRESHOLD = 0.5  # p of a cue's first piece; this and the next set on the development texts
_CUE_ENDS = 0.6  # p of being outside, at which a cue ends
_CERTAIN = 0.4  # p of being outside, below which a piece is certainly part of a cue
_O, _B, _I = 0, 1, 2
_ROLES = 2  # source, content


@dataclass(frozen=True, slots=True)
class TaggedAttribution:
    """A cue with what it links: character spans, and how sure the tagger is of each (0 to 1).

    A content may be in several pieces, and contents may nest: "X said that Y warned of Z".
    """

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    p_cue: float
    p_source: float  # mean over the word pieces; 0 where no source was found
    p_content: float


@cache
def load_tagger(folder: Path = FOLDER) -> AttributionTagger:
    """The tagger, loaded once per process."""
    return AttributionTagger(folder)


class AttributionTagger:
    """Raises KnowledgeError, naming the file, if a weight file is missing or is not the one that was shipped."""

    def __init__(self, folder: Path = FOLDER, *, cue_threshold: float = CUE_THRESHOLD) -> None:
        self.encoder = Encoder(folder, outputs=OUTPUTS)
        self.cue_threshold = cue_threshold

    def tag(self, text: str) -> tuple[TaggedAttribution, ...]:
        """The attributions of a text, by the place of their cue."""
        return self.tag_windows(text, self.encoder.cut(text))

    def tag_windows(self, text: str, windows: Sequence[Window]) -> tuple[TaggedAttribution, ...]:
        """The attributions of a text that is cut into windows already."""
        return tuple(
            _on_words(text, found)
            for window, outputs in self.encoder.over(windows)
            for found in decode(window, *outputs, threshold=self.cue_threshold)
        )


def _on_words(text: str, found: TaggedAttribution) -> TaggedAttribution:
    """Spans widened to whole words, where the tagger marked a piece of one."""

    def widen(span: Span) -> Span:
        start, end = span
        while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
        return start, end

    source = widen(found.source) if found.source else None
    return replace(found, cue=widen(found.cue), source=source, content=tuple(map(widen, found.content)))


def decode(
    window: Window, cue: Floats, prior: Floats, query: Floats, key: Floats, *, threshold: float
) -> Iterator[TaggedAttribution]:
    """Spans from the model's outputs for one window: cue logits, pair priors, queries and keys per piece."""
    p_cue = softmax(cue)
    inside = _cues(p_cue, window, threshold)
    if not inside:
        return
    starts = [first for first, _ in inside]
    pairs = query[starts].transpose(1, 0, 2) @ key.transpose(1, 2, 0) + prior.T[:, None, :]  # [label, cue, piece]
    logits = pairs.reshape(_ROLES, 3, len(starts), -1).transpose(2, 0, 3, 1)  # [cue, role, piece, label]
    logits = log_softmax(logits)
    paths = best_paths(logits.reshape(-1, *logits.shape[2:])).reshape(logits.shape[:3])
    for row, (first, last) in enumerate(inside):
        sources = _spans(window, paths[row, 0], logits[row, 0])
        content = _spans(window, paths[row, 1], logits[row, 1])
        source = max(sources, key=lambda each: each[1], default=(None, 0.0))
        yield TaggedAttribution(
            cue=(window.spans[first][0], _end(window, first, last)),
            source=source[0],
            content=tuple(span for span, _ in content),
            p_cue=float(p_cue[first, _B]),
            p_source=source[1],
            p_content=float(np.mean([p for _, p in content])) if content else 0.0,
        )


def _cues(p_cue: Floats, window: Window, threshold: float) -> list[tuple[int, int]]:
    """Cues by first and last piece: a likely beginning, and what follows until a piece is likely outside.

    Cues side by side are one: "also | said".
    """
    found: list[tuple[int, int]] = []
    outside = p_cue[:, _O] > _CUE_ENDS
    begins = p_cue[:, _B] > threshold
    # as good: certainly part of a cue, though it may be that the cue began before
    begins |= (p_cue[:, _O] < _CERTAIN) & (p_cue[:, _B] > threshold / 2)
    for first in np.flatnonzero(begins).tolist():
        if window.spans[first][0] < 0 or (found and first <= found[-1][1]):
            continue
        last = first
        while last + 1 < len(outside) and not outside[last + 1]:
            last += 1
        found.append((first, last))
    return found


def best_paths(logits: Floats) -> NDArray[np.int8]:
    """The likeliest sequence of O, B, I in which no I follows an O, for each row of [row, piece, label]."""
    paths: NDArray[np.int8] = logits.argmax(axis=-1).astype(np.int8)
    begun_by_inside = (paths == _I) & (np.pad(paths, ((0, 0), (1, 0)))[:, :-1] == _O)
    open_rows = np.flatnonzero(begun_by_inside.any(axis=1))
    if len(open_rows):  # seldom: for the others the best labels one by one are the best sequence
        paths[open_rows] = _viterbi(logits[open_rows])
    return paths


def _viterbi(logits: Floats) -> NDArray[np.int8]:
    rows, length, _ = logits.shape
    back = np.zeros((rows, length, 3), dtype=np.int8)
    score = logits[:, 0].copy()
    score[:, _I] = -1e9
    every = np.arange(rows)
    for i in range(1, length):
        best = score.argmax(axis=1)
        top = score[every, best]
        begun = np.where(score[:, _I] > score[:, _B], _I, _B)
        back[:, i, _O] = back[:, i, _B] = best
        back[:, i, _I] = begun
        score = logits[:, i] + np.stack([top, top, score[every, begun]], axis=1)
    paths = np.zeros((rows, length), dtype=np.int8)
    paths[:, -1] = score.argmax(axis=1)
    for i in range(length - 1, 0, -1):
        paths[:, i - 1] = back[every, i, paths[:, i]]
    return paths


def _spans(window: Window, path: NDArray[np.int8], log_p: Floats) -> list[tuple[Span, float]]:
    """The stretches that a label sequence marks, each with the mean probability of its labels."""
    found = []
    starts = np.flatnonzero(path == _B).tolist()
    for start in starts:
        last = start
        while last + 1 < len(path) and path[last + 1] == _I:
            last += 1
        p = float(np.exp(log_p[np.arange(start, last + 1), path[start : last + 1]].mean()))
        if window.spans[start][0] >= 0:
            found.append(((window.spans[start][0], _end(window, start, last)), p))
    return found


def _end(window: Window, first: int, last: int) -> int:
    """Where the last piece of a span ends that is no separator."""
    return max(end for _, end in window.spans[first : last + 1])
