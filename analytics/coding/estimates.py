"""Rates, contrasts and trends corrected by a coded sample, beside the uncorrected, both with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.special import stdtr

from ..compare.adjustment import holm
from ..compare.groups import REST
from ..compare.rates import Bounds, too_few, typed
from ..compare.same_story import too_few_stories
from ..compare.thresholds import thresholds
from ..compare.told import NO_STORY
from ..compare.trends import FREQUENCY, PERIODS, Period
from ..errors import SelectionError
from ..vocabulary import UNKNOWN
from .correction import Correction, Sample, codings_for, corrected, uncorrected
from .estimands import Bools, Estimand, Ints, contrast, rate, slope, within_stories
from .population import Population, population_of
from .thresholds import coding_thresholds

MONTH = 30.0  # days: the unit of time of a slope


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One estimate, corrected and not. Numbers are None where nothing can be said; `note` says why."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None  # that the value is zero (Student's t); of contrasts and slopes
    uncorrected: float | None = None
    uncorrected_low: float | None = None
    uncorrected_high: float | None = None
    error: float | None = None  # uncorrected − value: what the machine makes of it
    power: float | None = None  # λ: how far the machine is believed
    coding_variance: float | None = None  # of the value: the part that more codings make smaller
    other_variance: float | None = None  # the part that they do not
    n_articles: int = 0
    n_items: int = 0
    n_coded: int = 0
    note: str = ""


COLUMNS = tuple(field.name for field in fields(Corrected))
NUMBERS = tuple(name for name in COLUMNS if not name.startswith("n_") and name != "note")


def corrected_rates(
    population: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    by: Sequence[str] = ("outlet",),
    scale: float = 1.0,
    bounds: Bounds | None = None,
) -> pd.DataFrame:
    """The rate of each group, Σ value / Σ denominator over its items, corrected by the codes of some of them.

    `population` has a row for each item: item_id, article_id, the columns of `by`, machine (what the machine adds to
    the numerator) and, where it is not 1, denominator. `codes` are rows as `Codes` has them. A column probability
    of the population, where there is one, goes before that of the codes: the item's probability of being in the
    sample by all draws so far.

    One row per group: the columns of `by`; value, low, high, the corrected rate with its 95 % interval, which holds
    the machine's error; uncorrected, uncorrected_low, uncorrected_high, the machine's alone, whose interval does not;
    error = uncorrected − value; power, how far the machine was believed; coding_variance and other_variance, the
    parts of the variance that more codings do and do not make smaller (`more_codings`); n_articles, n_items, n_coded
    and note. Articles are what is independent. Too few codings leave the corrected numbers null.
    `attrs["notes"]` says in sentences what of the codes could not be used.

    Raises InputError where a column is missing, a probability is not above 0, or nothing was coded.

    >>> random = np.random.default_rng(0)
    >>> truth = random.choice([-1, 0, 1], 400)
    >>> population = pd.DataFrame(
    ...     {
    ...         "item_id": [f"m{n}" for n in range(400)],
    ...         "article_id": [f"a{n // 2}" for n in range(400)],
    ...         "outlet": "Harbour Post",
    ...         "machine": truth + random.normal(0.2, 0.5, 400),
    ...     }
    ... )
    >>> codes = population.sample(80, random_state=0).assign(coder="ada", probability=0.2)
    >>> codes = codes.assign(code=truth[codes.index], time=pd.Timestamp("2031-01-06"))
    >>> found = corrected_rates(population, codes)
    >>> found[["outlet", "value", "low", "high", "uncorrected", "n_coded"]].round(2)
             outlet  value   low  high  uncorrected  n_coded
    0  Harbour Post  -0.01 -0.13   0.1         0.26       80
    """
    items = population_of(population, codes)
    keys = [items.frame[name].astype("string").fillna(UNKNOWN) for name in by]
    rows = []
    for key, places in _groups(keys, len(items.frame)):
        part = items.only(places)
        found = _estimate(part, rate(part.size, part.article), scale)
        row = {**dict(zip(by, key, strict=True)), **asdict(_clipped(replace(found, p=None), bounds))}
        rows.append(row)
    table = typed(pd.DataFrame.from_records(rows, columns=[*by, *COLUMNS]), numbers=NUMBERS)
    table.attrs["notes"] = items.notes
    return table.drop(columns="p")


def corrected_contrasts(
    population: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    by: str = "outlet",
    reference: str = REST,
    stories: Literal["all", "same"] = "all",
    scale: float = 1.0,
) -> pd.DataFrame:
    """Each group's rate less that of a reference, corrected by a coded sample.

    As `corrected_rates`, with the columns reference, p, p_adjusted (Holm) and n_stories. With stories "same", the
    difference is that within the stories that both sides tell, as `same_story_contrasts` weights it; the population
    then has the columns story_id and copy_of, and stories are what is independent. Each side needs codings.

    Raises SelectionError where there is no group `reference` or no column story_id for "same", InputError as
    `corrected_rates`.
    """
    items = population_of(population, codes)
    if stories == "same":
        if "story_id" not in population:
            raise SelectionError("no column 'story_id' in the population; `with_stories(store, rows)` adds it")
        items = items.without_copies()
    groups = items.frame[by].astype("string").fillna(UNKNOWN).to_numpy(object)
    names = sorted(set(groups), key=lambda name: (name == UNKNOWN, name))
    if reference != REST and reference not in names:
        raise SelectionError(f"no {by} {reference!r} to compare with; there are: {', '.join(names)}")
    rows = []
    for name in names:
        if name != reference:
            kept = np.ones(len(groups), bool) if reference == REST else (groups == name) | (groups == reference)
            part, ours = items.only(np.flatnonzero(kept)), groups[kept] == name
            found, n_stories = _difference(part, ours, stories, scale)
            rows.append({by: name, "reference": reference, **asdict(found), "p_adjusted": None, "n_stories": n_stories})
    columns = [by, "reference", *COLUMNS, "p_adjusted", "n_stories"]
    table = holm(typed(pd.DataFrame.from_records(rows, columns=columns), numbers=(*NUMBERS, "p_adjusted")))
    table.attrs.update(notes=items.notes, stories=stories)
    return table


def corrected_trends(
    population: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    by: str | None = "outlet",
    period: Period = "month",
    scale: float = 1.0,
    bounds: Bounds | None = None,
) -> pd.DataFrame:
    """The corrected rate of each group and period (UTC), as `corrected_rates`; undated items are left out.

    A period needs codings of its own: the machine's error is not taken to be the same at all times.

    Raises ValueError for an unknown period, InputError as `corrected_rates`.
    """
    if period not in PERIODS:
        raise ValueError(f"no period {period!r}; there are: {', '.join(PERIODS)}")
    dated = population[population["published"].notna()]
    days = pd.to_datetime(dated["published"], utc=True).dt.tz_localize(None)
    starts = days.dt.to_period(FREQUENCY[period]).dt.start_time.dt.strftime("%Y-%m-%d")
    keys = ([by] if by else []) + ["period"]
    return corrected_rates(dated.assign(period=starts), codes, by=keys, scale=scale, bounds=bounds)


def corrected_slopes(
    population: pd.DataFrame, codes: pd.DataFrame, *, by: str | None = "outlet", scale: float = 1.0
) -> pd.DataFrame:
    """How each group's rate moves in 30 days, by a straight line over time, corrected as `corrected_rates`; with p."""
    dated = population[population["published"].notna()]
    items = population_of(dated, codes)
    days = pd.to_datetime(items.frame["published"], utc=True)
    time = ((days - days.min()) / pd.Timedelta(days=MONTH)).to_numpy(float)
    keys = [items.frame[by].astype("string").fillna(UNKNOWN)] if by else []
    rows = []
    for key, places in _groups(keys, len(items.frame)):
        part, when = items.only(places), time[places]
        if len(np.unique(when)) < 2:
            found = Corrected(note="all articles are of one time", **part.counts)
        else:
            found = _estimate(part, slope(part.size, np.asarray(when, dtype=np.float64), part.article), scale)
        rows.append({**({by: key[0]} if by else {}), **asdict(found)})
    table = typed(pd.DataFrame.from_records(rows, columns=[*([by] if by else []), *COLUMNS]), numbers=NUMBERS)
    table.attrs["notes"] = items.notes
    return table


