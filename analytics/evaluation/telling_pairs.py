"""Pairs of real tellings to be judged: drawn from a corpus by seed, compared, and written as a sheet for a reader."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from ..article import Article
from ..errors import InputError
from ..stories.changes import CHANGE_KINDS, SEVERITIES, Change, Passage
from ..stories.comparison import Comparison
from .corpus import as_frame, read_corpus

COLUMNS = [
    "article_a", "article_b", "kind", "severity", "start_a", "end_a", "start_b", "end_b", "verdict",
]  # fmt: skip
PAIRS = 60
WORDS = (120, 1200)  # of each telling: a reader has to read both
NONE = "none"  # as the kind of a row: the pair was read, and nothing serious was listed
MISSED = "missed"  # as the verdict of a row that the reader adds: a changed fact that is not listed
Half = Literal["even", "odd", "all"]
Group = Callable[[pd.DataFrame], "pd.Series[str]"]


class PairRow(NamedTuple):
    """A row of the sheet: a change of two tellings (offsets −1 where a side has none) and what a reader says of it."""

    article_a: str
    article_b: str
    kind: str
    severity: str
    start_a: int
    end_a: int
    start_b: int
    end_b: int
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingPair:
    """Two articles of two outlets that tell one event and are no copies; `a` came first."""

    story_id: str
    a: Article
    b: Article


def draw(
    articles: Sequence[Article], *, seed: int, pairs: int = PAIRS, half: Half = "all", group: Group | None = None
) -> list[TellingPair]:
    """Pairs of tellings, one of a story, drawn by seed from the stories that the project's own code finds.

    `half` keeps stories whose first article stands at an even (or odd) place of the corpus, counted from 0, so that
    what was mended on one half can be judged on the other.
    """
    if not pairs >= 1:
        raise InputError("at least one pair has to be drawn")
    stories = _stories(articles, group or _tellings)
    place = {article.article_id: n for n, article in enumerate(articles)}
    kept = sorted(story for story in stories if half == "all" or place[story] % 2 == (half == "odd"))
    generator = np.random.default_rng(seed)
    found: list[TellingPair] = []
    for story in (kept[i] for i in generator.permutation(len(kept))):
        members = [member for member in stories[story] if WORDS[0] <= len(member.text.split()) <= WORDS[1]]
        likely = [(a, b) for n, a in enumerate(members) for b in members[n + 1 :] if a.outlet != b.outlet]
        if likely:
            a, b = likely[int(generator.integers(len(likely)))]
            found.append(TellingPair(story_id=story, a=a, b=b))
        if len(found) == pairs:
            break
    return found


def _stories(articles: Sequence[Article], group: Group) -> dict[str, list[Article]]:
    """Story → its articles in the order of their dates, copies left out."""
    from ..stories.copies import find_copies

    frame = as_frame(articles)
    originals = frame[~frame["article_id"].isin(find_copies(frame)["article_id"])]
    groups = group(originals.reset_index(drop=True))
    known = {article.article_id: article for article in articles}
    dates = dict(zip(originals["article_id"], originals["published"], strict=True))
    found: dict[str, list[Article]] = {}
    for article_id in sorted(groups.index, key=lambda i: (pd.isna(dates[i]), dates[i], i)):
        found.setdefault(groups[article_id], []).append(known[article_id])
    return {story: members for story, members in found.items() if len({m.outlet for m in members}) > 1}


def _tellings(articles: pd.DataFrame) -> pd.Series[str]:
    from ..annotation.embedding import load_embedder
    from ..stories.groups import group_stories

    return group_stories(articles, embed=load_embedder().embed)


def compared(pairs: Sequence[TellingPair]) -> Iterator[Comparison]:
    """The comparison of each pair, as `tellings compare` makes it."""
    from ..stories.tellings import compare_tellings

    for pair in pairs:
        yield compare_tellings(pair.a, pair.b)


def rows_of(comparison: Comparison) -> list[PairRow]:
    """The serious changes of a comparison as rows without a verdict; one row of kind "none" where there are none."""
    a, b = comparison.a.article.article_id, comparison.b.article.article_id
    serious = [change for change in comparison.changes if change.severity == 1]
    return [_row(a, b, change) for change in serious] or [PairRow(a, b, NONE, "", -1, -1, -1, -1)]


def _row(a: str, b: str, change: Change) -> PairRow:
    edges = [edge for side in (change.a, change.b) for edge in ((side.start, side.end) if side else (-1, -1))]
    return PairRow(a, b, change.kind, SEVERITIES[change.severity], edges[0], edges[1], edges[2], edges[3])


def write_sheet(path: Path, *, folder: Path, seed: int, pairs: int = PAIRS, half: Half = "all") -> int:
    """Draw pairs from the corpus at `path` and write what a reader needs into `folder`; how many pairs there are.

    `tellings.tsv` has a row for each serious change, with an empty verdict: the reader writes true or false, and
    adds rows of the verdict "missed" for changed facts that are not listed. It holds ids and offsets alone, to be kept.
    `tellings.md` has the words: every pair's serious changes with their sentences, the other changes, both texts.
    `texts.md` has the texts alone, for who notes the changed facts before seeing what is listed.

    Raises InputError where the corpus has no two outlets that tell one event.
    """
    drawn = draw(read_corpus(path), seed=seed, pairs=pairs, half=half)
    if not drawn:
        raise InputError(f"{path}: holds no story that two outlets tell in {WORDS[0]} to {WORDS[1]} words")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / "tellings.tsv").open("w", encoding="utf-8", newline="") as sheet,
        (folder / "tellings.md").open("w", encoding="utf-8") as page,
        (folder / "texts.md").open("w", encoding="utf-8") as texts,
    ):
        rows = csv.writer(sheet, delimiter="\t", lineterminator="\n")
        rows.writerow(COLUMNS)
        for number, comparison in enumerate(compared(drawn), 1):
            rows.writerows(rows_of(comparison))
            page.write(_page(number, comparison))
            texts.write(f"{_headed(number, comparison)}\n{_texts(comparison)}")
    return len(drawn)


def _page(number: int, comparison: Comparison) -> str:
    """A pair as a reader needs it: headlines, serious changes with the sentences around, the others, both texts."""
    parts = [_headed(number, comparison)]
    serious = [change for change in comparison.changes if change.severity == 1]
    parts.append(f"\n## Serious: {len(serious)}\n")
    parts += [_shown(change, comparison) for change in serious]
    parts.append("\n## Others\n")
    parts += [
        f"- {SEVERITIES[change.severity]} {change.kind}: {change.what} [{_offsets(change.a)} | {_offsets(change.b)}]"
        for change in comparison.changes
        if change.severity > 1
    ]
    return "\n".join([*parts, _texts(comparison)])


def _headed(number: int, comparison: Comparison) -> str:
    """Which pair it is, with its outlets, dates and headlines."""
    articles = [side.article for side in (comparison.a, comparison.b)]
    named = [f"- {article.outlet}, {article.published}: {article.title}" for article in articles]
    return "\n".join([f"# {number}. {' '.join(article.article_id for article in articles)}\n", *named])


def _texts(comparison: Comparison) -> str:
    a, b = comparison.a.content, comparison.b.content
    return f"\n## First text\n\n{a}\n\n\n## Second text\n\n{b}\n\n"


def _shown(change: Change, comparison: Comparison) -> str:
    lines = [f"### {CHANGE_KINDS[change.kind].name}: {change.what}"]
    for name, passage, side in (("first", change.a, comparison.a), ("second", change.b, comparison.b)):
        if passage is not None:
            around = [s for s in side.sentences if s.start < passage.end and passage.start < s.end]
            text = side.text_of(around[0].start, around[-1].end) if around else passage.text
            lines.append(f"- {name} [{_offsets(passage)}] “{passage.text}” in: {text}")
    return "\n".join(lines) + "\n"


def _offsets(passage: Passage | None) -> str:
    return f"{passage.start}:{passage.end}" if passage is not None else "–"
