"""Whether articles are grouped by event, against stories that readers judged in a real corpus."""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfVectorizer

from ..article import Article
from ..errors import InputError
from . import bcubed
from .corpus import as_frame, dated, read_corpus
from .figures import SEED, table

JUDGEMENTS = Path(__file__).parents[2] / "tests" / "judgements"
# The weights of `stories.groups` were set on the first; nothing was set on the second.
SHEETS = {
    "judged stories": JUDGEMENTS / "story_groups.tsv",
    "stories judged later": JUDGEMENTS / "story_groups_later.tsv",
}
COLUMNS = ["story", "article_id", "verdict"]
OTHERS = 2000
SIZES = (2000, 4000, 8000)
THRESHOLDS = np.arange(0.05, 0.65, 0.05)
_WINDOW = pd.Timedelta(days=2)
_MEMORY = pd.Timedelta(days=30)

Grouping = Callable[[pd.DataFrame, "pd.Series[str] | None"], "pd.Series[str]"]


def read_sheet(path: Path) -> list[bcubed.Story]:
    """The stories of a sheet: tab-separated story, article_id, verdict (same, not or unsure).

    Every telling of one story is a neighbour of all other stories, unless it is named there.
    Raises InputError, naming the file, where it is not of that form.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such sheet of verdicts; it lies in the project's tests/judgements")
    named: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"same": set(), "not": set(), "unsure": set()})
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        if rows.fieldnames != COLUMNS:
            raise InputError(f"{path}: the columns must be {', '.join(COLUMNS)}, separated by tabs")
        for n, row in enumerate(rows, 2):
            if row["verdict"] not in ("same", "not", "unsure"):
                raise InputError(f"{path}:{n}: {row['verdict']!r} is no verdict; it must be same, not or unsure")
            named[row["story"]][row["verdict"]].add(row["article_id"])
    tellings = set().union(*(verdicts["same"] for verdicts in named.values()))
    return [
        bcubed.Story(
            name,
            frozenset(verdicts["same"]),
            frozenset(verdicts["not"] | (tellings - verdicts["same"] - verdicts["unsure"])),
            frozenset(verdicts["unsure"]),
        )
        for name, verdicts in named.items()
    ]


def evaluate(path: Path, *, sheets: Mapping[str, Path] = SHEETS, group: Grouping | None = None) -> pd.DataFrame:
    """B-cubed agreement of story groups with the judged stories, and what grouping costs.

    `path` is the corpus of the sheets, as its file or as a results folder. The judged articles are
    mixed with up to 2,000 others of the same days (seeded). Metrics over all judged tellings, with a
    95 % bootstrap interval over stories (n: tellings): precision among judged articles, recall, F1,
    and F1 with every unjudged article in a group counted as one of another event, a lower bound.
    Methods: the groups of Tellings, made at once and day by day; each article alone; average-linkage
    clusters of TF-IDF vectors within two days, at the threshold that is best on these very stories.

    Splits: stories on which the weights of the grouping were set, so that the figure flatters; and
    stories judged afterwards, found as neighbours in TF-IDF, so that they flatter that baseline.

    The splits of 2,000, 4,000 and 8,000 articles give seconds for that many articles drawn at random
    (seeded) and how many times that is the seconds of the first.

    Raises InputError where the corpus holds none of the judged articles.
    """
    again = group or _tellings(remembered=True)  # day by day, a text is asked for again and again
    articles = dated(read_corpus(path))
    known = {article.article_id for article in articles}
    splits = {split: found for split, sheet in sheets.items() if (found := _within(read_sheet(sheet), known))}
    if not splits:
        raise InputError(f"{path}: holds none of the judged stories; give the corpus that they are of")
    mix = _mixed(articles, [story for stories in splits.values() for story in stories])
    methods = {
        "tellings": again(mix, None),
        "tellings, day by day": _daily(mix, again),
        "each article alone": pd.Series(mix["article_id"].array, index=mix["article_id"]),
    }
    clusters = _clusters(mix)
    rows: list[dict[str, object]] = []
    for split, stories in splits.items():
        for method, groups in {**methods, **_best(clusters, stories)}.items():
            rows += _rows(split, method, stories, groups)
    return table([*rows, *_costs(articles, group or _tellings())])


def _tellings(*, remembered: bool = False) -> Grouping:
    from ..annotation.embedding import load_embedder
    from ..stories import tellings
    from ..stories.groups import group_stories

    embed = tellings.remembered(load_embedder().embed) if remembered else load_embedder().embed
    return lambda articles, earlier: group_stories(articles, embed=embed, earlier=earlier)


def _daily(mix: pd.DataFrame, group: Grouping) -> pd.Series[str]:
    """Groups made as a newsroom makes them: each day's articles join the stories of the last month."""
    groups: dict[str, str] = {}
    days = mix["published"].dt.floor("D")
    for day in sorted(days.unique()):
        recent = mix[(days <= day) & (days > day - _MEMORY)]
        earlier = {article: groups[article] for article in recent["article_id"] if article in groups}
        found = group(recent, pd.Series(earlier, dtype="str") if earlier else None)
        groups.update({str(article): story for article, story in found.items()})
    return pd.Series(groups, dtype="str")


