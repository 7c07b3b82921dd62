"""Do corrected intervals hold the truth? Gold sets as corpora of which a few items are coded, many times over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from ..coding import designs, estimands
from ..coding.correction import Correction, Sample, corrected, uncorrected
from ..compare.groups import Floats
from ..errors import InputError
from .figures import SEED
from .gold_readings import POPULATIONS

CODINGS = (100, 200, 500)
RESAMPLINGS = 1000
RESAMPLINGS_OF_DESIGNS = 400
WIDTH_OF = 200  # codings by a simple draw, whose width the other designs are to reach
ARTICLES = 100  # of a corpus at least, where a gold set has fewer
BOUND = "the most that a draw by the machine's answer can save, about"
HALF, QUARTER = 0.5, 0.25  # of the articles are the first outlet's
COLUMNS = [
    "population",
    "estimate",
    "draw",
    "codings",
    "covered",
    "covered_uncorrected",
    "half_width",
    "half_width_uncorrected",
    "off",
    "off_uncorrected",
    "fewer_codings",
    "n",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Items:
    """A population of items: the machine's values, the gold, and an invented outlet for each article."""

    article: estimands.Ints
    machine: Floats
    gold: Floats
    size: Floats
    doubt: Floats
    ours: estimands.Bools

    def corpus(self, random: np.random.Generator) -> _Items:
        """As many articles, drawn with replacement; each that is drawn is an article of its own."""
        counts = np.bincount(self.article)
        picked = random.integers(len(counts), size=max(len(counts), ARTICLES))
        starts = np.argsort(self.article, kind="stable"), np.cumsum(counts) - counts
        sizes = counts[picked]
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        places = starts[0][np.repeat(starts[1][picked], sizes) + within]
        return _Items(
            article=np.repeat(np.arange(len(picked)), sizes),
            **{part: getattr(self, part)[places] for part in ("machine", "gold", "size", "doubt", "ours")},
        )


Design = Callable[[_Items, int, estimands.Estimand], Floats]
DESIGNS: dict[str, Design] = {
    "simple": lambda items, n, _: designs.simple(len(items.gold), n),
    "stratified by outlet": lambda items, n, _: designs.stratified(items.ours, n),
    "active": lambda items, n, estimand: designs.active(items.doubt, n, weight=estimand.coefficient),
}


def evaluate(path: Path) -> pd.DataFrame:
    """How often 95 % intervals hold the truth, corrected and not, and how many codings an active draw saves.

    `path` is a folder of gold sets, or of some of them: newsmtsc, dse, polnear. The truth is the gold of a
    development part. Each of 1,000 times a corpus is made of its articles, drawn with replacement; 100, 200 or 500
    of its items are coded (their gold is looked at); and it is seen whether the intervals hold what the gold of the
    whole part says. Articles are dealt to two invented outlets such that the machine errs differently on them.

    Columns: population; estimate (the rate of all, or the contrast of the outlets); draw; codings; covered and
    covered_uncorrected, shares of intervals that hold the truth; half widths; off and off_uncorrected, the mean of
    estimate less truth; fewer_codings, the share of codings saved at the width that 200 of a simple draw give, where
    one outlet has a quarter of the articles or half of them, also about the most that a draw by what the machine
    says of an item can save (`bound`); n, resamplings.

    Raises InputError where none of the gold sets is there.
    """
    there = [name for name in POPULATIONS if (path / name).is_dir()]
    if not there:
        raise InputError(f"{path} holds none of the folders {', '.join(POPULATIONS)}")
    rows: list[dict[str, object]] = []
    for name in there:
        readings = POPULATIONS[name](path / name)
        rows += coverage(name, readings)
        rows += savings(name, readings)
    return pd.DataFrame(rows, columns=COLUMNS).round(3)


def coverage(name: str, readings: pd.DataFrame, *, resamplings: int = RESAMPLINGS) -> list[dict[str, object]]:
    """A row for each estimate and number of codings."""
    items = _items(readings, share=HALF)
    rows = []
    for n in CODINGS:
        seen = list(_trials(items, "simple", n, resamplings))
        for estimate, at in (("rate", 0), ("contrast", 1)):
            rows.append({"population": name, "estimate": estimate, **_row("simple", n, [trial[at] for trial in seen])})
    return rows


