"""What came of many trials: how often each kind of fault was tried, and how often something went wrong."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

Trial = tuple[str, str | None]  # the kind, and what went wrong; None where nothing did


def tally(trials: Iterable[Trial]) -> pd.DataFrame:
    """One row per kind: kind, tried, failed, and the first thing that went wrong.

    >>> tally([("cut", None), ("cut", "opens"), ("empty", None)]).to_dict("records")[0]
    {'kind': 'cut', 'tried': 2, 'failed': 1, 'first_failure': 'opens'}
    """
    found = pd.DataFrame(trials, columns=["kind", "problem"], dtype="object")
    grouped = found.groupby("kind", sort=False)["problem"]
    counts = {"tried": grouped.size(), "failed": grouped.count(), "first_failure": grouped.first()}
    return pd.DataFrame(counts).reset_index()