def _within(stories: Iterable[bcubed.Story], known: set[str]) -> list[bcubed.Story]:
    return [s._replace(same=s.same & known) for s in stories if len(s.same & known) >= 2]


def _mixed(articles: Sequence[Article], stories: Sequence[bcubed.Story]) -> pd.DataFrame:
    """The judged articles and up to 2,000 others of the same days, in order of time."""
    tellings = frozenset().union(*(s.same for s in stories))
    judged = tellings.union(*(s.other for s in stories))
    unsure = frozenset().union(*(s.unsure for s in stories)) - judged
    frame = as_frame(articles)
    days = frame["published"].dt.floor("D")
    chosen = frame["article_id"].isin(judged)
    pool = np.flatnonzero(days.isin(days[chosen]) & ~chosen & ~frame["article_id"].isin(unsure))
    drawn = np.random.default_rng(SEED).permutation(pool)[:OTHERS]
    return frame.iloc[sorted([*np.flatnonzero(chosen), *drawn])].reset_index(drop=True)


def _rows(split: str, method: str, stories: Sequence[bcubed.Story], groups: pd.Series[str]) -> list[dict[str, object]]:
    sums = _sums(stories, groups)
    n = sum(each.n for each in sums)
    return [
        _row(split, method, metric, value, n, low=low, high=high) for metric, value, low, high in bcubed.figures(sums)
    ]


def _sums(stories: Sequence[bcubed.Story], groups: pd.Series[str]) -> list[bcubed.Sums]:
    members: dict[str, list[str]] = defaultdict(list)
    for article, group in groups.items():
        members[group].append(str(article))
    whole = {str(article): members[group] for article, group in groups.items()}
    return [bcubed.agreement(story, whole) for story in stories]


def _clusters(mix: pd.DataFrame) -> dict[float, pd.Series[str]]:
    """Average-linkage clusters of TF-IDF vectors, by threshold."""
    tree = linkage(squareform(_distances(mix), checks=False), "average")
    ids = pd.Index(mix["article_id"])
    return {t: pd.Series(fcluster(tree, 1 - t, "distance").astype(str), index=ids) for t in THRESHOLDS.tolist()}


def _best(clusters: Mapping[float, pd.Series[str]], stories: Sequence[bcubed.Story]) -> dict[str, pd.Series[str]]:
    """The clusters with the best F1 on these stories: as good as this baseline can be."""
    best = max(clusters, key=lambda threshold: bcubed.figures(_sums(stories, clusters[threshold]))[2][1])
    return {f"TF-IDF, cosine ≥ {best:.2f}": clusters[best]}


def _distances(mix: pd.DataFrame) -> NDArray[np.float64]:
    texts = mix["title"].fillna("") + "\n" + mix["text"]
    vectors = TfidfVectorizer(sublinear_tf=True, min_df=2, stop_words="english").fit_transform(texts)
    distances = 1 - (vectors @ vectors.T).toarray()
    hours = mix["published"].to_numpy(dtype="datetime64[h]").astype(np.int64)
    distances[np.abs(hours[:, None] - hours[None, :]) > _WINDOW / pd.Timedelta(hours=1)] = 1
    np.fill_diagonal(distances, 0)
    return np.asarray(np.clip(distances, 0, 1), dtype=np.float64)


def _costs(articles: Sequence[Article], group: Grouping) -> list[dict[str, object]]:
    frame = as_frame(articles)
    order = np.random.default_rng(SEED).permutation(len(frame))
    rows: list[dict[str, object]] = []
    first = None
    for size in (size for size in SIZES if size <= len(frame)):
        part = frame.iloc[sorted(order[:size])].reset_index(drop=True)
        clock = time.perf_counter()
        group(part, None)
        seconds = time.perf_counter() - clock
        first = first or seconds
        split = f"{size:,} articles"
        rows += [_row(split, "tellings", "seconds", round(seconds, 1), size)]
        rows += [_row(split, "tellings", "times the first", round(seconds / first, 2), size)]
    return rows


def _row(
    split: str, method: str, metric: str, value: float, n: int, *, low: float | None = None, high: float | None = None
) -> dict[str, object]:
    return {"split": split, "method": method, "metric": metric, "value": value, "low": low, "high": high, "n": n}
