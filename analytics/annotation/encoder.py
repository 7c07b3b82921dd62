"""Runs an exported encoder over a text, window by window, and checks that its weights are those that were shipped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import KnowledgeError
from .sessions import open_session
from .windows import Block, Window, cut_blocks, load_tokenizer, pack_windows

WINDOW = 128  # word pieces; longer ones gain nothing on the development texts and cost more

Span = tuple[int, int]
Floats = NDArray[np.float32]


class Encoder:
    """Runs the exported model of a folder on one thread.

    Raises KnowledgeError, naming the file, if a weight file is missing or is not the one that was shipped.
    """

    def __init__(self, folder: Path, *, outputs: Sequence[str], window: int = WINDOW) -> None:
        verify(folder)
        self.session: Any = open_session(folder / "model.onnx")
        self.tokenizer = load_tokenizer(folder / "tokenizer.json")
        self.outputs = tuple(outputs)
        self.window = window

    def cut(self, text: str) -> list[Window]:
        """The windows that tile a text."""
        return self.pack(text, self.blocks(text))

    def blocks(self, text: str) -> list[Block]:
        """The word pieces of a text by paragraph. They are the same for all encoders of this tokenizer."""
        return cut_blocks(text, self.tokenizer)

    def pack(self, text: str, blocks: Iterable[Block]) -> list[Window]:
        """The windows of a text whose word pieces are known."""
        return pack_windows(text, blocks, self.tokenizer, size=self.window)

    def over(self, windows: Iterable[Window]) -> Iterator[tuple[Window, tuple[Floats, ...]]]:
        """Each window with the model's outputs for its word pieces."""
        # One window a run: the int8 model scales by the largest number in sight, so a text's
        # result would depend on its neighbours in a batch; and a batch is no faster on one thread.
        return ((window, self.run(window.ids)) for window in windows)

    def run(self, ids: Sequence[int]) -> tuple[Floats, ...]:
        """The model's outputs for one window of word pieces."""
        found = self.session.run(self.outputs, {"ids": np.array([ids], dtype=np.int64)})
        return tuple(each[0] for each in found)


def verify(folder: Path) -> None:
    """Compare the files of a folder with its SHA256SUMS. Raises KnowledgeError, naming the file that differs."""
    sums = folder / "SHA256SUMS"
    if not sums.is_file():
        raise KnowledgeError(f"{sums} is missing; install the package again")
    for line in sums.read_text(encoding="utf-8").splitlines():
        expected, name = line.split()
        file = folder / name
        if not file.is_file():
            raise KnowledgeError(f"{file} is missing; install the package again")
        if hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            raise KnowledgeError(f"{file} is not the file that was shipped (sha256 differs); install the package again")
