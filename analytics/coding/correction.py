"""An estimate from the machine's values of all items, corrected by the codes of some.

The estimator is a difference estimator with power tuning. Every item's value is replaced by

    λ·machine + δ·size + coded / probability · (code − λ·machine − δ·size)

where δ is the machine's mean error on the item's side and λ says how far the machine is to be believed: it is chosen
so that the estimated variance is smallest. Whatever the machine gets wrong, this is right on average over draws,
because each code counts by one over its probability. With λ = 1 it is design-based supervised learning (Egami et al.
2023) with the machine as the only predictor; with tuned λ, prediction-powered inference (PPI++, Angelopoulos,
Duchi and Zrnic 2023); survey statistics know it as the generalised regression estimator (Särndal, Swensson and
Wretman 1992, chapter 6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from ..compare.groups import Floats
from ..compare.thresholds import thresholds
from .estimands import Bools, Estimand


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Items with the machine's value, and of those that were coded the code and the probability of being drawn."""

    machine: Floats
    coded: Bools
    code: Floats  # anything where not coded
    probability: Floats  # above 0; anything where not coded


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A corrected estimate with what it takes for an interval, and to say what more codings would give."""

    value: float
    variance: float
    coding_variance: float  # the part that goes down in proportion to the number of codings
    power: float  # λ: 0 where the codes are used alone, 1 where the machine is believed but for its mean error
    df: float
    n_coded: int

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return _reach(self.df, self.variance)


def corrected(sample: Sample, estimand: Estimand, *, power: float | None = None) -> Correction:
    """The corrected estimate of one estimand; `power` is λ, tuned where it is None.

    Every side of the estimand needs codes; the variance is over clusters, so it holds the choice of articles, the
    choice of items that were coded and the coders' answers to them.
    """
    weight = np.where(sample.coded, 1 / np.where(sample.coded, sample.probability, 1.0), 0.0)
    code = np.where(sample.coded, sample.code, 0.0)
    codes_alone, of_codes = _difference(code, weight, estimand)
    machine_in_codes, of_machine = _difference(sample.machine, weight, estimand)
    machine = sample.machine - machine_in_codes
    stretch = _stretch(weight, of_machine, estimand, tuned=power is None)
    base = estimand.influence(codes_alone + stretch * of_codes)
    helps = estimand.influence(machine - stretch * of_machine)
    tuned = power if power is not None else _tuned(base, helps)
    residual = estimand.coefficient * (1 + stretch) * (of_codes - tuned * of_machine)
    influence = base + tuned * helps
    return Correction(
        value=estimand.total(codes_alone) + tuned * estimand.total(machine),
        variance=estimand.variance(influence),
        coding_variance=float(residual @ residual),
        power=tuned,
        df=_df(influence),
        n_coded=int(sample.coded.sum()),
    )


def uncorrected(values: Floats, estimand: Estimand) -> tuple[float, float]:
    """The estimate from the machine's values alone, and half the width of its interval (clusters, Student's t)."""
    influence = estimand.influence(values)
    return estimand.total(values), _reach(_df(influence), estimand.variance(influence))


def codings_for(correction: Correction, half_width: float, *, items: int) -> int | None:
    """How many codings, by the same design, make the interval ± half_width; None where not even all items would.

    Only the part of the variance that comes of coding a sample shrinks; how much articles differ remains.
    """
    target = (half_width / _reach(max(correction.df, 30), 1.0)) ** 2
    left = target - max(correction.variance - correction.coding_variance, 0.0)
    if left <= 0:
        return None
    needed = int(np.ceil(correction.n_coded * correction.coding_variance / left))
    return needed if needed <= items else None


def _difference(values: Floats, weight: Floats, estimand: Estimand) -> tuple[Floats, Floats]:
    """Every item's value by its side's coded items: their mean, and for those coded the weighted rest beside it."""
    sides = estimand.side.max() + 1
    size = np.bincount(estimand.side, weight * estimand.size, minlength=sides)
    mean = np.bincount(estimand.side, weight * values, minlength=sides) / size
    expected = mean[estimand.side] * estimand.size
    rest = weight * (values - expected)
    return expected + rest, rest


def _stretch(weight: Floats, of_machine: Floats, estimand: Estimand, *, tuned: bool) -> Floats:
    """How much farther than it seems each coded item lies from the mean error, as it had a part in estimating that.

    1 / (1 − leverage) − 1, as for the jackknife of a regression; leverage in the side's mean, and in λ where tuned.
    """
    size = weight * estimand.size
    leverage = size / np.bincount(estimand.side, size)[estimand.side]
    if tuned and (spread := float(of_machine @ of_machine)) > 0:
        leverage = leverage + of_machine**2 / spread
    return np.asarray(1 / (1 - np.minimum(leverage, 0.5)) - 1)


def _tuned(base: Floats, helps: Floats) -> float:
    """λ of the smallest estimated variance, never below 0; 1 where all codes are alike, else it would be certain."""
    if np.allclose(base, 0, atol=1e-12):
        return 1.0
    spread = float(helps @ helps)
    return max(0.0, -float(base @ helps) / spread) if spread > 0 else 0.0


def _df(influence: Floats) -> float:
    """Degrees of freedom of a variance that is a sum of squares: fewer where a few clusters make up most of it.

    Twice the squared variance over the variance of the sum (Satterthwaite), with the fourth moments as they are.
    """
    square, fourth = float(influence @ influence), float((influence**4).sum())
    beyond = fourth - square**2 / len(influence)
    return max(2 * square**2 / beyond, 1.0) if beyond > 0 else float(max(len(influence) - 1, 1))


def _reach(df: float, variance: float) -> float:
    return float(-stdtrit(df, (1 - thresholds().level) / 2) * np.sqrt(variance))
