"""Are differences within stories found where they were planted, and only there? On a corpus of one's own."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from ..annotation.embedding import load_embedder
from ..compare.adjustment import holm_adjusted
from ..compare.groups import Group
from ..compare.permutation import p_values
from ..compare.story_permutation import p_within_stories
from ..compare.thresholds import thresholds
from ..compare.told import Bools, Told, told
from ..errors import InputError
from ..results.manifest import MANIFEST
from ..results.store import open_store
from ..results.story_columns import with_stories
from ..stories.copies import find_copies
from ..stories.groups import group_stories
from .corpus import as_frame, read_corpus
from .figures import COLUMNS, SEED

NULLS = 500
RELABELLINGS = 999  # for each p under the null: the smallest p is 0.001
PLANTED = 400
STORIES = 300
SHIFT = 0.2  # standard deviations between articles
LEVEL = 0.05
_QUOTED = re.compile('[“"][^”"“]*[”"]')
_WORD = re.compile(r"\w+")


def evaluate(path: Path) -> pd.DataFrame:
    """How often contrasts find what is there and what is not.

    `path` is a results folder, whose scores in the outlets' own voice with the most rows are used, or a file of
    articles, of which the share of words in quotation marks is. Three trials, each on the corpus' own values:

    relabelled: the outlets of each story are dealt anew to its articles, 500 times; no difference is left, so 5 % of
    the outlets' p should be below 0.05, and after Holm's adjustment 5 % of the rounds should have any.
    planted: 300 stories are drawn, one article of each is called the outlet's, and 0.2 standard deviations (of all
    articles) are added to it; also without adding anything.
    choice: the same without adding, but the outlet tells only the half of the stories in which all score highest.

    Rows: split (the score), method (the contrast), metric, value (share of trials), low, high (95 %, Wilson), n.

    Raises InputError where fewer than ten stories are told by two outlets.
    """
    rows: list[dict[str, object]] = []
    for name, scores in article_scores(path).items():
        articles = told(scores)
        shared = articles.shared()
        if len(np.unique(shared.story)) < thresholds().min_stories:
            raise InputError(f"{path}: fewer than {thresholds().min_stories} stories are told by two outlets ({name})")
        rows += [{"split": name, **row} for row in (*_null(shared), *_planted(shared))]
    return pd.DataFrame(rows, columns=COLUMNS).round({"value": 3, "low": 3, "high": 3})


def article_scores(path: Path) -> dict[str, pd.DataFrame]:
    """By name of a score: article_id, outlet, numerator, denominator, story_id and copy_of of each article.

    Of a results folder, the three scores in the outlets' own voice with the most rows; of a file of articles, the
    share of words in quotation marks.
    """
    if not (path / MANIFEST).is_file():
        return {"words in quotation marks": _of_articles(path)}
    store = open_store(path)
    sql = (
        "SELECT article_id, any_value(outlet) AS outlet, score, sum(numerator) AS numerator, "
        "sum(denominator) AS denominator FROM scores WHERE voice IN ('outlet', 'all') GROUP BY article_id, score"
    )
    rows = with_stories(store, store.query(sql))
    often = rows["score"].value_counts().head(3).index
    return {str(name): rows[rows["score"] == name] for name in often}


def _of_articles(path: Path) -> pd.DataFrame:
    """Scores of a file of articles, and its stories and copies, without measuring it."""
    frame = as_frame(read_corpus(path))
    copies = find_copies(frame).set_index("article_id")["copy_of"]
    stories = group_stories(frame, embed=load_embedder().embed)
    words = frame["text"].map(lambda text: len(_WORD.findall(text)))
    quoted = frame["text"].map(lambda text: sum(len(_WORD.findall(each)) for each in _QUOTED.findall(text)))
    ids = frame["article_id"]
    found = frame[["article_id", "outlet"]].assign(
        numerator=quoted.astype(float),
        denominator=words.astype(float),
        story_id=ids.map(stories),
        copy_of=ids.map(copies),
    )
    return found[words > 0]


def _null(shared: Told) -> list[dict[str, object]]:
    outlets = np.unique(shared.outlet).tolist()
    random = np.random.default_rng(SEED)
    found = np.array(
        [
            p_within_stories(_dealt(shared, random), outlets, random=random, relabellings=RELABELLINGS)
            for _ in range(NULLS)
        ]
    )
    adjusted = np.array([holm_adjusted(round_) for round_ in found])
    return [
        share("same stories, relabelled", "p below 0.05", found.ravel() < LEVEL),
        share("same stories, relabelled", "any adjusted p below 0.05", np.asarray((adjusted < LEVEL).any(axis=1))),
    ]


def _planted(shared: Told) -> list[dict[str, object]]:
    random, spread = np.random.default_rng([SEED, 1]), _spread(shared)
    found: dict[tuple[str, str], list[bool]] = {}
    for _ in range(PLANTED):
        drawn = _drawn(shared, random)
        ours = _one_of_each(drawn, random)
        picked = _kept(drawn, ours)
        for name, corpus, side in (
            (f"{SHIFT} sd added in {STORIES} stories", _shifted(drawn, ours, SHIFT * spread), ours),
            ("nothing added", drawn, ours),
            ("higher half of the stories picked", drawn.only(picked), ours[picked]),
        ):
            found.setdefault(("same stories", name), []).append(_p_within(corpus, side, random) < LEVEL)
            found.setdefault(("all articles", name), []).append(_p_of_all(corpus, side, random) < LEVEL)
    return [share(method, f"{name}: found", np.array(hits)) for (method, name), hits in found.items()]


def _dealt(articles: Told, random: np.random.Generator) -> Told:
    """The same articles, the values of each story dealt anew to its outlets."""
    order = random.permutation(len(articles))
    order = order[np.argsort(articles.story[order], kind="stable")]
    return replace(articles, numerator=articles.numerator[order], denominator=articles.denominator[order])


def _drawn(shared: Told, random: np.random.Generator) -> Told:
    """So many stories drawn with replacement; each that is drawn is a story of its own."""
    stories, starts, sizes = np.unique(shared.story, return_index=True, return_counts=True)
    picked = random.integers(len(stories), size=STORIES)
    size = sizes[picked]
    within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    places = np.repeat(starts[picked], size) + within
    return replace(
        shared,
        outlet=shared.outlet[places],
        story=np.repeat(np.arange(STORIES), size),
        numerator=shared.numerator[places],
        denominator=shared.denominator[places],
    )


def _one_of_each(drawn: Told, random: np.random.Generator) -> Bools:
    """One article of each story, at random."""
    order = random.permutation(len(drawn))
    first = np.unique(drawn.story[order], return_index=True)[1]
    ours = np.zeros(len(drawn), bool)
    ours[order[first]] = True
    return ours


def _shifted(drawn: Told, ours: Bools, by: float) -> Told:
    return replace(drawn, numerator=drawn.numerator + by * drawn.denominator * ours)


def _kept(drawn: Told, ours: Bools) -> Bools:
    """All articles but the outlet's in the half of the stories that score lowest."""
    mean = np.bincount(drawn.story, drawn.numerator) / np.bincount(drawn.story, drawn.denominator)
    return np.asarray(~ours | (mean > np.median(mean))[drawn.story])


