"""What the tellings of a story have in common, and which outlet left it out. Frames in, frames out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

# How a telling has a statement, seen from the telling that had it in quotation marks first.
FIRST, SAME, INDIRECT, LEFT_OUT = "earliest", "same words", "indirect", "left out"
CLASSES = {
    "verbatim": SAME,
    "punctuation": SAME,
    "trimmed": "trimmed",
    "extended": "extended",
    "reworded": "reworded",
    "paraphrased": INDIRECT,
    "put_in_marks": INDIRECT,
}
TOLD = "quoted"  # in quotation marks, paired with another telling than the first
BEST = (FIRST, SAME, "trimmed", "extended", "reworded", TOLD, INDIRECT)
MOST = 0.5  # of the other outlets: more than this share is "most"
FEWEST_OTHERS = 2

Position = tuple[str, int]  # an article and where words begin in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How an outlet has a quotation, and where: offsets into the article's text."""

    how: str  # one of BEST
    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One quotation across the tellings: where it stood first, and how each outlet has it."""

    speaker_id: str | None
    first: Version
    by_outlet: dict[str, Version]  # an outlet without it is absent


def statements(pairs: pd.DataFrame, outlets: Mapping[str, str]) -> list[Statement]:
    """The quotations that at least two outlets have, most widely told first.

    `pairs` has the columns of the table `quote_pairs`; `outlets` gives the outlet of each article, earliest first.
    Quotations are one statement where a chain of pairs leads from one to the other.
    """
    rank = {article: n for n, article in enumerate(outlets)}
    number: dict[Position, int] = {}
    links: list[tuple[int, int]] = []
    ends: dict[Position, int] = {}
    direct: set[Position] = set()
    speakers: dict[Position, str] = {}
    relation: dict[frozenset[Position], str] = {}
    row: Any
    for row in pairs.itertuples(index=False):
        sides = _sides(row)
        for place, end, in_marks in sides:
            number.setdefault(place, len(number))
            ends[place] = end
            if in_marks:
                direct.add(place)
            if not pd.isna(row.speaker_id):
                speakers.setdefault(place, str(row.speaker_id))
        if len(sides) == 2:
            a, b = sides[0][0], sides[1][0]
            relation[frozenset((a, b))] = str(row.relation)
            links.append((number[a], number[b]))
    found = []
    for members in _chains(number, links):
        known = sorted((place for place in members if place[0] in rank), key=lambda p: (rank[p[0]], p[1]))
        first = next((place for place in known if place in direct), None)
        if first is None:
            continue
        by_outlet = _by_outlet(first, known, ends, direct, relation, outlets)
        if len(by_outlet) > 1:
            version = by_outlet[outlets[first[0]]]
            found.append(Statement(speaker_id=speakers.get(first), first=version, by_outlet=by_outlet))
    return sorted(found, key=lambda s: (-len(s.by_outlet), rank[s.first.article_id], s.first.start))


def _chains(number: Mapping[Position, int], links: Sequence[tuple[int, int]]) -> Iterable[list[Position]]:
    """The positions that chains of links lead to from one another, in the order of their first."""
    rows, columns = np.array(links, dtype=np.int64).reshape(-1, 2).T
    graph = coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(number), len(number)))
    chains: dict[int, list[Position]] = defaultdict(list)
    for position, chain in zip(number, connected_components(graph, directed=False)[1].tolist(), strict=True):
        chains[chain].append(position)
    return chains.values()


def _sides(row: Any) -> list[tuple[Position, int, bool]]:
    """The one or two places of a pair, with their ends, and whether each is inside quotation marks."""
    sides = []
    for side, indirect in (("a", "put_in_marks"), ("b", "paraphrased")):
        start = getattr(row, f"start_{side}")
        if not pd.isna(start):
            place = (str(getattr(row, f"article_{side}")), int(start))
            sides.append((place, int(getattr(row, f"end_{side}")), row.relation != indirect))
    return sides


def _by_outlet(
    first: Position,
    known: Iterable[Position],
    ends: Mapping[Position, int],
    direct: set[Position],
    relation: Mapping[frozenset[Position], str],
    outlets: Mapping[str, str],
) -> dict[str, Version]:
    """The nearest version of each outlet."""
    found: dict[str, list[Version]] = defaultdict(list)
    for place in known:
        how = (
            FIRST
            if place == first
            else CLASSES.get(relation.get(frozenset((first, place)), ""), TOLD if place in direct else INDIRECT)
        )
        version = Version(how=how, article_id=place[0], start=place[1], end=ends[place])
        found[outlets[place[0]]].append(version)
    return {outlet: min(versions, key=lambda v: BEST.index(v.how)) for outlet, versions in found.items()}


def left_out(told_by: Mapping[str, set[str]], outlets: Iterable[str]) -> list[tuple[str, str, int, int]]:
    """What most other outlets told and one did not: (outlet, item, how many others told it, how many others).

    `told_by` maps an item to the outlets that told it. "Most" is more than half of the others, and at least two.

    >>> left_out({"the toll": {"Post", "Ferry"}}, ["Post", "Ferry", "Ledger"])
    [('Ledger', 'the toll', 2, 2)]
    """
    everyone = list(dict.fromkeys(outlets))
    others = len(everyone) - 1
    return [
        (outlet, item, len(tellers), others)
        for outlet in everyone
        for item, tellers in told_by.items()
        if outlet not in tellers and len(tellers) >= FEWEST_OTHERS and len(tellers) > MOST * others
    ]
