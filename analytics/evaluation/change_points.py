"""Are change points found where they were planted, and only there? On the values of a corpus of one's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from ..compare.change_points import change_points
from ..compare.groups import Floats
from ..errors import InputError
from .contrasts import article_scores, share
from .figures import COLUMNS, SEED

FLAT = 400
PLANTED = 200
WEEKS = 52
ARTICLES = 20  # a week, on average
ABSENT = (4, 0.1)  # weeks in a row without an article, and the share of further ones
MARGIN = 6  # weeks with articles between a planted change and either end, at least
SHIFTS = (0.5, 0.75, 1.0)  # standard deviations between articles
FIRST = pd.Timestamp("2031-01-06", tz="UTC")
LEAST = 50  # articles to draw from


def evaluate(path: Path) -> pd.DataFrame:
    """How often change points are found that are there, and that are not.

    `path` is as for `contrasts`. Articles are drawn from it with replacement and dealt to 52 weeks, a random number
    (20 on average) to each; one stretch of four weeks and a tenth of the others have none. Nothing changes in a flat
    series; in the others, so many standard deviations (between articles) are added from one week on.

    Rows: split (the score), method, metric (none found; found within one week; nothing else found; whether the
    interval holds the week), value (share of series), low, high (95 %, Wilson), n.

    Raises InputError where there are fewer than fifty articles.
    """
    rows: list[dict[str, object]] = []
    for name, scores in article_scores(path).items():
        if len(scores) < LEAST:
            raise InputError(f"{path}: {len(scores)} articles with a value of {name} are too few to draw from")
        pool = scores[["numerator", "denominator"]].to_numpy(float)
        random = np.random.default_rng([SEED, 2])
        rows += [{"split": name, **row} for row in (*_flat(pool, random), *_planted(pool, random))]
    return pd.DataFrame(rows, columns=COLUMNS).round({"value": 3, "low": 3, "high": 3})


def _flat(pool: Floats, random: np.random.Generator) -> list[dict[str, object]]:
    found = [change_points(_series(pool, random, 0, 0.0)).rows["day"].isna().all() for _ in range(FLAT)]
    return [share("nothing changes", "none found", np.array(found))]


def _planted(pool: Floats, random: np.random.Generator) -> list[dict[str, object]]:
    spread = _spread(pool)
    rows = []
    for shift in SHIFTS:
        near, alone, held = [], [], []
        for _ in range(PLANTED):
            at = int(random.integers(MARGIN + ABSENT[0], WEEKS - MARGIN - ABSENT[0]))
            scores = _series(pool, random, at, shift * spread)
            true = FIRST.tz_localize(None) + pd.Timedelta(weeks=at)
            found = change_points(scores).rows.dropna(subset="day")
            close = ((found["day"] - true).abs() <= pd.Timedelta(weeks=1)).to_numpy()
            near.append(close.any())
            alone.append(len(found) <= 1)
            if close.any():
                one = found[close].iloc[0]
                held.append(one["low"] <= true <= one["high"])
        name = f"{shift} sd added from one week on"
        rows += [
            share(name, "found within one week", np.array(near)),
            share(name, "nothing else found", np.array(alone)),
            share(name, "interval of a change found within one week holds it", np.array(held)),
        ]
    return rows


def _series(pool: Floats, random: np.random.Generator, at: int, added: float) -> pd.DataFrame:
    """Articles of one outlet, from week `at` on with something added; that week has articles."""
    sizes = random.poisson(ARTICLES, WEEKS)
    sizes[random.random(WEEKS) < ABSENT[1]] = 0
    gap = int(random.integers(WEEKS - ABSENT[0]))
    sizes[gap : gap + ABSENT[0]] = 0
    sizes[at] = max(sizes[at], ARTICLES)
    week = np.repeat(np.arange(WEEKS), sizes)
    drawn = pool[random.integers(len(pool), size=len(week))]
    return pd.DataFrame(
        {
            "article_id": np.arange(len(week)).astype(str),
            "outlet": "the outlet",
            "published": FIRST + pd.to_timedelta(7 * week + random.integers(7, size=len(week)), unit="D"),
            "numerator": drawn[:, 0] + added * drawn[:, 1] * (week >= at),
            "denominator": drawn[:, 1],
        }
    )


def _spread(pool: Floats) -> float:
    """The standard deviation between articles, each weighing by its denominator as in a rate."""
    mean = pool[:, 0].sum() / pool[:, 1].sum()
    return float(np.sqrt(np.average((pool[:, 0] / pool[:, 1] - mean) ** 2, weights=pool[:, 1])))