def _p_within(corpus: Told, ours: Bools, random: np.random.Generator) -> float:
    """p of the outlet beside the others, within stories."""
    order = np.lexsort([~ours, corpus.story])
    two = replace(
        corpus.only(np.asarray(order)), outlets=("the outlet", "others"), outlet=(~ours[order]).astype(np.int64)
    )
    return float(p_within_stories(two.shared(), [0], random=random, relabellings=RELABELLINGS)[0])


def _p_of_all(corpus: Told, ours: Bools, random: np.random.Generator) -> float:
    """p of the outlet beside the others, over all articles."""
    names = np.arange(len(corpus)).astype(str).astype(object)
    sides = [
        Group(key=(name,), articles=names[side], numerator=corpus.numerator[side], denominator=corpus.denominator[side])
        for name, side in (("the outlet", ours), ("others", ~ours))
    ]
    return float(p_values(sides, random=random)[0])


def _spread(shared: Told) -> float:
    """The standard deviation between articles, each weighted by its denominator as in a rate."""
    mean = shared.numerator.sum() / shared.denominator.sum()
    return float(np.sqrt(np.average((shared.value - mean) ** 2, weights=shared.denominator)))


def share(method: str, metric: str, hits: Bools) -> dict[str, object]:
    """One figure: the share of hits with its interval (95 %, Wilson)."""
    low, high = proportion_confint(int(hits.sum()), len(hits), method="wilson")
    return {"method": method, "metric": metric, "value": hits.mean(), "low": low, "high": high, "n": len(hits)}
