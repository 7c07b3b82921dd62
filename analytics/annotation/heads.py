"""The heads that read an encoder's vectors of a sentence: sentiment toward a mention, who is for or against whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .encoder import Floats, Span
from .reader import FOLDER, EncodedText

SENTIMENTS = ("against", "neither", "for")
RELATIONS = ("neither", "p for q", "q for p", "p against q", "q against p")
HEDGES = ("none", "probable", "possible", "doxastic", "conditional", "investigation")
Real = TypeVar("Real", bound=np.floating[Any])

LOOKS, DEPTH, SEEN = 4, 32, 192  # attention heads from a mention over its sentence, their width, what they gather


# The heads calculate in double precision: the order in which a product is summed up depends on the number of
# threads, and in single precision its last digits would show in the tables.
Doubles = NDArray[np.float64]


class Frames(NamedTuple):
    """p of each frame [frame], and each sentence's share in its logit [frame, sentence]."""

    p: Floats
    shares: Floats


@cache
def load_heads(folder: Path = FOLDER) -> Heads:
    """The heads, loaded once per process; their file was compared with its sum when the encoder was loaded."""
    return Heads(folder)


class Heads:
    """Classes of mentions and pairs of mentions, and what a sentence means, from a text's `EncodedText`."""

    def __init__(self, folder: Path = FOLDER) -> None:
        with np.load(folder / "heads.npz") as weights:
            self._weights: dict[str, Doubles] = {name: weights[name].astype(np.float64) for name in weights.files}

    @property
    def thresholds(self) -> Floats:
        """p of each frame from which on an article is best taken for framed."""
        return self._weights["frames.threshold"].astype(np.float32)

    def sentiment(self, encoded: EncodedText, mentions: Sequence[tuple[Span, Span]]) -> Floats:
        """p [mention, (against, neither, for)] for mentions, each given with its sentence, in characters.

        A mention without a word piece (an odd character) has no answer: its row is NaN.
        """
        return self._classes("sentiment", *self._looks("sentiment", encoded, mentions))

    def relation(self, encoded: EncodedText, pairs: Sequence[tuple[Span, Span, Span]]) -> Floats:
        """p [pair, RELATIONS] for pairs p, q of mentions, each given with their sentence, in characters.

        The mean over both orders, so that p and q can be exchanged without changing the answer.
        """
        looks = list(dict.fromkeys((mention, sentence) for *both, sentence in pairs for mention in both))
        row = {look: i for i, look in enumerate(looks)}
        sentences, seen = self._looks("relation", encoded, looks)
        p, q = ([row[pair[which], pair[2]] for pair in pairs] for which in (0, 1))
        # whether p comes before q: holders mostly do
        starts = [[encoded.pieces(*pair[which]).start for pair in pairs] for which in (0, 1)]
        order = np.sign(np.subtract(starts[1], starts[0], dtype=np.float64))[:, None]
        one = self._classes("relation", sentences[p], seen[p], seen[q], order)
        other = self._classes("relation", sentences[p], seen[q], seen[p], -order)
        return np.asarray((one + other[:, [0, 2, 1, 4, 3]]) / 2, dtype=np.float32)

    def meaning(self, vectors: Floats) -> Floats:
        """The direction, of length 1, in which a sentence of these vectors [piece, 384] means something."""
        mean = vectors.mean(axis=0, dtype=np.float64) if len(vectors) else np.zeros(vectors.shape[1])
        found = self._linear("meaning", mean)
        return np.asarray(found / max(float(np.linalg.norm(found)), 1e-9), dtype=np.float32)

    def frames(self, encoded: EncodedText, sentences: Sequence[Span], cues: Sequence[float]) -> Frames:
        """How probable it is that coders would see each frame in an article, by its sentences and its cues' strengths.

        The logit is linear in the mean of what the sentences mean, so that each sentence has a share in it.
        """
        weights, bias = self._weights["frames.weight"], self._weights["frames.bias"]  # [frame, feature], [frame]
        centre = self._weights["frames.centre"]
        vectors = [encoded.hidden[encoded.pieces(*sentence)] for sentence in sentences]
        meant = [self.meaning(each) - centre if len(each) else np.zeros_like(centre) for each in vectors]
        shares = np.stack(meant) @ weights[:, : len(centre)].T / len(meant)  # [sentence, frame]
        logits = shares.sum(axis=0) + weights[:, len(centre) :] @ np.asarray(cues, dtype=np.float64) + bias
        p = 1 / (1 + np.exp(-logits))
        return Frames(p=p.astype(np.float32), shares=shares.T.astype(np.float32))

    def _classes(self, head: str, *features: Doubles) -> Floats:
        inner = np.tanh(self._linear(f"{head}.inner", np.concatenate(features, axis=1)))
        return softmax(self._linear(f"{head}.out", inner) / self._weights[f"{head}.temperature"]).astype(np.float32)

    def _looks(self, head: str, encoded: EncodedText, items: Sequence[tuple[Span, Span]]) -> tuple[Doubles, Doubles]:
        """For mentions, each with its sentence: the mean of the sentence, and what the mention is and sees there.

        A row is NaN where a mention has no word piece.
        """
        hidden = encoded.hidden.astype(np.float64)
        places = [(encoded.pieces(*mention), encoded.pieces(*sentence)) for mention, sentence in items]
        rows = [i for i, (mention, _) in enumerate(places) if mention.stop > mention.start]
        sentences = np.full((len(items), hidden.shape[1]), np.nan)
        seen = np.full((len(items), hidden.shape[1] + SEEN), np.nan)
        if rows:
            around = [places[row][1] for row in rows]
            mentions = _means(hidden, [places[row][0] for row in rows])
            sentences[rows] = _means(hidden, around)
            seen[rows] = np.concatenate([mentions, self._seen(head, hidden, mentions, around)], axis=1)
        return sentences, seen

    def _seen(self, head: str, hidden: Doubles, mentions: Doubles, sentences: Sequence[slice]) -> Doubles:
        """What each mention sees in its sentence [mention, SEEN].

        Keys and values are projections of a sentence's pieces. There are more pieces than mentions, so it is the
        mention's query that is taken to where the pieces are, and the values are projected after they are weighted.
        """
        query = self._linear(f"{head}.query", mentions).reshape(-1, LOOKS, DEPTH)
        key = self._weights[f"{head}.key.weight"].reshape(LOOKS, DEPTH, -1)
        value = self._weights[f"{head}.value.weight"].reshape(LOOKS, SEEN // LOOKS, -1)
        # the key's bias adds the same to all of a mention's scores, so it is left out
        queries = (query.swapaxes(0, 1) @ key).swapaxes(0, 1) / DEPTH**0.5  # [mention, look, width]
        gathered = np.stack(
            [softmax(q @ hidden[place].T) @ hidden[place] for q, place in zip(queries, sentences, strict=True)]
        )
        seen = (gathered.swapaxes(0, 1) @ value.swapaxes(1, 2)).swapaxes(0, 1).reshape(len(mentions), SEEN)
        return np.asarray(seen + self._weights[f"{head}.value.bias"], dtype=np.float64)

    def _linear(self, name: str, x: Doubles) -> Doubles:
        return np.asarray(x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"], dtype=np.float64)


def uncertainty(encoded: EncodedText, start: int, end: int) -> float:
    """How probable it is that a stretch of characters holds a cue of uncertainty; 1 where it has no word piece."""
    logits = encoded.hedge[encoded.pieces(start, end)]
    return float(1 - softmax(logits)[:, 0].min()) if len(logits) else 1.0


def _means(vectors: Doubles, places: Sequence[slice]) -> Doubles:
    return np.stack([vectors[place].mean(axis=0) for place in places])


def softmax(logits: NDArray[Real]) -> NDArray[Real]:
    return np.asarray(np.exp(log_softmax(logits)), dtype=logits.dtype)


def log_softmax(logits: NDArray[Real]) -> NDArray[Real]:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype=logits.dtype)
