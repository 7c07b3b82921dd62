"""Which outlets are there for the whole span of time: a line of all together needs the same outlets throughout."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..vocabulary import UNKNOWN
from .thresholds import thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """The outlets by name: those that cover the whole span of dates, and those that only cover part of it."""

    whole: tuple[str, ...]
    partial: tuple[str, ...]


def spans(scores: pd.DataFrame) -> Spans:
    """Which outlets' dated articles reach from the first to the last date of all, but for a margin (thresholds.toml).

    >>> days = pd.to_datetime(["2031-01-01", "2031-03-31", "2031-01-02", "2031-03-30", "2031-02-01", "2031-03-31"])
    >>> outlets = ["Harbour Post"] * 2 + ["Northern Ledger"] * 2 + ["Daily Ferry"] * 2
    >>> spans(pd.DataFrame({"outlet": outlets, "published": days}))
    Spans(whole=('Harbour Post', 'Northern Ledger'), partial=('Daily Ferry',))
    """
    dated = scores[scores["published"].notna()]
    outlet = dated["outlet"].astype("string").fillna(UNKNOWN)
    days = pd.to_datetime(dated["published"], utc=True)
    if days.empty:
        return Spans(whole=(), partial=())
    margin = max(thresholds().span_margin * (days.max() - days.min()), pd.Timedelta(days=1))
    ends = days.groupby(outlet).agg(["min", "max"])
    covers = (ends["min"] <= days.min() + margin) & (ends["max"] >= days.max() - margin)
    return Spans(whole=tuple(ends.index[covers]), partial=tuple(ends.index[~covers]))
