"""How far each outlet lies from the others: difference, interval, effect size, adjusted p."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ..errors import SelectionError
from .adjustment import holm
from .groups import REST, Group, grouped, pooled
from .permutation import p_values
from .rates import NO_VARIATION, too_few, typed
from .resampling import cut, replicates, resamples_for, tail
from .same_story import enough_stories, same_story_contrasts
from .thresholds import thresholds

Stories = Literal["auto", "all", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One group beside its reference. Numbers are None where nothing can be said; `note` says why."""

    reference: str
    value: float | None = None
    reference_value: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    cliffs_delta: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    n_articles: int = 0
    n_reference: int = 0
    note: str = ""


COLUMNS = tuple(field.name for field in fields(Contrast))
NUMBERS = ("value", "reference_value", "difference", "low", "high", "cliffs_delta", "p", "p_adjusted")


def contrasts(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    reference: str = REST,
    stories: Stories = "auto",
    only: Sequence[str] = (),
    scale: float = 1.0,
    seed: int = 0,
) -> pd.DataFrame:
    """Each group's rate less that of a reference: all other articles together, or one named group.

    One row per group (but the reference): the column `by`; reference; value, reference_value and
    difference = value − reference_value in units of the score; low and high, its 95 % interval
    (expanded-percentile bootstrap over the articles of both sides); cliffs_delta, the effect size
    on article values, −1 to 1: the chance that an article of the group scores higher than one of
    the reference, less the chance that it scores lower (Cliff 1993); p of a permutation test
    (see `permutation`) and p_adjusted for all rows together (Holm 1979); n_articles,
    n_reference; note. Too few articles on either side give nulls and a note.

    The rest is pooled, so outlets with more words weigh more in it. A group is compared with the
    rest also where "rest" holds groups that are themselves too small to be shown.

    `stories` says which articles are compared: "all", or "same", only the stories that both sides tell, which is
    `same_story_contrasts` with its further columns. "auto" takes the same stories where rows say of which story
    their article is (`with_stories`) and enough outlets share enough of them (thresholds.toml), else all.
    `attrs["stories"]` of the table says which it was. `only` keeps the rows of these groups; p_adjusted is then for
    their number.

    Raises SelectionError where there is no group `reference`, or no column story_id for "same"; ValueError where an
    article is in more than one group: its groups cannot be compared as if their articles were independent.

    >>> scores = pd.DataFrame(
    ...     {
    ...         "article_id": [f"a{n}" for n in range(12)],
    ...         "outlet": ["Harbour Post"] * 6 + ["Northern Ledger"] * 6,
    ...         "numerator": [1, 2, 0, 3, 1, 2, 6, 5, 7, 4, 6, 8],
    ...         "denominator": [400, 500, 300, 600, 400, 500] * 2,
    ...     }
    ... )
    >>> found = contrasts(scores, reference="Harbour Post", scale=1000)
    >>> found[["outlet", "difference", "low", "high", "cliffs_delta", "p_adjusted"]].round(3)
                outlet  difference    low    high  cliffs_delta  p_adjusted
    0  Northern Ledger        10.0  4.957  15.988           1.0       0.003
    """
    if stories == "same" or (stories == "auto" and enough_stories(scores, by=by, reference=reference)):
        within = same_story_contrasts(scores, by=by, reference=reference, only=only, scale=scale, seed=seed)
        within.attrs["stories"] = "same"
        return within
    groups = grouped(scores, [by])
    _check(groups, by=by, reference=reference)
    asked = [group for group in groups if group.key != (reference,) and (not only or group.key[0] in only)]
    pairs = [(group, _other(groups, group, reference)) for group in asked]
    p = _p(groups, reference, seed) if any(_shown(*pair) for pair in pairs) else {}
    found = [_contrast(*pair, reference=reference, p=p, scale=scale, seed=seed) for pair in pairs]
    rows = [{by: group.key[0], **asdict(each)} for (group, _), each in zip(pairs, found, strict=True)]
    table = pd.DataFrame.from_records(rows, columns=[by, *COLUMNS])
    table = typed(table, numbers=NUMBERS)
    table = holm(table)
    table.attrs["stories"] = "all"
    return table


