"""p of several comparisons of one table, adjusted for their number."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .groups import Floats


def holm(table: pd.DataFrame) -> pd.DataFrame:
    """The table with p_adjusted for all its rows that have p (Holm 1979): the family-wise error rate is kept.

    >>> holm(pd.DataFrame({"p": [0.01, 0.04], "p_adjusted": [None, None]}))["p_adjusted"].tolist()
    [0.02, 0.04]
    """
    tested = table["p"].notna()
    if tested.any():
        table = table.copy()
        table.loc[tested, "p_adjusted"] = holm_adjusted(table.loc[tested, "p"].to_numpy(float))
    return table


def holm_adjusted(p: Floats) -> Floats:
    """Holm's adjusted p.

    As statsmodels' `multipletests`, which collects garbage at each call: that takes most of a contrast's time.
    """
    order = np.argsort(p)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1)
    return adjusted