def savings(name: str, readings: pd.DataFrame, *, resamplings: int = RESAMPLINGS_OF_DESIGNS) -> list[dict[str, object]]:
    """A row for each design and share of outlets: the contrast with as many codings as give the simple draw's width."""
    rows = []
    for share, label in ((HALF, "half"), (QUARTER, "a quarter")):
        items = _items(readings, share=share)
        simple = [trial[1] for trial in _trials(items, "simple", WIDTH_OF, resamplings)]
        width = float(np.mean([trial.found.variance for trial in simple]))
        about = {"population": name, "estimate": f"contrast, outlet of {label}"}
        rows.append({**about, **_row("simple", WIDTH_OF, simple), "fewer_codings": 0.0})
        rows.append({**about, "draw": BOUND, "fewer_codings": bound(items)})
        for draw in list(DESIGNS)[1:]:
            n = _needed([trial[1] for trial in _trials(items, draw, WIDTH_OF, resamplings)], width)
            seen = [trial[1] for trial in _trials(items, draw, n, resamplings)]
            rows.append({**about, **_row(draw, n, seen), "fewer_codings": 1 - n / WIDTH_OF})
    return rows


def bound(items: _Items) -> float:
    """About the share of codings that a draw for the contrast can save at most where it knows of an item what the
    machine answers, how sure that is, how large the item is, and how far the machine errs on such items.

    Codings in proportion to the standard deviation s of the error times the item's weight w need (Σ w s)² where a
    simple draw needs N Σ (w s)² (Neyman 1934). s is fitted to all of the gold, so this flatters the draw, if anything.
    """
    weight = np.abs(estimands.contrast(items.size, items.ours, items.article).coefficient)
    power = np.polyfit(items.machine, items.gold, 1)[0]
    off = items.gold - power * items.machine
    off = off - off.sum() / items.size.sum() * items.size
    features = np.column_stack([items.machine, items.doubt, items.size])
    spread = weight * designs.expected_errors(features, np.arange(len(off)), off)
    return float(1 - spread.sum() ** 2 / (len(off) * (spread @ spread)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    found: Correction
    plain: float
    reach: float
    truth: float


def _trials(items: _Items, draw: str, n: int, resamplings: int) -> Iterator[tuple[_Trial, _Trial]]:
    """The rate and the contrast of each resampling."""
    corpora, random = np.random.default_rng(SEED), np.random.default_rng([SEED, n])  # the same corpora for all designs
    ours, theirs = (items.gold[side].sum() / items.size[side].sum() for side in (items.ours, ~items.ours))
    truths = float(items.gold.sum() / items.size.sum()), float(ours - theirs)
    for _ in range(resamplings):
        corpus = items.corpus(corpora)
        of_all = estimands.rate(corpus.size, corpus.article)
        of_two = estimands.contrast(corpus.size, corpus.ours, corpus.article)
        probability = DESIGNS[draw](corpus, n, of_two)
        coded = np.zeros(len(corpus.gold), bool)
        coded[designs.draw(probability, random=random)] = True
        sample = Sample(machine=corpus.machine, coded=coded, code=corpus.gold, probability=probability)
        rate, contrast = (
            _Trial(
                found=corrected(sample, estimand),
                truth=truth,
                **dict(zip(("plain", "reach"), uncorrected(corpus.machine, estimand), strict=True)),
            )
            for estimand, truth in zip((of_all, of_two), truths, strict=True)
        )
        yield rate, contrast


def _needed(trials: list[_Trial], variance: float) -> int:
    """With how many codings by this design the mean variance is what is asked for."""
    coding = float(np.mean([trial.found.coding_variance for trial in trials]))
    other = float(np.mean([trial.found.variance for trial in trials])) - coding
    return int(np.ceil(np.mean([trial.found.n_coded for trial in trials]) * coding / (variance - other)))


def _row(draw: str, n: int, trials: list[_Trial]) -> dict[str, object]:
    return {
        "draw": draw,
        "codings": n,
        "covered": float(np.mean([abs(t.found.value - t.truth) <= t.found.half_width for t in trials])),
        "covered_uncorrected": float(np.mean([abs(t.plain - t.truth) <= t.reach for t in trials])),
        "half_width": float(np.mean([t.found.half_width for t in trials])),
        "half_width_uncorrected": float(np.mean([t.reach for t in trials])),
        "off": float(np.mean([t.found.value - t.truth for t in trials])),
        "off_uncorrected": float(np.mean([t.plain - t.truth for t in trials])),
        "n": len(trials),
    }


def _items(readings: pd.DataFrame, *, share: float) -> _Items:
    """The readings, with articles dealt to outlets: those that the machine scores too high more often to the first."""
    article = pd.factorize(readings["article_id"])[0].astype(np.int64)
    machine, gold = readings["machine"].to_numpy(float), readings["gold"].to_numpy(float)
    error = np.bincount(article, machine - gold)
    chance = share * (1 + 0.5 * np.sign(np.where(np.abs(error) < 1e-9, 0, error)))
    first = np.random.default_rng(SEED).random(len(error)) < chance
    return _Items(
        article=article,
        machine=machine,
        gold=gold,
        size=readings["denominator"].to_numpy(float),
        doubt=readings["uncertainty"].to_numpy(float),
        ours=first[article],
    )