def cliffs_delta(values: Sequence[float], others: Sequence[float]) -> float:
    """P(value > other) − P(value < other) over all pairs; 0 where the two do not differ.

    >>> cliffs_delta([2, 3], [1, 2])
    0.75
    """
    n, m = len(values), len(others)
    ranks = rankdata(np.concatenate([values, others]))[:n]
    return float(2 * (ranks.sum() - n * (n + 1) / 2) / (n * m) - 1)


def _contrast(
    group: Group, other: Group | None, *, reference: str, p: dict[tuple[str, ...], float], scale: float, seed: int
) -> Contrast:
    n, m = len(group), len(other) if other else 0
    if other is None or not _shown(group, other):
        note = too_few(n) if n < thresholds().min_articles else f"{too_few(m)} in the reference"
        return Contrast(reference=reference, n_articles=n, n_reference=m, note=note)
    certain = group.varies and other.varies
    low, high = _interval(group, other, seed) if certain else (None, None)
    return Contrast(
        reference=reference,
        value=scale * group.ratio,
        reference_value=scale * other.ratio,
        difference=scale * (group.ratio - other.ratio),
        low=None if low is None else scale * low,
        high=None if high is None else scale * high,
        cliffs_delta=cliffs_delta(*(list(side.numerator / side.denominator) for side in (group, other))),
        p=p[group.key],
        n_articles=n,
        n_reference=m,
        note="" if certain else NO_VARIATION,
    )


def _interval(group: Group, other: Group, seed: int) -> tuple[float, float]:
    """Interval of the difference; the expansion is Welch's: each side's variance by its own n."""
    resamples = max(resamples_for(len(group)), resamples_for(len(other)))
    ours = replicates(group, resamples=resamples, random=group.generator(seed))
    theirs = replicates(other, resamples=resamples, random=_beside(group, other, seed))
    n, m = np.array([len(group), len(other)])
    plain = np.array([ours.var(), theirs.var()])
    unbiased = plain * [n / (n - 1), m / (m - 1)]
    df = unbiased.sum() ** 2 / (unbiased**2 / [n - 1, m - 1]).sum()
    inflation = unbiased.sum() / plain.sum()
    return cut(ours - theirs, tail(df=float(df), inflation=float(inflation), level=thresholds().level))


def _p(groups: list[Group], reference: str, seed: int) -> dict[tuple[str, ...], float]:
    """p by group; against the rest, one relabelling of all articles serves every group."""
    if reference == REST:
        together = pooled(groups, key=(REST,))
        values = p_values(groups, random=together.generator(seed, purpose="permutation"))
        return {group.key: float(p) for group, p in zip(groups, values, strict=True)}
    to = next(group for group in groups if group.key == (reference,))
    shown = [group for group in groups if group is not to and _shown(group, to)]
    return {group.key: float(p_values([group, to], random=_beside(group, to, seed))[0]) for group in shown}


def _beside(group: Group, other: Group, seed: int) -> np.random.Generator:
    return other.generator(seed, purpose=f"beside {group.key[0]}")


def _other(groups: list[Group], group: Group, reference: str) -> Group | None:
    if reference == REST:
        others = [each for each in groups if each is not group]
        return pooled(others, key=(REST,)) if others else None
    return next(each for each in groups if each.key == (reference,))


def _shown(group: Group, other: Group | None) -> bool:
    return other is not None and min(len(group), len(other)) >= thresholds().min_articles


def _check(groups: list[Group], *, by: str, reference: str) -> None:
    names = [group.key[0] for group in groups]
    if reference != REST and reference not in names:
        raise SelectionError(f"no {by} {reference!r} to compare with; there are: {', '.join(names)}")
    if groups and len(np.unique(articles := pooled(groups).articles.astype(str))) < len(articles):
        raise ValueError(f"an article is in more than one group of {by!r}; compare groups that share no article")
