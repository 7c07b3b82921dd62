"""What a contrast says, in sentences: which way, how far, how sure, and how much is choice of stories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from .groups import REST
from .thresholds import thresholds

MACHINE_ERROR = "the measure's own error is not in this interval"
SIZES = ("negligible", "small", "medium", "large")


def effect_in_words(delta: float) -> str:
    """What a Cliff's delta is called, with its direction (Romano et al. 2006).

    >>> effect_in_words(-0.4), effect_in_words(0.05), effect_in_words(0)
    ('a medium effect: lower', 'a negligible effect: higher', 'no effect')
    """
    if delta == 0:
        return "no effect"
    size = sum(abs(delta) >= least for least in thresholds().effect_sizes)
    return f"a {SIZES[size]} effect: {'higher' if delta > 0 else 'lower'}"


def in_words(row: Mapping[str, Any], *, by: str = "outlet", unit: str = "", corrected: bool = False) -> str:
    """One row of `contrasts` as sentences; `unit` is the score's. What is missing is named as missing.

    A row without same stories is said to be of all articles. Unless `corrected`, it is said that the measure's own
    error is not in the interval.

    >>> row = {"outlet": "Harbour Post", "reference": "rest", "difference": -2.0, "low": -3.1, "high": -0.9}
    >>> row |= {"cliffs_delta": -0.35, "p": 0.004, "p_adjusted": 0.008, "note": ""}
    >>> print(in_words(row, unit="per 1,000 words"))
    Harbour Post is 2 lower (per 1,000 words) than the others together over all articles (95 % interval −3.1 to −0.9; \
p 0.004, adjusted 0.008; a medium effect: lower). Which stories an outlet tells is part of this difference, and the \
measure's own error is not in this interval.
    """
    name = str(row[by])
    other = "the others together" if row["reference"] == REST else str(row["reference"])
    if pd.isna(row["difference"]):
        return f"{name} beside {other}: {row['note']}."
    within = not pd.isna(row.get("n_stories", pd.NA))
    where = f"in the {_count(row['n_stories'], 'story', 'stories')} that both tell" if within else "over all articles"
    said = f"{name} is {_apart(row['difference'])}{f' ({unit})' if unit else ''} than {other} {where} ({_sure(row)})."
    if within:
        said += f" It is higher in {row['n_higher']}, lower in {row['n_lower']}. {_choice(row)}"
    error = "" if corrected else MACHINE_ERROR
    if not within:
        said += " Which stories an outlet tells is part of this difference" + (f", and {error}." if error else ".")
    elif error:
        said += f" {error[0].upper()}{error[1:]}."
    return said


def _sure(row: Mapping[str, Any]) -> str:
    parts = [_interval(row["low"], row["high"])]
    if not pd.isna(row["p"]):
        parts.append(f"p {_p(row['p'])}, adjusted {_p(row['p_adjusted'])}")
    parts.append(effect_in_words(row["cliffs_delta"]))
    return "; ".join(parts)


def _choice(row: Mapping[str, Any]) -> str:
    raw, choice = row["raw_difference"], row["choice"]
    said = f"Over all articles the difference is {number(raw)}"
    if pd.isna(row["choice_low"]):
        return f"{said}."
    certain = row["choice_low"] > 0 or row["choice_high"] < 0
    share = f", {100 * choice / raw:.0f} %" if certain and raw and 0 < choice / raw <= 1 else ""
    hardly = "" if certain else ", which may be chance"
    interval = _interval(row["choice_low"], row["choice_high"])
    return f"{said}: {number(choice)} of it{share} is which stories they tell ({interval}{hardly})."


def _apart(difference: float) -> str:
    if difference == 0:
        return "no higher or lower"
    return f"{number(abs(difference))} {'higher' if difference > 0 else 'lower'}"


def _interval(low: Any, high: Any) -> str:
    level = f"{100 * thresholds().level:.0f} %"
    return f"no {level} interval" if pd.isna(low) else f"{level} interval {number(low)} to {number(high)}"


def number(value: float) -> str:
    """A number in three digits, with a true minus.

    >>> number(-0.01234), number(1234.5), number(2.0)
    ('−0.0123', '1,234', '2')
    """
    shown = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return shown.replace("-", "−")


def _p(value: float) -> str:
    return "below 0.001" if value < 0.001 else f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def _count(n: int, one: str, more: str) -> str:
    return f"{n:,} {one if n == 1 else more}"
