"""What a coded sample makes of a measure's numbers: all together, by outlet, and each outlet beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from ..compare.trends import Period
from ..compare.wording import number
from .estimates import corrected_contrasts, corrected_rates, corrected_trends, more_codings
from .sample_codes import Coded
from .samples import Sample
from .thresholds import coding_thresholds

ALL = "all outlets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Tables as `corrected_rates` and `corrected_contrasts` give them, with a column `more`: what to code next."""

    rates: pd.DataFrame  # "all outlets" first
    differences: pd.DataFrame  # no rows where there is one outlet
    trend: pd.DataFrame | None  # by outlet and period, where one was asked for
    notes: tuple[str, ...]


def findings(
    sample: Sample,
    found: Coded,
    *,
    reach: float | None = None,
    stories: Literal["all", "same"] = "all",
    period: Period | None = None,
) -> Findings:
    """Corrected and uncorrected estimates of a coded sample, in the score's unit.

    `reach` is the half width of an interval that is wanted; the column `more` says what it takes.

    Raises InputError where nothing is coded yet.

    >>> from analytics import open_store
    >>> from analytics.coding import coded, draw_sample
    >>> from analytics.coding.code_log import append
    >>> store = open_store("results")
    >>> sample = draw_sample(store, "sentiment_vader", actor="person:mara_quill", n=1000, name="tone")
    >>> append(sample.folder, [{"item_id": item, "coder": "ada", "code": 1} for item in sample.queue["item_id"]])
    >>> found = findings(sample, coded(store, sample))  # she says that all are in a good light
    >>> together = found.rates.iloc[0]
    >>> together["outlet"], round(float(together["value"]), 6), bool(together["uncorrected"] < 1)
    ('all outlets', 1.0, True)
    """
    score = sample.score
    options: dict[str, Any] = {"scale": score.scale, "bounds": score.range}
    population, codes = found.population, found.codes
    together = corrected_rates(population, codes, by=(), **options).assign(outlet=ALL)
    each = corrected_rates(population, codes, **options)
    several = len(each) > 1
    differences = corrected_contrasts(population, codes, scale=score.scale, stories=stories) if several else each[:0]
    trend = corrected_trends(population, codes, period=period, **options) if period else None
    return Findings(
        rates=_with_more(pd.concat([together, each], ignore_index=True) if several else together, reach),
        differences=_with_more(differences, reach),
        trend=None if trend is None else _with_more(trend, reach),
        notes=tuple(dict.fromkeys([*found.notes, *each.attrs["notes"]])),
    )


def _with_more(table: pd.DataFrame, reach: float | None) -> pd.DataFrame:
    return table.assign(more=[what_more(row, reach) for _, row in table.iterrows()])


def side_by_side(rows: pd.DataFrame, *, by: Sequence[str] = ("outlet",)) -> pd.DataFrame:
    """The numbers of a table of `Findings` in words: of what, as measured, corrected, coded, next.

    >>> row = {"outlet": "Harbour Post", "uncorrected": 0.2, "uncorrected_low": 0.1, "uncorrected_high": 0.3}
    >>> row |= {"value": None, "low": None, "high": None, "note": "too few codings (3 of 20)"}
    >>> row |= {"n_coded": 3, "n_items": 90, "more": "code 17 more"}
    >>> side_by_side(pd.DataFrame([row])).iloc[0].tolist()
    ['Harbour Post', '0.2 (0.1 to 0.3)', 'too few codings (3 of 20)', '3 of 90', 'code 17 more']
    """
    said = [
        [
            ", ".join(str(row[name]) for name in by),
            in_interval(row["uncorrected"], row["uncorrected_low"], row["uncorrected_high"]),
            str(row["note"]) or in_interval(row["value"], row["low"], row["high"]) + _p(row.get("p_adjusted")),
            f"{row['n_coded']:,} of {row['n_items']:,}",
            str(row["more"]),
        ]
        for _, row in rows.iterrows()
    ]
    return pd.DataFrame(said, columns=["of", "as measured (95 %)", "corrected (95 %)", "coded", "next"])


def in_interval(value: Any, low: Any, high: Any) -> str:
    """A number with its interval.

    >>> in_interval(0.1234, 0, 0.25), in_interval(None, None, None)
    ('0.123 (0 to 0.25)', '–')
    """
    if pd.isna(value):
        return "–"
    return number(float(value)) + ("" if pd.isna(low) else f" ({number(float(low))} to {number(float(high))})")


def _p(adjusted: Any) -> str:
    if pd.isna(adjusted):
        return ""
    return ", p below 0.001" if adjusted < 0.001 else f", p {adjusted:.2g}"


def what_more(row: pd.Series, reach: float | None = None) -> str:
    """What more codings would do for one number: those that `reach` takes, else as many again as there are.

    >>> row = {"value": 0.1, "low": -0.1, "high": 0.3, "coding_variance": 0.009, "other_variance": 0.001}
    >>> row = pd.Series(row | {"power": 1.0, "n_coded": 40, "n_items": 900, "note": ""})
    >>> what_more(row, 0.15), what_more(row), what_more(row, 0.05)
    ('code 40 more to reach ± 0.15', 'code 40 more for about ± 0.148', 'coding all 900 gives ± 0.0748, not ± 0.05')
    """
    coded, items = int(row["n_coded"]), int(row["n_items"])
    if pd.isna(row["value"]):
        missing = coding_thresholds().min_codes - coded
        return f"code {missing} more" if "codings" in str(row["note"]) and 0 < missing <= items - coded else ""
    if coded >= items:
        return "all are coded"
    if reach is None:
        again = min(coded, items - coded)
        return f"code {again:,} more for about ± {number(half_width(row, coded + again))}"
    n = more_codings(row, reach)
    if n is None:
        return f"coding all {items:,} gives ± {number(half_width(row, items))}, not ± {number(reach)}"
    return f"± {number(reach)} is reached" if n == 0 else f"code {n:,} more to reach ± {number(reach)}"


def half_width(row: pd.Series, codings: int) -> float:
    """About half the width of a number's interval with so many codings by the same design."""
    coding, other = float(row["coding_variance"]), float(row["other_variance"])
    now = coding + other
    then = coding * int(row["n_coded"]) / codings + other
    return float(row["high"] - row["low"]) / 2 * float((then / now) ** 0.5 if now > 0 else 0.0)