def more_codings(row: pd.Series, half_width: float) -> int | None:
    """How many more codings by the same design make a row's interval ± half_width (in the score's unit).

    0 where it is as narrow already; None where not even coding every item would do, or nothing was corrected.
    """
    if pd.isna(row["value"]):
        return None
    if (row["high"] - row["low"]) / 2 <= half_width:
        return 0
    found = codings_for(
        Correction(
            value=float(row["value"]),
            variance=float(row["coding_variance"] + row["other_variance"]),
            coding_variance=float(row["coding_variance"]),
            power=float(row["power"]),
            df=float(row["n_coded"]),
            n_coded=int(row["n_coded"]),
        ),
        half_width,
        items=int(row["n_items"]),
    )
    return None if found is None else max(found - int(row["n_coded"]), 1)


def _difference(
    part: Population, ours: Bools, stories: Literal["all", "same"], scale: float
) -> tuple[Corrected, int | None]:
    if stories == "all":
        if lacks := _few_articles(part.article, ours):
            return Corrected(note=lacks, **part.counts), None
        return _estimate(part, contrast(part.size, ours, part.article), scale), None
    ours_tell, theirs_tell = (np.unique(part.story[side & (part.story != NO_STORY)]) for side in (ours, ~ours))
    both = np.intersect1d(ours_tell, theirs_tell)
    inside = np.isin(part.story, both)
    part, ours = part.only(np.flatnonzero(inside)), ours[inside]
    if len(both) < thresholds().min_stories:
        return Corrected(note=too_few_stories(len(both)), **part.counts), len(both)
    return _estimate(part, within_stories(part.size, ours, part.story), scale), len(both)


