"""Cuts a text into stretches of word pieces that an encoder reads in one go, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import KnowledgeError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_PARAGRAPH = re.compile(r"[^\n]+")
_CLS, _SEP = "[CLS]", "[SEP]"
NOWHERE = (-1, -1)  # the offsets of a separator


class Window(NamedTuple):
    """Word-piece ids with the character range of each; separators have none."""

    ids: list[int]
    spans: list[tuple[int, int]]


class Block(NamedTuple):
    """The word pieces of a paragraph, each with its character range."""

    ids: list[int]
    spans: list[tuple[int, int]]


def load_tokenizer(path: Path) -> Tokenizer:
    """The encoder's tokenizer; the published file pads and cuts at 128 pieces, which is switched off here."""
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def cut_windows(content: str, tokenizer: Tokenizer, *, size: int) -> list[Window]:
    """Windows of at most `size` pieces that tile a text: whole paragraphs, or whole sentences of a long one."""
    return pack_windows(content, cut_blocks(content, tokenizer), tokenizer, size=size)


def cut_blocks(content: str, tokenizer: Tokenizer) -> list[Block]:
    """The word pieces of each paragraph."""
    matches = list(_PARAGRAPH.finditer(content))
    encoded = tokenizer.encode_batch([match.group() for match in matches], add_special_tokens=False)
    return [
        Block(encoding.ids, [(match.start() + start, match.start() + end) for start, end in encoding.offsets])
        for match, encoding in zip(matches, encoded, strict=True)
    ]


def pack_windows(content: str, blocks: Iterable[Block], tokenizer: Tokenizer, *, size: int) -> list[Window]:
    """The paragraphs of a text in windows of at most `size` pieces.

    Paragraphs inside a window are set apart by the encoder's separator: a paragraph's end tells
    who may still be speaking.
    """
    cls, sep = (_id(tokenizer, name) for name in (_CLS, _SEP))
    windows: list[Window] = []
    for ids, spans in _fitting(content, blocks, size - 2):
        if not windows or len(windows[-1].ids) + len(ids) + 1 > size:
            windows.append(Window([cls], [NOWHERE]))
        windows[-1].ids.extend((*ids, sep))
        windows[-1].spans.extend((*spans, NOWHERE))
    return windows


def _id(tokenizer: Tokenizer, name: str) -> int:
    found: int | None = tokenizer.token_to_id(name)
    if found is None:
        raise KnowledgeError(f"the tokenizer has no {name}; it is not that of the encoder")
    return found


def _fitting(content: str, blocks: Iterable[Block], size: int) -> Iterator[Block]:
    for ids, spans in blocks:
        first = 0
        while first < len(ids):
            last = _sentence_end(content, spans, first, first + size)
            yield Block(ids[first:last], spans[first:last])
            first = last


def _sentence_end(content: str, spans: list[tuple[int, int]], first: int, last: int) -> int:
    """Where to cut at `last` at the latest: after a sentence in the window's second half, else anywhere."""
    if last >= len(spans):
        return len(spans)
    for i in range(last, first + (last - first) // 2, -1):
        gap = content[spans[i - 1][1] : spans[i][0]]
        if gap.isspace() and content[spans[i - 1][1] - 2 : spans[i - 1][1]].strip("\"”’')")[-1:] in (".", "!", "?"):
            return i
    return last
