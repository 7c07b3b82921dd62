"""How far each outlet lies from the others within the stories that both tell, and how much is choice of stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from .adjustment import holm
from .groups import REST, Floats, Group
from .rates import NO_VARIATION, too_few, typed
from .resampling import cut, resampled_sums, resamples_for, tail
from .story_permutation import p_within_stories
from .thresholds import thresholds
from .told import Bools, Cells, Told, cells, sides, told


@dataclass(frozen=True, slots=True, kw_only=True)
class SameStoryContrast:
    """One group beside its reference within stories. Numbers are None where nothing can be said; `note` says why."""

    reference: str
    value: float | None = None
    reference_value: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    cliffs_delta: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    n_articles: int = 0  # of the group, in stories that both tell
    n_reference: int = 0
    n_stories: int = 0  # that both tell
    n_higher: int = 0  # of them, those in which the group is higher
    n_lower: int = 0
    raw_difference: float | None = None  # of all articles that are no copies, whatever story they tell
    raw_low: float | None = None
    raw_high: float | None = None
    choice: float | None = None  # raw_difference − difference: what the choice of stories makes
    choice_low: float | None = None
    choice_high: float | None = None
    note: str = ""


COLUMNS = tuple(field.name for field in fields(SameStoryContrast))
NUMBERS = tuple(name for name in COLUMNS if not name.startswith("n_") and name not in ("reference", "note"))


def same_story_contrasts(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    reference: str = REST,
    only: Sequence[str] = (),
    scale: float = 1.0,
    seed: int = 0,
) -> pd.DataFrame:
    """Each group's rate less that of a reference, within the stories that both tell; copies are left out.

    `scores` are rows of the scores table for one measure, with the columns story_id and copy_of of their articles
    (`with_stories` adds them). One row per group (but the reference), with the columns of `contrasts` and more.

    difference: the mean of the stories' differences of rates, each weighted by what both sides have on the story
    (Mantel and Haenszel's weights: those of least squares with an effect per story); value and reference_value,
    the two sides' rates under the same weights. low, high: 95 % interval, stories resampled. p: outlets relabelled
    within stories (see `story_permutation`); p_adjusted for all rows together (Holm 1979). cliffs_delta: the chance
    that an article of the group scores higher than one of the reference on the same story, less the chance that it
    scores lower, mean over stories. n_stories, and in how many of them the group is higher or lower.

    raw_difference: that over all articles, the one `contrasts` shows without copies, its interval with stories
    resampled. choice = raw_difference − difference, with its interval: how much of the raw difference comes of
    which stories the two sides tell, rather than of how they tell the same ones. Few stories or articles give
    nulls and a note. `only` keeps the rows of these groups.

    Raises SelectionError where rows have no story_id or there is no group `reference`, ValueError where an article
    is in more than one group.

    >>> from numpy.random import default_rng
    >>> random, stories = default_rng(1), [f"s{n:02}" for n in range(30)]
    >>> grim = random.normal(0, 3, 30)
    >>> scores = pd.DataFrame(
    ...     {
    ...         "article_id": [f"{side}{n}" for side in "hn" for n in range(30)],
    ...         "outlet": ["Harbour Post"] * 30 + ["Northern Ledger"] * 30,
    ...         "story_id": stories * 2,
    ...         "numerator": [*(10 + grim), *(12 + grim + random.normal(0, 1, 30))],
    ...         "denominator": 1.0,
    ...     }
    ... )
    >>> found = same_story_contrasts(scores, reference="Harbour Post")
    >>> found[["outlet", "difference", "low", "high", "n_stories", "n_higher"]].round(2)
                outlet  difference   low  high  n_stories  n_higher
    0  Northern Ledger        1.97  1.63  2.33         30        30
    """
    articles = told(scores, by=by)
    articles.check(reference, by=by)
    names = [name for name in articles.outlets if name != reference and (not only or name in only)]
    both = {name: sides(articles, name, reference) for name in names}
    shared = {name: cells(kept, ours) for name, (kept, ours) in both.items()}
    p = _p(articles, [name for name in names if not _lacks(*both[name], shared[name])], reference, seed)
    found = [
        {by: name, **asdict(_contrast(name, *both[name], shared[name], reference, p.get(name), scale, seed))}
        for name in names
    ]
    table = typed(pd.DataFrame.from_records(found, columns=[by, *COLUMNS]), numbers=NUMBERS)
    return holm(table)


def enough_stories(scores: pd.DataFrame, *, by: str = "outlet", reference: str = REST) -> bool:
    """Whether the same stories are told by enough outlets, often enough, to be what is compared first.

    They are where at least `same_stories_share` (thresholds.toml) of the groups with enough articles share
    `min_stories` with their reference.
    """
    if "story_id" not in scores or scores.empty:
        return False
    articles = told(scores, by=by)
    if reference != REST and reference not in articles.outlets:
        return False
    pairs = [sides(articles, name, reference) for name in articles.outlets if name != reference]
    could = [(kept, ours) for kept, ours in pairs if min(ours.sum(), (~ours).sum()) >= thresholds().min_articles]
    do = sum(len(cells(kept, ours)) >= thresholds().min_stories for kept, ours in could)
    return bool(could) and do >= thresholds().same_stories_share * len(could)


def too_few_stories(n: int) -> str:
    """The note that stands in place of a difference within stories.

    >>> too_few_stories(0), too_few_stories(3)
    ('no story that both tell', 'too few stories that both tell (3 of 10)')
    """
    return f"too few stories that both tell ({n} of {thresholds().min_stories})" if n else "no story that both tell"


def _lacks(kept: Told, ours: Bools, shared: Cells) -> str:
    n, m = int(ours.sum()), int((~ours).sum())
    if n < thresholds().min_articles:
        return too_few(n)
    if m < thresholds().min_articles:
        return f"{too_few(m)} in the reference"
    return too_few_stories(len(shared)) if len(shared) < thresholds().min_stories else ""


def _contrast(
    name: str, kept: Told, ours: Bools, shared: Cells, reference: str, p: float | None, scale: float, seed: int
) -> SameStoryContrast:
    inside = kept.both(ours)
    counts = {
        "n_articles": int((inside & ours).sum()),
        "n_reference": int((inside & ~ours).sum()),
        "n_stories": len(shared),
    }
    if note := _lacks(kept, ours, shared):
        return SameStoryContrast(reference=reference, note=note, **counts)
    weight, difference = shared.weight, shared.difference
    certain = not np.allclose(difference, difference[0], rtol=1e-9, atol=1e-12)
    value = float(weight @ (shared.ours / shared.our_size) / weight.sum())
    within = float(weight @ difference / weight.sum())
    raw = _ratio(kept, ours) - _ratio(kept, ~ours)
    ends = _intervals(kept, ours, shared, _generator(name, reference, seed))
    if not certain:
        ends |= {"low": None, "high": None}
    scaled: dict[str, Any] = {end: None if at is None else scale * at for end, at in ends.items()}
    return SameStoryContrast(
        reference=reference,
        value=scale * value,
        reference_value=scale * (value - within),
        difference=scale * within,
        cliffs_delta=_delta(kept.only(inside), ours[inside]),
        p=p,
        n_higher=int((difference > 1e-12).sum()),
        n_lower=int((difference < -1e-12).sum()),
        raw_difference=scale * raw,
        choice=scale * (raw - within),
        note="" if certain else NO_VARIATION,
        **counts,
        **scaled,
    )


def _intervals(kept: Told, ours: Bools, shared: Cells, random: np.random.Generator) -> dict[str, float | None]:
    """Intervals of the difference within stories, the raw one and what lies between, of one and the same resamples.

    The units are stories, and articles that are in none.
    """
    stories = int(kept.story.max(initial=-1)) + 1
    alone = kept.story < 0
    unit = np.where(alone, stories + np.cumsum(alone) - 1, kept.story)
    units = stories + int(alone.sum())
    sums = np.zeros((units, 6))
    for column, (side, of) in enumerate(
        (side, of) for side in (ours, ~ours) for of in (kept.numerator, kept.denominator)
    ):
        sums[:, column] = np.bincount(unit[side], of[side], minlength=units)
    sums[shared.story, 4] = shared.weight * shared.difference
    sums[shared.story, 5] = shared.weight
    within = _expanded(sums[shared.story, 4:], random)
    raw, choice = _joint(sums[(sums[:, [1, 3]] > 0).any(axis=1)], random)
    ends = (("low", "high"), within), (("raw_low", "raw_high"), raw), (("choice_low", "choice_high"), choice)
    return {end: at for names, interval in ends for end, at in zip(names, interval, strict=True)}


def _expanded(sums: Floats, random: np.random.Generator) -> tuple[float, float]:
    n = len(sums)
    drawn = resampled_sums(sums, resamples=resamples_for(n), random=random)
    return cut(drawn[:, 0] / drawn[:, 1], tail(df=n - 1, inflation=n / (n - 1), level=thresholds().level))


def _joint(sums: Floats, random: np.random.Generator) -> tuple[tuple[float, float], tuple[float, float]]:
    """Intervals of the raw difference, and of what it has beyond that within stories."""
    n = int(min((sums[:, column] > 0).sum() for column in (1, 3, 5)))  # units of the side, or stories, with the fewest
    drawn = resampled_sums(sums, resamples=resamples_for(n), random=random)
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = drawn[:, 0] / drawn[:, 1] - drawn[:, 2] / drawn[:, 3]
        choice = raw - drawn[:, 4] / drawn[:, 5]
    at = tail(df=n - 1, inflation=n / (n - 1), level=thresholds().level)
    return cut(raw[np.isfinite(raw)], at), cut(choice[np.isfinite(choice)], at)


def _p(articles: Told, names: list[str], reference: str, seed: int) -> dict[str, float]:
    """p by group; against the rest, one relabelling of all articles serves every group."""
    if not names:
        return {}
    if reference == REST:
        numbers = [articles.outlets.index(name) for name in names]
        found = p_within_stories(articles.shared(), numbers, random=_generator(REST, REST, seed))
        return dict(zip(names, map(float, found), strict=True))
    pairs = {name: sides(articles, name, reference)[0].shared() for name in names}
    return {
        name: float(
            p_within_stories(kept, [kept.outlets.index(name)], random=_generator(name, f"{reference}, p", seed))[0]
        )
        for name, kept in pairs.items()
    }


def _delta(kept: Told, ours: Bools) -> float:
    """Cliff's delta of both sides' articles in each story, mean over stories."""
    dense = np.unique(kept.value, return_inverse=True)[1]
    story, first, size = np.unique(kept.story, return_inverse=True, return_counts=True)
    ranks = rankdata(first * (dense.max() + 1) + dense) - (np.cumsum(size) - size)[first]
    n = np.bincount(first[ours], minlength=len(story))
    m = size - n
    rank_sum = np.bincount(first[ours], ranks[ours], minlength=len(story))
    return float((2 * (rank_sum - n * (n + 1) / 2) / (n * m) - 1).mean())


def _ratio(kept: Told, side: Bools) -> float:
    return float(kept.numerator[side].sum() / kept.denominator[side].sum())


def _generator(name: str, reference: str, seed: int) -> np.random.Generator:
    nothing = np.empty(0)
    key = Group(key=(name,), articles=np.empty(0, object), numerator=nothing, denominator=nothing)
    return key.generator(seed, purpose=f"same stories as {reference}")
