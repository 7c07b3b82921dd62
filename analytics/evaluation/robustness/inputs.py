"""Odd inputs, made from a seed: each with what it is, and how many records it holds where that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

SEED = 20240607

# Honest texts, among which the odd ones stand. All invented.
TEXTS = (
    "The council of Halsmer approved the new harbour wall on Monday. “It will be built in spring,” said Ada Brandt.",
    "Karl Olde warned that the dam may not hold. He told reporters: “We cannot wait any longer, and we will not.”",
    "The ministry denied that money was missing. Its spokeswoman, Marin Vogt, said the accounts were in order.",
    "Residents met the mayor on Friday; nobody was hurt. The union’s leader, Olav Berg, called it a “black day”.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OddInput:
    """A file (or what stands in its place) that somebody may give, and what reading it has to come to."""

    kind: str
    what: str
    name: str
    write: Callable[[Path], object]  # makes it at a path
    records: int | None = None  # articles and rejected records; None: not known beforehand
    articles: int | None = None
    scored: bool = False  # whether it is cheap and telling enough to be scored, too


class Maker(Protocol):
    """Makes the inputs of some kinds."""

    def __call__(self, random: Random, texts: Sequence[str]) -> Iterable[OddInput]: ...


def odd_inputs(makers: Iterable[Maker], *, seed: int = SEED, texts: Sequence[str] = TEXTS) -> Iterator[OddInput]:
    """The inputs of all makers; the same for the same seed and texts."""
    for maker in makers:
        yield from maker(Random(seed), texts)


def written(data: bytes | str) -> Callable[[Path], object]:
    """Writes these bytes, or this text as UTF-8."""
    content = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return lambda path: path.write_bytes(content)