def _few_articles(article: Ints, ours: Bools) -> str:
    n, m = (len(np.unique(article[side])) for side in (ours, ~ours))
    if n < thresholds().min_articles:
        return too_few(n)
    return f"{too_few(m)} in the reference" if m < thresholds().min_articles else ""


def _estimate(part: Population, estimand: Estimand, scale: float) -> Corrected:
    counts: dict[str, Any] = dict(part.counts)
    if counts["n_articles"] < thresholds().min_articles:
        return Corrected(note=too_few(counts["n_articles"]), **counts)
    plain, reach = uncorrected(part.machine, estimand)
    found = Corrected(
        uncorrected=scale * plain,
        uncorrected_low=scale * (plain - reach),
        uncorrected_high=scale * (plain + reach),
        **counts,
    )
    coded = np.bincount(estimand.side[part.coded], minlength=estimand.side.max() + 1)
    if (least := int(coded.min())) < coding_thresholds().min_codes:
        return replace(found, note=too_few_codings(least))
    return _with_correction(found, corrected(_sample(part), estimand), scale)


def _with_correction(found: Corrected, correction: Correction, scale: float) -> Corrected:
    value, reach = correction.value, correction.half_width
    error = np.sqrt(correction.variance)
    p = float(2 * stdtr(correction.df, -abs(value) / error)) if error > 0 else None
    return replace(
        found,
        value=scale * value,
        low=scale * (value - reach),
        high=scale * (value + reach),
        p=p,
        error=None if found.uncorrected is None else found.uncorrected - scale * value,
        power=correction.power,
        coding_variance=scale**2 * correction.coding_variance,
        other_variance=scale**2 * max(correction.variance - correction.coding_variance, 0.0),
    )


def too_few_codings(n: int) -> str:
    """The note that stands in place of a corrected number.

    >>> too_few_codings(3)
    'too few codings (3 of 20)'
    """
    return f"too few codings ({n} of {coding_thresholds().min_codes})"


def _sample(part: Population) -> Sample:
    return Sample(machine=part.machine, coded=part.coded, code=part.code, probability=part.probability)


def _clipped(found: Corrected, bounds: Bounds | None) -> Corrected:
    """Ends of intervals within the score's range."""
    if bounds is None:
        return found
    low, high = bounds

    def within(end: float | None) -> float | None:
        return None if end is None else max(low, end) if high is None else min(high, max(low, end))

    names = ("low", "high", "uncorrected_low", "uncorrected_high")
    ends: dict[str, Any] = {name: within(getattr(found, name)) for name in names}
    return replace(found, **ends)


def _groups(keys: Sequence[pd.Series[str]], n: int) -> list[tuple[tuple[str, ...], Ints]]:
    """Each group's key and the places of its items, sorted, unknown last."""
    if not keys:
        return [((), np.arange(n))] if n else []
    frame = pd.DataFrame(dict(enumerate(keys))).reset_index(drop=True)
    found = frame.groupby(list(frame.columns), sort=False).indices
    named: list[tuple[tuple[str, ...], Ints]] = [
        (key if isinstance(key, tuple) else (key,), np.asarray(places, dtype=np.int64)) for key, places in found.items()
    ]
    return sorted(named, key=lambda each: [(name == UNKNOWN, name) for name in each[0]])
