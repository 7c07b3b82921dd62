"""The heads that read an encoder's vectors of a sentence: sentiment toward a mention, who is for or against whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .encoder import Floats, Span
from .reading import FOLDER, Reading

SENTIMENTS = ("against", "neither", "for")
RELATIONS = ("neither", "p for q", "q for p", "p against q", "q against p")
HEDGES = ("none", "probable", "possible", "doxastic", "conditional", "investigation")
LOOKS, DEPTH, SEEN = 4, 32, 192  # attention heads from a mention over its sentence, their width, what they gather


class Frames(NamedTuple):
    """p of each frame [frame], and each sentence's share in its logit [frame, sentence]."""

    p: Floats
    shares: Floats


@cache
def load_heads(folder: Path = FOLDER) -> Heads:
    """The heads, loaded once per process; their file was compared with its sum when the encoder was loaded."""
    return Heads(folder)


class Heads:
    """Classes of mentions and pairs of mentions, and what a sentence means, from a text's `Reading`."""

    def __init__(self, folder: Path = FOLDER) -> None:
        with np.load(folder / "heads.npz") as weights:
            self._weights = {name: weights[name].astype(np.float32) for name in weights.files}

    @property
    def thresholds(self) -> Floats:
        """p of each frame from which on an article is best taken for framed."""
        found: Floats = self._weights["frames.threshold"]
        return found

    def sentiment(self, reading: Reading, mentions: Sequence[tuple[Span, Span]]) -> Floats:
        """p [mention, (against, neither, for)] for mentions, each given with its sentence, in characters.

        A mention without a word piece (an odd character) has no answer: its row is NaN.
        """
        return self._classes("sentiment", reading, [((mention,), sentence) for mention, sentence in mentions])

    def relation(self, reading: Reading, pairs: Sequence[tuple[Span, Span, Span]]) -> Floats:
        """p [pair, RELATIONS] for pairs p, q of mentions, each given with their sentence, in characters.

        The mean over both orders, so that p and q can be exchanged without changing the answer.
        """
        one = self._classes("relation", reading, [((p, q), sentence) for p, q, sentence in pairs])
        other = self._classes("relation", reading, [((q, p), sentence) for p, q, sentence in pairs])
        return np.asarray((one + other[:, [0, 2, 1, 4, 3]]) / 2, dtype=np.float32)

    def meaning(self, vectors: Floats) -> Floats:
        """The direction, of length 1, in which a sentence of these vectors [piece, 384] means something."""
        mean = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], dtype=np.float32)
        found = self._linear("meaning", mean)
        return np.asarray(found / max(float(np.linalg.norm(found)), 1e-9), dtype=np.float32)

    def frames(self, reading: Reading, sentences: Sequence[Span], cues: Sequence[float]) -> Frames:
        """How probable it is that coders would see each frame in an article, by its sentences and its cues' strengths.

        The logit is linear in the mean of what the sentences mean, so that each sentence has a share in it.
        """
        weights, bias = self._weights["frames.weight"], self._weights["frames.bias"]  # [frame, feature], [frame]
        centre = self._weights["frames.centre"]
        vectors = [reading.hidden[reading.pieces(*sentence)] for sentence in sentences]
        meant = [self.meaning(each) - centre if len(each) else np.zeros_like(centre) for each in vectors]
        shares = np.stack(meant) @ weights[:, : len(centre)].T / len(meant)  # [sentence, frame]
        logits = shares.sum(axis=0) + weights[:, len(centre) :] @ np.asarray(cues, dtype=np.float32) + bias
        return Frames(p=1 / (1 + np.exp(-logits)), shares=shares.T)

    def _classes(self, head: str, reading: Reading, items: Sequence[tuple[tuple[Span, ...], Span]]) -> Floats:
        classes = len(self._weights[f"{head}.out.bias"])
        found = np.full((len(items), classes), np.nan, dtype=np.float32)
        if not items or not len(reading.hidden):
            return found
        keys = self._linear(f"{head}.key", reading.hidden).reshape(-1, LOOKS, DEPTH)
        values = self._linear(f"{head}.value", reading.hidden).reshape(-1, LOOKS, SEEN // LOOKS)
        features, rows = [], []
        for row, (mentions, sentence) in enumerate(items):
            places = [reading.pieces(*mention) for mention in mentions]
            if all(place.stop > place.start for place in places):
                inside = reading.pieces(*sentence)
                features.append(self._features(head, reading.hidden, keys, values, places, inside))
                rows.append(row)
        if rows:
            logits = self._linear(f"{head}.out", np.tanh(self._linear(f"{head}.inner", np.stack(features))))
            found[rows] = softmax(logits / self._weights[f"{head}.temperature"])
        return found

    def _features(
        self, head: str, hidden: Floats, keys: Floats, values: Floats, mentions: Sequence[slice], sentence: slice
    ) -> Floats:
        """What the sentence is as a whole, then of each mention what it is and what it sees in its sentence."""
        parts = [hidden[sentence].mean(axis=0)]
        for place in mentions:
            mention = hidden[place].mean(axis=0)
            query = self._linear(f"{head}.query", mention).reshape(LOOKS, DEPTH)
            weights = softmax(np.einsum("hd,phd->hp", query, keys[sentence]) / np.float32(DEPTH**0.5))
            parts += [mention, np.einsum("hp,phd->hd", weights, values[sentence]).ravel()]
        if len(mentions) > 1:  # whether p comes before q: holders mostly do
            parts.append(np.array([np.sign(mentions[1].start - mentions[0].start)], dtype=np.float32))
        return np.concatenate(parts)

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"], dtype=np.float32)


def uncertainty(reading: Reading, start: int, end: int) -> float:
    """How probable it is that a stretch of characters holds a cue of uncertainty; 1 where it has no word piece."""
    logits = reading.hedge[reading.pieces(start, end)]
    return float(1 - softmax(logits)[:, 0].min()) if len(logits) else 1.0


def softmax(logits: Floats) -> Floats:
    return np.asarray(np.exp(log_softmax(logits)), dtype=np.float32)


def log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype=np.float32)
