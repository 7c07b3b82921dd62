"""Reads PolNeAR, a corpus of political news with hand-marked attributions (Newell et al. 2018)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError

Fragments = tuple[tuple[int, int], ...]  # a span may be in several pieces: "“…,” she said, “…”"


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """Who (source) by which expression (cue) is made to say what (content); any of them may be missing."""

    cue: Fragments = ()
    source: Fragments = ()
    content: Fragments = ()


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text and one annotator's attributions in it."""

    name: str
    text: str
    attributions: tuple[GoldAttribution, ...]


def read_polnear(folder: str | Path) -> list[GoldText]:
    """The texts of a PolNeAR part (`text/*.txt` with `attributions/*.ann`), sorted by name.

    Where several annotators marked a text, the one whose file name comes first counts.

    Raises InputError if the folder has another layout or a file is not brat stand-off.
    """
    folder = Path(folder)
    texts, marked = folder / "text", folder / "attributions"
    if not texts.is_dir() or not marked.is_dir():
        raise InputError(
            f"{folder} is not a part of PolNeAR: expected the folders text (*.txt) and attributions (*.ann) in it"
        )
    found = list(_read(texts, marked))
    if not found:
        raise InputError(f"{folder} holds no pair of text/NAME.txt and attributions/NAME_xxxx.ann")
    return found


def _read(texts: Path, marked: Path) -> Iterator[GoldText]:
    annotations: dict[str, Path] = {}
    for path in sorted(marked.glob("*.ann")):
        annotations.setdefault(path.stem.rpartition("_")[0], path)
    for path in sorted(texts.glob("*.txt")):
        if path.stem in annotations:
            try:
                with path.open(encoding="utf-8", newline="") as file:  # newlines kept: offsets count them
                    text = file.read()
                lines = annotations[path.stem].read_text(encoding="utf-8").split("\n")
                yield GoldText(path.stem, text, tuple(_attributions(lines)))
            except (ValueError, KeyError, IndexError) as error:
                raise InputError(
                    f"{annotations[path.stem]} or its text cannot be read as brat stand-off in UTF-8: {error}"
                ) from error


def _attributions(lines: list[str]) -> Iterator[GoldAttribution]:
    """Joins the events (`E1 Attribution:T4 Source:T1 Cue:T2 Content:T3`) to their text spans (`T1 Source 0 4 …`)."""
    spans: dict[str, Fragments] = {}
    events: list[str] = []
    for line in lines:
        number, _, rest = line.partition("\t")
        if number.startswith("T") and number[1:].isdigit():
            places = rest.split("\t")[0].split(" ", 1)[1]
            spans[number] = tuple((int(a), int(b)) for a, b in (place.split() for place in places.split(";")))
        elif number.startswith("E") and number[1:].isdigit():
            events.append(rest)
    for event in events:
        parts: dict[str, Fragments] = {}
        for role, _, number in (argument.partition(":") for argument in event.split()[1:]):
            role = role.rstrip("0123456789").lower()
            parts[role] = parts.get(role, ()) + spans[number]
        if parts.keys() & {"cue", "source", "content"}:
            yield GoldAttribution(*(tuple(sorted(parts.get(role, ()))) for role in ("cue", "source", "content")))
