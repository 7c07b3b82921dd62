"""A sentence encoder for tests without a model: one direction per content word."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from analytics.stories.alignment import Floats
from analytics.stories.word_difference import content_words


def embed(texts: Sequence[str]) -> Floats:
    vectors = np.zeros((len(texts), 512), dtype=np.float32)
    for row, text in zip(vectors, texts, strict=True):
        for word in content_words(text):
            row[zlib.crc32(word.encode()) % 512] += 1
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
